"""In which province a postcode lies: what administrators and the yearly report see in its place."""
import datetime
from functools import cache

import peewee

from models.organisations import PROVINCES

BRUSSELS, WALLOON_BRABANT, ELSEWHERE = "brussel", "waals-brabant", "outside-flanders"
LABELS = PROVINCES | {BRUSSELS: "Brussel", WALLOON_BRABANT: "Waals-Brabant", ELSEWHERE: "Buiten Vlaanderen"}

FIRST, LAST = "1000", "9999"
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
# Municipalities that went to another province: the postcode, its first day there and the province.
_MOVED = {"2070": (datetime.date(2025, 1, 1), "oost-vlaanderen")}


def place_of(answer, day):
    """The place in which a postcode lay on that day. What is no postcode (unknown, none, abroad) stays as it is."""
    if answer in _MOVED and day >= _MOVED[answer][0]:
        return _MOVED[answer][1]
    return _place_of(answer)


def place_in_sql(answer, day):
    """The same, worked out by the database for a column of answers."""
    moved = [(answer == postcode, place) for postcode, (since, place) in _MOVED.items() if day >= since]
    return peewee.Case(None, [*moved, *_ranges_in_sql(answer)], answer)


def shortened_in_sql(answer):
    """A column of answers of which `place_of` still makes the place on any day: places, but postcodes that moved."""
    return peewee.Case(None, [(answer.in_(list(_MOVED)), answer), *_ranges_in_sql(answer)], answer)


def _ranges_in_sql(answer):
    ranges = [(answer.between(first, last), place) for first, last, place in _RANGES]
    return [*ranges, (answer.between(FIRST, LAST), ELSEWHERE)]


@cache
def _place_of(answer):
    if answer is None or not FIRST <= answer <= LAST:
        return answer
    return next((place for first, last, place in _RANGES if first <= answer <= last), ELSEWHERE)
