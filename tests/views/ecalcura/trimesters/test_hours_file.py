"""'Invullen in Excel': the template is downloaded, filled in and read."""
import io

import openpyxl
import pytest

from models.ecalcura.contracts import lists
from models.ecalcura.performances.performances import PerformanceRow, save_row, stored
from tests.models.ecalcura.with_hours import nurse_with_premium, replacement, trimester
from tests.page import text_of

GRID = "/ecalcura/990001/trimesters/2026/2/hours"


@pytest.fixture
def contracts(home):
    lists.store()
    trimester()
    return [replacement(home.facility, "Aerts"), nurse_with_premium(home.facility)]


@pytest.fixture
def grid(page, home, contracts):
    """A `Page`, signed in with the role for privacy."""
    page.sign_in(home.privacy)
    return page


def filled(grid, *hours):
    """The downloaded template with these hours worked, as a file to send."""
    answer = grid.browser.get(f"{GRID}/template.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="prestaties-2026-2.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for line, value in enumerate(hours, 2):
        book.active.cell(line, 8).value = value
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return {"file": (content, "prestaties.xlsx")}


def test_the_template_is_filled_in_and_read(grid, home, contracts):
    assert "Invullen in Excel" in text_of(grid.get(GRID))
    grid.post(f"{GRID}/file", filled(grid, None, 456.5))
    assert grid.response.location == GRID
    assert "Het bestand is gelezen: 1 rij gewijzigd, 1 ongewijzigd." in text_of(grid.follow())
    assert stored(home.facility, trimester().id)[contracts[1].id].hours == {"worked": 45650}


def test_each_row_says_why_it_is_refused_and_nothing_is_saved(grid, home, contracts):
    content = filled(grid, 52, "veel")
    soup = grid.post(f"{GRID}/file", content, 422)
    text = text_of(soup)
    assert "Nog niets opgeslagen: kijk 1 rij van de 2 na" in text
    assert (f"3 {contracts[1].id} Vandamme, Rita Typ de uren met een komma en hoogstens twee decimalen, zoals 240,50. "
            f"2 {contracts[0].id} Aerts, Grace in orde") in text
    assert PerformanceRow.select().count() == 0
    content = filled(grid, 52, 456)
    save_row(home.facility, trimester(), contracts[1].id, {"worked": 100}, 0)
    assert "Een collega wijzigde dit contract na het downloaden" in text_of(grid.post(f"{GRID}/file", content, 422))


@pytest.mark.parametrize(("content", "words"), [
    (b"", "Het bestand is leeg."), (b"a;b\r\n1;2\r\n", "De kolomnamen van het sjabloon ontbreken."),
    (b"Contract\r\n1\r\n", "ontbreken kolommen: Gelijkgestelde uren, Gepresteerde uren, Versie."),
    (None, "Kies een bestand.")])
def test_a_wrong_file_says_why_at_the_field(grid, content, words):
    fields = {"file": (io.BytesIO(content), "x.csv")} if content is not None else {}
    assert words in text_of(grid.post(f"{GRID}/file", fields, 422))


def test_only_the_role_for_privacy_downloads_and_reads(page, home, contracts):
    page.sign_in(home.financial)
    assert page.browser.get(f"{GRID}/template.xlsx").status_code == 403
    page.get(f"{GRID}/file", 403)
