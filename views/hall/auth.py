"""Signing in (with a second factor where it is needed) and out, a forgotten password, an invitation, a new address."""
from flask import Blueprint, flash, redirect, request, url_for

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.passwords import SHORTEST
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.errors import Code, Refused
from views.hall import second_factor
from views.hall.devices import device
from views.shell import access, kept, pages, security
from views.shell.access import open_to
from views.shell.fields import BaseForm, email_field, password_field, repeat_password_field

blueprint = Blueprint("auth", __name__)

ASKED = "Is dit het adres van een login, dan is er een mail onderweg met een link om een nieuw wachtwoord te kiezen."
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
    """The sign-in page; `kept` carries along what was typed in a form that came too late."""
    form = form or SignInForm(formdata=None)
    return pages.render("hall/auth/login.html", status=status, form=form, message=message, kept=kept, next=_next())


def _next():
    """The page that was asked for before signing in, None when there was none."""
    return access.safe_next(request.args.get("next"), None)


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
            return sign_in_page(form=form, kept=kept.carried(), status=429 if refused.code == Code.TOO_MANY else 422)
        return _start_session(account)
    return sign_in_page(form=form, kept=kept.carried(), status=422 if form.errors else 200)


def _start_session(account):
    replaced = access.current_token()
    if replaced:
        Session.end(replaced)
    waits = SecondFactor.needed(account)
    token = Session.start(account, _device(), awaits_factor=waits)
    if not waits:
        return _enter(token)
    access.wait(token)
    return _ask_factor(access.waiting())


def _enter(token, message=None):
    signed_in = access.sign_in(token)
    if message:
        flash(message)
    return kept.resume(signed_in.account_id) or redirect(access.safe_next(request.args.get("next")), 303)


def _device():
    return device(request.user_agent.string)


# The second step of an administrator: a code, or setting up what makes them


def _ask_factor(waiting):
    """On to the second step. What was kept goes along in the page, so that one is not reached by a redirect."""
    there = SecondFactor.of(waiting)
    if kept.carried():
        return _code_page() if there else _set_up_page(waiting, SetUpForm(formdata=None))
    return redirect(url_for("auth.code" if there else "auth.set_up_factor", next=_next()), 303)


def _elsewhere(waiting):
    """For who is not at this step: signed in already, at the other one, or back at the password."""
    if access.signed_in():
        return redirect(access.safe_next(request.args.get("next")), 303)
    if waiting:
        return _ask_factor(waiting)
    if kept.carried():
        return sign_in_page(BEGIN_AGAIN, kept.carried(), 401)
    return pages.back_to("auth.login", BEGIN_AGAIN, next=_next())


@blueprint.route("/login/code", methods=["GET", "POST"])
@open_to("anyone")
def code():
    return _show_factor(CodeForm(), "code")


@blueprint.post("/login/recovery-code")
@open_to("anyone")
def recovery_code():
    return _show_factor(RecoveryCodeForm(), "recovery_code")


def _show_factor(form, name):
    waiting = access.waiting()
    if waiting is None or not SecondFactor.of(waiting):
        return _elsewhere(waiting)
    if not form.validate_on_submit():
        return _code_page(**{name: form})
    try:
        token = SecondFactor.sign_in(waiting, form[name].data, _device())
    except Refused as refused:
        if refused.code == Code.WAITED_TOO_LONG:
            return _elsewhere(None)
        form.refuse(name, refused)
        return _code_page(429 if refused.code == Code.TOO_MANY_CODES else 422, **{name: form})
    return _enter(token, CODES_LEFT.format(left=RecoveryCode.left(waiting)) if name == "recovery_code" else None)


def _code_page(status=None, code=None, recovery_code=None):
    wrong = any(form and form.errors for form in (code, recovery_code))
    return pages.render(
        "hall/auth/code.html", status=status or (422 if wrong else 200), form=code or CodeForm(formdata=None),
        recovery=recovery_code or RecoveryCodeForm(formdata=None), kept=kept.carried(), next=_next(),
        readable=SecondFactor.readable())


@blueprint.route("/login/factor", methods=["GET", "POST"])
@open_to("anyone")
def set_up_factor():
    waiting = access.waiting()
    if waiting is None or SecondFactor.of(waiting):
        return _elsewhere(waiting)
    form = SetUpForm()
    if form.validate_on_submit():
        try:
            codes = SecondFactor.set_up(waiting, form.candidate.data, form.code.data)
            access.sign_in(Session.complete(waiting, _device()))
        except Refused as refused:
            if refused.code in (Code.FACTOR_THERE, Code.WAITED_TOO_LONG):
                return _elsewhere(access.waiting())
            form.refuse("code", refused)
        else:
            return pages.render("hall/auth/recovery_codes.html", codes=codes, kept=kept.opened(waiting.account_id),
                                next=access.safe_next(request.args.get("next")))
    return _set_up_page(waiting, form)


def _set_up_page(waiting, form):
    return pages.render("hall/auth/set_up_factor.html", status=_status(form), form=form, kept=kept.carried(),
                        next=_next(), secret=second_factor.shown(waiting, form))


# Signing out


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
    return pages.render("hall/auth/new_password.html", status=_status(form), form=form)


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
            if refused.code == Code.LINK:
                return _dead_link(kind)
            form.refuse("password", refused)
        else:
            return pages.back_to("auth.login", "Je wachtwoord is bewaard. Meld je ermee aan.")
    return pages.render(
        "hall/auth/choose_password.html", status=_status(form), form=form, kind=kind, address=account.email,
        shortest=SHORTEST[account.role])


@blueprint.route("/email/<token>", methods=["GET", "POST"])
@open_to("anyone")
def confirm_email(token):
    # Only a POST confirms: mail scanners open every link.
    form = BaseForm()
    link = OneTimeLink.find("email", token)
    if not link:
        return _dead_link("email")
    if form.validate_on_submit():
        try:
            Account.confirm_email(token)
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
