"""The rows of the grid of prestaties: contracts with the names of their employees, by name."""
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.people.numbers import masked
from models.ecalcura.people.persons import Person
from models.ecalcura.performances.needed import REPLACEMENT, Need, needs, needs_of
from models.ecalcura.performances.performances import Stored, stored
from models.ecalcura.trimesters.calendar import Trimester


class GridRow(NamedTuple):
    """A contract in the grid. `replaces` has the employees that a replacement names; without any it is for the pool."""

    need: Need
    person: Person
    replaces: list[Person]
    stored: Stored

    @property
    def contract_id(self) -> int:
        """The id of the contract, which is that of the row."""
        return self.need.contract.id

    @property
    def number(self) -> str:
        """The masked number of the employee."""
        return masked(self.person.number)

    @property
    def total(self) -> int:
        """The stored hours of all kinds together."""
        return sum(self.stored.hours.values())

    @property
    def is_missing(self) -> bool:
        """Whether prestaties are needed and none are stored (V21)."""
        return self.need.is_needed and not self.stored.hours

    @property
    def is_above(self) -> bool:
        """Whether there are more hours than the contract gives (V23)."""
        return self.total > self.need.most


def rows_of(facility: Facility, trimester: Trimester, only: Collection[int] | None = None) -> list[GridRow]:
    """Return the rows of a facility in a trimester by name, or only those of the contracts `only`.

    A contract that no longer needs prestaties has a row as long as it has hours, so that these can be taken away.
    """
    kept = stored(facility, trimester.id, only)
    with_hours = [contract_id for contract_id, row in kept.items() if row.hours]
    found = needs(facility, trimester, with_hours) if only is None else needs_of(facility, trimester, only)
    found = {contract_id: need for contract_id, need in found.items() if need.is_needed or contract_id in with_hours}
    replaced = _replaced(facility, trimester, [
        contract_id for contract_id, need in found.items() if need.contract.role == REPLACEMENT])
    people = _people(facility, {need.employee_id for need in found.values()}.union(*replaced.values()))
    rows = [GridRow(need, people[need.employee_id],
                    [people[employee_id] for employee_id in replaced.get(contract_id, ())],
                    kept.get(contract_id, Stored()))
            for contract_id, need in found.items()]
    return sorted(rows, key=lambda row: (
        row.person.family.casefold(), row.person.first.casefold(), row.need.contract.start, row.contract_id))


def _replaced(facility: Facility, trimester: Trimester, contract_ids: Collection[int]) -> dict[int, list[int]]:
    """Contract → the ids of the employees that it replaces on a day of the trimester, each once."""
    found: dict[int, list[int]] = {}
    pairs: Iterable[tuple[int, int]] = (
        Replacement.select(Replacement.contract_id, Replacement.replaced_id)
        .where(Replacement.facility_id == facility.id, Replacement.contract_id.in_(list(contract_ids)),
               Replacement.replaced_id.is_null(False), Replacement.since <= trimester.last,
               Replacement.until.is_null() | (Replacement.until >= trimester.first))
        .order_by(Replacement.since, Replacement.id).tuples())
    for contract_id, employee_id in pairs:
        if employee_id not in found.setdefault(contract_id, []):
            found[contract_id].append(employee_id)
    return found


def _people(facility: Facility, employee_ids: Collection[int]) -> dict[int, Person]:
    employees = list(Employee.of(facility).where(Employee.id.in_(list(employee_ids))))
    return {employee.id: person for employee, person in open_people(facility, employees)}
