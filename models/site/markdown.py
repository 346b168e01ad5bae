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
ATTRIBUTES = {"*": set[str](), "a": {"href"}, "img": {"src", "alt", "loading"}, "ol": {"start"}}
ELLIPSIS = "…"


# A page of news is asked for far more often than its text changes.
@functools.lru_cache(maxsize=128)
def html_of(text: str, first_heading: int = 2, site: str = "") -> str:
    """Return a text as HTML whose highest heading is `first_heading`; HTML that was typed shows as it was typed.

    A link leads to https or to a place on the site, a picture is one of the site; another address stays text. With
    `site`, places on the site begin with it, for readers elsewhere.
    """
    tokens = PARSER.parse(text)
    _set_headings(tokens, first_heading)
    return _cleaner(urlsplit(site).scheme).clean(PARSER.renderer.render(tokens, PARSER.options, {"site": site}))


def plain(text: str, at_most: int) -> str:
    """Return the words of the first paragraph, cut after a word: for a list, and for search engines."""
    tokens = PARSER.parse(text)
    paragraphs = (after for token, after in zip(tokens, tokens[1:], strict=False) if token.type == "paragraph_open")
    words = "".join(_words(child) for child in getattr(next(paragraphs, None), "children", None) or ())
    words = " ".join(words.split())
    return words if len(words) <= at_most else words[:at_most].rsplit(" ", 1)[0].rstrip(",;:.") + ELLIPSIS


@functools.cache
def _cleaner(scheme: str) -> nh3.Cleaner:
    """Return the cleaner, which also leaves addresses of this scheme: that of a demonstration is http."""
    return nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", scheme} - {""}, link_rel="noopener")


def _set_headings(tokens: Sequence[Token], first: int) -> None:
    """Let headings start at `first`, and go down a step at a time: readers of a screen move by them.

    A heading is one step below the nearest one before it that was typed with fewer marks; alike ones stay alike.
    """
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(first + len(above) - 1, DEEPEST_HEADING)}"


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
    if not _is_on_site(source):
        return words
    return f'<img src="{escapeHtml(env["site"] + source)}" alt="{words}" loading="lazy">'


def _link(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Write the start of a link, to a place on the site by its whole address if `env` has one."""
    address = str(tokens[at].attrGet("href"))
    return f'<a href="{escapeHtml(env["site"] * _is_on_site(address) + address)}">'


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that MarkdownIt gives it
        """Say whether a link or a picture may lead there."""
        return _may_be_linked(url)


PARSER = _Parser("commonmark", {"html": False, "breaks": True})
PARSER.add_render_rule("image", _picture)
PARSER.add_render_rule("link_open", _link)
