"""Decides what becomes of a contract of RaaS: pure functions of a row, the registers' answers and the known staff."""
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.ecalcura.contracts import lists, steps
from models.ecalcura.people import numbers
from models.ecalcura.transfer.raas.columns import CHOICES, NUMBER, QUALIFICATION, REPLACES, START, UNTIL
from models.ecalcura.transfer.raas.contract_rows import ACTIVE_FROM, CLOSED_ON, ContractRow, in_hours
from models.ecalcura.transfer.raas.places import Piece
from models.ecalcura.transfer.raas.reasons import Noted, Reason, note
from models.ecalcura.trimesters.calendar import place_of

YOUNGEST = 15
ENTITLED, REPLACEMENT, PREMIUM, EXEMPTION = "entitled", "replacement", "premium", "exemption"
END = datetime.date.max


@dataclass(slots=True)
class Contract:
    """A contract of an employee: in the database, or to be inserted."""

    role: str
    qualification: str
    statute: str
    start: datetime.date
    until: datetime.date | None
    hours: int
    full_time: int
    id: int = 0

    @property
    def last(self) -> datetime.date:
        """Its last day; END if it is open."""
        return self.until or END


@dataclass(slots=True)
class Choice:
    """A choice of an employee: in the database, or to be inserted; `changed` if its days are."""

    step: int
    kind: str
    since: datetime.date
    until: datetime.date | None
    id: int = 0
    changed: bool = False


@dataclass(slots=True)
class Staff:
    """An employee, and what is known of them. An employee without an id is not in the database yet."""

    facility_id: int
    number_hash: bytes
    id: int = 0
    contracts: list[Contract] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


class Target(NamedTuple):
    """The contract that is replaced, in the facility of one piece."""

    staff: Staff
    contract: Contract


class Span(NamedTuple):
    """The days of a replacement, and the employee who is replaced; None for the pool."""

    replaced: Staff | None
    since: datetime.date
    until: datetime.date | None


def of_person(row: ContractRow, answer: Any) -> list[Noted]:
    """Return the reasons that the answer of the national register gives."""
    if answer.state == "silent":
        return [note(Reason.SILENT, NUMBER)]
    if answer.state == "not_found":
        return [note(Reason.UNKNOWN_PERSON, NUMBER)]
    reasons = []
    if answer.number != row.number:
        reasons.append(note(Reason.NUMBER_REPLACED, NUMBER))
    if answer.birth is None:
        reasons.append(note(Reason.BIRTH_UNKNOWN, NUMBER))
    elif answer.number[:6] != f"{answer.birth:%y%m%d}" and numbers.birth_of(answer.number) is None:
        reasons.append(note(Reason.NUMBER_UNBORN, NUMBER))
    if answer.birth and row.start and row.start < steps.reaches(answer.birth, YOUNGEST):
        reasons.append(note(Reason.TOO_YOUNG, START))
    return reasons


def checked_on(row: ContractRow) -> datetime.date:
    """Return the day on which the qualification must be right: the last one before RaaS closed."""
    return max(row.start or ACTIVE_FROM, min(row.until or CLOSED_ON, CLOSED_ON))


def of_qualification(row: ContractRow, answer: Any) -> list[Noted]:
    """Return the reasons that eCad's answer gives; None is the answer for a qualification without a visum."""
    qualification = lists.qualifications()[row.qualification]
    day = checked_on(row)
    if not qualification.holds_on(day):
        return [note(Reason.QUALIFICATION, QUALIFICATION)]
    if answer is None:
        return []
    if answer.state == "silent":
        return [note(Reason.SILENT, QUALIFICATION)]
    if row.qualification in answer.codes:
        until = answer.codes[row.qualification]
        return [note(Reason.VISA_EXPIRED, QUALIFICATION, day=_day(until))] if until and until < day else []
    if answer.codes:
        return [note(Reason.OTHER_VISA, QUALIFICATION, known=", ".join(map(_label, sorted(answer.codes))))]
    return [note(Reason.NO_VISA, QUALIFICATION, qualification=qualification.label)]


def _label(code: str) -> str:
    known = lists.qualifications()
    return known[code].label if code in known else code


def contract_of(row: ContractRow, piece: Piece) -> Contract:
    """Return the contract that a piece of a row becomes."""
    return Contract(row.role, row.qualification, row.statute, piece.start, piece.until, row.hours, row.full_time)


def of_contracts(new: Contract, others: Sequence[Contract]) -> list[Noted]:
    """Return the reasons that the other contracts of the employee give: overlap, and hours above full-time."""
    beside = [one for one in others if one.start <= new.last and one.last >= new.start]
    if not beside:
        return []
    for one in beside:
        if (one.role, one.qualification) == (new.role, new.qualification):
            if (one.start, one.until, one.hours, one.full_time) == (new.start, new.until, new.hours, new.full_time):
                return [note(Reason.DOUBLE)]
            return [note(Reason.OVERLAP, START, start=_day(one.start), until=_day(one.until) or "nu")]
    # The sum changes only where a contract begins.
    for day in sorted({new.start, *(one.start for one in beside if one.start > new.start)}):
        active = [new, *(one for one in beside if one.start <= day <= one.last)]
        total, most = sum(one.hours for one in active), max(one.full_time for one in active)
        if total > most:
            return [note(Reason.ABOVE_FULL_TIME, START, sum=in_hours(total), day=_day(day), full_time=in_hours(most))]
    return []


def of_frozen(piece: Piece, frozen: Sequence[tuple[datetime.date, datetime.date]]) -> list[Noted]:
    """Return the reason that a submitted trimester of the facility gives; `frozen` are the days of each."""
    for first, last in frozen:
        if piece.start <= last and (piece.until or END) >= first:
            return [note(Reason.SUBMITTED, START, trimester=place_of(first).label)]
    return []


def of_choices(row: ContractRow, piece: Piece, birth: datetime.date | None,
               known: Sequence[Choice]) -> tuple[list[Choice], list[Noted]]:
    """Return the choices to insert or to change, and the reasons why others are not taken over."""
    kept, reasons = [], []
    for age, kind in row.choices.items():
        reason, since = _step_of(row, piece, birth, age, kind)
        found, other = (None, None) if reason else _fitted(
            Choice(age, kind, since, piece.until), [one for one in known if one.step == age])
        if reason := reason or other:
            values = {"age": age, "day": _day(since)} if reason is Reason.CHOICE_EARLY else {}
            reasons.append(note(reason, CHOICES[age], **values))
        if found:
            kept.append(found)
    return kept, reasons


def _step_of(row: ContractRow, piece: Piece, birth: datetime.date | None, age: int,
             kind: str) -> tuple[Reason | None, datetime.date]:
    """Return why the choice for a step is not taken over, or None; and its first day."""
    if row.role != ENTITLED:
        return Reason.CHOICE_REPLACEMENT, piece.start
    if kind == PREMIUM and not lists.qualifications()[row.qualification].premium:
        return Reason.CHOICE_PREMIUM, piece.start
    if birth is None:
        return Reason.CHOICE_UNBORN, piece.start
    begins = steps.step_start(birth, age)
    if begins > CLOSED_ON:
        return Reason.CHOICE_EARLY, begins
    if piece.until and begins > piece.until:
        return Reason.CHOICE_AFTER_END, begins
    return None, max(begins, piece.start)


def _fitted(new: Choice, known: Sequence[Choice]) -> tuple[Choice | None, Reason | None]:
    """Return the choice to write: the new one, or a known one with more days; or why it cannot be."""
    for one in known:
        if one.since <= (new.until or END) and (one.until or END) >= new.since and one.kind != new.kind:
            return None, Reason.CHOICE_OTHER
    for one in known:
        if one.kind == new.kind and _meet(one, new):
            since, until = min(one.since, new.since), max(one.until or END, new.until or END)
            one.changed = one.changed or (since, until) != (one.since, one.until or END)
            one.since, one.until = since, None if until == END else until
            return one, None
    return new, None


def _meet(one: Choice, other: Choice) -> bool:
    """Whether two stretches overlap or follow each other without a day between them."""
    first, second = sorted((one, other), key=lambda choice: choice.since)
    return first.until is None or second.since <= first.until + datetime.timedelta(days=1)


def of_replacement(new: Contract, target: Target) -> tuple[Span | None, list[Noted]]:
    """Return the days on which a contract replaces another one, or the reason why it cannot."""
    if target.contract.role == REPLACEMENT:
        return None, [note(Reason.REPLACES_REPLACEMENT, REPLACES)]
    exempt = [one for one in target.staff.choices if one.kind == EXEMPTION]
    if not exempt:
        if target.staff.choices:
            return None, [note(Reason.REPLACES_PREMIUM, REPLACES)]
        return Span(None, new.start, new.until), [note(Reason.REPLACED_UNCHOSEN, REPLACES)]
    since = max(new.start, target.contract.start, min(one.since for one in exempt))
    until = min(new.last, target.contract.last, max(one.until or END for one in exempt))
    if since > until:
        return None, [note(Reason.REPLACES_OUTSIDE, UNTIL)]
    return Span(target.staff, since, None if until == END else until), []


def _day(day: datetime.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
