"""The employees of a facility who reach a step in the next twelve months, and the hours a week that it gives them."""
import datetime
from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.contracts import days, terms
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import DAY, EXEMPTION, Chosen, Piece, Rights
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.people.persons import Person


class Reached(NamedTuple):
    """An employee who reaches the step of this age on a day.

    `hours`: those that an exemption for it adds a week, by the contracts of that day; 0 without an entitled contract.
    """

    employee_id: int
    person: Person
    age: int
    day: datetime.date
    hours: Fraction


def last_day(first: datetime.date) -> datetime.date:
    """Return the last day of the twelve months that begin on a day."""
    try:
        return first.replace(year=first.year + 1) - DAY
    except ValueError:
        return datetime.date(first.year + 1, 2, 28)


def reaching(facility: Facility, first: datetime.date) -> list[Reached]:
    """Return, by day and name, each step that is reached in the twelve months from this day on, under a contract."""
    last = last_day(first)
    pieces = _pieces(facility, first, last)
    found = []
    for employee, person in open_people(facility, list(Employee.of(facility).where(Employee.id.in_(list(pieces))))):
        starts = step_starts(person.born)
        for age, day in starts.items():
            if first <= day <= last and any(_holds(piece, day) for piece in pieces[employee.id]):
                rights = Rights(pieces[employee.id], [Chosen(day, None, age, EXEMPTION)], (), starts)
                found.append(Reached(employee.id, person, age, day, days.on(rights, day).exempt))
    return sorted(found, key=lambda one: (one.day, one.person.family, one.person.first, one.employee_id))


def _holds(piece: Piece, day: datetime.date) -> bool:
    return piece.first <= day and (piece.last is None or day <= piece.last)


def _pieces(facility: Facility, first: datetime.date, last: datetime.date) -> dict[int, list[Piece]]:
    """Return the pieces of the contracts with a day in this span, by employee."""
    contracts = list(Contract.select().where(
        Contract.facility_id == facility.id, Contract.start <= last,
        Contract.until.is_null() | (Contract.until >= first)))
    later = terms.by_contract([contract.id for contract in contracts])
    found: dict[int, list[Piece]] = defaultdict(list)
    for contract in contracts:
        found[contract.employee_id] += terms.pieces(contract, later[contract.id])
    return found
