"""Reference periods and their trimesters."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ecalcura.trimesters.calendar import Place, Trimester, place_of

DAYS = st.dates(datetime.date(2000, 7, 1), datetime.date(2199, 12, 31))


@pytest.mark.parametrize(("number", "first", "last", "label"), [
    (1, "2026-07-01", "2026-09-30", "trimester 1 (jul–sep 2026)"),
    (2, "2026-10-01", "2026-12-31", "trimester 2 (okt–dec 2026)"),
    (3, "2027-01-01", "2027-03-31", "trimester 3 (jan–mrt 2027)"),
    (4, "2027-04-01", "2027-06-30", "trimester 4 (apr–jun 2027)"),
])
def test_a_reference_period_runs_from_july_to_june(number, first, last, label):
    place = Place(2026, number)
    assert (str(place.first), str(place.last), place.label) == (first, last, label)


@given(DAYS)
def test_each_day_lies_in_exactly_one_trimester(day):
    place = place_of(day)
    assert place.first <= day <= place.last
    assert place_of(place.last + datetime.timedelta(days=1)) != place


def test_a_trimester_with_29_february_has_91_days(register):
    assert [Trimester.get_or_make(period, 3).days for period in (2022, 2023)] == [90, 91]


def test_a_trimester_gets_one_row_however_often_it_is_needed(register):
    made = Trimester.get_or_make(2026, 2)
    assert made == Trimester.get_or_make(2026, 2)
    assert Trimester.select().count() == 1


@pytest.mark.parametrize(("first", "last", "touches"), [
    ("2026-01-01", "2026-06-30", False),
    ("2026-01-01", "2026-07-01", True),
    ("2026-09-30", None, True),
    ("2026-10-01", None, False),
    ("2026-08-01", "2026-08-01", True),
])
def test_a_span_touches_a_trimester_by_a_single_day(register, first, last, touches):
    first, last = (day and datetime.date.fromisoformat(day) for day in (first, last))
    assert Trimester.get_or_make(2026, 1).touches(first, last) is touches
