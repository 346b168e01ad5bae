"""The sentences of a report: true, in good Dutch, and without hidden counts."""
import datetime
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from models.arbeidszorg.report.report import ALWAYS_SO, CHANGES, FLANDERS, RUNNING, SERIES, Pair
from models.arbeidszorg.report.shape import BAR, Column, Row, Table
from tests.models.arbeidszorg.report.made_up_figures import reports
from tests.models.arbeidszorg.report.sample_report import HIDDEN, sample, shown
from views.arbeidszorg.report.text import how_counted, sentences
from views.shell.filters import number, percentage, signed

RUNNING_YEAR = {"reference_day": datetime.date(2025, 6, 15)}


def text(report, chapter):
    """The sentences of a chapter, with ordinary spaces instead of no-break spaces."""
    return [one.replace("\u00a0", " ") for one in sentences(report).get(chapter, [])]


def counted(code, *rows, total=None):
    """A table with one column, from rows of (code, label, cell)."""
    cells = [Row(row, label, (cell,)) for row, label, cell in rows]
    if total is not None:
        cells.append(Row("total", "Totaal", (total,), total=True))
    return Table(code, int(code[0]), "Titel", (Column("count", "Aantal"),), tuple(cells), BAR)


@pytest.mark.parametrize(("now", "before", "count", "compared"), [
    (shown(7012), shown(6800), "7.012", ", 3,1 % meer dan in 2024"),
    (shown(90), shown(100), "90", ", 10,0 % minder dan in 2024"),
    (shown(90), shown(90), "90", ", evenveel als in 2024"),
    (shown(1004), shown(1000), "1.004", ", ongeveer evenveel als in 2024"),
    (shown(1005), shown(1000), "1.005", ", 0,5 % meer dan in 2024"),
    (shown(90), HIDDEN, "90", ""),
    (shown(90), shown(0), "90", ""),
])
def test_the_number_of_clients_is_compared_with_the_year_before(now, before, count, compared):
    first, *_ = text(sample(clients=Pair(now, before)), 2)
    assert first == f"In 2025 waren er in Limburg {count} actieve arbeidszorgmedewerkers{compared}."


def test_a_hidden_number_is_not_mentioned():
    assert "arbeidszorgmedewerkers" not in " ".join(text(sample(clients=Pair(HIDDEN, shown(90))), 2))


def test_a_report_of_flanders_does_not_name_flanders():
    report = sample(scope=FLANDERS, tables=(counted("2-province", total=shown(1000)),))
    assert text(report, 2)[0].startswith("In 2025 waren er 1.000 actieve")


def test_a_running_year_says_so_and_is_not_compared():
    report = sample(**RUNNING_YEAR, closings=Pair(shown(12), shown(90)))
    assert text(report, 2)[0] == (
        "2025 loopt nog: het register telt in Limburg 1.000 actieve arbeidszorgmedewerkers voor dat jaar.")
    assert text(report, 3)[0] == "In 2025 werden 12 begeleidingsperiodes stopgezet."


def test_the_growth_is_from_the_first_to_the_last_shown_year():
    series = sample().table("4-series")
    years = [Row(str(year), str(year), (cell, shown(0))) for year, cell in (
        (2021, HIDDEN), (2022, shown(1200)), (2023, shown(900)), (2024, HIDDEN), (2025, shown(1000)), (2026, shown(7)))]
    grew = "Het aantal actieve arbeidszorgmedewerkers was 1.200 in 2022 en 1.000 in 2025."
    assert text(sample(tables=(replace(series, rows=tuple(years)),)), 4) == [grew]
    assert text(sample(tables=(replace(series, rows=tuple(years)),), **RUNNING_YEAR), 4) == []
    assert text(sample(tables=(replace(series, rows=tuple(years[3:])),)), 4) == []


@pytest.mark.parametrize(("closings", "expected"), [
    (Pair(shown(0), shown(5)), ["In 2025 werd geen enkele begeleidingsperiode stopgezet."]),
    (Pair(shown(55), shown(50)), ["In 2025 werden 55 begeleidingsperiodes stopgezet, 10,0 % meer dan in 2024."]),
    (Pair(HIDDEN, shown(50)), []),
])
def test_the_number_of_closings_is_compared_with_the_year_before(closings, expected):
    assert text(sample(closings=closings), 3) == expected


@pytest.mark.parametrize(("count", "expected"), [
    (shown(1), ["In 2025 begeleidde 1 initiatief in Limburg minstens één arbeidszorgmedewerker."]),
    (shown(40), ["In 2025 begeleidden 40 initiatieven in Limburg minstens één arbeidszorgmedewerker."]),
    (HIDDEN, []),
])
def test_initiatives_are_counted_in_singular_and_plural(count, expected):
    assert text(sample(tables=(counted("1-sector", total=count),)), 1) == expected


@pytest.mark.parametrize(("cells", "expected"), [
    ((shown(60, "60.0"), shown(30), shown(10)), ["Het hoofdinkomen dat het meest voorkomt, is ‘A’ (60,0 %)."]),
    ((shown(60, "60.0"), HIDDEN, HIDDEN), ["Het hoofdinkomen dat het meest voorkomt, is ‘A’ (60,0 %)."]),
    ((shown(40, "40.0"), HIDDEN, HIDDEN), []),
    ((shown(45), shown(45), shown(10)), []),
    ((shown(40), shown(10), shown(50)), []),
    ((HIDDEN, HIDDEN, HIDDEN), []),
])
def test_the_largest_category_is_named_only_if_hidden_and_missing_answers_are_fewer(cells, expected):
    rows = zip(("a", "b", "unknown"), ("A", "B", "Onbekend"), cells, strict=True)
    report = sample(tables=(counted("2-income", *rows, total=shown(100, "100.0")),), mean_age=Pair(None, None))
    assert text(report, 2)[1:] == expected


def test_a_list_leaves_out_hidden_counts_and_zeros():
    assert "Verdeling naar geslacht: ‘Vrouw’ 70,4 %." in text(sample(), 2)
    table = counted("3-outlook", ("higher", "Hogere trede", shown(0, "0.0")), ("same", "Zelfde trede", HIDDEN),
                    total=shown(50, "100.0"))
    assert not [one for one in text(sample(tables=(table,)), 3) if "perspectief" in one]


def test_changes_larger_than_chance_are_named():
    assert text(sample(), 4) == [
        "De veranderingen sinds 2024 die groter zijn dan toeval, in procentpunten: Geslacht ‘Vrouw’ (+3,7)."]
    no_change = [replace(row, larger=False) for row in sample().table("4-gender").rows]
    report = sample(tables=(replace(sample().table("4-gender"), rows=tuple(no_change)),))
    assert text(report, 4) == ["Geen enkele verandering sinds 2024 die getoond wordt, is groter dan toeval."]
    assert text(sample(tables=()), 4) == []


def test_an_empty_year_before_says_that_there_is_nothing_to_compare():
    said = "In 2024 werd in Limburg niemand begeleid: er valt niets te vergelijken."
    assert said in text(sample(clients=Pair(shown(8), shown(0))), 4)
    assert said not in text(sample(clients=Pair(shown(8), HIDDEN)), 4)
    assert said not in text(sample(), 4)


def test_the_mean_age_is_compared_if_both_years_are_shown():
    report = sample(mean_age=Pair(Decimal("43.0"), Decimal("42.6")))
    assert text(report, 4)[0] == "De gemiddelde leeftijd is 43,0 jaar; in 2024 was dat 42,6 jaar."
    assert not [one for one in text(sample(), 4) if "leeftijd" in one]


def test_a_report_without_clients_has_no_sentences():
    assert sentences(sample(clients=Pair(shown(0), shown(9)), tables=())) == {}


def test_each_key_of_how_it_was_counted_has_a_sentence():
    report = sample(how_counted=(*ALWAYS_SO, RUNNING, CHANGES, SERIES, "of a later Loket"))
    assert len(how_counted(report)) == len(ALWAYS_SO) + 3
    assert "31/12/2025" in " ".join(how_counted(report))
    assert not [one for one in how_counted(report) if "{" in one]


def spoken(report):
    """Each number that a report shows, as a sentence writes it."""
    cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
    yield from (number(cell.count) for cell in [*cells, *report.clients, *report.closings] if not cell.hidden)
    yield from (percentage(cell.share).split("\u00a0")[0] for cell in cells)
    yield from (signed(row.points).lstrip("+−") for table in report.tables for row in table.rows)
    yield from (str(mean).replace(".", ",") for mean in report.mean_age)
    yield from (str(year) for year in (report.year, report.year - 1))


def most_of(figures, scope, variable):
    """The largest category, by the true counts."""
    counts = Counter()
    for (of, province, category, _), count in figures.clients.items():
        if of == variable and scope in (FLANDERS, province):
            counts[category] += count
    return counts.most_common(1)[0][0]


@pytest.mark.parametrize("register", [(1, 8, 2), (2, 60, 5), (3, 3000, 3)], ids=str)
def test_sentences_about_made_up_registers_use_only_shown_numbers_and_name_the_true_largest(monkeypatch, register):
    made, figures = reports(monkeypatch, *register)
    named = []
    for scope, report in made.items():
        for one in (one for chapter in (1, 2, 3, 4) for one in text(report, chapter)):
            of_labels = re.sub(r"‘[^’]*’|\d\d/\d\d/\d{4}|, [\d,]+ % (meer|minder)", "", one)
            assert set(re.findall(r"\d[\d.,]*\d|\d", of_labels)) <= set(spoken(report)), one
        named += [(scope, one) for one in text(report, 2) if "hoofdproblematiek" in one]
    for scope, one in named:
        code = most_of(figures.now, scope, "main_problem")
        label = next(row.label for row in made[scope].table("2-main_problem").rows if row.code == code)
        assert f"‘{label}’" in one
    assert len(named) >= 3 * (register[1] == 3000)
