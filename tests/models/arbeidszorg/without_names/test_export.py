"""The export 'zonder naam': a row for each period, safe cells, written in pieces, and no file left behind."""
import csv
import io
import tempfile

import openpyxl
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.without_names import export as export_without_names
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.audit import AuditEntry
from models.database import database, is_sqlite, today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of

PROVINCE = "oost-vlaanderen"
HEADINGS = [
    "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op", "Geboortejaar", "Geslacht",
    "Burgerlijke staat", "Provincie woonplaats", "Provincie tewerkstelling", "Hoofdproblematiek", "Woonvorm",
    "Onderwijsniveau", "Hoofdinkomen", "Verwijzer", "Werkvorm", "Aantal uren", "Vroegere uren", "Startdatum",
    "Einddatum",
    "Reden van stopzetting", "Perspectief na stopzetting"]


@pytest.fixture
def export(cast):
    """Make the export of the clients that match these filters."""
    def make(file_format="csv", **values):
        return ExportWithoutNames(Filters(PROVINCE, values), file_format, cast.administrator)

    return make


def rows_of(export):
    content = b"".join(export.csv()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


def test_there_is_a_row_for_each_period_and_for_a_client_without_periods(cast, export):
    first, second = client_of(cast.ploeg, "Roos", income=None), client_of(cast.outsider, home_postcode="none")
    closed = period_of(first, cast.ploeg, days(-90), days(-60), hours="12.5", reason="health", outlook="same")
    PastHours.create(period_id=closed.id, hours=20, until=days(-80))
    period_of(first, cast.ploeg, days(-30), hours="8")
    client_of(cast.elsewhere)
    rows = rows_of(export())
    assert list(rows[0]) == HEADINGS
    assert [(row["Nummer"], row["Aantal uren"], row["Status"]) for row in rows] == [
        (str(first.number), "12,5", "Actief"), (str(first.number), "8", "Actief"),
        (str(second.number), "", "Niet-actief")]
    assert list(rows[0].values()) == [
        str(first.number), "De Ploeg", "Actief", "Ja", f"{today():%d/%m/%Y}", "1985", "Vrouw", "Wettelijk samenwonend",
        "Oost-Vlaanderen", "Oost-Vlaanderen", "Justitieel", "Met kinderen",
        "Lager secundair (algemeen, technisch, beroeps of kunst)", "", "Dienst voor werk (GTB, VDAB, vakbond, ...)",
        "Alleen, met begeleiding", "12,5", f"20 (t.e.m. {days(-80):%d/%m/%Y})",
        f"{days(-90):%d/%m/%Y}", f"{days(-60):%d/%m/%Y}", "Gezondheidsredenen", "Zelfde trede"]
    assert rows[2]["Provincie woonplaats"] == "Geen vaste woonplaats"


def test_a_continued_period_has_the_reason_voortzetting_and_no_outlook(cast, export):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-90), days(-31), reason="health", outlook="same")
    period_of(client, cast.ploeg, days(-30))
    assert [(row["Reden van stopzetting"], row["Perspectief na stopzetting"]) for row in rows_of(export())] == [
        ("Voortzetting", ""), ("", "")]
    assert rows_of(export(answer_closing_reason="health")) == rows_of(export(answer_outlook="same")) == []


def test_no_file_contains_a_name_an_old_number_a_birth_date_or_a_postcode(cast, export):
    client_of(cast.ploeg, "Kanarievogel")
    Client.update(old_number="OUD-77", old_number_rank=1, old_number_key="oud-77").execute()
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    cells = "|".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    for content in (b"".join(export().csv()).decode(), cells):
        for hidden in ("Kanarie", "OUD-77", "oud-77", "1985-07-14", "14/07/1985", "9000", "9050"):
            assert hidden not in content


def test_the_spreadsheet_has_the_same_rows_with_real_dates_and_numbers(cast, export):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-90), days(-60), hours="12.5")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    headings, row = sheet.iter_rows(values_only=True)
    assert list(headings) == HEADINGS
    cells = dict(zip(HEADINGS, row, strict=True))
    assert (cells["Nummer"], cells["Aantal uren"], cells["Startdatum"].date()) == (client.number, 12.5, days(-90))
    assert cells["Organisatie"] == "De Ploeg"


def test_no_cell_begins_like_a_formula(cast, export):
    """ASVS 1.2.10."""
    Organisation.update(name="=1+1").where(Organisation.id == cast.ploeg.organisation.id).execute()
    client_of(cast.ploeg)
    assert rows_of(export())[0]["Organisatie"] == "'=1+1"
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    assert sheet["B2"].value == "'=1+1"


@pytest.mark.parametrize("values", [
    {}, {"answer_gender": "female"}, {"answer_gender": "female", "answer_income": "pension"},
    {"answer_method": "-"}, {"status": "active"}])
def test_every_matching_client_is_exported_once_over_all_batches(cast, export, monkeypatch, values):
    monkeypatch.setattr(export_without_names, "AT_A_TIME", 3)
    for index in range(10):
        client = client_of(
            cast.ploeg, gender=["female", "male"][index % 2], method=None if index % 4 else "group-internal",
            income="pension" if index % 3 else "none")
        if index % 2:
            period_of(client, cast.ploeg)
    everyone = list(Client.select().order_by(Client.number))
    wanted = {code.removeprefix("answer_"): value for code, value in values.items() if code.startswith("answer_")}
    expected = [client.number for client in everyone
                if all(client.answers().get(code, "-") == value for code, value in wanted.items())
                and ("status" not in values or client.is_active(today()))]
    made = export(**values)
    pieces = list(made.csv())
    assert [int(row["Nummer"]) for row in rows_of(made)] == expected
    assert len(pieces) == 1 + -(-len(expected) // 3)


def test_an_export_is_logged_before_its_first_row_without_the_values_of_filters(cast, export):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-90), days(-60))
    period_of(client, cast.ploeg)
    client_of(cast.ploeg)
    client_of(cast.ploeg, gender="male")
    made = export("xlsx", answer_gender="female", born_from="1977", status="", q="")
    entry, = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENTS_EXPORTED)
    assert (entry.account_id, entry.province, entry.tenant_id) == (cast.administrator.id, PROVINCE, None)
    assert entry.details == {"format": "xlsx", "rows": 3, "filters": ["answer_gender", "born_from"]}
    assert len(rows_of(made)) == 3


def test_an_export_holds_no_lock_and_each_batch_reads_the_latest_answers(cast, export, monkeypatch):
    monkeypatch.setattr(export_without_names, "AT_A_TIME", 1)
    clients = [client_of(cast.ploeg, gender="female") for _ in range(3)]
    pieces = export().csv()
    begun = [next(pieces) for _ in range(2)]
    if is_sqlite():
        assert not database.in_transaction()
        assert not database.connection().in_transaction
    clients[2].change({"gender": "x"}, None, 1, by=cast.ploeg.account)
    rest = b"".join(pieces).decode()
    assert len(begun) == 2
    assert [line.split(";")[6] for line in rest.splitlines()] == ["Vrouw", "X"]


def test_no_file_is_left_behind_when_reading_stops_or_writing_fails(cast, export, monkeypatch, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    client_of(cast.ploeg)
    assert b"".join(export("xlsx").xlsx()).startswith(b"PK")
    pieces = export("xlsx").xlsx()
    next(pieces)
    assert list(temporary.iterdir()) == []
    pieces.close()
    for broken in ("models.files.spreadsheet.Sheet._put", "xlsxwriter.Workbook._store_workbook"):
        with monkeypatch.context() as patched:
            patched.setattr(broken, lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                export("xlsx").xlsx()
        assert list(temporary.iterdir()) == []
