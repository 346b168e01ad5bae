"""Signing in by another service, an OpenID provider: going there, coming back, and the link to sign out there too."""
import secrets

from flask import Blueprint, abort, current_app, flash, redirect, request, session, url_for

from models.accounts.outside import arriving, signing_in
from models.accounts.sessions import Session
from models.errors import CannotStart, Refused
from views.hall.devices import device
from views.shell import access, pages
from views.shell.access import open_to
from views.shell.lanes import LONG, runs_in
from views.shell.messages import message

blueprint = Blueprint("outside", __name__, url_prefix="/login/outside")

# In the cookie: the browser that begins a sign-in is the only one that can end it. One value for any number of them.
BROWSER = "browser"


def init_app(app, provider, wings):
    """Use this provider, if there is one, for the wings that have a table in its mapping; return the roles it gives."""
    of_wings, tables = {}, provider.mapping if provider else {}
    for wing in wings:
        if wing.outside and wing.name in tables:
            try:
                of_wings[wing.name] = wing.outside(tables[wing.name])
            except ValueError as error:
                raise CannotStart(f"OIDC_CLAIMS: [{wing.name}]: {error}") from error
    app.extensions["outside"] = (provider, of_wings)
    app.jinja_env.globals["outside_name"] = provider.name if provider else None
    return [role for of_wing in of_wings.values() for role in of_wing.roles]


def _provider():
    return current_app.extensions["outside"][0] or abort(404)


@blueprint.get("")
@open_to("anyone")
@runs_in(LONG, methods=("GET", "HEAD"))
def start():
    """Go to the provider to sign in there."""
    provider, next_page = _provider(), access.safe_next(request.args.get("next"))
    if access.signed_in():
        return redirect(next_page, 303)
    if BROWSER not in session:
        session[BROWSER] = secrets.token_urlsafe(16)
    try:
        return redirect(signing_in.begin(provider, session[BROWSER], next_page), 303)
    except Refused as refused:
        return _sign_in_page(refused)


@blueprint.get("/answer")
@open_to("anyone")
@runs_in(LONG, methods=("GET", "HEAD"))
def answer():
    """Come back from the provider: sign in with the roles that it sent, or go to the page for somebody without any."""
    provider, of_wings = _provider(), current_app.extensions["outside"][1]
    if access.signed_in():
        return redirect("/", 303)
    try:
        person = signing_in.finish(provider, session.get(BROWSER, ""), request.args)
        account, reasons = arriving.arrive(person, list(of_wings.values()))
    except Refused as refused:
        return _sign_in_page(refused)
    if account:
        access.sign_in(Session.start(account, device(request.user_agent.string)))
    for reason in reasons:
        flash(message(Refused(reason)), "error")
    # Always to an address without the code of the provider.
    return redirect(person.next if account else url_for("outside.without_role"), 303)


def _sign_in_page(refused):
    flash(message(refused), "error")
    return pages.back_to("auth.login")


@blueprint.get("/no-role")
@open_to("anyone")
def without_role():
    """Say to somebody who signed in at the provider that there is no role here."""
    _provider()
    for wing in current_app.extensions["wings"]:
        if wing.without_role and wing.name in current_app.extensions["outside"][1]:
            return wing.without_role()
    return abort(404)


@blueprint.get("/signed-out")
@open_to("anyone")
@runs_in(LONG, methods=("GET", "HEAD"))
def signed_out():
    """Say that the session here has ended, with a link to sign out at the provider too."""
    return pages.render("hall/outside/signed_out.html", address=_provider().sign_out_address())
