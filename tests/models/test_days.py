"""Dates as people type them, and the moment at which a day starts in Flanders."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import parse_date, start_of_day
from models.errors import Refused


def refusal(parse, text):
    with pytest.raises(Refused) as caught:
        parse(text)
    assert caught.value.context["value"] == text
    return caught.value.code


@pytest.mark.parametrize("text", ["03/06/2024", "3/6/2024", "3-6-2024", "3.6.2024", "03062024", " 03-06-2024 ",
                                  "2024-06-03"])
def test_a_date_is_read_with_each_separator(text):
    assert parse_date(text) == datetime.date(2024, 6, 3)


@pytest.mark.parametrize(("text", "code"), [
    ("31/02/2024", "date_absent"), ("29/02/2023", "date_absent"), ("00/01/2024", "date_absent"),
    ("31022024", "date_absent"),
    ("3-6-24", "date_year"), ("030624", "date_year"), ("06/03/99", "date_year"),
    ("2024-6-3", "date"), ("2024-06-03 00:00", "date"), ("2024-02-30", "date_absent"),
    ("3/6-2024", "date"), ("3 juni 2024", "date"), ("", "date"), ("3/6/0024", "date"),
    ("3/6/20244", "date"), ("3/6/202", "date"), ("٣/٦/٢٠٢٤", "date"), ("3/6/2024\x00", "date"), ("1234567", "date"),
])
def test_a_refused_date_is_given_back_as_it_was_typed(text, code):
    assert refusal(parse_date, text) == code


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_date_is_read_as_loket_shows_it(day):
    assert parse_date(f"{day:%d/%m}/{day.year}") == day


@pytest.mark.parametrize(("day", "utc"), [
    (datetime.date(2026, 1, 15), "2026-01-14 23:00:00"),
    (datetime.date(2026, 7, 15), "2026-07-14 22:00:00"),
    # The nights in which the clock changes: those days have 23 and 25 hours.
    (datetime.date(2026, 3, 29), "2026-03-28 23:00:00"),
    (datetime.date(2026, 3, 30), "2026-03-29 22:00:00"),
    (datetime.date(2026, 10, 25), "2026-10-24 22:00:00"),
    (datetime.date(2026, 10, 26), "2026-10-25 23:00:00"),
])
def test_a_day_starts_at_midnight_in_flanders(day, utc):
    assert str(start_of_day(day)) == utc
