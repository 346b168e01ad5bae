"""Each step of a bank account: one person proposes it, another one confirms or refuses it.

A step is recorded without the number, and mailed to all who manage the money of the facility.
"""
import datetime
from typing import Any

from models.audit import Actor, record
from models.database import now, refusing, today, transaction
from models.days import local_day
from models.ecalcura.accounts import holders, letters, numbers
from models.ecalcura.accounts.bank_accounts import CONFIRMED, REFUSED, WITHDRAWN, BankAccount
from models.ecalcura.desk import account_looks
from models.ecalcura.desk import accounts as desk
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import DOSSIER
from models.ecalcura.same_person import is_same_person
from models.ecalcura.texts import clean_text
from models.ecalcura.trimesters.files import hold
from models.errors import Refused
from models.mail import outbox

LONGEST_HOLDER, LONGEST_REASON = 100, 500
# The longest time before the first day of an account.
AHEAD = datetime.timedelta(days=366)
# The roles that the desk can have called back.
CALLED = ("management", "accounts", "administration")
# The rule of the database that refuses a step -> the code.
RULES = {"bank_account_role": EcalcuraCode.ACCOUNT_ROLE, "bank_account_of_one_person": EcalcuraCode.ACCOUNT_OWN}


def propose(facility: Facility, number: str, holder: str, valid_from: datetime.date, by: Actor,
            form_key: str | None = None) -> BankAccount:
    """Propose an account from a day on; a form that is sent again proposes it once.

    Raises `Refused` for a number that is no IBAN, without a holder, for a day before the account in use began or more
    than a year ahead, for an account that is there already, and in a facility that has merged.
    """
    number = numbers.clean(number)
    holder = clean_text(holder, LONGEST_HOLDER, EcalcuraCode.ACCOUNT_HOLDER)
    with transaction(), refusing(**RULES):
        hold(facility)
        sent = form_key and BankAccount.of(facility).where(BankAccount.form_key == form_key).first()
        if sent:
            if (*sent.opened(), sent.valid_from) != (number, holder, valid_from):
                raise Refused(EcalcuraCode.ROW_SAVED)
            return sent
        _check_first_day(facility, valid_from)
        _check_new(facility, number, holder)
        added = BankAccount.add(facility.id, number, holder, proposer_id=by.id, proposed_at=now(),
                                valid_from=valid_from, form_key=form_key)
        _record_step(facility, added, EcalcuraEvent.ACCOUNT_PROPOSED, "proposed", by)
    return added


def take_over(facility: Facility, account: BankAccount, valid_from: datetime.date, by: Actor) -> None:
    """Propose an account that came from RaaS, from a day on; raises `Refused` as `propose` does."""
    with transaction(), refusing(**RULES):
        account = _waiting(facility, account)
        if not account.is_unproposed:
            raise Refused(EcalcuraCode.ACCOUNT_DECIDED)
        _check_first_day(facility, valid_from)
        _write(account, proposer_id=by.id, proposed_at=now(), valid_from=valid_from,
               masked=account.masked or numbers.masked(account.opened()[0]))
        _record_step(facility, account, EcalcuraEvent.ACCOUNT_PROPOSED, "proposed", by)


def confirm(facility: Facility, account: BankAccount, by: Actor) -> None:
    """Confirm an account that somebody else proposed: from its first day on it is in use.

    Raises `Refused` for the own proposal, one that somebody decided about meanwhile, and one that begins before the
    account in use.
    """
    with transaction(), refusing(**RULES):
        _confirm(facility, account, by)


def confirm_by_desk(facility: Facility, account: BankAccount, called: str, called_on: datetime.date,
                    by: Actor) -> None:
    """Confirm, as a dossier manager who called back on a day, an account whose proposer is alone.

    `called` is the role, one of CALLED, that was spoken to. Raises `Refused` as `confirm` does, and for a call before
    the desk was asked or in the future.
    """
    with transaction(), refusing(**RULES):
        waiting = _asked(facility, account)
        if called not in CALLED:
            raise Refused(EcalcuraCode.ACCOUNT_CALLED)
        asked_on = local_day(waiting.asked_at)
        if not asked_on <= called_on <= today():
            raise Refused(EcalcuraCode.ACCOUNT_CALL_DAY, day=asked_on)
        _confirm(facility, account, by, by_desk=True, called=called, called_on=called_on)


def refuse(facility: Facility, account: BankAccount, reason: str, by: Actor) -> None:
    """Refuse, with a word of explanation, an account that somebody else proposed or that came from RaaS."""
    _refuse(facility, _waiting, account, reason, by)


def refuse_by_desk(facility: Facility, account: BankAccount, reason: str, by: Actor) -> None:
    """Refuse, as a dossier manager who was asked to confirm it, an account."""
    _refuse(facility, _asked, account, reason, by, by_desk=True)


def withdraw(facility: Facility, account: BankAccount, by: Actor) -> None:
    """Withdraw the own proposal."""
    with transaction(), refusing(**RULES):
        waiting = _waiting(facility, account)
        if waiting.proposer_id != by.id:
            raise Refused(EcalcuraCode.ACCOUNT_NOT_OWN)
        _decide(waiting, WITHDRAWN, by)
        _record_step(facility, waiting, EcalcuraEvent.ACCOUNT_WITHDRAWN, "withdrawn", by)


def ask_desk(facility: Facility, account: BankAccount, by: Actor) -> None:
    """Ask the desk to confirm the own proposal, because nobody else can; asking twice asks once.

    Raises `Refused` for an account of somebody else, and if a colleague can confirm it.
    """
    with transaction(), refusing(**RULES):
        waiting = _waiting(facility, account)
        if waiting.proposer_id != by.id:
            raise Refused(EcalcuraCode.ACCOUNT_NOT_OWN)
        if waiting.asked_at is not None:
            return
        if not holders.is_alone(facility, by.id):
            raise Refused(EcalcuraCode.ACCOUNT_NOT_ALONE)
        _write(waiting, asked_at=now())
        _record_step(facility, waiting, EcalcuraEvent.ACCOUNT_ASKED, "asked", by)


def show_account(facility: Facility, account: BankAccount, reason: str, by: Actor) -> tuple[str, str]:
    """Return IBAN and holder to a dossier manager who gives a reason; that it was shown, and why, is recorded."""
    reason = _clean_reason(reason)
    opened = account.opened()
    with transaction():
        account_looks.keep([(facility.id, account.id)], reason, by)
        record(EcalcuraEvent.ACCOUNT_SHOWN, by=by, tenant_id=facility.id, subject=account.id, reason=reason)
    return opened


def _confirm(facility: Facility, account: BankAccount, by: Actor, **values: Any) -> None:
    waiting = _waiting(facility, account)
    if waiting.proposer_id is None or waiting.valid_from is None:
        raise Refused(EcalcuraCode.ACCOUNT_UNPROPOSED)
    if is_same_person(waiting.proposer_id, by.id):
        raise Refused(EcalcuraCode.ACCOUNT_OWN)
    last = BankAccount.last_confirmed(facility)
    _check_order(last, waiting.valid_from)
    _decide(waiting, CONFIRMED, by, ordinal=(last.ordinal or 0) + 1 if last else 1, **values)
    _record_step(facility, waiting, EcalcuraEvent.ACCOUNT_CONFIRMED, "confirmed", by)


def _refuse(facility: Facility, read: Any, account: BankAccount, reason: str, by: Actor, **values: Any) -> None:
    reason = _clean_reason(reason)
    with transaction(), refusing(**RULES):
        waiting = read(facility, account)
        if waiting.proposer_id == by.id:
            raise Refused(EcalcuraCode.ACCOUNT_OWN)
        _decide(waiting, REFUSED, by, reason=reason, **values)
        _record_step(facility, waiting, EcalcuraEvent.ACCOUNT_REFUSED, "refused", by)


def _clean_reason(reason: str) -> str:
    """Return a reason; it is stored and logged as it is, so that no account number may be in it."""
    reason = clean_text(reason, LONGEST_REASON, EcalcuraCode.ACCOUNT_REASON)
    if numbers.are_in(reason):
        raise Refused(EcalcuraCode.ACCOUNT_IN_REASON)
    return reason


def _waiting(facility: Facility, account: BankAccount) -> BankAccount:
    """Read an account again while nobody else can change it; raises `Refused` if somebody decided about it."""
    hold(facility)
    current = BankAccount.get_by_id(account.id)
    if not current.is_waiting:
        raise Refused(EcalcuraCode.ACCOUNT_DECIDED)
    return current


def _asked(facility: Facility, account: BankAccount) -> BankAccount:
    waiting = _waiting(facility, account)
    if waiting.asked_at is None:
        raise Refused(EcalcuraCode.ACCOUNT_NOT_ASKED)
    return waiting


def _decide(account: BankAccount, state: str, by: Actor, **values: Any) -> None:
    _write(account, state=state, decider_id=by.id, decided_at=now(), **values)


def _write(account: BankAccount, **values: Any) -> None:
    for name, value in values.items():
        setattr(account, name, value)
    account.save()


def _check_first_day(facility: Facility, day: datetime.date) -> None:
    if facility.is_merged:
        raise Refused(EcalcuraCode.MERGED_AWAY, day=facility.merged_on)
    if day > today() + AHEAD:
        raise Refused(EcalcuraCode.ACCOUNT_LATE)
    _check_order(BankAccount.last_confirmed(facility), day)


def _check_order(last: BankAccount | None, day: datetime.date) -> None:
    if last and last.valid_from and day < last.valid_from:
        raise Refused(EcalcuraCode.ACCOUNT_EARLY, day=last.valid_from)


def _check_new(facility: Facility, number: str, holder: str) -> None:
    """Raise `Refused` if this account waits already, or is the last one that was confirmed."""
    last = BankAccount.last_confirmed(facility)
    for account in BankAccount.of(facility):
        if (account.is_waiting or account == last) and account.opened() == (number, holder):
            raise Refused(EcalcuraCode.ACCOUNT_THERE)


def _record_step(facility: Facility, account: BankAccount, event: EcalcuraEvent, step: str, by: Actor) -> None:
    record(event, by=by, tenant_id=facility.id, subject=account.id)
    for email in holders.addresses(facility):
        outbox.post(email, *letters.step(step, facility.name, facility.hco))
    for email in desk.addresses(DOSSIER) if account.asked_at else ():
        outbox.post(email, *letters.to_desk(step, facility.name, facility.hco))
