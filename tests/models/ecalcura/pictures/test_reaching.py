"""The employees who reach 45, 50 or 55 in the next twelve months."""
import datetime
from fractions import Fraction

import pytest

from models.ecalcura.contracts import steps
from models.ecalcura.pictures.reaching import last_day, reaching
from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import contract

DAY = datetime.date
NOW = DAY(2026, 11, 29)


def found(home, first=NOW):
    return [(one.person.family, one.age, one.day, one.hours) for one in reaching(home, first)]


def test_a_step_is_shown_with_its_day_and_the_hours_of_an_exemption(home):
    contract(employee(home, family="Later", born=DAY(1972, 8, 20)))
    contract(employee(home, family="Eerst", born=DAY(1981, 12, 31)), hours=1900)
    contract(employee(home, family="Niet", born=DAY(1981, 11, 28)))
    assert found(home) == [("Eerst", 45, DAY(2026, 12, 1), 1), ("Later", 55, DAY(2027, 8, 1), 2)]


@pytest.mark.parametrize(("born", "day"), [
    (DAY(1981, 11, 29), NOW), (DAY(1982, 11, 28), DAY(2027, 11, 28)), (DAY(1981, 11, 28), None),
    (DAY(1982, 11, 29), None), (DAY(1972, 2, 29), DAY(2027, 3, 1))])
def test_the_twelve_months_begin_today_and_end_the_day_before_next_year_s(home, born, day):
    """A13, with steps that begin on the birthday."""
    steps.use(steps.BIRTHDAY)
    try:
        contract(employee(home, born=born))
        assert [one.day for one in reaching(home, NOW)] == ([day] if day else [])
    finally:
        steps.use(steps.FIRST_OF_MONTH)


def test_from_29_february_the_twelve_months_end_on_28_february():
    assert last_day(DAY(2024, 2, 29)) == DAY(2025, 2, 28)
    assert last_day(DAY(2023, 3, 1)) == DAY(2024, 2, 29)


def test_the_hours_are_those_of_the_contracts_on_that_day(home):
    contract(employee(home, born=DAY(1977, 6, 5)), hours=3800, terms=[(DAY(2027, 6, 1), 2850)])
    assert found(home) == [("Test", 50, DAY(2027, 6, 1), Fraction(3, 2))]


def test_a_contract_that_ended_before_the_step_is_left_out_and_a_replacement_gains_nothing_yet(home, other):
    contract(employee(home, born=DAY(1977, 6, 5)), until=DAY(2027, 5, 31))
    contract(employee(other, born=DAY(1977, 6, 5)))
    contract(employee(home, born=None))
    contract(employee(home, family="Vervanger", born=DAY(1982, 6, 5)), "replacement", "ZKD", hours=400)
    assert found(home) == [("Vervanger", 45, DAY(2027, 6, 1), 0)]
