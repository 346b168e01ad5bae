"""The files with the listed clients: their content, the audit, and an exception midway."""
import csv
import io

import openpyxl

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.without_names import export
from models.audit import AuditEntry
from models.database import database, today
from tests.factories import client_of, period_of


def downloaded(administration, path):
    administration.get(path)
    return administration.response


def test_the_csv_holds_the_filtered_clients_and_is_never_cached(administration, cast):
    client = client_of(cast.ploeg, "Roos Peeters")
    period_of(client, cast.ploeg)
    client_of(cast.ploeg, gender="male")
    client_of(cast.elsewhere)
    response = downloaded(administration, "/province/clients.csv?answer_gender=female&page=2&sort=start")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = f"loket-zonder-naam-{today():%Y-%m-%d}.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response.headers["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(row["Nummer"], row["Organisatie"], row["Aantal uren"]) for row in rows] == [
        (str(client.number), "De Ploeg", "12,5")]
    assert "Roos" not in response.text


def test_the_spreadsheet_opens(administration, cast):
    client = client_of(cast.ploeg)
    response = downloaded(administration, "/province/clients.xlsx")
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    assert openpyxl.load_workbook(io.BytesIO(response.data)).active["A2"].value == client.number


def test_each_download_is_audited(administration, cast):
    client_of(cast.ploeg)
    administration.get("/province/clients.csv?status=inactive&born_from=x")
    administration.get("/province/clients.xlsx")
    entries = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENTS_EXPORTED).order_by(AuditEntry.id)
    assert [(entry.account_id, entry.details) for entry in entries] == [
        (cast.administrator.id, {"format": "csv", "filters": ["status"], "rows": 1}),
        (cast.administrator.id, {"format": "xlsx", "filters": [], "rows": 1})]


def test_after_an_exception_midway_the_file_says_that_it_is_incomplete_and_the_log_why(
        administration, cast, monkeypatch, caplog):
    monkeypatch.setattr(export, "AT_A_TIME", 1)
    for _ in range(3):
        client_of(cast.ploeg)
    read, calls = export._PERIODS.read, []

    def failing(**values):
        calls.append(values)
        if len(calls) == 2:
            raise ValueError("Kanarievogel")
        return read(**values)

    monkeypatch.setattr(export._PERIODS, "read", failing)
    response = downloaded(administration, "/province/clients.csv")
    *rows, _, last = response.text.splitlines()
    assert len(rows) == 2
    assert last.startswith("DIT BESTAND IS ONVOLLEDIG")
    fault = next(record.getMessage() for record in caplog.records if record.name == "loket.fault")
    assert "builtins.ValueError" in fault
    assert "/province/clients.csv" in fault
    assert last[-9:] in fault
    assert "Kanarievogel" not in caplog.text + response.text
    assert AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENTS_EXPORTED).count() == 1
    assert not database.in_transaction()
    assert "ONVOLLEDIG" not in downloaded(administration, "/province/clients.csv").text
