"""Markdown as safe HTML: the text of news and pages, alike in 'Voorbeeld' and for visitors (docs/decisions/0151)."""
import functools
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Also a bound on the time that a text takes.
LONGEST_TEXT = 20_000
DEEPEST_HEADING = 6
TAGS = {"p", "br", "h2", "h3", "h4", "h5", "h6", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "hr",
        "a", "img"}
CLEANER = nh3.Cleaner(
    tags=TAGS, attributes={"*": set(), "a": {"href"}, "img": {"src", "alt", "loading"}, "ol": {"start"}},
    url_schemes={"https"}, link_rel="noopener")
ELLIPSIS = "…"


# A page of news is asked for far more often than its text changes.
@functools.lru_cache(maxsize=128)
def html_of(text: str, first_heading: int = 2) -> str:
    """Return a text as HTML whose highest heading is `first_heading`; HTML that was typed shows as it was typed.

    A link leads to https or to a place on the site, a picture is one of the site; another address stays text.
    """
    tokens = PARSER.parse(text)
    _set_headings(tokens, first_heading)
    return CLEANER.clean(PARSER.renderer.render(tokens, PARSER.options, {}))


def plain(text: str, at_most: int) -> str:
    """Return the words of the first paragraph, cut after a word: for a list, and for search engines."""
    tokens = PARSER.parse(text)
    paragraphs = (after for token, after in zip(tokens, tokens[1:], strict=False) if token.type == "paragraph_open")
    words = "".join(_words(child) for child in getattr(next(paragraphs, None), "children", None) or ())
    words = " ".join(words.split())
    return words if len(words) <= at_most else words[:at_most].rsplit(" ", 1)[0].rstrip(",;:.") + ELLIPSIS


def _set_headings(tokens: Sequence[Token], first: int) -> None:
    """Let headings start at `first`, and go down a step at a time: readers of a screen move by them."""
    before = first - 1
    for token in tokens:
        if token.type == "heading_open":
            before = min(first + int(token.tag[1:]) - 1, before + 1, DEEPEST_HEADING)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _is_on_site(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _may_be_linked(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) or _is_on_site(address) or address.startswith("#")
    except ValueError:
        return False


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Write a picture of the site; of another one its words, for a page takes nothing from elsewhere."""
    token = tokens[at]
    words = escapeHtml("".join(_words(child) for child in token.children or ()))
    source = str(token.attrGet("src"))
    return f'<img src="{escapeHtml(source)}" alt="{words}" loading="lazy">' if _is_on_site(source) else words


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that MarkdownIt gives it
        """Say whether a link or a picture may lead there."""
        return _may_be_linked(url)


PARSER = _Parser("commonmark", {"html": False, "breaks": True})
PARSER.add_render_rule("image", _picture)
