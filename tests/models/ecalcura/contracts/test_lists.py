"""The lists of ecalcura, as the shipped file has them."""
import datetime

import pytest

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.lists import QualificationCode, StepAge

pytestmark = pytest.mark.usefixtures("register")


def test_only_a_nurse_may_choose_the_premium():
    assert [one.code for one in lists.qualifications().values() if one.premium] == ["VPK"]


def test_a_visum_is_needed_for_the_professions_of_the_act():
    needed = [one.code for one in lists.qualifications().values() if one.visa]
    assert needed == ["VPK", "ZKD", "KIN", "ERG", "LOG", "DIE"]


def test_each_step_adds_two_hours_a_week():
    assert [(step.age, step.hours, step.year, str(step.premium)) for step in lists.steps().values()] == [
        (45, 2, 96, "5.26"), (50, 2, 192, "10.52"), (55, 2, 288, "15.78")]


def test_a_qualification_is_used_on_its_own_days_only():
    old = lists.Qualification("OUD", "oud", until=datetime.date(2026, 6, 30))
    assert [old.holds_on(datetime.date(2026, month, 30)) for month in (6, 7)] == [True, False]


def test_init_writes_the_codes_to_the_database_and_twice_changes_nothing():
    lists.store()
    assert {one.code for one in QualificationCode.select()} == set(lists.qualifications())
    assert {one.age for one in StepAge.select()} == {45, 50, 55}
