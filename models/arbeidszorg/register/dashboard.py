"""The list of an organisation's clients: two tabs, four orders, pages of 25, and finding one by number or name.

A page takes three short statements: the counts of both tabs, the numbers on the page from an index, their rows.
"""
import datetime
import functools
from typing import NamedTuple

from peewee import SQL, Select, fn

from models import names
from models.arbeidszorg.register.clients import Client, old_number_sort
from models.arbeidszorg.register.periods import Period
from models.compiled import Statement, parameter
from models.database import END_OF_TIME
from models.database import today as today_in_flanders
from models.paging import PAGE_SIZE, turned_to
from models.searching import plain, typed

ACTIVE, INACTIVE = TABS = ("active", "inactive")
BIGGEST_NUMBER = 2**31 - 1
_BEFORE_ALL = datetime.date(1, 1, 1)

# Equal old numbers (7 and 007) go by the new one. Numbers come before other texts, who has none comes last: both ways.
_ORDERS = {
    "number-asc": (Client.number,),
    "number-desc": (Client.number.desc(),),
    "old-asc": (Client.old_number_rank, Client.old_number_key, Client.number),
    "old-desc": (Client.old_number_rank, Client.old_number_key.desc(), Client.number.desc()),
}
SORTS = tuple(_ORDERS)


class Row(NamedTuple):
    number: int
    old_number: str | None
    name: str | None
    start: datetime.date | None
    end: datetime.date | None
    period_id: int | None
    incomplete: bool


class Listing:
    """One page of the list: `rows`, the `counts` of both tabs, and how many match here (`total`) and `elsewhere`."""

    def __init__(self, organisation_id, tab=ACTIVE, search="", sort=SORTS[0], page=1, incomplete=False, name="",
                 today=None):
        self.organisation_id = organisation_id
        self.tab = tab if tab in TABS else ACTIVE
        self.other_tab = INACTIVE if self.tab == ACTIVE else ACTIVE
        self.sort = sort if sort in SORTS else SORTS[0]
        self.search = typed(search)
        self.name = typed(name)
        self.incomplete = bool(incomplete)
        self.unreadable = False  # whether there are names that could not be looked into
        self.today = today or today_in_flanders()
        (active, ended, never), = _counts().rows(organisation=organisation_id, today=self.today)
        self.counts = {ACTIVE: active, INACTIVE: ended + never}
        numbers = self._matching(page) if self.search or self.name else self._all(page)
        self.rows = self._rows(numbers)

    def _all(self, page):
        self.total, self.elsewhere = self.counts[self.tab], 0
        if self.incomplete:
            (active, inactive), = _incomplete_counts().rows(organisation=self.organisation_id, today=self.today)
            self.total = active if self.tab == ACTIVE else inactive
        first = self._turn_to(page)
        found = _page(self.tab, self.sort, self.incomplete).rows(
            organisation=self.organisation_id, today=self.today, first=first, size=PAGE_SIZE)
        return [number for number, in found]

    def _matching(self, page):
        here, there = [], []
        for number, active in self._found_by_name() if self.name else self._found_by_number():
            (here if (self.tab == ACTIVE) == bool(active) else there).append(number)
        self.total, self.elsewhere = len(here), len(there)
        first = self._turn_to(page)
        return here[first:first + PAGE_SIZE]

    def _found_by_number(self):
        rank, key = old_number_sort(self.search)
        number = int(self.search) if rank == 0 and int(self.search) <= BIGGEST_NUMBER else 0
        return _search(self.sort, self.incomplete).rows(
            organisation=self.organisation_id, today=self.today, number=number, rank=rank, key=key)

    def _found_by_name(self):
        """The organisation's own list, decrypted in memory: every word that was typed is somewhere in the name."""
        words = plain(self.name).split()
        clients = _names(self.sort, self.incomplete).rows(organisation=self.organisation_id, today=self.today)
        opened = names.open_names(self.organisation_id, [(number, sealed) for number, _, sealed in clients])
        self.unreadable = names.UNREADABLE in opened
        for (number, active, _), name in zip(clients, opened, strict=True):
            if name != names.UNREADABLE and all(word in plain(name) for word in words):
                yield number, active

    def _turn_to(self, page):
        self.page, self.pages = turned_to(page, self.total)
        return (self.page - 1) * PAGE_SIZE

    def _rows(self, numbers):
        if not numbers:
            return []
        places = dict.fromkeys(_PLACES, 0) | dict(zip(_PLACES, numbers, strict=False))
        found = {row[0]: row for row in _clients().rows(organisation=self.organisation_id, today=self.today, **places)}
        rows = [found[number] for number in numbers if number in found]
        opened = names.open_names(self.organisation_id, [(row[0], row[2]) for row in rows])
        return [
            Row(number, old_number, name, _day(start), _day(end), period_id, bool(incomplete))
            for (number, old_number, _, incomplete, period_id, start, end), name in zip(rows, opened, strict=True)
        ]


_PLACES = tuple(f"number_{place}" for place in range(PAGE_SIZE))
_OWN = Client.organisation == parameter("organisation")
# Said so, the tab is read from the index that has the order, and not the other way round.
_ended = fn.COALESCE(Client.active_until, _BEFORE_ALL)
_IN_TAB = {ACTIVE: _ended >= parameter("today"), INACTIVE: _ended < parameter("today")}


def _statement(build):
    """A function that gives the statement of each combination of its arguments, built once."""
    return functools.cache(lambda *arguments: Statement(functools.partial(build, *arguments)))


@_statement
def _counts():
    own = Client.select(fn.COUNT(SQL("*"))).where(_OWN)
    ends = Client.active_until
    parts = (ends >= parameter("today"), ends < parameter("today"), ends.is_null())
    return Select(columns=[own.where(part) for part in parts])


@_statement
def _incomplete_counts():
    own = Client.select(fn.COUNT(SQL("*"))).where(_OWN, Client.incomplete)
    return Select(columns=[own.where(_IN_TAB[ACTIVE]), own.where(_IN_TAB[INACTIVE])])


def _filtered(query, incomplete):
    return query.where(Client.incomplete) if incomplete else query


@_statement
def _page(tab, sort, incomplete):
    query = (Client.select(Client.number)
             .where(_OWN, _IN_TAB[tab])
             .order_by(*_ORDERS[sort])
             .limit(parameter("size"))
             .offset(parameter("first")))
    return _filtered(query, incomplete)


@_statement
def _search(sort, incomplete):
    numbers = Client.select(Client.number).where(_OWN)
    new = numbers.where(Client.number == parameter("number"))
    old = numbers.where(Client.old_number_rank == parameter("rank"), Client.old_number_key == parameter("key"))
    query = (Client.select(Client.number, _IN_TAB[ACTIVE])
             .where(_OWN, Client.number.in_(new | old))
             .order_by(*_ORDERS[sort]))
    return _filtered(query, incomplete)


@_statement
def _names(sort, incomplete):
    query = (Client.select(Client.number, _IN_TAB[ACTIVE], Client.sealed_name)
             .where(_OWN, Client.sealed_name.is_null(False))
             .order_by(*_ORDERS[sort]))
    return _filtered(query, incomplete)


@_statement
def _clients():
    """The clients on the page, each with the period that counts: as `periods.relevant` chooses it."""
    own = Period.alias()
    periods = own.select(own.id).where(own.client == Client.number).limit(1)
    lasting = periods.where(fn.COALESCE(own.end_date, END_OF_TIME) >= parameter("today")).order_by(own.start_date)
    last = periods.order_by(own.start_date.desc())
    columns = (Client.number, Client.old_number, Client.sealed_name, Client.incomplete)
    return (Client.select(*columns, Period.id, Period.start_date, Period.end_date)
            .left_outer_join(Period, on=(Period.id == fn.COALESCE(lasting, last)))
            .where(_OWN, Client.number.in_([parameter(place) for place in _PLACES])))


def _day(value):
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
