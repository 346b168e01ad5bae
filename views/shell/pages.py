"""Responses: a page or only its fragment, a redirect after a post, and the redirect from / to a first page."""
import gzip

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from views.shell.access import address_of, audience, open_to, signed_in
from views.shell.lanes import Outgoing

blueprint = Blueprint("pages", __name__)

VARY = "HX-Request, HX-Request-Type"
VARY_OF_FRAGMENT = f"{VARY}, Accept-Encoding"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def is_partial():
    """Whether htmx asks for a fragment; for a history restore or boosted request it wants the whole page."""
    return request._get_current_object().environ.get("HTTP_HX_REQUEST_TYPE") == "partial"


def render(page, fragment=None, status=200, **values):
    """A response with the template `page`; or with `fragment`, if given, when htmx asks for a fragment."""
    if fragment and is_partial():
        return _fragment(render_template(fragment, **values), status)
    return Outgoing(render_template(page, **values), status, {"Vary": VARY, **HTML})


def _fragment(text, status):
    """A response with a fragment. It is compressed; a page is not (docs/decisions/0005-what-is-compressed.md)."""
    content, headers = text.encode(), {"Vary": VARY_OF_FRAGMENT, **HTML}
    if "gzip" in request._get_current_object().environ.get("HTTP_ACCEPT_ENCODING", ""):
        content = gzip.compress(content, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Outgoing(content, status, headers)


def html(content):
    """A response with a page's HTML, given as bytes or as an iterator of bytes."""
    return Outgoing(content, content_type="text/html; charset=utf-8", headers={"Vary": VARY_OF_FRAGMENT})


def back_to(endpoint, message=None, **values):
    """After a post: redirect to the page at `endpoint`, which shows `message`."""
    if message:
        flash(message)
    return redirect(url_for(endpoint, **values), 303)


@blueprint.get("/")
@open_to("anyone")
def home():
    """Redirect whoever is signed in to their first page; show the others the home page, or the sign-in page."""
    if signed_in() is None:
        home_page = current_app.extensions["home"]
        return home_page() if home_page else redirect(url_for("auth.login"), 303)
    if signed_in().grant_id is None:
        return redirect(url_for("account.roles"), 303)
    return redirect(address_of((audience() or abort(403)).menu[0]), 303)
