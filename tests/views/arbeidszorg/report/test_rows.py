"""'Anonieme rijen': the page about them, their files, and the access to them."""
import csv
import datetime
import io

import openpyxl
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import AuditEntry
from tests.factories import client_of, period_of
from views.shell.progress import Work

Day = datetime.date
COLUMNS = 14


@pytest.fixture(autouse=True)
def guided(cast, clock):
    """In 2025 De Ploeg guided five women and De Winning, in Limburg, six men."""
    clock(datetime.datetime.fromisoformat("2026-06-15T10:00"))
    for login, number, gender in ((cast.ploeg, 5, "female"), (cast.elsewhere, 6, "male")):
        for _ in range(number):
            period_of(client_of(login, "Roos Peeters", gender=gender), login, Day(2024, 1, 1))


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def got(administration, path):
    administration.get(path)
    return administration.response


def test_the_csv_has_a_row_for_each_client_of_the_own_province_and_is_never_cached(administration):
    response = got(administration, "/province/report/rows.csv?year=2025")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = "loket-anonieme-rijen-2025-oost-vlaanderen.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response.headers["Cache-Control"]
    rows = rows_of(response)
    assert {(row["Jaar"], row["Geslacht"], row["Geboortejaar"], row["Aantal gelijke rijen"]) for row in rows} == {
        ("2025", "Vrouw", "1985", "5")}
    assert len(rows) == 5
    assert "Roos" not in response.text
    assert "De Ploeg" not in response.text


def test_the_rows_of_flanders_name_the_provinces_and_no_organisation(administration):
    rows = rows_of(got(administration, "/province/report/rows.csv?year=2025&scope=vlaanderen"))
    assert sorted((row["Provincie van de organisatie"], row["Geslacht"]) for row in rows) == [
        *[("Limburg", "Man")] * 6, *[("Oost-Vlaanderen", "Vrouw")] * 5]
    assert not [word for row in rows for word in row.values() if "Winning" in word or "Ploeg" in word]


@pytest.mark.parametrize("path", ["rows", "rows.csv", "rows.xlsx"])
@pytest.mark.parametrize("query", ["scope=limburg", "year=2023", "year=2027", "year=x", "scope=x"])
def test_rows_of_another_province_or_an_unknown_year_are_404s(administration, path, query):
    assert administration.browser.get(f"/province/report/{path}?{query}").status_code == 404
    assert not AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.ROWS_EXPORTED).exists()


def test_the_spreadsheet_has_the_rows_and_explains_how_they_were_made(administration):
    response = got(administration, "/province/report/rows.xlsx?year=2025&scope=vlaanderen")
    assert response.headers["Content-Disposition"].endswith('-2025-vlaanderen.xlsx"')
    rows, notes = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets
    assert (rows.max_row, rows.max_column) == (12, COLUMNS + 2)
    assert sorted({row[-1] for row in rows.iter_rows(min_row=2, values_only=True)}) == [5, 6]
    text = " ".join(row[0] for row in notes.iter_rows(values_only=True))
    assert "11 rijen" in text
    assert "minstens vijf keer" in text


def test_each_download_is_audited(administration, cast):
    administration.get("/province/report/rows.csv?year=2025&scope=vlaanderen")
    administration.get("/province/report/rows.xlsx?year=2025")
    administration.get("/province/report/rows?year=2025")
    entries = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.ROWS_EXPORTED).order_by(AuditEntry.id)
    assert [(entry.account_id, entry.details) for entry in entries] == [
        (cast.administrator.id, {"format": "csv", "rows": 11, "scope": "vlaanderen", "year": 2025}),
        (cast.administrator.id, {"format": "xlsx", "rows": 5, "scope": "oost-vlaanderen", "year": 2025})]


def test_the_page_shows_how_many_rows_are_coarser_and_how_many_have_a_value_in_each_column(administration, cast):
    for year, times in ((1986, 3), (1987, 3)):
        for _ in range(times):
            period_of(client_of(cast.ploeg, birth_date=Day(year, 1, 1)), cast.ploeg, Day(2024, 1, 1))
    page = administration.get("/province/report/rows?year=2025")
    assert "11 rijen, een voor elke cliënt die in 2025 begeleid werd. In 6 ervan" in page.get_text(" ", strip=True)
    period_of(client_of(cast.ploeg, home_postcode="1000"), cast.ploeg, Day(2024, 1, 1))
    page = administration.get("/province/report/rows?year=2025")
    assert "In elke rij staat" in page.get_text(" ", strip=True)
    cells = {row.th.get_text(): [cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")}
    assert cells["Geslacht"] == ["12", "100,0\u00a0%"]
    assert cells["Provincie van de woonplaats"] == ["0", "0,0\u00a0%"]
    links = [link["href"] for link in page.select("a.button")]
    assert [administration.browser.get(link).status_code for link in links] == [200, 200]


def test_too_few_clients_or_none_give_a_message_without_a_number(administration, cast):
    for year in (2020, *[2021] * 5):
        period_of(client_of(cast.elsewhere), cast.elsewhere, Day(year, 1, 1), Day(year, 2, 1))
    for year, words in ((2020, "Er is geen enkele rij te geven"), (2021, "In 2021 werd er niemand begeleid")):
        page = administration.get(f"/province/report/rows?year={year}")
        assert words in page.get_text()
        assert "cliënten hebben geen rij" not in page.get_text()
        assert not page.select("a.button")


def test_slow_rows_show_their_progress_and_then_the_same_page(administration, monkeypatch):
    whole = administration.get("/province/report/rows?year=2025").select_one("main .report")
    is_done, first_answers = Work.is_done, iter([False, False])
    monkeypatch.setattr(Work, "is_done", lambda work, within: next(first_answers, is_done(work, within)))
    page = administration.get("/province/report/rows?year=2025")
    assert page.select_one("main .report").get_text(" ", strip=True) == whole.get_text(" ", strip=True)
    assert "Bezig met tellen" in page.get_text()
