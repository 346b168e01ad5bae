"""Bank accounts at the desk: those to confirm after a call back, and those that each facility uses.

A dossier manager sees all accounts of a facility, a calculator the confirmed ones; a whole number only with a reason.
"""
from flask import Blueprint, abort

from models.database import today
from models.ecalcura.accounts import four_eyes
from models.ecalcura.accounts.bank_accounts import CONFIRMED, REFUSED, BankAccount, in_use
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import DOSSIER
from models.errors import Refused
from views.ecalcura.accounts import words
from views.ecalcura.accounts.forms import OF_REASON, CallForm, OpenForm, ReasonForm
from views.ecalcura.desk.facilities import one as facility_of
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.messages import message

blueprint = Blueprint("desk_accounts", __name__, url_prefix="/ecalcura/desk")

OF_FACILITY = "/facilities/<facility>/accounts"
ONE = f"{OF_FACILITY}/<int:bank_account_id>"
FIELDS = {EcalcuraCode.ACCOUNT_CALLED: "called", EcalcuraCode.ACCOUNT_CALL_DAY: "called_on"}


@blueprint.get("/accounts")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def index():
    """List the accounts that wait for the desk, for a dossier manager; and those that were confirmed lately."""
    facilities = {facility.id: facility for facility in Facility.with_dossier()}
    asked = BankAccount.waiting_for_desk() if _sees_all() else ()
    return pages.render(
        "ecalcura/accounts/desk_index.html", sees_all=_sees_all(), number=len(facilities),
        waiting=[(facilities[account.facility_id], account) for account in asked],
        lately=[(facilities[account.facility_id], account) for account in BankAccount.confirmed_lately(today())],
        paid=len(in_use(facilities, today())))


@blueprint.get(OF_FACILITY)
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(facility):
    """Show the accounts of a facility; to a calculator the confirmed ones, without the people who decided."""
    found = facility_of(facility)
    if _sees_all():
        return pages.render("ecalcura/accounts/desk_facility.html", sees_all=True, **page_of(found, "accounts"),
                            **words.listed(found, BankAccount.of(found)))
    confirmed = [row._replace(steps=[]) for row in words.rows(found, BankAccount.confirmed(found))]
    return pages.render("ecalcura/accounts/desk_facility.html", sees_all=False, waiting=[],
                        **page_of(found, "accounts"),
                        in_use=next((row for row in confirmed if row.is_in_use), None),
                        history=[row for row in reversed(confirmed) if not row.is_in_use])


@blueprint.get(ONE)
@open_to("ecalcura:dossier")
def account(facility, bank_account_id):
    """Show one account, its number masked, and the form to confirm it after a call back."""
    return _page(facility_of(facility), bank_account_id)


@blueprint.post(f"{ONE}/number")
@open_to("ecalcura:dossier")
def show_number(facility, bank_account_id):
    """Show the whole number once, in this answer only, to somebody who gives a reason; the log has both."""
    found, form = facility_of(facility), OpenForm()
    if form.validate_on_submit():
        try:
            four_eyes.show_account(found, _one(found, bank_account_id), form.purpose.data or "", signed_in())
        except Refused as refused:
            form.refuse("purpose" if refused.code in OF_REASON else None, refused)
        else:
            return _page(found, bank_account_id, is_open=True)
    return _page(found, bank_account_id, opening=form, status=422)


@blueprint.post(f"{ONE}/confirm")
@open_to("ecalcura:dossier")
def confirm(facility, bank_account_id):
    """Confirm an account after a call back."""
    found, form = facility_of(facility), CallForm()
    if not form.validate_on_submit():
        return _page(found, bank_account_id, calling=form, status=422)

    def step(account):
        four_eyes.confirm_by_desk(found, account, form.called.data, form.called_on.data, signed_in())

    return _act(found, bank_account_id, step, CONFIRMED, "De rekening is bevestigd.", FIELDS, calling=form)


@blueprint.post(f"{ONE}/refuse")
@open_to("ecalcura:dossier")
def refuse(facility, bank_account_id):
    """Refuse an account that the facility asked the desk to confirm."""
    found, form = facility_of(facility), ReasonForm()
    if not form.validate_on_submit():
        return _page(found, bank_account_id, refusing=form, status=422)

    def step(account):
        four_eyes.refuse_by_desk(found, account, form.reason.data or "", signed_in())

    return _act(found, bank_account_id, step, REFUSED, "De rekening is geweigerd.", dict.fromkeys(OF_REASON, "reason"),
                refusing=form)


def _act(facility, bank_account_id, step, state, text, fields, **forms):
    """Take a step that ends in this state; a second click on the same button answers as the first one."""
    try:
        step(_one(facility, bank_account_id))
    except Refused as refused:
        now = _one(facility, bank_account_id)
        if (now.state, now.decider_id) != (state, signed_in().id):
            if refused.code not in fields:
                return _page(facility, bank_account_id, notice=message(refused), status=409, **forms)
            next(iter(forms.values())).refuse(fields[refused.code], refused)
            return _page(facility, bank_account_id, status=422, **forms)
    return pages.back_to("desk_accounts.show", text, facility=facility.hco)


def _sees_all():
    return signed_in().role == DOSSIER.code


def _one(facility, bank_account_id):
    return BankAccount.one(facility, bank_account_id) or abort(404)


def _page(facility, bank_account_id, opening=None, calling=None, refusing=None, notice=None, is_open=False, status=200):
    found = _one(facility, bank_account_id)
    return pages.render(
        "ecalcura/accounts/desk_account.html", status=status, notice=notice, **page_of(facility, "accounts"),
        row=words.row(facility, found), opened=words.opened(found) if is_open else None,
        waits_for_desk=found.is_waiting and found.asked_at is not None,
        opening=opening or OpenForm(formdata=None), calling=calling or CallForm(formdata=None),
        refusing=refusing or ReasonForm(formdata=None))
