"""Signing in and out, a forgotten password, an invitation, and confirming a new address."""
from flask import Blueprint, redirect, request

from models.accounts import Account
from models.database import Refused
from models.links import OneTimeLink
from models.passwords import SHORTEST
from models.sessions import Session
from views import access, kept, pages, security
from views.access import open_to
from views.devices import device
from views.fields import BaseForm, email_field, password_field, repeat_password_field

blueprint = Blueprint("auth", __name__)

ASKED = "Is dit het adres van een login, dan is er een mail onderweg met een link om een nieuw wachtwoord te kiezen."


class SignInForm(BaseForm):
    email = email_field()
    password = password_field()


class RequestPasswordForm(BaseForm):
    email = email_field()


class NewPasswordForm(BaseForm):
    password = password_field("Nieuw wachtwoord")
    repeat_password = repeat_password_field()


def sign_in_page(message=None, kept="", status=200, form=None):
    """The sign-in page; `kept` carries along what was typed in a form that came too late."""
    form = form or SignInForm(formdata=None)
    back = access.safe_next(request.args.get("next"), None)
    return pages.render("auth/login.html", status=status, form=form, message=message, kept=kept, next=back)


@blueprint.route("/login", methods=["GET", "POST"])
@open_to("anyone")
def login():
    form = SignInForm()
    if request.method == "GET" and access.signed_in():
        return redirect(access.safe_next(request.args.get("next")), 303)
    if form.validate_on_submit():
        try:
            account = Account.sign_in(form.email.data, form.password.data)
        except Refused as refused:
            form.refuse(None, refused)
            return sign_in_page(form=form, kept=kept.carried(), status=429 if refused.code == "too_many" else 422)
        return _start_session(account)
    return sign_in_page(form=form, kept=kept.carried(), status=422 if form.errors else 200)


def _start_session(account):
    replaced = access.current_token()
    if replaced:
        Session.end(replaced)
    signed_in = access.sign_in(Session.start(account, device(request.user_agent.string)))
    return kept.resume(signed_in.account_id) or redirect(access.safe_next(request.args.get("next")), 303)


@blueprint.post("/logout")
@open_to("anyone")
def logout():
    token = access.current_token()
    if token:
        Session.end(token)
    return signed_out("Je bent afgemeld.")


def signed_out(message):
    """Let this browser forget everything; the session itself has ended already."""
    access.sign_out()
    return security.clear_browser(pages.back_to("auth.login", message))


@blueprint.route("/password/new", methods=["GET", "POST"])
@open_to("anyone")
def new_password():
    form = RequestPasswordForm()
    if form.validate_on_submit():
        try:
            Account.request_password(form.email.data)
        except Refused as refused:
            form.refuse(None, refused)
        else:
            return pages.back_to("auth.login", ASKED)
    return pages.render("auth/new_password.html", status=_status(form), form=form)


@blueprint.route("/password/<token>", methods=["GET", "POST"], defaults={"kind": "password"})
@blueprint.route("/invitation/<token>", methods=["GET", "POST"], defaults={"kind": "invitation"})
@open_to("anyone")
def choose_password(kind, token):
    account = Account.of_link(kind, token)
    if not account:
        return _dead_link(kind)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            Account.set_password_by_link(kind, token, form.password.data)
        except Refused as refused:
            if refused.code == "link":
                return _dead_link(kind)
            form.refuse("password", refused)
        else:
            return pages.back_to("auth.login", "Je wachtwoord is bewaard. Meld je ermee aan.")
    return pages.render(
        "auth/choose_password.html", status=_status(form), form=form, kind=kind, address=account.email,
        shortest=SHORTEST[account.role])


@blueprint.route("/email/<token>", methods=["GET", "POST"])
@open_to("anyone")
def confirm_email(token):
    # Only a POST confirms: mail scanners open every link.
    form = BaseForm()
    link = OneTimeLink.look("email", token)
    if not link:
        return _dead_link("email")
    if form.validate_on_submit():
        try:
            Account.confirm_email(token)
        except Refused as refused:
            if refused.code == "link":
                return _dead_link("email")
            form.refuse(None, refused)
        else:
            return pages.back_to("pages.home", "Je login heeft nu dit e-mailadres. Meld je er voortaan mee aan.")
    return pages.render("auth/confirm_email.html", status=_status(form), form=form, address=link.new_email)


def _dead_link(kind):
    return pages.render("auth/dead_link.html", status=410, kind=kind)


def _status(form):
    return 422 if form.errors else 200
