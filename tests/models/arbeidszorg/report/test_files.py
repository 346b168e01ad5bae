"""The report as files: all of its cells, what is hidden as a mark, and nothing that is a formula."""
import csv
import datetime
import io

import openpyxl
import pytest

from models.arbeidszorg.report.files import CHANGE, MEAN_AGE, as_csv, as_xlsx
from tests.models.arbeidszorg.report.sample_report import sample


@pytest.fixture
def lines():
    """The lines of the CSV, by heading."""
    text = as_csv(sample()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(sample(), ["Zo is geteld.", "=1+1"])))


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def of(lines, table):
    return [(line["Rij"], line["Kolom"], line["Aantal"], line["Percentage"])
            for line in lines if line["Tabel"] == table]


def test_the_csv_has_a_line_for_each_cell_with_its_year_scope_and_reference_date(lines):
    assert {(line["Jaar"], line["Gebied"], line["Referentiedatum"], line["Antwoorden van"]) for line in lines} == {
        ("2025", "Limburg", "16/06/2026", "31/12/2025")}
    assert of(lines, "2-gender") == [
        ("Vrouw", "Aantal", "704", "70,4"), ("Man", "Aantal", "*", ""), ("'=X()", "Aantal", "*", ""),
        ("Totaal", "Aantal", "1000", "100,0")]
    assert of(lines, "4-series")[1:] == [
        ("2024", "Stopzettingen", "*", ""), ("2025", "Medewerkers", "1000", ""), ("2025", "Stopzettingen", "0", "")]
    assert len(lines) == 7 + sum(len(table.rows) * len(table.columns) for table in sample().tables)


def test_the_csv_gives_the_size_of_a_change_once(lines):
    changes = [(line["Rij"], line["Kolom"], *(line[heading] for heading in CHANGE))
               for line in lines if line["Tabel"] == "4-gender"]
    assert changes[:4] == [
        ("Vrouw", "2024", "", ""), ("Vrouw", "2025", "3,7", "ja"), ("Man", "2024", "", ""), ("Man", "2025", "", "")]


def test_the_csv_begins_with_the_totals_of_the_report(lines):
    assert [(line["Rij"], line["Kolom"], line["Aantal"], line["Percentage"], line[MEAN_AGE]) for line in lines[:7]] == [
        ("Actieve arbeidszorgmedewerkers", "2025", "1000", "", ""),
        ("Actieve arbeidszorgmedewerkers", "2024", "900", "", ""),
        ("Stopzettingen", "2025", "0", "", ""),
        ("Stopzettingen", "2024", "*", "", ""),
        (MEAN_AGE, "2025", "", "", "43,0"),
        (MEAN_AGE, "2024", "", "", ""),
        ("Onvolledige registraties", "2025", "12", "1,2", "")]


def test_the_spreadsheet_has_a_summary_and_then_a_sheet_for_each_table(book):
    assert book.sheetnames == [
        "In het kort", "2 Geslacht", "3 Geslacht naar situatie", "4 Geslacht", "4 Door de jaren"]
    summary = values(book["In het kort"])
    assert summary[1][:2] == ["Referentiedatum", datetime.datetime(2026, 6, 16)]  # noqa: DTZ001 - as a day is read
    assert summary[3][:2] == ["Actieve arbeidszorgmedewerkers in 2025", 1000]
    assert summary[6][:2] == ["Stopzettingen in 2024", "*"]
    assert summary[7][:2] == ["Gemiddelde leeftijd in 2025", 43]
    assert summary[9][:3] == ["Onvolledige registraties in 2025", 12, 0.012]
    assert [row[0] for row in summary[10:14]] == ["Hoe geteld is", "Zo is geteld.", "'=1+1", "Tabellen"]
    assert book["In het kort"]["A15"].hyperlink.location == "'2 Geslacht'!A1"
    assert book["In het kort"]["A15"].value == "2 Geslacht"


def test_a_sheet_has_numbers_percentages_and_marks_for_hidden_counts(book):
    assert values(book["2 Geslacht"])[2:] == [
        [None, "Aantal", "Aantal (%)"], ["Vrouw", 704, 0.704], ["Man", "*", None], ["'=X()", "*", None],
        ["Totaal", 1000, 1]]
    assert values(book["3 Geslacht naar situatie"])[2] == [None, "Nog actief", "Nog actief (%)", "Totaal", "Totaal (%)"]
    assert values(book["4 Door de jaren"])[2:] == [
        [None, "Medewerkers", "Stopzettingen"], ["2024", 900, "*"], ["2025", 1000, 0]]


def test_a_percentage_is_one_and_a_day_is_one(book):
    sheet = book["2 Geslacht"]
    assert (sheet["C4"].number_format, sheet["B4"].number_format) == ("0.0%", "#,##0")
    assert (book["In het kort"]["C10"].number_format, book["In het kort"]["B2"].number_format) == (
        "0.0%", "dd/mm/yyyy")


def test_every_sheet_is_printed_on_its_side_with_its_headings_on_each_page(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            "landscape", None, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["2 Geslacht"].print_title_rows == "$1:$3"
    assert book.properties.title == "Jaarrapport 2025, Limburg"


def test_a_sheet_of_changes_has_them_after_the_columns_of_the_years(book):
    assert values(book["4 Geslacht"])[2:5] == [
        [None, "2024", "2024 (%)", "2025", "2025 (%)", *CHANGE],
        ["Vrouw", 600, 0.667, 704, 0.704, 3.7, "ja"],
        ["Man", 290, 0.322, "*", None, None, None]]


def test_no_cell_is_a_formula(book):
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
