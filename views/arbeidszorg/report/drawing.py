"""A picture as SVG, made on the server: in the page it has the stylesheet's colours, in a file it brings its own.

What lies across is a share of the width, in percent, and what lies down is in pixels: so a picture fills whatever width
it gets, and its letters keep their size. No style attribute and no script: the policy of the pages forbids them.
"""
import textwrap

from markupsafe import Markup, escape

ACROSS = {"x", "x1", "x2", "cx", "width"}
# Of a file.
WIDTH, MARGIN, HEAD, FOOT = 720, 16, 34, 30
INK, MUTED, RULE = "#2b2430", "#655d69", "#e6ded6"
# For lines and for parts of a bar, in this order; each differs from white, and from its neighbours without colour too.
COLOURS = ("#8a2457", "#2f7d5b", "#b98a14", "#3f6db0", "#968e9b", "#7a4b1f")
DASHES = ("none", "7 3", "2 3", "10 3 2 3", "5 5", "1 5")
DARK_ON = (3, 5)
# What each kind of shape looks like in a file; report.css says it for the page, under the same names.
PAINT = {
    "label": {"fill": INK, "font-size": 13},
    "value": {"fill": INK, "font-size": 13, "font-weight": 600},
    "note": {"fill": MUTED, "font-size": 12},
    "axis": {"stroke": MUTED},
    "grid": {"stroke": RULE},
    "bar": {"fill": COLOURS[0]},
    "faint": {"fill": "#bd84a2"},
    "rest": {"fill": "#f6f2ee", "stroke": MUTED, "stroke-dasharray": "2 2"},
    **{f"part-{place}": {"fill": colour, "stroke": "#fff"} for place, colour in enumerate(COLOURS, 1)},
    **{f"on-{place}": {"fill": INK if place in DARK_ON else "#fff", "font-size": 11, "font-weight": 600}
       for place in range(1, len(COLOURS) + 1)},
    **{f"line-{place}": {"stroke": colour, "stroke-width": 2.5, "stroke-dasharray": dash}
       for place, (colour, dash) in enumerate(zip(COLOURS, DASHES, strict=True), 1)},
    **{f"dot-{place}": {"fill": colour} for place, colour in enumerate(COLOURS, 1)},
}
# Letters on a line of the narrowest screen.
LETTERS = 40
LINE_HEIGHT = 17
# Below a file, small.
SOURCE_LETTERS, SMALL_LINE = 100, 15


class Drawing:
    """Shapes, each of a kind that PAINT knows. `height` is how far down the next one can begin."""

    def __init__(self, title):
        self.title = title
        self.shapes = []
        self.height = 0

    def add(self, tag, kind, text="", **at):
        """Add a shape; `font_size` and the like are written with a hyphen."""
        self.shapes.append((tag, kind, text, {name.replace("_", "-"): value for name, value in at.items()}))

    def write(self, text, kind="label", x=0, **at):
        """A text, below what is there, on as many lines as the narrowest screen needs."""
        for line in textwrap.wrap(text, LETTERS):
            self.height += LINE_HEIGHT
            self.add("text", kind, line, x=x, y=self.height - 4, **at)

    def page(self):
        """As an element of a page."""
        return Markup('<svg class="chart" role="img" width="100%" height="{}"><title>{}</title>{}</svg>').format(
            self.height, self.title, self._written(self._of_page()))

    def file(self, heading, source):
        """As a file of its own, with what it is above it and where it comes from below."""
        sources = textwrap.wrap(source, SOURCE_LETTERS)
        height = self.height + HEAD + FOOT + SMALL_LINE * (len(sources) - 1)
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
            'viewBox="0 0 {width} {height}" font-family="Arial, Helvetica, sans-serif"><title>{title}</title>'
            '<rect width="{width}" height="{height}" fill="#fff"/>'
            '<text x="{margin}" y="22" font-size="16" font-weight="600" fill="{ink}">{heading}</text>'
            '<g transform="translate({margin} {head})">{shapes}</g>'
            '{sources}</svg>\n').format(
                width=WIDTH, height=height, title=self.title, heading=heading, margin=MARGIN, head=HEAD, ink=INK,
                shapes=self._written(self._of_file()), sources=self._written(
                    _element("text", {"x": MARGIN, "y": height - 10 - SMALL_LINE * (len(sources) - place),
                                      "font-size": 11, "fill": MUTED}, line)
                    for place, line in enumerate(sources, 1)))

    @staticmethod
    def _written(elements):
        # A page has thousands, and formatting each as Markup took half a second: _element escapes what is text.
        return Markup("".join(elements))  # noqa: S704

    def _of_page(self):
        for tag, kind, text, at in self.shapes:
            places = {name: f"{value:.5g}%" if name in ACROSS and value else value for name, value in at.items()}
            yield _element(tag, {"class": f"c-{kind}", **places}, text)

    def _of_file(self):
        for tag, kind, text, at in self.shapes:
            places = {name: f"{value * (WIDTH - 2 * MARGIN) / 100:.5g}" if name in ACROSS else value
                      for name, value in at.items()}
            yield _element(tag, PAINT[kind] | places, text)


def _element(tag, attributes, text):
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{written}>{escape(text)}</{tag}>" if text else f"<{tag}{written}/>"
