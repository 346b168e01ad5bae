"""The counting by day: the examples of the rules, and random staff against a slow count of each day apart."""
import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ecalcura.contracts import days, lists
from models.ecalcura.contracts.days import Chosen, Piece, Replaced, Rights

EXEMPTION, PREMIUM = days.EXEMPTION, days.PREMIUM


def day(text):
    return datetime.date.fromisoformat(text)


def trimester(first, last):
    return day(first), day(last)


AUTUMN = trimester("2023-10-01", "2023-12-31")
FULL = (Piece(day("2020-01-01"), None, 3800, 3800),)


def test_a_nurse_of_45_goes_from_19_to_38_hours_on_16_november():
    """A11."""
    rights = Rights(
        [Piece(day("2020-01-01"), day("2023-11-15"), 1900, 3800), Piece(day("2023-11-16"), None, 3800, 3800)],
        [Chosen(day("2023-06-01"), None, 45, EXEMPTION)], starts={45: day("2023-06-01")})
    found = days.runs(rights, *AUTUMN)
    assert [(run.days, run.amounts.exempt) for run in found] == [(46, 1), (46, 2)]
    mean = days.mean(found)
    assert mean.exempt == Fraction(3, 2)
    assert mean.exempt_fte == Fraction(3, 2) / 38
    assert (mean.hours, mean.fte) == (Fraction(57, 2), Fraction(3, 4))


def test_a_leap_trimester_has_91_days():
    """A11."""
    lengths = [sum(run.days for run in days.runs(Rights(FULL), *trimester(f"{year}-01-01", f"{year}-03-31")))
               for year in (2023, 2024)]
    assert lengths == [90, 91]


def test_a_nurse_of_56_keeps_the_first_step_and_works_less_for_the_two_others():
    """A12."""
    rights = Rights(FULL, [Chosen(day("2023-01-01"), None, step, kind) for step, kind in
                           ((45, PREMIUM), (50, EXEMPTION), (55, EXEMPTION))],
                    starts={45: day("2012-01-01"), 50: day("2017-01-01"), 55: day("2022-01-01")})
    mean = days.mean_over(rights, *AUTUMN)
    assert (mean.premium, mean.exempt, mean.percent) == (2, 4, Fraction("5.26"))


@pytest.mark.parametrize(("start", "expected"), [
    ("2023-10-01", Fraction(2)), ("2023-12-31", Fraction(2, 92)), ("2024-01-01", 0)])
def test_a_step_that_begins_within_the_trimester_counts_from_its_first_day(start, expected):
    """A13."""
    rights = Rights(FULL, [Chosen(day("2020-01-01"), None, 45, EXEMPTION)], starts={45: day(start)})
    assert days.mean_over(rights, *AUTUMN).exempt == expected


def test_a_part_time_worker_has_rights_in_proportion():
    rights = Rights([Piece(day("2020-01-01"), None, 2850, 3800)],
                    [Chosen(day("2020-01-01"), None, 45, PREMIUM)], starts={45: day("2020-01-01")})
    mean = days.mean_over(rights, *AUTUMN)
    assert (mean.premium, mean.percent) == (Fraction(3, 2), Fraction("3.945"))


def test_an_acquired_right_gives_no_next_step():
    rights = Rights([Piece(day("2020-01-01"), None, 3800, 3800, acquired=45)],
                    [Chosen(day("2020-01-01"), None, step, EXEMPTION) for step in (45, 50)],
                    starts={45: day("2015-01-01"), 50: day("2020-01-01")})
    assert days.mean_over(rights, *AUTUMN).exempt == 2


def test_a_replacement_contract_gives_no_right():
    rights = Rights([Piece(day("2020-01-01"), None, 3800, 3800, role=days.REPLACEMENT)],
                    [Chosen(day("2020-01-01"), None, 45, EXEMPTION)], starts={45: day("2020-01-01")})
    mean = days.mean_over(rights, *AUTUMN)
    assert (mean.exempt, mean.hours) == (0, 38)


def test_two_contracts_together_give_no_more_than_full_time():
    pieces = [Piece(day("2020-01-01"), None, 1900, 3800), Piece(day("2020-01-01"), None, 1900, 3600)]
    rights = Rights(pieces, [Chosen(day("2020-01-01"), None, 45, EXEMPTION)], starts={45: day("2020-01-01")})
    assert days.mean_over(rights, *AUTUMN).exempt == 2


def test_hours_are_financed_up_to_the_exempt_ones_day_by_day():
    """4 hours in the first half of the trimester make no good for the second half without a replacement."""
    rights = Rights(FULL, [Chosen(day("2020-01-01"), None, 45, EXEMPTION)],
                    [Replaced(day("2023-10-01"), day("2023-11-15"), 400)], {45: day("2020-01-01")})
    mean = days.mean_over(rights, *AUTUMN)
    assert (mean.exempt, mean.replaced, mean.financed, mean.open, mean.surplus) == (2, 2, 1, 1, 1)


def test_the_pool_replaces_the_open_hours_of_all():
    first = Rights(FULL, [Chosen(day("2020-01-01"), None, 45, EXEMPTION)],
                   [Replaced(day("2023-10-01"), None, 150)], {45: day("2020-01-01")})
    second = Rights(FULL, [Chosen(day("2023-11-16"), None, 45, EXEMPTION)], starts={45: day("2020-01-01")})
    found = [days.runs(one, *AUTUMN) for one in (first, second)]
    pool = days.pool(found, [Replaced(day("2020-01-01"), None, 100)], *AUTUMN)
    assert (pool.replaced, pool.financed, pool.surplus) == (1, Fraction(3, 4), Fraction(1, 4))


DAYS = st.dates(day("2023-09-15"), day("2024-01-15"))
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[0] <= span[1])
PIECES = st.builds(
    lambda span, hours, full, role, acquired, premium: Piece(*span, hours, full, role, acquired, premium),
    SPANS, st.integers(1, 3600), st.sampled_from([3600, 3800]), st.sampled_from([days.ENTITLED, days.REPLACEMENT]),
    st.none() | st.sampled_from([45, 50, 55]), st.booleans())
CHOICES = st.builds(lambda span, step, kind: Chosen(*span, step, kind), SPANS, st.sampled_from([45, 50, 55]),
                    st.sampled_from([EXEMPTION, PREMIUM]))
REPLACED = st.builds(lambda span, hours: Replaced(*span, hours), SPANS, st.integers(1, 600))
RIGHTS = st.builds(
    Rights, st.lists(PIECES, max_size=3), st.lists(CHOICES, max_size=4), st.lists(REPLACED, max_size=3),
    st.dictionaries(st.sampled_from([45, 50, 55]), DAYS))


def each_day(first, last):
    while first <= last:
        yield first
        first += datetime.timedelta(days=1)


def slowly(rights, first, last):
    """Count hours, exempt, premium, percent, replaced and financed hours of each day apart, and divide at the end."""
    sums, number = dict.fromkeys(("hours", "exempt", "premium", "percent", "replaced", "financed"), Fraction(0)), 0
    for today in each_day(first, last):
        number += 1
        working = [one for one in rights.pieces if one.first <= today <= (one.last or last)]
        per_kind = {EXEMPTION: Fraction(0), PREMIUM: Fraction(0)}
        for step, start in rights.starts.items():
            for choice in rights.choices:
                if choice.step != step or today < start or not choice.first <= today <= (choice.last or last):
                    continue
                share = sum(Fraction(one.hours) / one.full_time for one in working
                            if one.role == "entitled" and (one.acquired or 99) >= step
                            and (choice.kind == EXEMPTION or one.premium))
                per_kind[choice.kind] += min(Fraction(1), Fraction(share)) * 2
                if choice.kind == PREMIUM:
                    sums["percent"] += min(Fraction(1), Fraction(share)) * Fraction("5.26")
        given = sum(Fraction(one.hours) / 100 for one in rights.replaced if one.first <= today <= (one.last or last))
        sums["hours"] += sum(Fraction(one.hours) / 100 for one in working)
        sums["exempt"] += per_kind[EXEMPTION]
        sums["premium"] += per_kind[PREMIUM]
        sums["replaced"] += given
        sums["financed"] += min(given, per_kind[EXEMPTION])
    return {name: value / number for name, value in sums.items()}


@settings(max_examples=150, deadline=None)
@given(RIGHTS)
def test_random_staff_count_as_day_by_day(rights):
    counted, found = slowly(rights, *AUTUMN), days.mean_over(rights, *AUTUMN)
    assert {name: getattr(found, name) for name in counted} == counted
    assert found.open == found.exempt - found.financed
    assert found.surplus == found.replaced - found.financed


@settings(max_examples=100, deadline=None)
@given(st.lists(RIGHTS, max_size=3), st.lists(REPLACED, max_size=3))
def test_a_random_pool_counts_as_day_by_day(staff, replaced):
    found = days.pool([days.runs(one, *AUTUMN) for one in staff], replaced, *AUTUMN)
    financed = sum(
        min(sum((days.on(one, today).open for one in staff), Fraction(0)),
            Fraction(sum(one.hours for one in replaced if one.first <= today <= (one.last or today)), 100))
        for today in each_day(*AUTUMN))
    assert found.financed == Fraction(financed) / 92
    assert found.surplus == found.replaced - found.financed


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SPANS, st.integers(1, 2)), max_size=3), st.lists(st.tuples(SPANS, st.integers(1, 2)),
                                                                           max_size=3))
def test_the_days_that_differ_are_those_with_other_values(old, new):
    old, new = ([(*span, value) for span, value in one] for one in (old, new))
    spans = days.differing(old, new)
    for today in each_day(day("2023-09-14"), day("2024-01-20")):
        values = [[value for first, last, value in one if first <= today and (not last or today <= last)]
                  for one in (old, new)]
        assert any(first <= today and (not last or today <= last) for first, last in spans) == (values[0] != values[1])


def test_a_later_end_date_changes_only_the_days_between():
    """A17."""
    old, new = (day("2026-01-01"), day("2026-09-30"), 1), (day("2026-01-01"), None, 1)
    assert days.differing([old], [new]) == [(day("2026-10-01"), None)]


def test_the_lists_add_the_same_premium_at_each_step():
    assert [lists.premium_added(step) for step in lists.steps().values()] == [Fraction("5.26")] * 3
