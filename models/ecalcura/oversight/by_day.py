"""Answers of the registers by day, and look-ups that led to no contract: for the desk."""
import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.database import today
from models.days import start_of_day
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.lookups import CONTRACT, Lookup
from models.ecalcura.people.registers import NOT_FOUND, SILENT
from models.paging import PAGE_SIZE, shown_page

DAY = datetime.timedelta(days=1)
# Days that the page shows.
SHOWN = 14


class Day(NamedTuple):
    """A day, and a number for each answer that was given on it."""

    day: datetime.date
    numbers: dict[str, int]


class Line(NamedTuple):
    """A look-up that led to no contract: never the number itself."""

    made_at: datetime.datetime
    hco: str
    facility: str
    email: str | None
    employee_id: int | None


def lookups() -> Iterator[Day]:
    """Yield the last days, today first, with the answers of the rijksregister."""
    return _days(Lookup, Lookup.answer, Lookup.made_at)


def qualifications() -> Iterator[Day]:
    """Yield the last days, today first, with the answers of eCad; a contract counts on the day of its last check."""
    return _days(Contract, Contract.qualification_state, Contract.qualification_asked_at)


def _days(table: Any, answer: Any, moment: Any) -> Iterator[Day]:
    for back in range(SHOWN):
        day = today() - back * DAY
        rows = (table.select(answer, peewee.fn.COUNT(table.id))
                .where(moment >= start_of_day(day), moment < start_of_day(day + DAY)).group_by(answer).tuples())
        yield Day(day, dict(rows))


class WithoutContract:
    """A page of the look-ups that found a person and led to no contract, the newest first."""

    def __init__(self, page: int = 1) -> None:
        there = Contract.select(Contract.id).where(Contract.employee_id == Lookup.employee_id)
        query = (Lookup.select(Lookup.made_at, Facility.hco, Facility.name, Account.email, Lookup.employee_id)
                 .join(Facility, on=Facility.id == Lookup.facility_id)
                 .join(Account, peewee.JOIN.LEFT_OUTER, on=Account.id == Lookup.account_id)
                 .where(Lookup.purpose == CONTRACT, Lookup.answer.not_in((NOT_FOUND, SILENT)),
                        Lookup.id.not_in(CraContract.select(CraContract.lookup_id).where(
                            CraContract.lookup_id.is_null(False))),
                        Lookup.employee_id.is_null() | ~peewee.fn.EXISTS(there)))
        self.total = query.count()
        self.page, self.pages = shown_page(page, self.total)
        rows: Any = query.order_by(Lookup.id.desc()).paginate(self.page, PAGE_SIZE).tuples()
        self.rows = [Line(*row) for row in rows]
