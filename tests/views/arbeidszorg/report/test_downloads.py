"""The yearly report as files, of the own province and of Flanders."""
import csv
import datetime
import io

import openpyxl
import pytest

from tests.factories import client_of, period_of

Day = datetime.date


@pytest.fixture(autouse=True)
def guided(cast, clock):
    """In 2025 De Ploeg guided six clients and De Winning, in Limburg, three."""
    clock(datetime.datetime.fromisoformat("2026-06-15T10:00"))
    for login, people in ((cast.ploeg, 6), (cast.elsewhere, 3)):
        for _ in range(people):
            period_of(client_of(login, "Roos Peeters"), login, Day(2024, 1, 1))


def got(administration, path):
    administration.get(path)
    return administration.response


def counted(response, table, row):
    """The counts in the CSV of this table and row."""
    lines = csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";")
    return [line["Aantal"] for line in lines if (line["Tabel"], line["Rij"]) == (table, row)]


def test_the_page_links_to_both_files_of_the_same_report(administration):
    soup = administration.get("/province/report?year=2025&scope=vlaanderen")
    links = [link["href"] for link in soup.select("main a") if "/report." in link["href"]]
    assert links == [f"/province/report.{ending}?year=2025&scope=vlaanderen" for ending in ("xlsx", "csv")]


def test_the_csv_is_never_cached_and_holds_no_names(administration):
    response = got(administration, "/province/report.csv?year=2025")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = "loket-jaarrapport-2025-oost-vlaanderen-tabellen.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response.headers["Cache-Control"]
    assert counted(response, "2-gender", "Totaal") == ["6"]
    assert "Roos" not in response.text
    assert "Ploeg" not in response.text


def test_in_the_report_of_flanders_small_counts_of_another_province_are_hidden(administration):
    response = got(administration, "/province/report.csv?year=2025&scope=vlaanderen")
    assert counted(response, "2-province", "Limburg") == ["*"]
    assert counted(response, "2-province", "Vlaanderen") == ["*"], "or it could be worked out from the own 6"


def test_the_spreadsheet_opens_and_says_how_it_was_counted(administration):
    response = got(administration, "/province/report.xlsx?year=2025")
    assert response.headers["Content-Disposition"].endswith('-2025-oost-vlaanderen-tabellen.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert [cell.value for cell in book["2 Geslacht"]["B"]][-1] == 6
    notes = [row[0] for row in book["In het kort"].iter_rows(values_only=True) if row[0]]
    assert any(note.startswith("Een aantal van 1 tot en met 4 staat er niet") for note in notes)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("query", ["scope=limburg", "year=2023", "year=2027", "year=x", "scope=x"])
def test_files_of_another_province_or_an_unknown_year_are_404s(administration, ending, query):
    assert administration.browser.get(f"/province/report.{ending}?{query}").status_code == 404
