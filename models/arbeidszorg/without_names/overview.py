"""A province at a glance: its organisations, each with its numbers of clients and the state of its login.

One statement reads them all: a province has some dozens, which are searched and sorted in memory.
"""
import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from peewee import JOIN, SQL, ModelSelect, fn

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.logins import state_of
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from models.compiled import Statement, parameter
from models.database import as_moment, now
from models.database import today as today_in_flanders
from models.organisations import Organisation
from models.paging import PAGE_SIZE, shown_page
from models.searching import clean_search, fold

_LONG_AGO = datetime.datetime(1, 1, 1)  # noqa: DTZ001 - as moments are stored


class ListedOrganisation(NamedTuple):
    """An organisation with its numbers of active and incomplete clients, and the state of its login.

    `state` is 'new' without a login, else as `logins.state_of` gives it; `last_sign_in` is a moment in UTC.
    """

    id: int
    name: str
    sector: str | None
    active: int
    incomplete: int
    state: str
    last_sign_in: datetime.datetime | None


# Organisations that are equal in the chosen order sort by name.
_ORDERS: dict[str, Callable[[ListedOrganisation], Any]] = {
    "name": lambda row: 0,
    "active": lambda row: -row.active,
    "incomplete": lambda row: -row.incomplete,
    "signed-in": lambda row: _LONG_AGO - (row.last_sign_in or _LONG_AGO),
    "not-signed-in": lambda row: row.last_sign_in or _LONG_AGO,
}
SORTS = tuple(_ORDERS)


class Overview:
    """One page of a province's organisations.

    `rows` are the organisations on the page, `total` how many match; `organisations`, `active` and `incomplete` count
    the whole province. `search` is words of a name. A sort or page that does not exist becomes the default, or the
    nearest page.
    """

    def __init__(self, province: str, search: str = "", sort: str = SORTS[0], page: int = 1,
                 today: datetime.date | None = None) -> None:
        self.search = clean_search(search)
        self.sort = sort if sort in SORTS else SORTS[0]
        rows = _organisations.rows(province=province, today=today or today_in_flanders(), now=now())
        everything = [_listed(*row) for row in rows]
        self.organisations = len(everything)
        self.active = sum(row.active for row in everything)
        self.incomplete = sum(row.incomplete for row in everything)
        words = fold(self.search).split()
        matching = [row for row in everything if all(word in fold(row.name) for word in words)]
        matching.sort(key=lambda row: (_ORDERS[self.sort](row), fold(row.name), row.id))
        self.total = len(matching)
        self.page, self.pages = shown_page(page, self.total)
        self.rows = matching[(self.page - 1) * PAGE_SIZE:self.page * PAGE_SIZE]


def _listed(organisation_id: int, name: str, sector: str | None, active: int, incomplete: int, account_id: int | None,
            blocked: bool, accepted: bool, invited: bool, last: Any) -> ListedOrganisation:
    state = state_of(blocked, accepted, invited) if account_id else "new"
    return ListedOrganisation(organisation_id, name, sector, active, incomplete, state, as_moment(last))


def _build() -> "ModelSelect[Organisation]":
    clients = Client.select(fn.COUNT(SQL("*"))).where(Client.organisation == Organisation.id)
    # The hall allows an organisation several logins; in arbeidszorg it has one: the first.
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
