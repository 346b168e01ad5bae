"""Bank accounts in words, for the pages of a facility and of the desk."""
from typing import NamedTuple

from models.database import today
from models.ecalcura.accounts import numbers
from models.ecalcura.accounts.bank_accounts import CONFIRMED, REFUSED, WITHDRAWN, BankAccount, last_days
from models.ecalcura.facilities import colleagues
from models.errors import Refused
from views.ecalcura import check_words
from views.shell import filters

CALLED = {"management": "de directie", "accounts": "de boekhouding", "administration": "de administratie"}
# A number that RaaS had, of which no part may be shown in a list yet.
FROM_RAAS = "rekening uit RaaS"
FORMER = "een vroegere collega"
DESK = "de dossierbeheerder"
UNREADABLE = "niet leesbaar"


class Row(NamedTuple):
    """An account in a list."""

    id: int
    number: str
    # Words, and the class of the state in ecalcura.css.
    state: str
    shape: str
    since: str
    # 'voorgesteld door …', 'bevestigd door …', in order.
    steps: list[str]
    is_waiting: bool
    is_in_use: bool


def listed(facility, accounts):
    """The values of a list of these accounts of a facility: the one in use, those that wait, and the others."""
    found = rows(facility, accounts)
    waiting = [row for row in found if row.is_waiting]
    others = [row for row in reversed(found) if not row.is_waiting and not row.is_in_use]
    return {"in_use": next((row for row in found if row.is_in_use), None), "waiting": waiting, "history": others}


def row(facility, account):
    """The row of one account of a facility."""
    return next(row for row in rows(facility, BankAccount.of(facility)) if row.id == account.id)


def rows(facility, accounts):
    """The row of each of these accounts of a facility, in their order."""
    accounts = list(accounts)
    ends, names = last_days(accounts), {person.account.id: person.name for person in colleagues.people(facility)}
    return [_row(account, ends.get(account.id), names) for account in accounts]


def _row(account, last, names):
    in_use = account.state == CONFIRMED and account.valid_from <= today() and (last is None or last >= today())
    state, shape = _state(account, last, in_use)
    return Row(account.id, account.masked or FROM_RAAS, state, shape, filters.day(account.valid_from),
               list(_steps(account, names)), account.is_waiting, in_use)


def _state(account: BankAccount, last, in_use):
    if account.is_waiting:
        if account.proposer_id is None:
            return "uit RaaS, nog voor te stellen", "todo"
        return ("wacht op de dossierbeheerder" if account.asked_at else "wacht op bevestiging"), "todo"
    if account.state != CONFIRMED:
        return {WITHDRAWN: "ingetrokken", REFUSED: "geweigerd"}[account.state], "wrong"
    if in_use:
        return "in gebruik", "done"
    if last and last < account.valid_from:
        return "nooit gebruikt", "later"
    return ("gebruikt tot en met " + filters.day(last), "later") if last else (
        "in gebruik vanaf " + filters.day(account.valid_from), "later")


def _steps(account, names):
    if account.proposed_at:
        yield f"voorgesteld door {names.get(account.proposer_id, FORMER)}, {filters.moment(account.proposed_at)}"
    elif account.is_waiting:
        yield f"overgenomen uit RaaS, {filters.moment(account.created_at)}"
    if account.asked_at:
        yield f"bevestiging gevraagd aan {DESK}, {filters.moment(account.asked_at)}"
    if account.decided_at:
        who = DESK if account.by_desk else names.get(account.decider_id, FORMER)
        done = {CONFIRMED: "bevestigd", WITHDRAWN: "ingetrokken", REFUSED: "geweigerd"}[account.state]
        yield f"{done} door {who}, {filters.moment(account.decided_at)}"
    if account.called_on:
        yield f"teruggebeld op {filters.day(account.called_on)}, gesproken met {CALLED[account.called]}"
    if account.reason:
        yield f"reden: {account.reason}"


def opened(account):
    """The values of a page with the whole number of an account; `number` is UNREADABLE if it does not open."""
    try:
        number, holder = account.opened()
    except Refused:
        return {"number": UNREADABLE, "holder": "", "bic": "", "remarks": []}
    return {"number": numbers.written(number), "holder": holder, "bic": numbers.bic_hint(number),
            "remarks": [f"V27 {check_words.V27[one]}" for one in numbers.warnings(number)]}
