"""A page, or only its fragment, from one template; redirects after a post; the way in."""
import gzip

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for

from views.shell.access import open_to, signed_in

blueprint = Blueprint("pages", __name__)

VARY = "HX-Request, HX-Request-Type"
VARY_OF_FRAGMENT = f"{VARY}, Accept-Encoding"
FIRST_PAGES = {"organisation": "clients.dashboard", "administrator": "province.overview"}


def is_partial():
    """Whether htmx asks for a fragment: history restores and boosted requests want the whole page."""
    return request.headers.get("HX-Request-Type") == "partial"


def render(page, fragment=None, status=200, **values):
    """The page; or where htmx asked for a part and there is a `fragment`, that template alone."""
    if fragment and is_partial():
        return _fragment(render_template(fragment, **values), status)
    response = make_response(render_template(page, **values), status)
    response.headers["Vary"] = VARY
    return response


def _fragment(text, status):
    """A fragment is compressed; a page is not (docs/decisions/0005-what-is-compressed.md)."""
    content, headers = text.encode(), {"Vary": VARY_OF_FRAGMENT, "Content-Type": "text/html; charset=utf-8"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        content = gzip.compress(content, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return current_app.response_class(content, status, headers)


def html(content):
    """An answer that is a page already, as text or in pieces."""
    return current_app.response_class(
        content, content_type="text/html; charset=utf-8", headers={"Vary": VARY_OF_FRAGMENT})


def back_to(endpoint, message=None, **values):
    """After a post: to the page at `endpoint`, which shows `message`."""
    if message:
        flash(message)
    return redirect(url_for(endpoint, **values), 303)


@blueprint.get("/")
@open_to("anyone")
def home():
    account = signed_in()
    return redirect(url_for(FIRST_PAGES[account.role] if account else "auth.login"), 303)
