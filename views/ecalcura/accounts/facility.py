"""'Bankrekeningen' of a facility: the account in use, proposals of one colleague that another confirms, the history."""
import secrets

from flask import Blueprint, abort

from models.database import today
from models.ecalcura.accounts import four_eyes, holders
from models.ecalcura.accounts.bank_accounts import CONFIRMED, REFUSED, WITHDRAWN, BankAccount
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.errors import Code, Refused
from views.ecalcura.accounts import words
from views.ecalcura.accounts.forms import OF_REASON, AccountForm, FirstDayForm, ReasonForm
from views.ecalcura.addresses import tabs
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.messages import message

blueprint = Blueprint("bank_accounts", __name__, url_prefix="/ecalcura/<hco>/accounts")

ONE = "/<int:bank_account_id>"
# Refusal code → the field of AccountForm or FirstDayForm that shows it.
FIELDS = {EcalcuraCode.ACCOUNT_THERE: "iban", EcalcuraCode.ACCOUNT_HOLDER: "holder", EcalcuraCode.TEXT_NUMBER: "holder",
          EcalcuraCode.ACCOUNT_EARLY: "valid_from", EcalcuraCode.ACCOUNT_LATE: "valid_from"}
WORDS = {Code.NAMES_KEY: "Een rekeningnummer kan nu niet bewaard worden. Verwittig {operator}."}
PROPOSED = "De rekening is voorgesteld. Ze wordt pas gebruikt als een ander ze bevestigt."
# Refusals because of what a colleague did meanwhile: 409, with the page as it is now.
CONFLICTS = {EcalcuraCode.ACCOUNT_DECIDED, EcalcuraCode.ACCOUNT_EARLY, EcalcuraCode.ACCOUNT_NOT_ALONE}


@blueprint.get("")
@open_to("ecalcura:financial")
def index(hco):
    """Show the account in use, those that wait, and the history."""
    facility = Facility.by_hco(hco)
    return pages.render("ecalcura/accounts/index.html", facility=facility, tabs_of=_tabs(facility),
                        **words.listed(facility, BankAccount.of(facility)))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:financial")
def create(hco):
    """Propose an account."""
    facility = Facility.by_hco(hco)
    form = AccountForm(data={"form_key": secrets.token_urlsafe(16), "valid_from": today()})
    if form.validate_on_submit():
        try:
            made = four_eyes.propose(facility, form.iban.data, form.holder.data, form.valid_from.data, signed_in(),
                                     form.form_key.data)
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code), refused, WORDS.get(refused.code))
        else:
            return _to(facility, made, PROPOSED)
    return _form(facility, form, "Rekening voorstellen")


@blueprint.get(ONE)
@open_to("ecalcura:financial")
def show(hco, bank_account_id):
    """Show one account with its number, and what the own login can do with it."""
    return _page(Facility.by_hco(hco), bank_account_id)


@blueprint.route(f"{ONE}/propose", methods=["GET", "POST"])
@open_to("ecalcura:financial")
def take_over(hco, bank_account_id):
    """Propose an account that came from RaaS."""
    facility = Facility.by_hco(hco)
    account = _own(facility, bank_account_id)
    if not account.is_unproposed:
        return _to(facility, account, "Deze rekening is al voorgesteld.")
    form = FirstDayForm(data={"valid_from": today()})
    if form.validate_on_submit():
        try:
            four_eyes.take_over(facility, account, form.valid_from.data, signed_in())
        except Refused as refused:
            if refused.code == EcalcuraCode.ACCOUNT_DECIDED:
                return _page(facility, bank_account_id, notice=message(refused), status=409)
            form.refuse(FIELDS.get(refused.code), refused)
        else:
            return _to(facility, account, PROPOSED)
    return _form(facility, form, "Rekening uit RaaS voorstellen")


@blueprint.post(f"{ONE}/confirm")
@open_to("ecalcura:financial")
def confirm(hco, bank_account_id):
    """Confirm an account that a colleague proposed."""
    return _act(hco, bank_account_id, four_eyes.confirm, CONFIRMED, "De rekening is bevestigd.")


@blueprint.post(f"{ONE}/withdraw")
@open_to("ecalcura:financial")
def withdraw(hco, bank_account_id):
    """Withdraw the own proposal."""
    return _act(hco, bank_account_id, four_eyes.withdraw, WITHDRAWN, "Je voorstel is ingetrokken.")


@blueprint.post(f"{ONE}/refuse")
@open_to("ecalcura:financial")
def refuse(hco, bank_account_id):
    """Refuse an account that a colleague proposed, or that came from RaaS."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(Facility.by_hco(hco), bank_account_id, form, status=422)
    return _act(hco, bank_account_id, four_eyes.refuse, REFUSED, "De rekening is geweigerd.", form)


@blueprint.post(f"{ONE}/ask")
@open_to("ecalcura:financial")
def ask(hco, bank_account_id):
    """Ask the desk to confirm the own proposal, because nobody else can."""
    return _act(hco, bank_account_id, four_eyes.ask_desk, None,
                "Je vraag staat bij de dossierbeheerder. Je wordt opgebeld.")


def _act(hco, bank_account_id, step, state, text, form=None):
    """Take a step that ends in this state; a second click on the same button answers as the first one."""
    facility = Facility.by_hco(hco)
    account = _own(facility, bank_account_id)
    try:
        if form:
            step(facility, account, form.reason.data or "", signed_in())
        else:
            step(facility, account, signed_in())
    except Refused as refused:
        now = _own(facility, bank_account_id)
        if (now.state, now.decider_id) == (state, signed_in().id):
            return _to(facility, now, text)
        if form and refused.code in OF_REASON:
            form.refuse("reason", refused)
            return _page(facility, bank_account_id, form, status=422)
        return _page(facility, bank_account_id, form, message(refused), 409 if refused.code in CONFLICTS else 422)
    return _to(facility, account, text)


def _own(facility, bank_account_id):
    return BankAccount.one(facility, bank_account_id) or abort(404)


def _to(facility, account, text):
    return pages.back_to("bank_accounts.show", text, hco=facility.hco, bank_account_id=account.id)


def _tabs(facility):
    return tabs(signed_in(), facility, "bank_accounts")


def _form(facility, form, title):
    return pages.render("ecalcura/accounts/form.html", status=422 if form.errors else 200, facility=facility, form=form,
                        tabs_of=_tabs(facility), title=title)


def _page(facility, bank_account_id, form=None, notice=None, status=200):
    account, me = _own(facility, bank_account_id), signed_in().id
    is_mine = account.proposer_id == me
    can_ask = account.is_waiting and is_mine and account.asked_at is None and holders.is_alone(facility, me)
    return pages.render(
        "ecalcura/accounts/show.html", status=status, facility=facility, tabs_of=_tabs(facility), notice=notice,
        row=words.row(facility, account), opened=words.opened(account), form=form or ReasonForm(formdata=None),
        is_mine=is_mine, is_unproposed=account.is_unproposed, can_ask=can_ask,
        is_asked=account.asked_at is not None)
