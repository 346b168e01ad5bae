"""The order of day and month in the dates of a file: a spreadsheet with American settings writes the month first.

It makes 4/19/1970 of 19 April, which is refused as a day/month/year, and 4/9/1970 of 9 April, which is read as
4 September. One date proves little, so the dates of the whole file are evidence (docs/decisions/0113).
"""
import datetime
import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

SHOWN = 10

_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([1-9][0-9]{3})")


class Order(Enum):
    """The order that a date proves; OPEN if the date exists in both orders, as another day."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    OPEN = auto()


class Doubt(NamedTuple):
    """The dates for which a file is in doubt: (line, heading) of the first ones, and how many more there are.

    `is_swapped`: they exist with the month first only. Otherwise no date of the file proves its order.
    """

    is_swapped: bool
    first: list[tuple[int, str]]
    more: int


def order_of(text: str) -> Order | None:
    """Return the order that a date proves; None for other text, such as ISO 8601, and for equal day and month."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    day_first, month_first = _exists(year, second, first), _exists(year, first, second)
    if day_first and month_first:
        return Order.OPEN if first != second else None
    if day_first:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if month_first else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


class DateOrder:
    """Collects the evidence of one file."""

    def __init__(self, columns: Mapping[int, str]) -> None:
        """`columns` are the places of the columns with dates, from 0, with their headings."""
        self.columns = tuple(columns.items())
        self.day_first = False
        self.found: dict[Order, list[tuple[int, str]]] = {Order.OPEN: [], Order.MONTH_FIRST: []}
        self.counts = {Order.OPEN: 0, Order.MONTH_FIRST: 0}

    def look_at(self, line: int, cells: Sequence[str], all_were_read: bool) -> None:
        """Add the dates of a row to the evidence; `all_were_read`: each of them exists with the day first."""
        if all_were_read and self.day_first:
            return
        for place, heading in self.columns:
            order = order_of(cells[place])
            if order is Order.DAY_FIRST:
                self.day_first = True
            elif order:
                self.counts[order] += 1
                if len(self.found[order]) < SHOWN:
                    self.found[order].append((line, heading))

    def doubt(self) -> Doubt | None:
        """Return the doubt about the rows until now, if there is one."""
        order = Order.MONTH_FIRST if self.counts[Order.MONTH_FIRST] else Order.OPEN
        count = self.counts[order]
        if not count or (order is Order.OPEN and self.day_first):
            return None
        return Doubt(order is Order.MONTH_FIRST, self.found[order], count - len(self.found[order]))
