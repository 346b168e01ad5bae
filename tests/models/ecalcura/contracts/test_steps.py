"""A13: the day on which a step begins, by each value of STEP_STARTS."""
import datetime

import pytest

from models.ecalcura.contracts import steps


@pytest.fixture(autouse=True)
def default():
    yield
    steps.use(steps.FIRST_OF_MONTH)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(("born", "birthday", "first_of_month", "first_of_next_month"), [
    ("1980-11-01", "2025-11-01", "2025-11-01", "2025-12-01"),
    ("1980-11-16", "2025-11-16", "2025-11-01", "2025-12-01"),
    ("1980-12-31", "2025-12-31", "2025-12-01", "2026-01-01"),
    ("1980-02-29", "2025-03-01", "2025-03-01", "2025-04-01"),
])
def test_a_step_begins_as_the_setting_says(born, birthday, first_of_month, first_of_next_month):
    found = []
    for setting in steps.SETTINGS:
        steps.use(setting)
        found.append(steps.step_start(day(born), 45))
    assert found == [day(birthday), day(first_of_month), day(first_of_next_month)]


def test_born_on_29_february_reaches_an_age_that_day_in_a_leap_year():
    assert steps.reaches(day("1980-02-29"), 48) == day("2028-02-29")
    assert steps.reaches(day("1980-02-29"), 50) == day("2030-03-01")


def test_a_nurse_has_reached_the_steps_that_began():
    born = day("1970-06-30")
    assert steps.steps_reached(born, day("2025-05-31")) == [45, 50]
    assert steps.steps_reached(born, day("2025-06-01")) == [45, 50, 55]


def test_the_application_starts_with_the_setting():
    steps.start({"STEP_STARTS": "birthday"})
    assert steps.in_use() == "birthday"


def test_without_a_full_birth_date_no_step_begins():
    assert steps.steps_reached(None, day("2025-05-31")) == []
