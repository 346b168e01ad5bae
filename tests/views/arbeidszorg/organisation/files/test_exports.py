"""'Exporteren': the page and its two files."""
import csv
import io

import openpyxl

from models import names
from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import AuditEntry
from models.database import today
from tests.factories import client_of, period_of
from tests.page import text_of


def downloaded(signed_in, path):
    signed_in.get(path)
    return signed_in.response


def test_the_page_offers_both_files_and_warns_that_names_are_readable(signed_in):
    soup = signed_in.get("/export")
    assert [link["href"] for link in soup.select("main section .button")] == ["/export.xlsx", "/export.csv"]
    assert "De namen staan leesbaar in het bestand" in text_of(soup.main)


def test_the_dashboard_links_to_the_export(signed_in):
    assert signed_in.get("/dashboard").select_one("main a[href='/export']").get_text() == "Exporteren"


def test_the_csv_is_a_download_that_is_never_cached(signed_in, ploeg):
    period_of(client_of(ploeg, "Rosa Vermeulen"), ploeg)
    response = downloaded(signed_in, "/export.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="loket-{today():%Y-%m-%d}.csv"'
    assert "no-store" in response.headers["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(one["Naam"], one["Aantal uren"]) for one in rows] == [("Rosa Vermeulen", "12,5")]


def test_the_spreadsheet_opens(signed_in, ploeg):
    client_of(ploeg, "Rosa Vermeulen")
    response = downloaded(signed_in, "/export.xlsx")
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    assert openpyxl.load_workbook(io.BytesIO(response.data)).active["C2"].value == "Rosa Vermeulen"


def test_each_download_is_audited_and_viewing_the_page_is_not(signed_in, ploeg):
    for path in ("/export", "/export.csv", "/export.xlsx"):
        signed_in.get(path)
    entries = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.REGISTER_EXPORTED).order_by(AuditEntry.id)
    assert [(entry.account_id, entry.details["format"]) for entry in entries] == [
        (ploeg.account.id, "csv"), (ploeg.account.id, "xlsx")]


def test_another_organisation_gets_only_its_own_register(page, cast):
    client_of(cast.ploeg, "Rosa Vermeulen")
    page.sign_in(cast.outsider.account)
    page.get("/export.csv")
    assert b"Rosa" not in page.response.data
    assert page.response.data.count(b"\r\n") == 1


def test_an_administrator_cannot_export_a_register(page, cast):
    page.sign_in(cast.administrator)
    for path in ("/export", "/export.csv", "/export.xlsx"):
        page.get(path, status=403)


def test_without_the_names_key_a_message_replaces_the_file(signed_in, ploeg):
    client_of(ploeg, "Rosa Vermeulen")
    names.use(None)
    signed_in.get("/export.csv", status=303)
    assert "de namen zijn niet leesbaar" in text_of(signed_in.follow().main)
