"""The order of day and month, by the dates of a whole file."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import parse_date
from models.errors import Refused
from models.files.date_order import SHOWN, DateOrder, Order, order_of

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


def is_read(text):
    """Whether a text is a date with the day first."""
    try:
        parse_date(text)
    except Refused:
        return False
    return True


def doubt_about(*texts):
    order = DateOrder({0: "Datum"})
    for line, text in enumerate(texts, 2):
        order.look_at(line, [text], is_read(text))
    return order.doubt()


@pytest.mark.parametrize(("text", "order"), [
    ("19/04/1970", Order.DAY_FIRST),
    (" 19-4-1970 ", Order.DAY_FIRST),
    ("19.4.1970", Order.DAY_FIRST),
    ("4/19/1970", Order.MONTH_FIRST),
    ("4/9/1970", Order.OPEN),
    ("03/06/2024", Order.OPEN),
    ("03/03/2024", None),
    ("1970-04-19", None),
    ("19041970", None),
    ("04091970", None),
    ("31/02/1980", None),
    ("2/30/1980", None),
    ("31/31/1980", None),
    ("3/6/24", None),
    ("4/19-1970", None),
    ("4/19/0970", None),
    ("Onbekend", None),
    ("", None),
])
def test_a_date_proves_its_order_leaves_it_open_or_says_nothing(text, order):
    assert order_of(text) is order


def test_one_date_with_the_day_first_proves_the_order_of_all_open_ones():
    assert doubt_about("3/4/1970", "5/4/1970", "19/4/1970", "6/4/1970") is None


def test_a_date_with_the_month_first_puts_the_file_in_doubt_whatever_the_others_prove():
    doubt = doubt_about("19/4/1970", "4/19/1970", "4/9/1970")
    assert (doubt.is_swapped, doubt.first, doubt.more) == (True, [(3, "Datum")], 0)


def test_open_dates_alone_put_the_file_in_doubt():
    doubt = doubt_about("4/9/1970", "3/3/1970", "1970-04-19", "5/9/1970")
    assert (doubt.is_swapped, doubt.first, doubt.more) == (False, [(2, "Datum"), (5, "Datum")], 0)


def test_the_first_dates_in_doubt_are_kept_and_the_others_counted():
    doubt = doubt_about(*["4/19/1970"] * 25)
    assert (len(doubt.first), doubt.more) == (SHOWN, 25 - SHOWN)


@given(st.lists(DAYS, min_size=1))
def test_a_file_with_the_month_first_is_never_read_in_silence(days):
    texts = [f"{day.month}/{day.day}/{day.year}" for day in days]
    if doubt_about(*texts) is None:
        # Then no date is read as another day than it is.
        assert [parse_date(text) for text in texts] == days


@given(st.lists(DAYS, min_size=1))
def test_a_file_with_the_day_first_is_never_taken_for_swapped(days):
    doubt = doubt_about(*(f"{day.day:02}/{day.month:02}/{day.year}" for day in days))
    assert doubt is None or not doubt.is_swapped
    if any(day.day > 12 for day in days):
        assert doubt is None


@given(st.text("0123456789/-. ", max_size=12))
def test_a_date_proves_an_order_only_where_it_is_read_or_refused_as_that_order_says(text):
    order = order_of(text)
    assert order is not Order.MONTH_FIRST if is_read(text) else order in (None, Order.MONTH_FIRST)
