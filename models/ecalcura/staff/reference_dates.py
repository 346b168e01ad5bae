"""The dates that the desk sets for employees of whom the register has no full birth date (V06)."""
import datetime
from collections import defaultdict
from typing import NamedTuple

from models.audit import Actor
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import ENTITLED
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import corrections, persons
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import FOUND


class Waiting(NamedTuple):
    """An employee who waits for a date, with the facility."""

    facility: Facility
    employee_id: int
    person: Person


def set_date(employee: Employee, date: datetime.date | None, by: Actor, version: int) -> Employee:
    """Let steps be counted from this date, or from none; return the employee as it is now.

    Raises as `corrections.set_reference_date` does.
    """
    spans = [(contract.start, contract.until) for contract in Contract.of(employee)]
    return corrections.set_reference_date(employee, date, by, version, spans)


def waiting() -> list[Waiting]:
    """Return the entitled employees without a date whose submission waits for one, by facility.

    Whether a birth date is known is sealed, so this opens each employee with a check that blocks a submission.
    """
    rows = (
        Employee.select(Employee.facility_id, Employee.id, Employee.sealed)
        .where(Employee.open_checks > 0, Employee.register_state == FOUND, Employee.id.in_(
            Contract.select(Contract.employee_id).where(Contract.role == ENTITLED)))
        .order_by(Employee.id).tuples())
    sealed: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for facility_id, employee_id, text in rows:
        sealed[facility_id].append((employee_id, text))
    found = []
    for facility in Facility.named(list(sealed)):
        there = sealed[facility.id]
        opened = persons.open_all(facility.id, there)
        found += [Waiting(facility, employee_id, person) for (employee_id, _), person in zip(there, opened, strict=True)
                  if person.number and person.born is None]
    return found
