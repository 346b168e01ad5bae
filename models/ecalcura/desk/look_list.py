"""The looks at whole numbers, for the data protection officer: filters, pages, and a file. None holds a number."""
import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.audit import Actor, record_reading
from models.database import END_OF_TIME
from models.days import local, start_of_day
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.number_looks import NumberLook
from models.files.csv_file import Csv
from models.paging import PAGE_SIZE, shown_page

DESK, FACILITIES = "desk", "facility"
HEADINGS = ("Wanneer", "HCO-nummer", "Voorziening", "Medewerker", "Login", "Kant", "Reden")
SIDES = {True: "dossierbeheerder", False: "voorziening"}
A_DAY = datetime.timedelta(days=1)
AT_A_TIME = 1000


class Filters(NamedTuple):
    """The looks that are asked for: by a side (DESK, FACILITIES or ''), in a facility, by a login, between two days."""

    side: str = ""
    hco: str = ""
    account_id: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


class Look(NamedTuple):
    """A look. `email` is None for a login without an address."""

    id: int
    made_at: datetime.datetime
    hco: str
    facility: str
    employee_id: int
    account_id: int
    email: str | None
    by_desk: bool
    reason: str


class Looks:
    """A page of the looks that are asked for, the newest first; `total` is how many there are."""

    def __init__(self, filters: Filters, page: int = 1) -> None:
        query = _matching(filters)
        self.total = query.count()
        self.page, self.pages = shown_page(page, self.total)
        self.rows = _read(query.limit(PAGE_SIZE).offset((self.page - 1) * PAGE_SIZE))


def csv(filters: Filters, by: Actor) -> Iterator[bytes]:
    """Return the pieces of a file with the looks that are asked for, and record that it was made."""
    query = _matching(filters)
    record_reading(EcalcuraEvent.NUMBER_LOOKS_EXPORTED, by=by, rows=query.count())
    return Csv.pieces(HEADINGS, _batches(query))


def _batches(query: "peewee.ModelSelect[NumberLook]") -> Iterator[list[list[Any]]]:
    rows = _read(query.limit(AT_A_TIME))
    while rows:
        yield [[f"{local(row.made_at):%d/%m/%Y %H:%M}", row.hco, row.facility, row.employee_id, row.email or "",
                SIDES[row.by_desk], row.reason] for row in rows]
        rows = _read(query.where(NumberLook.id < rows[-1].id).limit(AT_A_TIME))


def email_of(account_id: int) -> str | None:
    """Return the address of a login that looked; None without one."""
    account = Account.get_or_none(Account.id == account_id)
    return account and account.email


def _matching(filters: Filters) -> "peewee.ModelSelect[NumberLook]":
    query = NumberLook.select().order_by(NumberLook.id.desc())
    if filters.side:
        query = query.where(NumberLook.by_desk == (filters.side == DESK))
    if filters.hco:
        query = query.where(NumberLook.facility_id.in_(Facility.select(Facility.id).where(Facility.hco == filters.hco)))
    if filters.account_id:
        query = query.where(NumberLook.account_id == filters.account_id)
    if filters.since:
        query = query.where(NumberLook.made_at >= start_of_day(filters.since))
    if filters.until and filters.until < END_OF_TIME:
        query = query.where(NumberLook.made_at < start_of_day(filters.until + A_DAY))
    return query


def _read(query: "peewee.ModelSelect[NumberLook]") -> list[Look]:
    looks = list(query)
    facilities = {one.id: one for one in Facility.named(list({look.facility_id for look in looks}))}
    accounts: Any = Account.select(Account.id, Account.email).where(
        Account.id.in_({look.account_id for look in looks})).tuples()
    emails = dict(accounts)
    return [Look(look.id, look.made_at, facilities[look.facility_id].hco, facilities[look.facility_id].name,
                 look.employee_id, look.account_id, emails.get(look.account_id), look.by_desk, look.reason)
            for look in looks]
