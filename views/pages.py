"""A page, or only its fragment, from one template; redirects after a post; the way in."""
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from views.access import open_to, signed_in

blueprint = Blueprint("pages", __name__)

VARY = "HX-Request, HX-Request-Type"
FIRST_PAGES = {"organisation": "clients.dashboard", "administrator": "province.overview"}


def is_partial():
    """Whether htmx asks for a fragment: history restores and boosted requests want the whole page."""
    return request.headers.get("HX-Request-Type") == "partial"


def render(page, fragment=None, status=200, **values):
    """The page; or where htmx asked for a part and there is a `fragment`, that template alone."""
    response = make_response(render_template(fragment if fragment and is_partial() else page, **values), status)
    response.headers["Vary"] = VARY
    return response


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
