"""Remarks on improbable values: each rule from its first improbable day on, and not a day earlier."""
import datetime

import pytest

from models.arbeidszorg.register.plausible import Improbable, TypedPeriod, of_birth_date, of_period

TODAY = datetime.date(2026, 11, 29)
BORN = datetime.date(1985, 7, 14)


def day(text):
    return datetime.date.fromisoformat(text)


def period(start, end=None, reason=None, outlook=None):
    reason, outlook = (reason or "health", outlook or "unknown") if end else (None, None)
    return TypedPeriod(day(start), day(end) if end else None, reason, outlook)


def codes(remarks):
    return [remark.code for remark in remarks]


@pytest.mark.parametrize(("start", "end", "born", "expected"), [
    ("2027-11-29", None, "1985-07-14", []),
    ("2027-11-30", None, "1985-07-14", [Improbable.START_AHEAD]),
    ("2204-01-01", None, None, [Improbable.START_AHEAD]),
    ("2026-01-01", "2028-11-29", None, []),
    ("2026-01-01", "2028-11-30", None, [Improbable.END_AHEAD]),
    ("2000-07-14", "2001-01-01", "1985-07-14", []),
    ("2000-07-13", "2001-01-01", "1985-07-14", [Improbable.YOUNG]),
    ("2026-07-13", None, "1935-07-14", []),
    ("2026-07-14", None, "1935-07-14", [Improbable.OLD]),
    ("1980-01-01", "2019-12-31", None, []),
    ("1980-01-01", "2020-01-01", None, [Improbable.LONG]),
    ("1986-11-30", None, None, []),
    ("1986-11-29", None, None, [Improbable.LONG]),
    ("1980-01-01", "2001-01-01", "1985-07-14", []),
])
def test_the_dates_of_a_period(start, end, born, expected):
    assert codes(of_period(period(start, end), born and day(born), [], TODAY)) == expected


@pytest.mark.parametrize(("born", "expected"), [
    ("1915-11-30", []),
    ("1915-11-29", [Improbable.BORN_LONG_AGO]),
    ("2026-11-29", []),
])
def test_a_birth_date(born, expected):
    assert codes(of_birth_date(day(born), [], TODAY)) == expected


def test_a_birth_date_is_compared_with_the_first_and_the_last_start():
    remarks = of_birth_date(BORN, [day("1994-07-14"), day("1989-07-14"), day("2080-01-01"), day("2081-01-01")], TODAY)
    assert [(remark.code, remark.context["start"].year, remark.context["age"]) for remark in remarks] == [
        (Improbable.YOUNG, 1989, 4), (Improbable.OLD, 2081, 95)]


def test_a_period_after_death_and_a_death_before_a_period():
    died = period("2020-01-01", "2021-01-01", "death")
    later, before = period("2022-01-01"), period("2018-01-01", "2019-01-01")
    assert codes(of_period(later, BORN, [died], TODAY)) == [Improbable.AFTER_DEATH]
    assert codes(of_period(died, BORN, [later, before], TODAY)) == [Improbable.AFTER_DEATH]
    assert codes(of_period(before, BORN, [died], TODAY)) == []


@pytest.mark.parametrize(("reason", "outlook", "expected"), [
    ("death", "unknown", []), ("death", "higher", [Improbable.OUTLOOK_OF_DEATH]), ("health", "higher", [])])
def test_an_outlook_after_death(reason, outlook, expected):
    assert codes(of_period(period("2020-01-01", "2021-01-01", reason, outlook), BORN, [], TODAY)) == expected


def test_the_key_of_a_remark_changes_with_its_values():
    first, second = (of_period(period(start), None, [], TODAY)[0] for start in ("2204-01-01", "2062-01-01"))
    assert (first.key, second.key) == ("start_ahead:2204-01-01", "start_ahead:2062-01-01")
