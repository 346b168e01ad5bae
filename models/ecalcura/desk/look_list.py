"""The looks at whole numbers, for the data protection officer: filters, pages, and a file. None holds a number."""
import datetime
import heapq
import itertools
import operator
from collections.abc import Iterator
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.audit import Actor, record_reading
from models.database import END_OF_TIME
from models.days import local, start_of_day
from models.ecalcura.desk.account_looks import AccountLook
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.number_looks import NumberLook
from models.files.csv_file import Csv
from models.paging import PAGE_SIZE, shown_page

DESK, FACILITIES = "desk", "facility"
HEADINGS = ("Wanneer", "HCO-nummer", "Voorziening", "Medewerker", "Bankrekening", "Login", "Kant", "Reden")
SIDES = {True: "dossierbeheerder", False: "voorziening"}
A_DAY = datetime.timedelta(days=1)
AT_A_TIME = 1000
Kept = NumberLook | AccountLook


class Filters(NamedTuple):
    """The looks that are asked for: by a side (DESK, FACILITIES or ''), in a facility, by a login, between two days."""

    side: str = ""
    hco: str = ""
    account_id: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


class Look(NamedTuple):
    """A look at the number of an employee or of a bank account. `email` is None for a login without an address."""

    made_at: datetime.datetime
    hco: str
    facility: str
    employee_id: int | None
    bank_account_id: int | None
    account_id: int
    email: str | None
    by_desk: bool
    reason: str


class Looks:
    """A page of the looks that are asked for, the newest first; `total` is how many there are."""

    def __init__(self, filters: Filters, page: int = 1) -> None:
        self.total = _number(filters)
        self.page, self.pages = shown_page(page, self.total)
        first = (self.page - 1) * PAGE_SIZE
        self.rows = _read(list(itertools.islice(_newest(filters, first + PAGE_SIZE), first, first + PAGE_SIZE)))


def csv(filters: Filters, by: Actor) -> Iterator[bytes]:
    """Return the pieces of a file with the looks that are asked for, and record that it was made."""
    record_reading(EcalcuraEvent.NUMBER_LOOKS_EXPORTED, by=by, rows=_number(filters))
    return Csv.pieces(HEADINGS, _batches(filters))


def _batches(filters: Filters) -> Iterator[list[list[Any]]]:
    newest = _newest(filters, AT_A_TIME)
    while rows := _read(list(itertools.islice(newest, AT_A_TIME))):
        yield [[f"{local(row.made_at):%d/%m/%Y %H:%M}", row.hco, row.facility, row.employee_id, row.bank_account_id,
                row.email or "", SIDES[row.by_desk], row.reason] for row in rows]


def email_of(account_id: int) -> str | None:
    """Return the address of a login that looked; None without one."""
    account = Account.get_or_none(Account.id == account_id)
    return account and account.email


def _newest(filters: Filters, wanted: int) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each look, as `_rows` does, the newest first; `wanted` is how many will be read at once."""
    return heapq.merge(*(_rows(model, filters, min(wanted, AT_A_TIME)) for model in (NumberLook, AccountLook)),
                       reverse=True, key=operator.itemgetter(1))


def _rows(model: type[Kept], filters: Filters, at_a_time: int) -> Iterator[tuple[Any, ...]]:
    """Yield (id, moment, facility, employee, bank account, account, by the desk, reason) of each look of a kind."""
    query = _matching(model, filters)
    last = None
    while found := list((query.where(model.id < last) if last else query).limit(at_a_time)):
        last = found[-1].id
        for look in found:
            yield (look.id, look.made_at, look.facility_id, getattr(look, "employee_id", None),
                   getattr(look, "bank_account_id", None), look.account_id, getattr(look, "by_desk", True), look.reason)


def _number(filters: Filters) -> int:
    return _matching(NumberLook, filters).count() + _matching(AccountLook, filters).count()


def _matching(model: type[Kept], filters: Filters) -> "peewee.ModelSelect[Kept]":
    query = model.select().order_by(model.id.desc())
    if filters.side:
        # A facility sees its own bank accounts; looks at them are of the desk alone.
        by_desk = NumberLook.by_desk if model is NumberLook else peewee.Value(True)
        query = query.where(by_desk == (filters.side == DESK))
    if filters.hco:
        query = query.where(model.facility_id.in_(Facility.select(Facility.id).where(Facility.hco == filters.hco)))
    if filters.account_id:
        query = query.where(model.account_id == filters.account_id)
    if filters.since:
        query = query.where(model.made_at >= start_of_day(filters.since))
    if filters.until and filters.until < END_OF_TIME:
        query = query.where(model.made_at < start_of_day(filters.until + A_DAY))
    return query


def _read(rows: list[tuple[Any, ...]]) -> list[Look]:
    facilities = {one.id: one for one in Facility.named(list({row[2] for row in rows}))}
    accounts: Any = Account.select(Account.id, Account.email).where(Account.id.in_({row[5] for row in rows})).tuples()
    emails = dict(accounts)
    return [Look(made_at, facilities[facility_id].hco, facilities[facility_id].name, employee_id, bank_account_id,
                 account_id, emails.get(account_id), by_desk, reason)
            for _, made_at, facility_id, employee_id, bank_account_id, account_id, by_desk, reason in rows]
