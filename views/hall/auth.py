"""Signing in, the second factor included, and out; the links of a forgotten password, invitation or new address."""
from flask import Blueprint, current_app, flash, redirect, request, url_for

from models.accounts import addresses
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.errors import Code, Refused
from views.hall import second_factor
from views.hall.devices import device
from views.shell import access, kept, pages, security
from views.shell.access import open_to
from views.shell.fields import BaseForm, email_field, password_field, repeat_password_field
from views.shell.lanes import hashes

blueprint = Blueprint("auth", __name__)

MAILED = "Is dit het adres van een login, dan is er een mail onderweg met een link om een nieuw wachtwoord te kiezen."
BEGIN_AGAIN = "Begin opnieuw met je wachtwoord. Daarna heb je tien minuten voor je code."
CODES_LEFT = "Je hebt nog {left} herstelcodes. Is je toestel weg? Stel dan een ander in bij ‘Mijn login’."


class SignInForm(BaseForm):
    email = email_field()
    password = password_field()


class CodeForm(BaseForm):
    code = second_factor.code_field("Code uit je app")


class RecoveryCodeForm(BaseForm):
    recovery_code = second_factor.code_field("Herstelcode")


class SetUpForm(BaseForm):
    candidate = second_factor.candidate_field()
    code = second_factor.code_field("Code uit je app")


class RequestPasswordForm(BaseForm):
    email = email_field()


class NewPasswordForm(BaseForm):
    password = password_field("Nieuw wachtwoord")
    repeat_password = repeat_password_field()


def sign_in_page(message=None, kept="", status=200, form=None):
    """The sign-in page; `kept` is the encrypted content of a form that was posted too late (views/shell/kept.py)."""
    form = form or SignInForm(formdata=None)
    open_pages = [item for wing in current_app.extensions["wings"] if (item := wing.for_visitors())]
    return pages.render("hall/auth/login.html", status=status, form=form, message=message, kept=kept, next=_next(),
                        open_pages=open_pages)


def _next():
    """The path of the page that was requested before signing in; None without one."""
    return access.safe_next(request.args.get("next"), None)


@blueprint.route("/login", methods=["GET", "POST"])
@open_to("anyone")
@hashes
def login():
    """Sign in with e-mail address and password; the next page is the requested one, or asks for the second factor."""
    form = SignInForm()
    if request.method == "GET" and access.signed_in():
        return redirect(access.safe_next(request.args.get("next")), 303)
    if form.validate_on_submit():
        try:
            account = Account.sign_in(form.email.data, form.password.data)
        except Refused as refused:
            form.refuse(None, refused)
            status = 429 if refused.code == Code.TOO_MANY else 422
            return sign_in_page(form=form, kept=kept.sealed_form(), status=status)
        return _start_session(account)
    return sign_in_page(form=form, kept=kept.sealed_form(), status=422 if form.errors else 200)


def _start_session(account):
    replaced = access.current_token()
    if replaced:
        Session.end(replaced)
    needs_factor = SecondFactor.needed(account)
    token = Session.start(account, _device(), awaits_factor=needs_factor)
    if not needs_factor:
        return _enter(token)
    access.wait(token)
    return _ask_factor(access.waiting())


def _enter(token, message=None):
    signed_in = access.sign_in(token)
    if message:
        flash(message)
    return kept.resume(signed_in) or redirect(access.safe_next(request.args.get("next")), 303)


def _device():
    return device(request.user_agent.string)


# The second step of signing in, for administrators: give a code, or set up the second factor


def _ask_factor(waiting):
    """Go on to the second step: by a redirect, but a kept form travels in the page, so then the page itself."""
    has_factor = SecondFactor.of(waiting)
    if kept.sealed_form():
        return _code_page() if has_factor else _set_up_page(waiting, SetUpForm(formdata=None))
    return redirect(url_for("auth.code" if has_factor else "auth.set_up_factor", next=_next()), 303)


def _right_step(waiting):
    """Send a visitor who is not at this step to the right one: onward if signed in, the other step, or the password."""
    if access.signed_in():
        return redirect(access.safe_next(request.args.get("next")), 303)
    if waiting:
        return _ask_factor(waiting)
    if kept.sealed_form():
        return sign_in_page(BEGIN_AGAIN, kept.sealed_form(), 401)
    return pages.back_to("auth.login", BEGIN_AGAIN, next=_next())


@blueprint.route("/login/code", methods=["GET", "POST"])
@open_to("anyone")
def code():
    """The second step: ask for a code of the app."""
    return _show_factor(CodeForm(), "code")


@blueprint.post("/login/recovery-code")
@open_to("anyone")
def recovery_code():
    """The second step with a recovery code instead."""
    return _show_factor(RecoveryCodeForm(), "recovery_code")


def _show_factor(form, name):
    waiting = access.waiting()
    if waiting is None or not SecondFactor.of(waiting):
        return _right_step(waiting)
    if not form.validate_on_submit():
        return _code_page(**{name: form})
    try:
        token = SecondFactor.sign_in(waiting, form[name].data, _device())
    except Refused as refused:
        if refused.code == Code.WAITED_TOO_LONG:
            return _right_step(None)
        form.refuse(name, refused)
        return _code_page(429 if refused.code == Code.TOO_MANY_CODES else 422, **{name: form})
    return _enter(token, CODES_LEFT.format(left=RecoveryCode.left(waiting)) if name == "recovery_code" else None)


def _code_page(status=None, code=None, recovery_code=None):
    wrong = any(form and form.errors for form in (code, recovery_code))
    return pages.render(
        "hall/auth/code.html", status=status or (422 if wrong else 200), form=code or CodeForm(formdata=None),
        recovery=recovery_code or RecoveryCodeForm(formdata=None), kept=kept.sealed_form(), next=_next(),
        readable=SecondFactor.readable())


@blueprint.route("/login/factor", methods=["GET", "POST"])
@open_to("anyone")
def set_up_factor():
    """The second step of a first sign-in: set up the second factor, and show the recovery codes."""
    waiting = access.waiting()
    if waiting is None or SecondFactor.of(waiting):
        return _right_step(waiting)
    form = SetUpForm()
    if form.validate_on_submit():
        try:
            codes = SecondFactor.set_up(waiting, form.candidate.data, form.code.data)
            signed_in = access.sign_in(Session.complete(waiting, _device()))
        except Refused as refused:
            if refused.code in (Code.FACTOR_THERE, Code.WAITED_TOO_LONG):
                return _right_step(access.waiting())
            form.refuse("code", refused)
        else:
            return pages.render("hall/auth/recovery_codes.html", codes=codes, kept=kept.kept_form(signed_in),
                                next=access.safe_next(request.args.get("next")))
    return _set_up_page(waiting, form)


def _set_up_page(waiting, form):
    return pages.render("hall/auth/set_up_factor.html", status=_status(form), form=form, kept=kept.sealed_form(),
                        next=_next(), secret=second_factor.shown(waiting, form))


# Signing out


@blueprint.post("/logout")
@open_to("anyone")
def logout():
    """End this browser's session."""
    account, token = access.signed_in(), access.current_token()
    if token:
        Session.end(token)
    return signed_out("Je bent afgemeld.", account)


def signed_out(message, account):
    """Clear this browser's cookie and cached pages and go to the sign-in page; the session has ended already.

    Somebody whom another service signed in goes to a page with a link to sign out there too.
    """
    access.sign_out()
    if account and current_app.extensions["outside"][0] and not Account.get_by_id(account.account_id).local:
        return security.clear_browser(pages.back_to("outside.signed_out"))
    return security.clear_browser(pages.back_to("auth.login", message))


@blueprint.route("/password/new", methods=["GET", "POST"])
@open_to("anyone")
def new_password():
    """Mail a link to choose a new password; the message does not tell whether the address has a login."""
    form = RequestPasswordForm()
    if form.validate_on_submit():
        try:
            Account.request_password(form.email.data)
        except Refused as refused:
            form.refuse(None, refused)
        else:
            return pages.back_to("auth.login", MAILED)
    return pages.render("hall/auth/new_password.html", status=_status(form), form=form)


@blueprint.route("/password/<token>", methods=["GET", "POST"], defaults={"kind": "password"})
@blueprint.route("/invitation/<token>", methods=["GET", "POST"], defaults={"kind": "invitation"})
@open_to("anyone")
@hashes
def choose_password(kind, token):
    """Choose a password by a mailed link; `kind` is 'password' or 'invitation'."""
    account = Account.of_link(kind, token)
    if not account:
        return _dead_link(kind)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            Account.set_password_by_link(kind, token, form.password.data)
        except Refused as refused:
            if refused.code == Code.LINK:
                return _dead_link(kind)
            form.refuse("password", refused)
        else:
            return pages.back_to("auth.login", "Je wachtwoord is bewaard. Meld je ermee aan.")
    return pages.render(
        "hall/auth/choose_password.html", status=_status(form), form=form, kind=kind, address=account.email,
        shortest=account.limits.shortest_password)


@blueprint.route("/email/<token>", methods=["GET", "POST"])
@open_to("anyone")
def confirm_email(token):
    """Confirm a new e-mail address by the link that was mailed to it."""
    # Only a POST confirms: mail scanners open every link with GET.
    form = BaseForm()
    link = OneTimeLink.find("email", token)
    if not link:
        return _dead_link("email")
    if form.validate_on_submit():
        try:
            addresses.confirm(token)
        except Refused as refused:
            if refused.code == Code.LINK:
                return _dead_link("email")
            form.refuse(None, refused)
        else:
            return pages.back_to("pages.home", "Je login heeft nu dit e-mailadres. Meld je er voortaan mee aan.")
    return pages.render("hall/auth/confirm_email.html", status=_status(form), form=form, address=link.new_email)


def _dead_link(kind):
    return pages.render("hall/auth/dead_link.html", status=410, kind=kind)


def _status(form):
    return 422 if form.errors else 200
