"""Draws a picture as SVG: in a page the stylesheet colours it, as a file it has its own colours.

Horizontal positions are percentages of the width and vertical ones are pixels, so a picture fills any width and its
letters keep their size. It has no style attribute and no script: the Content-Security-Policy forbids them.
"""
import re
import textwrap

from markupsafe import Markup, escape

HORIZONTAL = {"x", "x1", "x2", "cx", "width"}
# The measures of a file, in pixels.
WIDTH, MARGIN, HEAD, FOOT = 720, 16, 34, 30
INK, MUTED, RULE = "#2b2430", "#655d69", "#e6ded6"
# For lines and parts of a bar, in this order; each stands out from white, and from its neighbours in greyscale too.
COLOURS = ("#8a2457", "#2f7d5b", "#b98a14", "#3f6db0", "#968e9b", "#7a4b1f")
DASHES = ("none", "7 3", "2 3", "10 3 2 3", "5 5", "1 5")
# The parts on which text is dark instead of white.
DARK_ON = (3, 5)
# The look of each kind of shape in a file; report.css has the same kinds for the page.
PAINT = {
    "label": {"fill": INK, "font-size": 13},
    "value": {"fill": INK, "font-size": 13, "font-weight": 600},
    "note": {"fill": MUTED, "font-size": 12},
    "axis": {"stroke": MUTED},
    "grid": {"stroke": RULE},
    "bar": {"fill": COLOURS[0]},
    "faint": {"fill": "#bd84a2"},
    "rest": {"fill": "#fff", "stroke": MUTED},
    "hatch": {"stroke": MUTED, "stroke-width": 10, "stroke-dasharray": "2 4"},
    **{f"part-{number}": {"fill": colour, "stroke": "#fff"} for number, colour in enumerate(COLOURS, 1)},
    **{f"on-{number}": {"fill": INK if number in DARK_ON else "#fff", "font-size": 11, "font-weight": 600}
       for number in range(1, len(COLOURS) + 1)},
    **{f"line-{number}": {"stroke": colour, "stroke-width": 2.5, "stroke-dasharray": dash}
       for number, (colour, dash) in enumerate(zip(COLOURS, DASHES, strict=True), 1)},
    **{f"dot-{number}": {"fill": colour} for number, colour in enumerate(COLOURS, 1)},
}
# The most letters on a line, for the narrowest screen.
LETTERS = 40
LINE_HEIGHT = 17
# The height of a row of a legend, and above the highest line of a chart, in pixels.
SPACED = 20
# The source below a file: the most letters on its lines, and their height in pixels.
SOURCE_LETTERS, SMALL_LINE = 100, 15


class Drawing:
    """A list of shapes, each of a kind in PAINT; `height` is where the next shape can begin, in pixels from the top."""

    def __init__(self, title):
        self.title = title
        self.shapes = []
        self.height = 0

    def add(self, tag, kind, text="", **at):
        """Add a shape with attributes `at`; an underscore in their names becomes a hyphen."""
        self.shapes.append((tag, kind, text, {name.replace("_", "-"): value for name, value in at.items()}))

    def add_behind(self, tag, kind, **at):
        """Add a shape behind those that are there."""
        self.shapes.insert(0, (tag, kind, "", at))

    def write(self, text, kind="label", x=0, **at):
        """Add a text below the shapes so far, wrapped at LETTERS."""
        for line in textwrap.wrap(text, LETTERS):
            self.height += LINE_HEIGHT
            self.add("text", kind, line, x=x, y=self.height - 4, **at)

    def page(self):
        """The picture as an <svg> element of a page."""
        return Markup('<svg class="chart" role="img" width="100%" height="{}"><title>{}</title>{}</svg>').format(
            self.height, self.title, self._written(self._of_page()))

    def file(self, heading, source):
        """The picture as an SVG file, with `heading` above it and `source` below."""
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
                    _element("text", {"x": MARGIN, "y": height - 10 - SMALL_LINE * (len(sources) - number),
                                      "font-size": 11, "fill": MUTED}, line)
                    for number, line in enumerate(sources, 1)))

    @staticmethod
    def _written(elements):
        # A page has thousands, and formatting each as Markup took half a second: _element escapes the text itself.
        return Markup("".join(elements))  # noqa: S704

    def _of_page(self):
        for tag, kind, text, at in self.shapes:
            attributes = {name: f"{value:.5g}%" if name in HORIZONTAL and value else value
                          for name, value in at.items()}
            yield _element(tag, {"class": f"c-{kind}", **attributes}, text)

    def _of_file(self):
        for tag, kind, text, at in self.shapes:
            attributes = {name: f"{value * (WIDTH - 2 * MARGIN) / 100:.5g}" if name in HORIZONTAL else value
                          for name, value in at.items()}
            yield _element(tag, PAINT[kind] | attributes, text)


def _element(tag, attributes, text):
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{written}>{escape(text)}</{tag}>" if text else f"<{tag}{written}/>"


def shortened(labels):
    """Each label → the label without its text in brackets, if they still differ then; the table shows them whole."""
    labels = list(labels)
    short = {label: re.sub(r"\s*\([^)]*\)", "", label) for label in labels}
    return short if len(set(short.values())) == len(short) else {label: label for label in labels}
