"""The check of a contract's qualification with eCad: on saving, again while eCad is silent, and nightly."""
import datetime
import json
from collections.abc import Mapping
from typing import NamedTuple

from models.database import END_OF_TIME, now, today, transaction
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import UNCHECKED, Contract
from models.ecalcura.people import changes, registers
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.registers import SILENT, QualificationAnswer
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.windows import TrimesterWindow

IN_ORDER, NO_VISA, OTHER, EXPIRED, NOT_APPLICABLE = "in_order", "no_visa", "other", "expired", "not_applicable"
# The pauses before each next try; from the last one on it is asked once a day.
PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (0, 1, 5, 30, 120))
A_DAY = datetime.timedelta(days=1)
NIGHTLY = datetime.timedelta(hours=20)


class Found(NamedTuple):
    """The state of a qualification, and what eCad knows instead: `codes`, or the day `expired_on`."""

    state: str
    detail: Mapping[str, object] = {}


def ask(number: str, qualification: str, start: datetime.date, until: datetime.date | None) -> Found:
    """Ask eCad whether somebody has the visum for a contract. It takes seconds: never call it in a transaction."""
    if not lists.qualifications()[qualification].visa:
        return Found(NOT_APPLICABLE)
    day = day_of(start, until)
    return judge(registers.find_qualifications(number, day), qualification, day)


def day_of(start: datetime.date, until: datetime.date | None) -> datetime.date:
    """Return the day on which the visum must be valid: today, within the days of the contract."""
    return min(max(today(), start), until or END_OF_TIME)


def judge(answer: QualificationAnswer, qualification: str, day: datetime.date) -> Found:
    """Say what an answer of eCad means for a qualification that needs a visum."""
    if answer.state == SILENT:
        return Found(UNCHECKED)
    if qualification in answer.codes:
        until = answer.codes[qualification]
        return Found(IN_ORDER) if until is None or until >= day else Found(EXPIRED, {"expired_on": until.isoformat()})
    return Found(OTHER, {"codes": sorted(answer.codes)}) if answer.codes else Found(NO_VISA)


def columns(found: Found, tries: int = 0) -> dict[str, object]:
    """Return the columns of a contract that hold this state; `tries`: how often eCad was silent before."""
    return {"qualification_state": found.state,
            "qualification_detail": json.dumps(found.detail, sort_keys=True),
            "qualification_asked_at": now(),
            "qualification_tries": tries + 1 if found.state == UNCHECKED else 0}


def check(contract: Contract) -> Contract:
    """Ask eCad about a contract that is saved, keep the answer, and return the contract as it is now.

    While eCad is silent an earlier answer stays. Never call it in a transaction.
    """
    employee = Employee.get_by_id(contract.employee_id)
    number = employee.person.number
    if not number:
        return contract
    found = ask(number, contract.qualification, contract.start, contract.until)
    with transaction():
        values = columns(found, contract.qualification_tries)
        if found.state == UNCHECKED:
            values = {name: values[name] for name in ("qualification_asked_at", "qualification_tries")}
        # Its version stays: nobody edits these columns. An answer about another qualification or number is dropped.
        Contract.update(values).where(
            Contract.id == contract.id, Contract.qualification == contract.qualification,
            Contract.employee_id.in_(Employee.select(Employee.id).where(
                Employee.id == employee.id, Employee.number_hash == employee.number_hash))).execute()
        changes.tell([contract.employee_id])
    return Contract.get_by_id(contract.id)


def due(limit: int = 50) -> list[Contract]:
    """Return contracts to ask eCad about now: those that it never answered, and nightly those in open trimesters."""
    moment = now()
    asked = Contract.qualification_asked_at
    waiting = asked.is_null()
    for tries, pause in enumerate((*PAUSES, A_DAY)):
        is_last = tries == len(PAUSES)
        counted = (Contract.qualification_tries >= tries) if is_last else (Contract.qualification_tries == tries)
        waiting |= counted & (asked <= moment - pause)
    silent = list(Contract.select().where(Contract.qualification_state == UNCHECKED, waiting)
                  .order_by(asked, Contract.id).limit(limit))
    return silent or _nightly(moment, limit)


def _nightly(moment: datetime.datetime, limit: int) -> list[Contract]:
    every = TrimesterWindow.select(TrimesterWindow, Trimester).join(Trimester)
    windows = [window for window in every if window.is_open]
    if not windows:
        return []
    first = min(window.trimester.first for window in windows)
    last = max(window.trimester.last for window in windows)
    return list(Contract.select().where(
        Contract.qualification_state.not_in((NOT_APPLICABLE, UNCHECKED)),
        Contract.qualification_asked_at <= moment - NIGHTLY,
        Contract.start <= last, Contract.until.is_null() | (Contract.until >= first))
        .order_by(Contract.qualification_asked_at, Contract.id).limit(limit))


def retry(limit: int = 50) -> int:
    """Ask eCad about the contracts that are due, and return how many it answered; it stops at the first silence."""
    answered = 0
    for contract in due(limit):
        tried = check(contract)
        if tried.qualification_tries > contract.qualification_tries:
            break
        answered += 1
    return answered
