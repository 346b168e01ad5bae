"""The list of a facility's employees: filters, four orders, pages of 25, a search by name or by number.

A page opens only the rows that it shows. Names are sealed, so that an order or a search by name opens every row.
"""
import datetime
import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import peewee

from models.compiled import Statement, among, parameter
from models.compiled import numbers as numbers_of
from models.days import stored_day
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers, persons
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
        self.total = self._count() if found is None else len(found)
        self.page, self.pages = shown_page(min(page, BIGGEST_NUMBER), self.total)
        ids = self._page_of(found) if found is not None else self._ids()
        self.rows = self._opened(ids)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter or a search leaves employees out."""
        return bool(self.role or self.step or self.to_check or self.search)

    def _filters(self) -> tuple[str, bool, bool]:
        """Return the filters for which a statement is compiled: the role, whether there is a step, and the tick."""
        return self.role, self.step is not None, self.to_check

    def _count(self) -> int:
        (total,), = _counted(*self._filters()).rows(facility=self.facility.id, step=self.step)
        return int(total)

    def _ids(self) -> list[int]:
        """Return the ids of the employees on the page."""
        if self.sort == NAME:
            query = _filtered(*self._filters()).select(Employee.id, Employee.sealed)
            rows = Statement(lambda: query).rows(facility=self.facility.id, step=self.step)
            return self._page_of(_by_name(self.facility, rows))
        return [row[0] for row in _ids(*self._filters(), self.sort).rows(
            facility=self.facility.id, step=self.step, first=(self.page - 1) * PAGE_SIZE, size=PAGE_SIZE)]

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
        rows = list(Employee.of(self.facility).select(Employee.id, Employee.sealed).tuples())
        names = [person.name for person in persons.open_all(self.facility.id, rows)]
        return _by_name(self.facility, [rows[place] for place in matching(self.search, names)])

    def _opened(self, ids: list[int]) -> list[ListedEmployee]:
        """Return the rows with these ids, in this order."""
        rows = {row[0]: row for row in _ROWS.rows(facility=self.facility.id, ids=numbers_of(ids))}
        there = [rows[key] for key in ids if key in rows]
        contracts = _contracts(ids)
        people = persons.open_all(self.facility.id, [(key, sealed) for key, sealed, *_ in there])
        return [ListedEmployee(key, person, state, step, open_checks, contracts.get(key, ()))
                for (key, _, state, step, open_checks), person in zip(there, people, strict=True)]


def _filtered(role: str, has_step: bool, to_check: bool) -> "peewee.ModelSelect[Employee]":
    """Select the employees that these filters leave."""
    query = Employee.select().where(Employee.facility_id == parameter("facility"))
    if role:
        query = query.where(Employee.id.in_(Contract.select(Contract.employee_id).where(
            Contract.facility_id == parameter("facility"), Contract.role == role)))
    if has_step:
        query = query.where(Employee.step == parameter("step"))
    return query.where(Employee.open_checks > 0) if to_check else query


@functools.cache
def _counted(role: str, has_step: bool, to_check: bool) -> Statement:
    return Statement(lambda: _filtered(role, has_step, to_check).select(peewee.fn.COUNT(peewee.SQL("*"))))


@functools.cache
def _ids(role: str, has_step: bool, to_check: bool, sort: str) -> Statement:
    last = Employee.id.desc()
    orders = {NEWEST: (last,), STEP: (peewee.fn.COALESCE(Employee.step, 0).desc(), last),
              CHECKS: (Employee.open_checks.desc(), last)}
    return Statement(lambda: _filtered(role, has_step, to_check).select(Employee.id).order_by(*orders[sort])
                     .limit(parameter("size")).offset(parameter("first")))


_ROWS = Statement(lambda: (
    Employee.select(Employee.id, Employee.sealed, Employee.register_state, Employee.step, Employee.open_checks)
    .where(Employee.facility_id == parameter("facility"), among(Employee.id, "ids"))))
_CONTRACTS = Statement(lambda: (
    Contract.select(Contract.employee_id, Contract.role, Contract.qualification, Contract.start, Contract.until)
    .where(among(Contract.employee_id, "ids")).order_by(Contract.start)))


def _by_name(facility: Facility, rows: Sequence[tuple[int, bytes]]) -> list[int]:
    """Return the ids of these rows, (id, sealed), in the order of the names."""
    opened = zip(rows, persons.open_all(facility.id, rows), strict=True)
    return [row[0] for row, person in
            sorted(opened, key=lambda one: (fold(one[1].family), fold(one[1].first), one[0][0]))]


def _contracts(ids: Sequence[int]) -> dict[int, list[ListedContract]]:
    """Return the contracts of these employees, one for each role and qualification: the last."""
    last: dict[int, dict[tuple[str, str], ListedContract]] = {}
    for employee, role, qualification, start, until in _CONTRACTS.rows(ids=numbers_of(ids)):
        contract = ListedContract(role, qualification, stored_day(start), until and stored_day(until))
        last.setdefault(employee, {})[role, qualification] = contract
    return {employee: list(rows.values()) for employee, rows in last.items()}


def entitled(facility: Facility, but: int | None = None) -> list[tuple[int, Person]]:
    """Return (id, person) of the employees with a contract as entitled, by name, without the one with the id `but`."""
    rows = _ENTITLED.rows(facility=facility.id)
    opened = zip((row[0] for row in rows), persons.open_all(facility.id, rows), strict=True)
    return sorted(((key, person) for key, person in opened if key != but),
                  key=lambda one: (fold(one[1].family), fold(one[1].first), one[0]))


_ENTITLED = Statement(lambda: _filtered("entitled", has_step=False, to_check=False).select(
    Employee.id, Employee.sealed))


def people(facility: Facility, ids: Iterable[int]) -> dict[int, Person]:
    """Return id → person of these employees of a facility."""
    return {employee.id: person for employee, person in open_people(
        facility, list(Employee.of(facility).where(Employee.id.in_(list(ids)))))}
