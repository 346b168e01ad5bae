"""'Importeren': a list is checked first, and nothing is stored before its organisation says so."""
import datetime
import io

import openpyxl
import pytest

from models import names
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.uploads.uploads import ImportUpload
from models.days import parse_date
from tests.factories import client_of, days, period_of
from tests.models.arbeidszorg.transfer.lists import FILLED_IN, NO_PERIOD, OPEN, table
from tests.page import text_of
from tests.tables import contents, rows_of
from tests.views.arbeidszorg.organisation.files.uploading import checked, choose, facts, inline, press, stored
from views.arbeidszorg.organisation.files.imports import MEGABYTES

__all__ = ["inline"]
CANARY = "Kanarievogel Zilverstaart"


def test_the_page_offers_the_template_and_asks_for_a_file(signed_in):
    soup = signed_in.get("/imports")
    assert soup.select_one("main a.button")["href"] == "/imports/template.xlsx"
    assert "Je organisatie heeft nog niets geïmporteerd." in text_of(soup.main)
    assert "Kies een bestand." in text_of(signed_in.post("/imports", status=422).select_one("#file-error"))


def test_the_dashboard_and_the_export_link_to_it(signed_in):
    for path in ("/dashboard", "/export"):
        assert signed_in.get(path).select_one(".actions a[href='/imports']").get_text() == "Importeren"


def test_a_list_is_checked_first_and_then_imported(signed_in, ploeg, inline):
    before = contents()["client"]
    soup = checked(signed_in, table({"name": "Roos"}, {"name": "Ward", **NO_PERIOD}))
    assert contents()["client"] == before
    assert "Er is nog niets opgeslagen" in text_of(soup.main)
    assert facts(soup)["Nieuwe cliënten"] == "2"
    press(signed_in, soup, "Importeer")
    soup = signed_in.follow()
    assert "De import is klaar." in text_of(soup.main)
    assert facts(soup)["Nieuwe begeleidingsperiodes"] == "1"
    assert [client.name for client in Client.of(ploeg.organisation).order_by(Client.number)] == ["Roos", "Ward"]
    assert "2 nieuwe cliënten, 1 nieuwe periode" in text_of(signed_in.get("/imports").table)


def test_refused_rows_and_remarks_are_listed_with_line_column_and_reason(signed_in):
    soup = checked(signed_in, table({}, {"gender": "Veel"}, {"birth_date": "14/07/2018"}))
    refused, remarked = soup.select("table.list")
    assert [text_of(cell) for cell in refused.select("tbody tr > *")] == [
        "3", "Geslacht", "Veel", "Dit antwoord staat niet in de vragenlijst."]
    assert [text_of(cell) for cell in remarked.select("tbody tr > *")][:2] == ["4", "Startdatum"]


def test_the_first_fifty_refused_rows_are_listed_and_the_others_counted(signed_in):
    soup = checked(signed_in, table({}, *[{"gender": "Veel"}] * 60))
    assert len(soup.select("tbody tr")) == 50
    assert "Geweigerde rijen (60)" in text_of(soup.main)
    assert "Dit zijn de eerste 50." in text_of(soup.main)


def test_a_file_that_is_no_list_says_so_and_offers_no_import(signed_in):
    for content in (b"", b"\x89PNG\r\n\x1a\n", b"<html>", b"MZ\x00\x01"):
        soup = checked(signed_in, content)
        assert "Dit bestand kan zo niet geïmporteerd worden" in text_of(soup.main)
        assert [text_of(one) for one in soup.select("main form button")] == ["Annuleer"]


def test_content_decides_what_a_file_is_and_its_name_is_not_kept(signed_in):
    soup = checked(signed_in, table({}), name="../../Roos Peeters.xlsx")
    assert facts(soup)["Nieuwe cliënten"] == "1"
    assert "Roos" not in str(rows_of("import_upload"))


@pytest.mark.parametrize("write", [Export.csv, Export.xlsx])
def test_an_export_comes_in_again_as_nothing_new(signed_in, ploeg, write):
    period_of(client_of(ploeg, "Roos"), ploeg, days(-400), days(-300))
    soup = checked(signed_in, write(Export.of(ploeg.organisation.id, "csv", by=ploeg.account)))
    assert "alles stond er al" in text_of(soup.main)
    assert [text_of(one) for one in soup.select("main form button")] == ["Annuleer"]


def test_cancelling_forgets_the_file(signed_in):
    press(signed_in, checked(signed_in, table({})), "Annuleer")
    assert "Er is niets geïmporteerd" in text_of(signed_in.follow().main)
    assert [row["content"] for row in rows_of("import_upload")] == [None]


def test_an_upload_of_another_organisation_is_not_found(signed_in, cast):
    upload_id = stored(signed_in, table({"name": "Roos"}))
    signed_in.sign_in(cast.outsider.account)
    token = signed_in.form_of("/imports")
    for path, method in (("", "get"), ("/start", "post"), ("/cancel", "post"), ("/undo", "get"), ("/undo", "post")):
        data = token if method == "post" else None
        assert signed_in.browser.open(f"/imports/{upload_id}{path}", method=method, data=data).status_code == 404
    assert ImportUpload.get_by_id(upload_id).state == "waiting"


def test_a_doubt_about_the_order_of_dates_can_be_taken_away(signed_in, inline):
    soup = checked(signed_in, table({"birth_date": "04/09/1970", "start_date": "03/06/2019", **OPEN}))
    assert "toont of de dag of de maand vooraan staat" in text_of(soup.main)
    assert [text_of(one) for one in soup.select("main form button")] == ["Opnieuw controleren", "Annuleer"]
    box = soup.select_one("main form[method=get] input[type=checkbox]")
    assert text_of(box.parent) == "De datums staan als dag/maand/jaar: dat klopt"
    soup = signed_in.get(f"{signed_in.response.request.path}?{box['name']}=1")
    press(signed_in, soup, "Importeer")
    assert "De import is klaar." in text_of(signed_in.follow().main)
    assert Client.get().birth_date == datetime.date(1970, 9, 4)


def test_old_numbers_that_a_spreadsheet_made_have_to_be_confirmed(signed_in, inline):
    soup = checked(signed_in, table({"old_number": "1,00E+05"}))
    assert "lijken door een rekenblad gemaakt. Kijk deze rijen na: 2." in text_of(soup.main)
    assert [text_of(one) for one in soup.select("main form button")] == ["Opnieuw controleren", "Annuleer"]
    soup = signed_in.get(f"{signed_in.response.request.path}?numbers=1")
    press(signed_in, soup, "Importeer")
    assert "De import is klaar." in text_of(signed_in.follow().main)
    assert Client.get().old_number == "1,00E+05"


def test_the_template_filled_in_is_imported(signed_in):
    signed_in.get("/imports/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(signed_in.response.data))
    sheet = book["Cliënten"]
    typed = table({"name": "Roos", "old_number": "007", **OPEN}).decode("utf-8-sig").split("\r\n")
    cells = dict(zip(typed[0].split(";"), typed[1].split(";"), strict=True))
    for place, heading in enumerate(next(sheet.iter_rows(max_row=1, values_only=True)), 1):
        cell = cells[heading]
        day = heading in ("Geboortedatum", "Startdatum")
        sheet.cell(2, place).value = parse_date(cell) if day else cell or None
    filled = io.BytesIO()
    book.save(filled)
    soup = checked(signed_in, filled.getvalue(), name="sjabloon.xlsx")
    assert (facts(soup)["Nieuwe cliënten"], facts(soup)["Geweigerde rijen"]) == ("1", "0")


def test_the_template_has_headings_and_answers_but_nobody(signed_in):
    signed_in.get("/imports/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(signed_in.response.data))
    rows = list(book["Cliënten"].iter_rows(values_only=True))
    headings = table({}).decode("utf-8-sig").split("\r\n")[0].split(";")
    assert (sorted(rows[0]), rows[1:]) == (sorted(headings), [])
    answers = [[cell for cell in column if cell] for column in zip(
        *book["Antwoorden"].iter_rows(values_only=True), strict=True)]
    assert [column for column in answers if column[0] == "Geslacht"][0][:4] == ["Geslacht", "Vrouw", "Man", "X"]
    assert {column[0] for column in answers} < set(headings)
    assert len(FILLED_IN) == len(headings)


def test_without_the_names_key_nothing_is_kept_and_the_page_says_why(signed_in):
    form = signed_in.form_of("/imports")
    names.use(None)
    soup = signed_in.post("/imports", {**form, "file": (io.BytesIO(table({})), "lijst.csv")}, 422, token=False)
    assert "Importeren kan nu niet" in text_of(soup.select_one("#file-error"))
    assert rows_of("import_upload") == []


def test_the_page_says_that_a_file_is_too_large(signed_in):
    soup = choose(signed_in, bytes(MEGABYTES * 2**20), status=413)
    assert "mag hoogstens 5 MB zijn" in text_of(soup.main)
    assert rows_of("import_upload") == []


def test_other_forms_still_take_no_more_than_before(signed_in):
    soup = signed_in.post("/clients/new", {"name": "x" * 300_000}, 413)
    assert "te groot om te verwerken" in text_of(soup.main)


def test_a_large_file_is_in_no_temporary_file_while_it_is_read(signed_in, tmp_path, monkeypatch):
    """ASVS 5: a file of more than 500 kB, which Werkzeug would write to a file in clear."""
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_, **__: pytest.fail("a temporary file"))
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda *_, **__: pytest.fail("a temporary file"))
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", lambda *_, **__: pytest.fail("a temporary file"))
    content = table(*[{"name": CANARY}] * 6000)
    assert len(content) > 500_000
    stored(signed_in, content)
    found = [path for path in tmp_path.rglob("*") if path.is_file() and b"anarievogel" in path.read_bytes()]
    assert found == []
