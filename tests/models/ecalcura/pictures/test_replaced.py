"""Exempt against replaced hours in the four trimesters of a reference period."""
import datetime
from fractions import Fraction

import pytest

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.pictures.replaced import quarters
from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import choice, contract, replacement

DAY = datetime.date


@pytest.fixture
def an(home):
    """A full-time nurse of 46 on 1 July 2026 who chose the exemption, two hours a week."""
    made = employee(home, born=DAY(1980, 3, 14))
    contract(made)
    choice(made, "exemption")
    return made


def values(home, name):
    return [getattr(quarter, name) for quarter in quarters(home, 2026)]


def test_two_exempt_hours_that_nobody_replaces_are_open(home, an):
    assert values(home, "exempt") == [2, 2, 2, 2]
    assert values(home, "open") == [2, 2, 2, 2]
    assert values(home, "exempt_fte") == [Fraction(2, 38)] * 4
    assert values(home, "replaced") == values(home, "financed") == values(home, "surplus") == [0, 0, 0, 0]


def test_replaced_from_a_day_within_a_trimester_counts_by_day(home, an):
    """A11's days: 46 of 92."""
    replacement(home, replaces=an, hours=200, start=DAY(2026, 11, 16))
    assert values(home, "replaced") == [0, 1, 2, 2]
    assert values(home, "financed") == [0, 1, 2, 2]
    assert values(home, "open") == [2, 1, 0, 0]
    assert values(home, "replaced_fte") == [0, Fraction(1, 38), Fraction(2, 38), Fraction(2, 38)]


def test_more_replaced_than_exempt_is_surplus(home, an):
    replacement(home, replaces=an, hours=350)
    assert values(home, "replaced") == [Fraction(7, 2)] * 4
    assert values(home, "financed") == [2, 2, 2, 2]
    assert values(home, "surplus") == [Fraction(3, 2)] * 4


def test_the_pool_fills_hours_that_nobody_replaces_by_name(home, an):
    replacement(home, hours=300)
    [first, *_] = quarters(home, 2026)
    assert (first.replaced, first.financed, first.open, first.surplus) == (3, 2, 0, 1)


def test_part_of_full_time_is_counted_by_the_week_of_the_replacing_contract(home, an):
    replacement(home, replaces=an, hours=180, full_time=3600)
    assert values(home, "replaced_fte") == [Fraction(1, 20)] * 4


def test_a_premium_and_another_facility_count_nothing(home, an, other):
    Choice.delete().execute()
    choice(an, "premium")
    there = employee(other)
    contract(there)
    choice(there, "exemption")
    assert values(home, "exempt") == [0, 0, 0, 0]


def test_hours_before_and_after_a_contract_are_not_exempt(home):
    made = employee(home, born=DAY(1980, 3, 14))
    contract(made, start=DAY(2026, 10, 1), until=DAY(2026, 12, 31), hours=1900)
    choice(made, "exemption")
    assert values(home, "exempt") == [0, 1, 0, 0]
