"""The differences between a report and an edition, only for counts that both show."""
import dataclasses
import datetime
from decimal import Decimal

import pytest

from models.arbeidszorg.report.edition_changes import Difference, Since
from models.arbeidszorg.report.report import Pair, Report
from models.arbeidszorg.report.shape import BAR, LINE, Cell, Column, Row, Table
from models.database import now as moment

COUNT = (Column("count", "Aantal"),)
HIDDEN = Cell(None, hidden=True)


def table(code="2-gender", columns=COUNT, picture=BAR, changes=False, **rows):
    """A table with these rows: label → counts, None for a hidden count."""
    return Table(code, int(code[0]), code, columns, tuple(
        Row(label.lower(), label, tuple(HIDDEN if count is None else Cell(count) for count in counts))
        for label, counts in rows.items()), picture, changes=changes)


def report(*tables, clients=20, closings=9, incomplete=8, mean_age="41.5"):
    cells = (HIDDEN if count is None else Cell(count) for count in (clients, closings, incomplete))
    clients, closings, incomplete = cells
    return Report(
        2024, "limburg", datetime.date(2024, 12, 31), moment(), tables,
        Pair(clients, Cell(5)), Pair(closings, Cell(5)), Pair(mean_age and Decimal(mean_age), None), incomplete)


def differences(then, now):
    return [(changed.table.code, *difference) for changed in Since(then, now).tables
            for difference in changed.differences]


def test_equal_reports_have_no_differences():
    since = Since(report(table(Vrouw=[7], Man=[None])), report(table(Vrouw=[7], Man=[None])))
    assert since.is_empty
    assert (since.tables, since.totals, since.hidden) == ([], [], 1)


def test_a_difference_is_listed_where_both_counts_are_shown():
    then, now = report(table(Vrouw=[7], Man=[12])), report(table(Vrouw=[9], Man=[12]))
    assert differences(then, now) == [("2-gender", "Vrouw", "Aantal", 7, 9)]
    assert not Since(then, now).is_empty


@pytest.mark.parametrize(("then", "now"), [(None, 7), (7, None), (None, None)])
def test_a_cell_hidden_in_one_of_the_reports_is_not_compared(then, now):
    since = Since(report(table(Vrouw=[then])), report(table(Vrouw=[now])))
    assert since.tables == []
    assert since.hidden == 1
    since = Since(*(report(clients=count, closings=count, incomplete=count) for count in (then, now)))
    assert (since.totals, since.hidden) == ([], 3)


def test_the_totals_and_the_mean_age_are_compared_too():
    since = Since(report(), report(clients=21, closings=8, incomplete=7, mean_age="41.6"))
    assert since.totals == [
        ("clients", Difference("", "", 20, 21)), ("closings", Difference("", "", 9, 8)),
        ("incomplete", Difference("", "", 8, 7)), ("mean_age", Difference("", "", Decimal("41.5"), Decimal("41.6")))]
    assert not since.is_empty


@pytest.mark.parametrize("means", [("41.5", None), (None, "41.5")])
def test_a_mean_hidden_in_one_of_the_reports_is_not_compared(means):
    then, now = means
    assert Since(report(mean_age=then), report(mean_age=now)).totals == []


def test_cells_are_matched_by_code_not_by_position():
    wide = (Column("active", "Nog actief"), Column("total", "Totaal"))
    then = table("3-gender-by-situation", wide, Vrouw=[7, 9], Man=[5, 6])
    now = table("3-gender-by-situation", wide[::-1], Man=[6, 5], Vrouw=[9, 8])
    assert differences(report(then), report(now)) == [("3-gender-by-situation", "Vrouw", "Nog actief", 7, 8)]


def test_a_missing_row_for_not_answered_counts_as_zero():
    missing = Row("missing", "Niet ingevuld", (Cell(6),))
    then = table(Vrouw=[7])
    now = dataclasses.replace(then, rows=(*then.rows, missing))
    assert differences(report(then), report(now)) == [("2-gender", "Niet ingevuld", "Aantal", 0, 6)]
    assert differences(report(now), report(then)) == [("2-gender", "Niet ingevuld", "Aantal", 6, 0)]


def test_an_option_or_question_absent_from_one_report_has_no_count_there():
    then, now = report(table(Vrouw=[7])), report(table(Vrouw=[7], X=[5]), table("2-income", Leefloon=[9]))
    assert differences(then, now) == [
        ("2-gender", "X", "Aantal", None, 5), ("2-income", "Leefloon", "Aantal", None, 9)]
    assert differences(now, then) == [
        ("2-gender", "X", "Aantal", 5, None), ("2-income", "Leefloon", "Aantal", 9, None)]


def test_a_year_after_the_edition_is_not_a_difference():
    then = report(table("4-series", picture=LINE, **{"2023": [15], "2024": [20]}))
    now = report(table("4-series", picture=LINE, **{"2023": [16], "2024": [20], "2025": [31]}))
    assert differences(then, now) == [("4-series", "2023", "Aantal", 15, 16)]


def test_a_count_that_several_tables_repeat_is_listed_once():
    assert differences(report(table("4-gender", changes=True, Vrouw=[7])),
                       report(table("4-gender", changes=True, Vrouw=[8]))) == []
