"""The rows of a snapshot as the counting by day takes them; no register, setting or row of today is read."""
import datetime
from collections import defaultdict
from typing import Any, NamedTuple

from models.ecalcura.contracts import terms
from models.ecalcura.contracts.days import Chosen, Piece, Replaced, Rights
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.contracts.terms import Hours
from models.ecalcura.submissions.snapshot import Content

Day = datetime.date


class Replacement(NamedTuple):
    """A replacement by a contract; `replaced` is an employee's id, None for the facility's pool."""

    id: int
    contract: "Contract"
    replaced: int | None
    span: Replaced


class Contract(NamedTuple):
    """A contract with its hours day by day. `performances`: kind → hundredths of hours."""

    id: int
    employee: int
    role: str
    qualification: str
    pieces: list[Piece]
    performances: dict[str, int]


class Choice(NamedTuple):
    """A choice of an employee."""

    id: int
    chosen: Chosen


class Employee(NamedTuple):
    """An employee, without name or number."""

    id: int
    contracts: list[Contract]
    choices: list[Choice]
    rights: Rights


class Staff(NamedTuple):
    """The staff of a snapshot, and the days of its trimester."""

    first: Day
    last: Day
    employees: list[Employee]
    replacements: list[Replacement]

    @property
    def days(self) -> int:
        """The number of days of the trimester."""
        return (self.last - self.first).days + 1


class _Row(NamedTuple):
    """A contract as `terms.pieces` takes it."""

    start: Day
    until: Day | None
    hours: int
    full_time: int
    role: str
    qualification: str
    acquired_step: int | None


def staff(content: Content) -> Staff:
    """Return the staff of the content of a snapshot. Steps begin as the setting in the snapshot says."""
    contracts = {one["id"]: [_contract(one["id"], row) for row in one["contracts"]] for one in content["employees"]}
    replacements = [
        Replacement(part["id"], contract, part["replaced"],
                    Replaced(_day(part["since"]), _end(part["until"]), part["hours"]))
        for one in content["employees"] for contract, row in zip(contracts[one["id"]], one["contracts"], strict=True)
        for part in row["replacements"]]
    replaced = defaultdict(list)
    for part in replacements:
        replaced[part.replaced].append(part.span)
    starts = content["settings"]["step_starts"]
    employees = [_employee(one, contracts[one["id"]], replaced[one["id"]], starts) for one in content["employees"]]
    trimester = content["trimester"]
    return Staff(_day(trimester["first"]), _day(trimester["last"]), employees, replacements)


def _employee(one: Content, contracts: list[Contract], replaced: list[Replaced], starts: str) -> Employee:
    choices = [Choice(row["id"], Chosen(_day(row["since"]), _end(row["until"]), row["step"], row["kind"]))
               for row in one["choices"]]
    rights = Rights(
        [piece for contract in contracts for piece in contract.pieces], [choice.chosen for choice in choices], replaced,
        step_starts(_end(one["birth"]) or _end(one["reference_date"]), starts))
    return Employee(one["id"], contracts, choices, rights)


def _contract(employee: int, row: dict[str, Any]) -> Contract:
    values = _Row(_day(row["start"]), _end(row["until"]), row["hours"], row["full_time"], row["role"],
                  row["qualification"], row["acquired_step"])
    later = [Hours(_day(one["since"]), one["hours"], one["full_time"]) for one in row["terms"]]
    return Contract(row["id"], employee, row["role"], row["qualification"], terms.pieces(values, later),
                    row["performances"])


def _day(text: str) -> Day:
    return Day.fromisoformat(text)


def _end(text: str | None) -> Day | None:
    return _day(text) if text else None
