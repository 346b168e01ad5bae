"""The list of an organisation's clients: two tabs, four orders, pages of 25, a search by number or by name.

A page takes two short statements: the counts of both tabs, and the rows, whose numbers are read from an index. A search
finds the numbers of its page first.
"""
import datetime
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from peewee import SQL, ModelSelect, Ordering, Select, fn
from peewee import Field as Column

from models import names
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber, old_number_sort, sort_old_numbers
from models.arbeidszorg.register.periods import Period
from models.compiled import Statement, parameter
from models.database import END_OF_TIME, as_day, is_sqlite
from models.database import today as today_in_flanders
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER, clean_search, matching

ACTIVE, INACTIVE = TABS = ("active", "inactive")
_BEFORE_ALL = datetime.date(1, 1, 1)
# Between old numbers, which hold no control character.
_BETWEEN = "\x1f"

# Equal old numbers (7 and 007) sort by the new number. In both directions, numbers come before other texts and clients
# without an old number come last (docs/decisions/0022).
_ORDERS: dict[str, tuple[Column | Ordering, ...]] = {
    "number-asc": (Client.number,),
    "number-desc": (Client.number.desc(),),
    "old-asc": (Client.old_number_rank, Client.old_number_key, Client.number),
    "old-desc": (Client.old_number_rank, Client.old_number_key.desc(), Client.number.desc()),
}
SORTS = tuple(_ORDERS)


# A client of the list, as the database has it, or as a `ListedClient` without the names of its fields.
Row = tuple[Any, ...]


class ListedClient(NamedTuple):
    """A row of the list, with the period that `periods.period_to_show` chooses.

    `former_old_numbers` are those of the clients that were merged into it. A page has plain tuples with these fields:
    making a tuple with names takes longer than all else that is done for a row.
    """

    number: int
    old_number: str | None
    name: str | None
    start: datetime.date | None
    end: datetime.date | None
    period_id: int | None
    incomplete: bool
    former_old_numbers: Sequence[str] = ()


class Listing:
    """One page of the list.

    `rows` are the clients on the page, each with the fields of a `ListedClient`, `counts` the number of clients under
    each tab, `total` how many match under this tab and `elsewhere` how many match under the other one. `search` is an
    exact number, new or old; `name` is words of a name. A tab, sort or page that does not exist becomes the default,
    or the nearest page.
    """

    total: int
    elsewhere: int
    page: int
    pages: int

    def __init__(self, organisation_id: int, tab: str = ACTIVE, search: str = "", sort: str = SORTS[0], page: int = 1,
                 incomplete: bool = False, name: str = "", today: datetime.date | None = None) -> None:
        self.organisation_id = organisation_id
        self.tab = tab if tab in TABS else ACTIVE
        self.other_tab = INACTIVE if self.tab == ACTIVE else ACTIVE
        self.sort = sort if sort in SORTS else SORTS[0]
        self.search = clean_search(search)
        self.name = clean_search(name)
        self.incomplete = bool(incomplete)
        self.unreadable = False  # whether the search met names that cannot be decrypted
        self.today = today or today_in_flanders()
        self.rows = self._opened(self._matching(page) if self.search or self.name else self._all(page))

    def _count(self, row: Row) -> None:
        active, ended, never = row[:3]
        self.counts = {ACTIVE: active, INACTIVE: ended + never}

    def _all(self, page: int) -> list[Row]:
        """Return the rows on a page of the whole tab. They carry the counts, so that this is one statement."""
        asked = min(max(1, page), BIGGEST_NUMBER)
        rows = self._on_page(asked)
        self._count(rows[0] if rows else self._counted())
        self.total, self.elsewhere = self.counts[self.tab], 0
        if self.incomplete:
            (active, inactive), = _incomplete_counts().rows(organisation=self.organisation_id, today=self.today)
            self.total = active if self.tab == ACTIVE else inactive
        self._turn_to(page)
        return rows if self.page == asked else self._on_page(self.page)

    def _on_page(self, page: int) -> list[Row]:
        return _page(self.tab, self.sort, self.incomplete).rows(
            organisation=self.organisation_id, today=self.today, first=(page - 1) * PAGE_SIZE, size=PAGE_SIZE)

    def _counted(self) -> Row:
        counted, = _counts().rows(organisation=self.organisation_id, today=self.today)
        return counted

    def _matching(self, page: int) -> list[Row]:
        """Return the rows on a page of the search result under this tab."""
        self._count(self._counted())
        here: list[int] = []
        there: list[int] = []
        for number, active in self._found_by_name() if self.name else self._found_by_number():
            (here if (self.tab == ACTIVE) == bool(active) else there).append(number)
        self.total, self.elsewhere = len(here), len(there)
        first = self._turn_to(page)
        if not here:
            return []
        wanted = dict.fromkeys(_NUMBERS, 0) | dict(zip(_NUMBERS, here[first:first + PAGE_SIZE], strict=False))
        return _numbered(self.sort).rows(organisation=self.organisation_id, today=self.today, **wanted)

    def _found_by_number(self) -> Iterable[tuple[int, bool]]:
        """Return (number, active) of the clients whose new or old number, or a former one, is searched for."""
        rank, key = old_number_sort(self.search)
        number = int(self.search) if rank == 0 and int(self.search) <= BIGGEST_NUMBER else 0
        return _search(self.sort, self.incomplete).rows(
            organisation=self.organisation_id, today=self.today, number=number, rank=rank, key=key)

    def _found_by_name(self) -> Iterable[tuple[int, bool]]:
        """Yield (number, active) of the clients whose name contains every word that was typed.

        The names of the whole organisation are decrypted in memory.
        """
        for tab in TABS:
            clients = _names(tab, self.sort, self.incomplete).rows(organisation=self.organisation_id, today=self.today)
            opened = names.open_names(self.organisation_id, clients)
            self.unreadable = self.unreadable or names.UNREADABLE in opened
            for place in matching(self.name, [name or "" for name in opened]):
                if opened[place] not in ("", names.UNREADABLE):
                    yield clients[place][0], tab == ACTIVE

    def _turn_to(self, page: int) -> int:
        """Set `page` and `pages`, and return the offset of the page's first row."""
        self.page, self.pages = shown_page(page, self.total)
        return (self.page - 1) * PAGE_SIZE

    def _opened(self, rows: list[Row]) -> list[Row]:
        opened = names.open_names(self.organisation_id, [(row[3], row[5]) for row in rows])
        return [
            (number, old_number, name, as_day(start), as_day(end), period_id, bool(incomplete),
             sort_old_numbers(former.split(_BETWEEN)) if former else ())
            for (_, _, _, number, old_number, _, incomplete, former, period_id, start, end), name
            in zip(rows, opened, strict=True)
        ]


# The names of the parameters for the client numbers on a page of a search.
_NUMBERS = tuple(f"number_{index}" for index in range(PAGE_SIZE))
_OWN = Client.organisation == parameter("organisation")
# With COALESCE, SQLite reads the clients from the index on the list's order instead of sorting them.
_ended = fn.COALESCE(Client.active_until, _BEFORE_ALL)
_IN_TAB = {ACTIVE: _ended >= parameter("today"), INACTIVE: _ended < parameter("today")}


def _statement(build: Callable[..., Select]) -> Callable[..., Statement]:
    """Return a function that builds the statement for each combination of its arguments once."""
    return functools.cache(lambda *arguments: Statement(functools.partial(build, *arguments)))


def _count_columns() -> list["ModelSelect[Client]"]:
    """Count the clients of the active tab, those whose last period ended, and those without a period."""
    own = Client.select(fn.COUNT(SQL("*"))).where(_OWN)
    ends = Client.active_until
    return [own.where(part) for part in (ends >= parameter("today"), ends < parameter("today"), ends.is_null())]


@_statement
def _counts() -> Select:
    return Select(columns=_count_columns())


@_statement
def _incomplete_counts() -> Select:
    own = Client.select(fn.COUNT(SQL("*"))).where(_OWN, Client.incomplete)
    return Select(columns=[own.where(_IN_TAB[ACTIVE]), own.where(_IN_TAB[INACTIVE])])


def _filtered(query: "ModelSelect[Client]", incomplete: bool) -> "ModelSelect[Client]":
    return query.where(Client.incomplete) if incomplete else query


@_statement
def _page(tab: str, sort: str, incomplete: bool) -> "ModelSelect[Client]":
    """Select the rows on a page. The inner query reads their numbers from the index of the order."""
    numbers = (Client.select(Client.number)
               .where(_OWN, _IN_TAB[tab])
               .order_by(*_ORDERS[sort])
               .limit(parameter("size"))
               .offset(parameter("first")))
    return _rows().where(Client.number.in_(_filtered(numbers, incomplete))).order_by(*_ORDERS[sort])


@_statement
def _numbered(sort: str) -> "ModelSelect[Client]":
    """Select the rows with these numbers."""
    return _rows().where(_OWN, Client.number.in_([parameter(name) for name in _NUMBERS])).order_by(*_ORDERS[sort])


@_statement
def _search(sort: str, incomplete: bool) -> "ModelSelect[Client]":
    numbers = Client.select(Client.number).where(_OWN)
    new = numbers.where(Client.number == parameter("number"))
    old = numbers.where(Client.old_number_rank == parameter("rank"), Client.old_number_key == parameter("key"))
    former = FormerNumber.select(FormerNumber.client_number).where(
        FormerNumber.organisation_id == parameter("organisation"), FormerNumber.rank == parameter("rank"),
        FormerNumber.sort_text == parameter("key"))
    query = (Client.select(Client.number, _IN_TAB[ACTIVE])
             .where(_OWN, Client.number.in_(new | old | former))
             .order_by(*_ORDERS[sort]))
    return _filtered(query, incomplete)


@_statement
def _names(tab: str, sort: str, incomplete: bool) -> "ModelSelect[Client]":
    query = (Client.select(Client.number, Client.sealed_name)
             .where(_OWN, _IN_TAB[tab], Client.sealed_name.is_null(False))
             .order_by(*_ORDERS[sort]))
    return _filtered(query, incomplete)


def _rows() -> "ModelSelect[Client]":
    """Select clients, after the counts, each with the period that `periods.period_to_show` chooses."""
    own = Period.alias()
    periods = own.select(own.id).where(own.client == Client.number).limit(1)
    lasting = periods.where(fn.COALESCE(own.end_date, END_OF_TIME) >= parameter("today")).order_by(own.start_date)
    last = periods.order_by(own.start_date.desc())
    joined = fn.GROUP_CONCAT if is_sqlite() else fn.STRING_AGG
    former = FormerNumber.select(joined(FormerNumber.number, _BETWEEN)).where(
        FormerNumber.client_number == Client.number, FormerNumber.kind == OLD)
    columns = (*_count_columns(), Client.number, Client.old_number, Client.sealed_name, Client.incomplete, former)
    return (Client.select(*columns, Period.id, Period.start_date, Period.end_date)
            .left_outer_join(Period, on=(Period.id == fn.COALESCE(lasting, last))))

