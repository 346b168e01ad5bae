"""In which province a postcode lies: what administrators and the yearly report see in its place."""
import datetime

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
# Municipalities that went to another province: the postcode, its first day there, the province.
_MOVED = (("2070", datetime.date(2025, 1, 1), "oost-vlaanderen"),)


def place_of(answer, day):
    """The place in which a postcode lay on that day. What is no postcode (unknown, none, abroad) stays as it is."""
    if answer is None or not FIRST <= answer <= LAST:
        return answer
    moved = [place for postcode, since, place in _MOVED if answer == postcode and day >= since]
    return (moved + [place for first, last, place in _RANGES if first <= answer <= last] + [ELSEWHERE])[0]


def place_in_sql(answer, day):
    """The same, worked out by the database for a column of answers."""
    moved = [(answer == postcode, place) for postcode, since, place in _MOVED if day >= since]
    ranges = [(answer.between(first, last), place) for first, last, place in _RANGES]
    return peewee.Case(None, [*moved, *ranges, (answer.between(FIRST, LAST), ELSEWHERE)], answer)
