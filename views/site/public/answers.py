"""Answers of the public pages: compressed, alike for everybody, and a 304 for a browser that has the page already."""
import datetime
import functools
import gzip
import hashlib
from email.utils import format_datetime
from pathlib import Path

from flask import Response, current_app, render_template, request

from models.site.moment import last_change
from views.shell import pages
from views.shell.lanes import Outgoing
from views.shell.ready.remembered import ASK_EACH_TIME, CACHING, KEEP, Answer
from views.site.public.navigation import FOOT, MENU

ROOT = Path(__file__).parents[3]
# The files of which pages are made.
MADE_OF = (("templates", "*.html"), ("static", "*.*"), ("models", "*.toml"))


@functools.cache
def _build():
    """A digest of all files of which pages are made: a new version of Loket makes the pages that browsers keep old."""
    digest = hashlib.sha256()
    for folder, names in MADE_OF:
        for path in sorted((ROOT / folder).rglob(names)):
            # Compressed variants are made later, from the same content.
            if path.suffix not in (".br", ".gz", ".draft"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def remembered(view):
    """Decorate a view of a public page: 304 by one query to a browser that has it as it is now.

    Place it below @open_to. The page shows only what `models/site/moment.py` watches.
    """
    @functools.wraps(view)
    def answer(**values):
        change = last_change()
        tag = tag_of(change)
        request.environ[CACHING] = ASK_EACH_TIME
        known = request.if_none_match
        if known.contains_weak(tag) or (not known and _is_as_new(change)):
            response = Response(status=304)
        else:
            response = view(**values)
            keep(change, tag)
        response.set_etag(tag, weak=True)
        response.headers["Last-Modified"] = format_datetime(_utc(change), usegmt=True)
        response.headers["Vary"] = pages.VARY_OF_FRAGMENT
        return response

    return answer


def keep(change, tag="", for_all=True):
    """Let this process keep the answer to this request until the next change; without a tag no browser keeps it."""
    request.environ[KEEP] = Answer(last_change, change, tag, for_all)


def tag_of(change):
    """The tag of this page, or of its fragment, as it is since this change."""
    return f"{_build()}-{change.number}-{change.hour:%d%H}{'-partial' if pages.is_partial() else ''}"


def _compresses():
    return "gzip" in request.environ.get("HTTP_ACCEPT_ENCODING", "")


def _is_as_new(change):
    since = request.if_modified_since
    # A change in the same second as the page that a browser has would be missed otherwise.
    return since is not None and since > _utc(change)


def _utc(change):
    return change.changed_at.replace(tzinfo=datetime.UTC)


def render(page, fragment=None, status=200, **values):
    """A response with the template `page`, or with `fragment`, if given, when htmx asks for one; compressed."""
    name = fragment if fragment and pages.is_partial() else page
    return text(render_template(name, public_menu=MENU, public_foot=FOOT, canonical=canonical(request.path),
                                site_url=current_app.config["BASE_URL"], **values), status=status)


def text(body, content_type=pages.HTML["Content-Type"], status=200):
    """A response with a text, compressed."""
    content, headers = body.encode(), {"Vary": pages.VARY_OF_FRAGMENT, "Content-Type": content_type}
    if _compresses():
        # Nothing secret is on a public page, so its length tells nothing (docs/decisions/0005-what-is-compressed.md).
        content = gzip.compress(content, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Outgoing(content, status, headers)


def canonical(path):
    """The whole address of a public page, with the host that people type."""
    return current_app.config["BASE_URL"] + path
