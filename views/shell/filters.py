"""Template filters: dates, moments and numbers as Dutch text; '' for None. Also: how a template escapes a value."""
import functools

from flask.templating import Environment
from jinja2 import Template
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, _escape_inner, escape

from models.days import local

# From a point before decimals to a comma, and a point between thousands.
_DUTCH = str.maketrans(",.", ".,")
ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")


def init_app(app):
    """Register the filters of this module with Jinja."""
    app.jinja_env.filters.update(
        day=day, moment=moment, hours=hours, number=number, ordinal=ordinal, percentage=percentage, signed=signed)


class Code(CodeGenerator):
    """The code of a template, which escapes a text without a call in between."""

    def _output_child_pre(self, node, frame, finalize):
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(value) if type(value := ")

    def _output_child_post(self, node, frame, finalize):
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else escape(value))")


class Page(Template):
    """A template that puts a value in its text without a Markup object around it, which nobody would look at."""

    @classmethod
    def from_code(cls, *arguments, **options):
        template = super().from_code(*arguments, **options)
        template.root_render_func.__globals__.update(escape=_escaped, escape_text=_escape_inner)
        return template


class Templates(Environment):
    """Jinja's environment, with pages as above and one dict of globals: its ChainMap is walked for each template."""

    template_class = Page
    code_generator_class = Code

    def make_globals(self, d):
        return {**self.globals, **d} if d else self.globals


def _escaped(value):
    """Escape the value as `escape` does, but return plain text."""
    return _escape_inner(value) if type(value) is str else value if type(value) is Markup else escape(value)


@functools.lru_cache(maxsize=4096)
def day(date):
    """A date as 03/06/2024."""
    if not date:
        return ""
    text = date.isoformat()
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"


def moment(utc):
    """A moment as 03/06/2024 14:05, in Brussels time; `utc` is a datetime in UTC without a zone."""
    if utc is None:
        return ""
    shown = local(utc)
    return f"{day(shown)} {shown:%H:%M}"


def hours(decimal):
    """Hours as 12,5: a comma, and no zeros at the end. A field of a form reads them as they are written here."""
    if decimal is None:
        return ""
    text = f"{decimal:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def number(whole):
    """A whole number as 1.234."""
    return "" if whole is None else f"{whole:,}".replace(",", ".")


def exact(decimal):
    """A decimal number as 1.234,50."""
    return "" if decimal is None else f"{decimal:,f}".translate(_DUTCH)


def short(decimal):
    """A decimal number as 1.234,5: without zeros at the end."""
    text = exact(decimal)
    return text.rstrip("0").rstrip(",") if "," in text else text


def ordinal(whole):
    """A place in a row as 'eerste', 'tweede', … 'tiende', '11e'."""
    return ORDINALS[whole - 1] if whole <= len(ORDINALS) else f"{whole}e"


def percentage(decimal):
    """A percentage as 17,6 %, with a no-break space."""
    return "" if decimal is None else f"{exact(decimal)}\u00a0%"


def signed(decimal):
    """A difference as +1,2 or −0,4; 0,0 has no sign."""
    if decimal is None:
        return ""
    sign = "+" if decimal > 0 else "−" if decimal < 0 else ""
    return f"{sign}{exact(abs(decimal))}"
