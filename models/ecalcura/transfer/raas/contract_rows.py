"""Reading a row of raas_contracten.csv: its values, and the reasons that its cells alone give."""
import datetime
import functools
import re
from typing import Any, NamedTuple

from models.days import parse_date
from models.ecalcura.contracts import lists
from models.ecalcura.people import numbers
from models.ecalcura.transfer.raas.columns import (
    CHANGED,
    CHOICES,
    CONTRACT,
    CONTRACTS,
    FAMILY,
    FILES,
    FIRST,
    FULL_TIME,
    HOURS,
    NUMBER,
    QUALIFICATION,
    REPLACES,
    RIZIV,
    ROLE,
    START,
    STATUTE,
    UNTIL,
)
from models.ecalcura.transfer.raas.reasons import Noted, Reason, note
from models.errors import Code, Refused
from models.files.reading.table import Row

# Contracts that were active on or after this day are taken over; RaaS closed on the other day.
ACTIVE_FROM = datetime.date(2021, 7, 1)
CLOSED_ON = datetime.date(2023, 12, 5)
ROLES = {"gerechtigde": "entitled", "vervanger": "replacement"}
KINDS = {"premie": "premium", "vrijstelling": "exemption"}
MOST_HOURS = 6000
LONGEST = 40
_RIZIV_BETWEEN = re.compile(r"[\s.\-/]+")
_HOURS = re.compile(r"(\d{1,3})(?:,(\d{1,2}))?", re.ASCII)
_PLACES = {column: place for place, column in enumerate(FILES[CONTRACTS][1])}
_RIZIV, _CONTRACT, _NUMBER, _FAMILY, _FIRST, _REPLACES = (
    _PLACES[column] for column in (RIZIV, CONTRACT, NUMBER, FAMILY, FIRST, REPLACES))
_CHOICES = [(age, column, _PLACES[column]) for age, column in CHOICES.items()]


class ContractRow(NamedTuple):
    """A row as it was read. Values that could not be read are None or 0, and `reasons` says why."""

    line: int
    riziv: str
    contract: str
    number: str
    family: str
    first: str
    qualification: str
    statute: str
    role: str
    hours: int
    full_time: int
    start: datetime.date | None
    until: datetime.date | None
    choices: dict[int, str]
    replaces: str
    reasons: tuple[Noted, ...]
    cells: list[str]

    @property
    def key(self) -> str:
        """The number of the contract among all those of RaaS; of a row without number, its line."""
        return f"{self.riziv}/{self.contract}" if self.contract else f"#{self.line}"


def read(row: Row) -> ContractRow:
    """Read a row of the file."""
    if row.cells is None:
        reason = note(Reason.ROW, row.column)
        return ContractRow(row.line, "", "", "", "", "", "", "", "", 0, 0, None, None, {}, "", (reason,), [])
    cells = list(map(str.strip, row.cells))
    reasons: list[Noted] = []
    coded = _coded(*(cells[_PLACES[column]] for column in (QUALIFICATION, STATUTE, ROLE)))
    hours = _hours_pair(cells[_PLACES[HOURS]], cells[_PLACES[FULL_TIME]])
    days = _days(*(cells[_PLACES[column]] for column in (START, UNTIL, CHANGED)))
    number, number_reason = _number(cells[_NUMBER])
    choices, choice_reasons = _choices(cells)
    contract = cells[_CONTRACT]
    if not contract or len(contract) > LONGEST or not contract.isprintable():
        reasons.append(note(Reason.TEXT if contract else Reason.EMPTY, CONTRACT))
        contract = contract[:LONGEST] if contract.isprintable() else ""
    reasons += [*number_reason, *coded[3], *hours[2], *days[2], *choice_reasons]
    return ContractRow(
        row.line, riziv(cells[_RIZIV]), contract, number, cells[_FAMILY], cells[_FIRST], *coded[:3], *hours[:2],
        *days[:2], choices, cells[_REPLACES], tuple(reasons), cells)


def replaces_another(row: Row) -> bool:
    """Say whether a row names a contract that it replaces."""
    return row.cells is not None and bool(row.cells[_REPLACES].strip())


def riziv(text: str) -> str:
    """Return a RIZIV number without the signs that people write in it."""
    return text if text.isdecimal() else _RIZIV_BETWEEN.sub("", text)[:LONGEST]


def _number(text: str) -> tuple[str, list[Noted]]:
    if not text:
        return "", [note(Reason.EMPTY, NUMBER)]
    try:
        return numbers.clean(text), []
    except Refused:
        pass
    try:
        numbers.clean(text.zfill(numbers.LENGTH))
    except Refused:
        return "", [note(Reason.NUMBER, NUMBER)]
    return "", [note(Reason.NUMBER_ZERO, NUMBER)]


# The same words, hours and days are in many rows.
@functools.lru_cache(maxsize=4096)
def _coded(qualification: str, statute: str, role: str) -> tuple[str, str, str, tuple[Noted, ...]]:
    reasons = []
    code = qualification.upper()
    if code not in lists.qualifications():
        reasons.append(note(Reason.QUALIFICATION if code else Reason.EMPTY, QUALIFICATION))
    found = {word.casefold(): statute for statute, label in lists.statutes().items() for word in (statute, label)}
    if statute.casefold() not in found:
        reasons.append(note(Reason.STATUTE if statute else Reason.EMPTY, STATUTE))
    if role.casefold() not in ROLES:
        reasons.append(note(Reason.ROLE if role else Reason.EMPTY, ROLE))
    return code, found.get(statute.casefold(), ""), ROLES.get(role.casefold(), ""), tuple(reasons)


@functools.lru_cache(maxsize=4096)
def _hours_pair(hours: str, full_time: str) -> tuple[int, int, tuple[Noted, ...]]:
    read, reasons = _hours(hours, HOURS)
    week, others = _hours(full_time, FULL_TIME)
    reasons += others
    if not reasons and not 0 < read <= week <= MOST_HOURS:
        reasons.append(note(Reason.HOURS_RANGE, HOURS, full_time=in_hours(week)))
    return read, week, tuple(reasons)


def _hours(text: str, column: str) -> tuple[int, list[Noted]]:
    match = _HOURS.fullmatch(text)
    if match:
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")), []
    reason = (Reason.HOURS_EMPTY if not text else Reason.HOURS_POINT if "." in text
              else Reason.HOURS_TIME if ":" in text else Reason.HOURS)
    return 0, [note(reason, column)]


def in_hours(hundredths: int) -> str:
    """Return hours as people write them: 38, 30,4."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


@functools.lru_cache(maxsize=4096)
def _days(start: str, until: str, changed: str) -> tuple[
        datetime.date | None, datetime.date | None, tuple[Noted, ...]]:
    reasons: list[Noted] = []
    first, last, edited = (read_day(text, column, reasons) for text, column in (
        (start, START), (until, UNTIL), (changed, CHANGED)))
    if not start:
        reasons.append(note(Reason.EMPTY, START))
    if first and last and last < first:
        reasons.append(note(Reason.END_BEFORE_START, UNTIL))
    elif last and last < ACTIVE_FROM:
        reasons.append(note(Reason.ENDED, UNTIL))
    if edited and edited > CLOSED_ON:
        reasons.append(note(Reason.CHANGED_LATE, CHANGED))
    return first, last, tuple(reasons)


def read_day(text: str, column: str, reasons: list[Noted]) -> datetime.date | None:
    """Return the day in a cell, or None; a cell that has no day adds its reason."""
    if not text:
        return None
    try:
        return parse_date(text)
    except Refused as refused:
        absent = refused.code == Code.DATE_ABSENT
        reasons.append(note(Reason.DATE_ABSENT if absent else Reason.DATE, column))
        return None


def _choices(cells: list[str]) -> tuple[dict[int, str], list[Noted]]:
    choices: dict[int, Any] = {}
    reasons = []
    for age, column, place in _CHOICES:
        if text := cells[place].casefold():
            if text in KINDS:
                choices[age] = KINDS[text]
            elif text != "geen":
                reasons.append(note(Reason.CHOICE, column))
    return choices, reasons
