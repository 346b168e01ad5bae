"""A province at a glance: its organisations, each with what is registered there and where its login stands.

One statement, however many organisations: a province has some dozens, which are searched and sorted in memory.
"""
import datetime
from typing import NamedTuple

from peewee import JOIN, SQL, fn

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.logins import state_of
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from models.compiled import Statement, parameter
from models.database import as_moment, now
from models.database import today as today_in_flanders
from models.organisations import Organisation
from models.paging import PAGE_SIZE, turned_to
from models.searching import plain, typed

_LONG_AGO = datetime.datetime(1, 1, 1)  # noqa: DTZ001 - as moments are stored


class Row(NamedTuple):
    id: int
    name: str
    sector: str | None
    active: int
    incomplete: int
    state: str
    last_sign_in: datetime.datetime | None


# Whoever is equal goes by name.
_ORDERS = {
    "name": lambda row: 0,
    "active": lambda row: -row.active,
    "incomplete": lambda row: -row.incomplete,
    "signed-in": lambda row: _LONG_AGO - (row.last_sign_in or _LONG_AGO),
    "not-signed-in": lambda row: row.last_sign_in or _LONG_AGO,
}
SORTS = tuple(_ORDERS)


class Overview:
    """One page of a province's organisations: `rows`, how many match (`total`), and the sums of all that there are."""

    def __init__(self, province, search="", sort=SORTS[0], page=1, today=None):
        self.search = typed(search)
        self.sort = sort if sort in SORTS else SORTS[0]
        found = _organisations.rows(province=province, today=today or today_in_flanders(), now=now())
        everything = [_row(*row) for row in found]
        self.organisations = len(everything)
        self.active = sum(row.active for row in everything)
        self.incomplete = sum(row.incomplete for row in everything)
        words = plain(self.search).split()
        found = [row for row in everything if all(word in plain(row.name) for word in words)]
        found.sort(key=lambda row: (_ORDERS[self.sort](row), plain(row.name), row.id))
        self.total = len(found)
        self.page, self.pages = turned_to(page, self.total)
        self.rows = found[(self.page - 1) * PAGE_SIZE:self.page * PAGE_SIZE]


def _row(organisation_id, name, sector, active, incomplete, account_id, blocked, accepted, invited, last):
    state = state_of(blocked, accepted, invited) if account_id else "new"
    return Row(organisation_id, name, sector, active, incomplete, state, as_moment(last))


def _build():
    clients = Client.select(fn.COUNT(SQL("*"))).where(Client.organisation == Organisation.id)
    # The hall forbids no second login; here an organisation has one, and that is its first.
    first = Account.alias()
    login = first.select(fn.MIN(first.id)).where(first.organisation == Organisation.id)
    invited = OneTimeLink.working("invitation", parameter("now")).where(OneTimeLink.account_id == Account.id)
    last = Session.select(fn.MAX(Session.created_at)).where(Session.account_id == Account.id)
    return (
        Organisation.select(
            Organisation.id, Organisation.name, Organisation.sector,
            clients.where(Client.active_until >= parameter("today")), clients.where(Client.incomplete),
            Account.id, Account.blocked, Account.password_hash.is_null(False), fn.EXISTS(invited), last)
        .join(Account, JOIN.LEFT_OUTER, on=(Account.id == login))
        .where(Organisation.province == parameter("province"))
    )


_organisations = Statement(_build)
