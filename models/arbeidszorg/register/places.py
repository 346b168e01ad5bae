"""The place of a postcode: its province or region, which administrators and the yearly report see instead of it.

A place is a code of `LABELS`: a Flemish province, Brussels, Walloon Brabant or elsewhere.
"""
import datetime
from functools import cache

import peewee
from peewee import ColumnBase

from models.organisations import PROVINCES

BRUSSELS, WALLOON_BRABANT, ELSEWHERE = "brussel", "waals-brabant", "outside-flanders"
LABELS = PROVINCES | {BRUSSELS: "Brussel", WALLOON_BRABANT: "Waals-Brabant", ELSEWHERE: "Buiten Vlaanderen"}

FIRST, LAST = "1000", "9999"
# The first and the last postcode of each range, and its place: the table in docs/domain.md.
_RANGES = (
    ("1000", "1299", BRUSSELS),
    ("1300", "1499", WALLOON_BRABANT),
    ("1500", "1999", "vlaams-brabant"),
    ("2000", "2999", "antwerpen"),
    ("3000", "3499", "vlaams-brabant"),
    ("3500", "3999", "limburg"),
    ("8000", "8999", "west-vlaanderen"),
    ("9000", "9999", "oost-vlaanderen"),
)
# Postcodes of municipalities that moved to another province, with their first day there and that province.
_MOVED = {"2070": (datetime.date(2025, 1, 1), "oost-vlaanderen")}


def place_of(answer: str | None, day: datetime.date) -> str | None:
    """Return the place of a postcode on `day`; an answer that is not a postcode (unknown, none, abroad) stays."""
    if answer in _MOVED and day >= _MOVED[answer][0]:
        return _MOVED[answer][1]
    return _place_in_ranges(answer)


def place_in_sql(answer: ColumnBase, day: datetime.date) -> peewee.Case:
    """Return the SQL for `place_of`, for a column of answers."""
    moved = [(answer == postcode, place) for postcode, (since, place) in _MOVED.items() if day >= since]
    return peewee.Case(None, [*moved, *_ranges_in_sql(answer)], answer)


def shortened_in_sql(answer: ColumnBase) -> peewee.Case:
    """Return the SQL that replaces postcodes by their place where the place is the same on every day.

    Postcodes that moved to another province stay, so that `place_of` can still turn the result into the place of any
    day.
    """
    return peewee.Case(None, [(answer.in_(list(_MOVED)), answer), *_ranges_in_sql(answer)], answer)


def _ranges_in_sql(answer: ColumnBase) -> list[tuple[ColumnBase, str]]:
    ranges = [(answer.between(first, last), place) for first, last, place in _RANGES]
    return [*ranges, (answer.between(FIRST, LAST), ELSEWHERE)]


@cache
def _place_in_ranges(answer: str | None) -> str | None:
    if answer is None or not FIRST <= answer <= LAST:
        return answer
    return next((place for first, last, place in _RANGES if first <= answer <= last), ELSEWHERE)
