"""The list of a facility's employees: filters, four orders, pages of 25, a search by name or by number.

A page opens only the rows that it shows. Names are sealed, so that an order or a search by name opens every row.
"""
import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import peewee

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.people.persons import Person
from models.errors import Refused
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER, clean_search, fold, matching

# In the address. The newest first needs no other row than those of its page.
SORTS = (NEWEST, NAME, STEP, CHECKS) = ("newest", "name", "step", "checks")
ROLES = ("entitled", "replacement")


class ListedContract(NamedTuple):
    """A role and qualification of an employee, and the days of the last contract with them."""

    role: str
    qualification: str
    start: datetime.date
    until: datetime.date | None


class ListedEmployee(NamedTuple):
    """A row of the list."""

    id: int
    person: Person
    register_state: str
    step: int | None
    open_checks: int
    contracts: Sequence[ListedContract]


class Listing:
    """A page of the list: `rows` are the employees on it, `total` how many match.

    `search` is a name or a whole number; it looks through the whole list. A filter, order or page that does not exist
    is left out, or becomes the nearest page.
    """

    def __init__(self, facility: Facility, role: str = "", step: int | None = None, to_check: bool = False,
                 sort: str = NEWEST, page: int = 1, search: str = "") -> None:
        self.facility = facility
        self.role = role if role in ROLES else ""
        self.step = step if step in lists.steps() else None
        self.to_check = to_check
        self.sort = sort if sort in SORTS else NEWEST
        self.search = clean_search(search)
        found = self._found() if self.search else None
        self.total = self._filtered().count() if found is None else len(found)
        self.page, self.pages = shown_page(min(page, BIGGEST_NUMBER), self.total)
        ids = self._page_of(found) if found is not None else self._ids()
        self.rows = self._opened(ids)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter or a search leaves employees out."""
        return bool(self.role or self.step or self.to_check or self.search)

    def _filtered(self) -> "peewee.ModelSelect[Employee]":
        query = Employee.of(self.facility)
        if self.role:
            query = query.where(Employee.id.in_(
                Contract.select(Contract.employee_id).where(
                    Contract.facility_id == self.facility.id, Contract.role == self.role)))
        if self.step:
            query = query.where(Employee.step == self.step)
        if self.to_check:
            query = query.where(Employee.open_checks > 0)
        return query

    def _ids(self) -> list[int]:
        """Return the ids of the employees on the page."""
        if self.sort == NAME:
            return self._page_of(_by_name(open_people(self.facility, list(self._filtered()))))
        last = Employee.id.desc()
        orders = {NEWEST: (last,), STEP: (peewee.fn.COALESCE(Employee.step, 0).desc(), last),
                  CHECKS: (Employee.open_checks.desc(), last)}
        query = self._filtered().order_by(*orders[self.sort]).paginate(self.page, PAGE_SIZE)
        return [row[0] for row in query.select(Employee.id).tuples()]

    def _page_of(self, ids: list[int]) -> list[int]:
        first = (self.page - 1) * PAGE_SIZE
        return ids[first:first + PAGE_SIZE]

    def _found(self) -> list[int]:
        """Return the ids of the employees that are searched for, by name."""
        if any(map(str.isdigit, self.search)):
            try:
                employee = Employee.by_number(self.facility, numbers.clean(self.search))
            except Refused:
                return []
            return [employee.id] if employee else []
        opened = open_people(self.facility, list(Employee.of(self.facility)))
        names = [person.name for _, person in opened]
        return _by_name([opened[place] for place in matching(self.search, names)])

    def _opened(self, ids: list[int]) -> list[ListedEmployee]:
        """Return the rows with these ids, in this order."""
        employees = {employee.id: employee for employee in Employee.of(self.facility).where(Employee.id.in_(ids))}
        contracts = _contracts(ids)
        there = [employees[key] for key in ids if key in employees]
        return [ListedEmployee(employee.id, person, employee.register_state, employee.step, employee.open_checks,
                               contracts.get(employee.id, ()))
                for employee, person in open_people(self.facility, there)]


def _by_name(opened: "Sequence[tuple[Employee, Person]]") -> list[int]:
    return [employee.id for employee, person in
            sorted(opened, key=lambda one: (fold(one[1].family), fold(one[1].first), one[0].id))]


def _contracts(ids: list[int]) -> dict[int, list[ListedContract]]:
    """Return the contracts of these employees, one for each role and qualification: the last."""
    columns = (Contract.employee_id, Contract.role, Contract.qualification, Contract.start, Contract.until)
    query = Contract.select(*columns).where(Contract.employee_id.in_(ids)).order_by(Contract.start).tuples()
    last: dict[int, dict[tuple[str, str], ListedContract]] = {}
    for employee, *contract in query:
        row = ListedContract(*contract)
        last.setdefault(employee, {})[row.role, row.qualification] = row
    return {employee: list(rows.values()) for employee, rows in last.items()}


def entitled(facility: Facility, but: int | None = None) -> list[tuple[Employee, Person]]:
    """Return the employees with a contract as entitled, by name, without the one with the id `but`."""
    own = (Contract.select(Contract.employee_id)
           .where(Contract.facility_id == facility.id, Contract.role == "entitled"))
    opened = open_people(facility, list(Employee.of(facility).where(Employee.id.in_(own))))
    by_id = {employee.id: (employee, person) for employee, person in opened}
    return [by_id[key] for key in _by_name(opened) if key != but]


def people(facility: Facility, ids: Iterable[int]) -> dict[int, Person]:
    """Return id → person of these employees of a facility."""
    return {employee.id: person for employee, person in open_people(
        facility, list(Employee.of(facility).where(Employee.id.in_(list(ids)))))}
