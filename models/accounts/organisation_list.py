"""A province's organisations: the state of their logins, their last sign-ins, and the counts that wings add.

One statement reads them all: a province has some dozens, which are searched and sorted in memory.
"""
import datetime
import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.logins import state_of
from models.accounts.sessions import Session
from models.compiled import Statement, parameter
from models.database import as_moment, now
from models.database import today as today_in_flanders
from models.organisations import Organisation
from models.paging import PAGE_SIZE, shown_page
from models.searching import clean_search, fold, matching

_LONG_AGO = datetime.datetime(1, 1, 1)  # noqa: DTZ001 - as moments are stored


class Count(NamedTuple):
    """A number that a wing adds to each organisation; `code` is also the sort that shows the highest number first.

    `build` returns the query of a single number that belongs to `Organisation.id`; it may use `parameter("today")`.
    """

    code: str
    build: Callable[[], "ModelSelect[Any]"]


class ListedOrganisation(NamedTuple):
    """An organisation with the state of its login, and a number for each `Count` of the list, in that order.

    `state` is 'new' without a login, else as `logins.state_of` gives it; `last_sign_in` is a moment in UTC.
    """

    id: int
    name: str
    sector: str | None
    state: str
    last_sign_in: datetime.datetime | None
    counts: tuple[int, ...]


class OrganisationList:
    """One page of a province's organisations.

    `rows` are the organisations on the page, `total` how many match; `organisations` and `counts` are the numbers of
    the whole province. `search` is words of a name, `sorts` are the orders. A sort or page that does not exist becomes
    the default, or the nearest page.
    """

    def __init__(self, province: str, counts: tuple[Count, ...] = (), search: str = "", sort: str = "", page: int = 1,
                 today: datetime.date | None = None) -> None:
        orders = _orders(counts)
        self.sorts = tuple(orders)
        self.search = clean_search(search)
        self.sort = sort if sort in orders else self.sorts[0]
        rows = _statement(counts).rows(province=province, today=today or today_in_flanders(), now=now())
        everything = [_listed(*row) for row in rows]
        self.organisations = len(everything)
        self.counts = tuple(sum(row.counts[place] for row in everything) for place in range(len(counts)))
        found = [everything[place] for place in matching(self.search, [row.name for row in everything])]
        found.sort(key=lambda row: (orders[self.sort](row), fold(row.name), row.id))
        self.total = len(found)
        self.page, self.pages = shown_page(page, self.total)
        self.rows = found[(self.page - 1) * PAGE_SIZE:self.page * PAGE_SIZE]


@functools.cache
def _orders(counts: tuple[Count, ...]) -> dict[str, Callable[[ListedOrganisation], Any]]:
    """Each sort → its key. Organisations that are equal in the chosen order sort by name."""
    return {
        "name": lambda row: 0,
        **{count.code: functools.partial(_highest_first, place) for place, count in enumerate(counts)},
        "signed-in": lambda row: _LONG_AGO - (row.last_sign_in or _LONG_AGO),
        "not-signed-in": lambda row: row.last_sign_in or _LONG_AGO,
    }


def _highest_first(place: int, row: ListedOrganisation) -> int:
    return -row.counts[place]


def _listed(organisation_id: int, name: str, sector: str | None, account_id: int | None, blocked: bool, accepted: bool,
            invited: bool, last: Any, *counts: int) -> ListedOrganisation:
    state = state_of(blocked, accepted, invited) if account_id else "new"
    return ListedOrganisation(organisation_id, name, sector, state, as_moment(last), counts)


@functools.cache
def _statement(counts: tuple[Count, ...]) -> Statement:
    """The statement with these counts, which is compiled once."""
    return Statement(functools.partial(_build, counts))


def _build(counts: tuple[Count, ...]) -> "ModelSelect[Organisation]":
    # An organisation can have several logins; the list shows the first.
    login = Grant.select(fn.MIN(Grant.account_id)).where(
        Grant.tenant_id == Organisation.id, Grant.since <= parameter("now"),
        Grant.until.is_null() | (Grant.until > parameter("now")))
    invited = OneTimeLink.working("invitation", parameter("now")).where(OneTimeLink.account_id == Account.id)
    accepted = Account.password_hash.is_null(False) | ~Account.local
    last = Session.select(fn.MAX(Session.created_at)).where(Session.account_id == Account.id)
    return (
        Organisation.select(
            Organisation.id, Organisation.name, Organisation.sector,
            Account.id, Account.blocked, accepted, fn.EXISTS(invited), last, *(count.build() for count in counts))
        .join(Account, JOIN.LEFT_OUTER, on=(Account.id == login))
        .where(Organisation.province == parameter("province"))
    )
