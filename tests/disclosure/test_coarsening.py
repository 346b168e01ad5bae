"""The door for rows: each is like four others, says what is true, and tells nothing about published counts."""
from collections import Counter

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pycanon import anonymity

from disclosure import SUPPRESSED, KeyVariable, coarsen

VARIABLES = [KeyVariable("one"), KeyVariable("two"), KeyVariable("three"),
             KeyVariable("year", (lambda year: year[:3] + "x",), within=0)]
answers = st.tuples(
    *[st.sampled_from([SUPPRESSED, "a", "b", "c"])] * 3, st.sampled_from([SUPPRESSED, *map(str, range(1990, 2001))]))
thorough = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@st.composite
def cases(draw):
    """(rows, the published numbers of answers, limits of others)."""
    rows = Counter()
    for row, number in draw(st.lists(st.tuples(answers, st.integers(1, 9)), max_size=40)):
        rows[row] += number
    totals = totals_of(rows)
    published = {key: number for key, number in totals.items() if number >= 5 and draw(st.booleans())}
    limits = {key: number - draw(st.integers(0, 4)) for key, number in totals.items() if key not in published}
    return rows, published, limits


def totals_of(rows):
    """How many rows say each answer, by (number of the key variable, answer); years aside."""
    totals = Counter()
    for row, number in rows.items():
        for key in enumerate(row[:3]):
            totals[key] += number
    return totals


def k_by_pycanon(rows):
    """The k of rows as pyCANON judges it.

    Suppressed answers are filled with a word, and the index counts on from 0: pyCANON leaves rows with missing values
    out of account, and takes the labels of an index for positions.
    """
    table = pandas.DataFrame([[answer or "suppressed" for answer in row] for row in rows.elements()],
                             columns=[variable.code for variable in VARIABLES])
    return anonymity.k_anonymity(table, [variable.code for variable in VARIABLES])


@thorough
@given(cases())
def test_pycanon_finds_each_row_like_four_others(case):
    coarsened = coarsen(case[0], VARIABLES, *case[1:])
    assert not coarsened or k_by_pycanon(coarsened) >= 5


def test_pycanon_sees_rows_that_are_not_like_four_others():
    assert k_by_pycanon(Counter({("a", "a", "a", "1990"): 5, ("a", "a", "a", SUPPRESSED): 4})) == 4


@thorough
@given(cases())
def test_no_row_is_lost_or_added_unless_there_are_fewer_than_five(case):
    rows, published, limits = case
    coarsened = coarsen(rows, VARIABLES, published, limits)
    assert coarsened.total() == (rows.total() if rows.total() >= 5 else 0)
    assert all(number >= 5 for number in coarsened.values())


@thorough
@given(cases())
def test_an_answer_is_said_no_more_often_than_it_was_given_and_may_be_said(case):
    rows, published, limits = case
    totals = totals_of(rows)
    for key, number in totals_of(coarsen(rows, VARIABLES, published, limits)).items():
        if key[1] is not SUPPRESSED:
            assert number <= totals[key]
            assert number <= limits.get(key, number)


@thorough
@given(cases())
def test_the_rows_that_do_not_say_a_published_answer_are_no_unsafe_count(case):
    rows, published, limits = case
    for key, number in totals_of(coarsen(rows, VARIABLES, published, limits)).items():
        if key[1] is not SUPPRESSED:
            assert not 0 < published.get(key, number) - number < 5


@thorough
@given(cases())
def test_an_answer_is_recoded_as_given_and_suppressed_along_with_the_one_it_refines(case):
    rows, published, limits = case
    years = {row[3] for row in rows} - {SUPPRESSED}
    for row in coarsen(rows, VARIABLES, published, limits):
        assert row[3] is SUPPRESSED or row[0] is not SUPPRESSED
        assert row[3] in {SUPPRESSED} | years | {year[:3] + "x" for year in years}


@pytest.mark.parametrize("backwards", [False, True])
def test_the_smallest_class_is_suppressed_where_an_unsafe_count_of_rows_would_not_say_the_answer(backwards):
    rows = {("a", "x"): 6, ("b", "x"): 10, ("c", "x"): 3, ("c", "y"): 2, ("d", "x"): 7}
    rows = Counter(dict(reversed(rows.items())) if backwards else rows)
    coarsened = coarsen(rows, [KeyVariable("one"), KeyVariable("two")], {(1, "x"): 26}, {})
    assert coarsened == {("a", SUPPRESSED): 6, ("b", "x"): 10, ("c", SUPPRESSED): 5, ("d", "x"): 7}


@pytest.mark.parametrize(("rows", "coarsened"), [
    ({("1990",): 5, ("1991",): 3, ("1992",): 2}, {("1990",): 5, ("199x",): 5}),
    ({("1990",): 5, ("1991",): 3, ("2002",): 2}, {("1990",): 5, (SUPPRESSED,): 5}),
    ({("1990",): 5, ("1991",): 3, ("1992",): 1}, {(SUPPRESSED,): 9}),
])
def test_an_answer_is_recoded_where_five_rows_share_the_coarser_one_and_suppressed_otherwise(rows, coarsened):
    years = [KeyVariable("year", (lambda year: year[:3] + "x",))]
    assert coarsen(Counter(rows), years, {}, {}) == coarsened
