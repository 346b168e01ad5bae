"""'Mijn login': the own e-mail address, password and open sessions; for one person's login also the second factor."""
from flask import Blueprint, abort, redirect, request

from models.accounts import addresses
from models.accounts.accounts import Account
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.errors import Code, Refused
from models.organisations import PROVINCES
from views.hall import second_factor
from views.hall.auth import signed_out
from views.shell import access, kept, pages
from views.shell.access import audience, open_to, signed_in
from views.shell.fields import BaseForm, email_field, password_field, repeat_password_field
from views.shell.lanes import hashes

blueprint = Blueprint("account", __name__, url_prefix="/account")

# The codes of refusals that are about the current password, and about a code of the second factor.
ABOUT_PASSWORD = (Code.PASSWORD_WRONG, Code.TOO_MANY)
ABOUT_CODE = (Code.CODE, Code.RECOVERY_CODE, Code.FACTOR_KEY, Code.TOO_MANY_CODES)
REPLACED = "Je codes komen voortaan van het nieuwe toestel."
EMAIL_REQUESTED = "Er is een mail onderweg naar het nieuwe adres. Het geldt zodra je het daar bevestigt."


class PasswordForm(BaseForm):
    current_password = password_field("Huidig wachtwoord")
    password = password_field("Nieuw wachtwoord")
    repeat_password = repeat_password_field()


class EmailForm(BaseForm):
    email = email_field("Nieuw e-mailadres")
    password = password_field("Wachtwoord")


class ProofForm(BaseForm):
    password = password_field("Wachtwoord")
    code = second_factor.code_field("Code uit je app, of een herstelcode")


class FactorForm(ProofForm):
    candidate = second_factor.candidate_field()
    new_code = second_factor.code_field("Code van je nieuwe toestel")


@blueprint.get("")
@open_to("hall:province", "hall:person")
def show():
    """Show an administrator's login: second factor, recovery codes and open sessions."""
    return _page("hall/account/show.html", local=_account().local, factor=SecondFactor.of(signed_in()),
                 left=RecoveryCode.left(signed_in()), readable=SecondFactor.readable(),
                 sessions=list(Session.of(signed_in())), current=signed_in().session_id)


@blueprint.route("/password", methods=["GET", "POST"])
@open_to("signed-in")
@hashes
def password():
    """Change the password; this signs out the other sessions."""
    account, form = _local_account(), PasswordForm()
    if form.validate_on_submit():
        try:
            account.change_password(
                form.current_password.data, form.password.data, keep_session=signed_in().session_id)
        except Refused as refused:
            form.refuse("current_password" if refused.code in ABOUT_PASSWORD else "password", refused)
        else:
            return _home("Het nieuwe wachtwoord is bewaard. Andere sessies zijn afgemeld.")
    return _page("hall/account/password.html", form, shortest=signed_in().limits.shortest_password)


@blueprint.route("/email", methods=["GET", "POST"])
@open_to("signed-in")
@hashes
def email():
    """Request another e-mail address; it counts once it is confirmed by the link that is mailed to it."""
    account, form = _local_account(), EmailForm()
    if form.validate_on_submit():
        try:
            addresses.request(account, form.email.data, form.password.data)
        except Refused as refused:
            form.refuse("password" if refused.code in ABOUT_PASSWORD else "email", refused)
        else:
            return _home(EMAIL_REQUESTED)
    return _page("hall/account/email.html", form)


@blueprint.route("/factor", methods=["GET", "POST"])
@open_to("hall:province", "hall:person")
@hashes
def factor():
    """Replace the second factor by that of another device, and show the new recovery codes."""
    account, form = _local_account(), FactorForm()
    if form.validate_on_submit():
        try:
            codes = SecondFactor.replace_device(
                account, form.password.data, form.code.data, form.candidate.data, form.new_code.data,
                keep_session=signed_in().session_id)
        except Refused as refused:
            form.refuse(_field_of(refused, "new_code"), refused)
        else:
            return _page("hall/account/codes_made.html", codes=codes, message=REPLACED)
    return _page("hall/account/factor.html", form, secret=second_factor.shown(signed_in(), form))


@blueprint.route("/recovery-codes", methods=["GET", "POST"])
@open_to("hall:province", "hall:person")
@hashes
def recovery_codes():
    """Replace the recovery codes, and show the new ones."""
    account, form = _local_account(), ProofForm()
    if form.validate_on_submit():
        try:
            codes = SecondFactor.renew_codes(account, form.password.data, form.code.data)
        except Refused as refused:
            form.refuse(_field_of(refused, None), refused)
        else:
            return _page("hall/account/codes_made.html", codes=codes, message="Dit zijn je nieuwe herstelcodes.")
    return _page("hall/account/recovery_codes.html", form, left=RecoveryCode.left(signed_in()))


@blueprint.get("/roles")
@open_to("signed-in")
def roles():
    """Show the roles of the own login, to choose the one in which to go on."""
    return roles_page()


def roles_page(made_by=None, kept="", status=200):
    """The page that asks in which role to go on; `kept` is the encrypted content of a form of the grant `made_by`."""
    account, audiences = signed_in(), access.audiences()
    ended = made_by is not None and made_by not in [grant.id for grant in account.grants]
    return pages.render(
        "hall/account/roles.html", status=status, next=access.safe_next(request.args.get("next"), None),
        kept="" if ended else kept, ended=ended,
        roles=[(grant.id, _named(audiences[grant.role].label, _whose(grant)), grant.id == account.grant_id,
                grant.id == made_by) for grant in account.grants])


def _named(label, whose):
    return f"{label}: {whose}" if whose else label


def _whose(grant):
    return grant.organisation.name if grant.organisation else PROVINCES.get(grant.province)


@blueprint.post("/roles/<int:grant_id>")
@open_to("signed-in")
def choose(grant_id):
    """Go on in another role of the own login; 404 for a role that it does not have."""
    if not access.choose(grant_id):
        abort(404)
    return kept.resume(signed_in()) or redirect(access.safe_next(request.args.get("next")), 303)


@blueprint.post("/sessions/end")
@open_to("signed-in")
def end_sessions():
    """Sign out everywhere, this browser included."""
    Session.end_all(signed_in())
    return signed_out("Deze login is overal afgemeld.", signed_in())


@blueprint.post("/sessions/<int:session_id>/end")
@open_to("signed-in")
def end_session(session_id):
    """Sign out one session of the own login; 404 for another's."""
    if not Session.end_one(signed_in(), session_id):
        abort(404)
    return _home("De sessie is afgemeld.")


def _field_of(refused, otherwise):
    """The name of the form's field that a refusal is about."""
    return "password" if refused.code in ABOUT_PASSWORD else "code" if refused.code in ABOUT_CODE else otherwise


def _page(template, form=None, **values):
    return pages.render(template, status=422 if form and form.errors else 200, form=form, **values)


def _home(message):
    return pages.back_to(audience().own_login.endpoint, message)


def _account():
    return Account.get_by_id(signed_in().account_id)


def _local_account():
    """The own account; if another service signs it in, and it has no password here, a 404 that says so."""
    account = _account()
    return account if account.local else abort(pages.render("hall/account/elsewhere.html", status=404))
