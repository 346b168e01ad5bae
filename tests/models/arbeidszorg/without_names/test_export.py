"""What an administrator takes away: a row for each period, disarmed, in pieces, and nothing left behind."""
import csv
import io
import tempfile

import openpyxl
import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.without_names import export as anonymous_export
from models.arbeidszorg.without_names.export import AnonymousExport
from models.arbeidszorg.without_names.listing import Filters
from models.audit import AuditEntry, Event
from models.database import database, is_sqlite, today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of

PROVINCE = "oost-vlaanderen"
HEADINGS = [
    "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op", "Geboortejaar", "Geslacht",
    "Burgerlijke staat", "Provincie woonplaats", "Provincie tewerkstelling", "Hoofdproblematiek", "Leefsituatie",
    "Onderwijsniveau", "Belangrijkste verwijzer", "Hoofdinkomen", "Vergoeding", "Bezoldigd circuit", "Subsidie",
    "Overeenkomst", "Methodiek", "Aantal uren", "Startdatum", "Einddatum", "Reden van stopzetting",
    "Perspectief na stopzetting"]


@pytest.fixture
def export(cast):
    """Makes the export of what these values leave."""
    def make(file_format="csv", **values):
        return AnonymousExport(Filters(PROVINCE, values), file_format, cast.administrator)

    return make


def rows_of(export):
    content = b"".join(export.csv()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


def test_there_is_a_row_for_each_period_and_for_a_client_without(cast, export):
    first, second = client_of(cast.ploeg, "Roos", income=None), client_of(cast.outsider, home_postcode="none")
    period_of(first, cast.ploeg, days(-90), days(-60), hours="12.5", reason="health", outlook="same")
    period_of(first, cast.ploeg, days(-30), hours="8")
    client_of(cast.elsewhere)
    rows = rows_of(export())
    assert list(rows[0]) == HEADINGS
    assert [(row["Nummer"], row["Aantal uren"], row["Status"]) for row in rows] == [
        (str(first.number), "12,5", "Actief"), (str(first.number), "8", "Actief"),
        (str(second.number), "", "Niet-actief")]
    assert list(rows[0].values()) == [
        str(first.number), "De Ploeg", "Actief", "Ja", f"{today():%d/%m/%Y}", "1985", "Vrouw", "Wettelijk samenwonend",
        "Oost-Vlaanderen", "Oost-Vlaanderen", "Justitieel", "Alleenwonend met kinderen",
        "Lager secundair onderwijs (algemeen, technisch, beroeps of kunst)",
        "Arbeidsgerichte organisatie (GTB, VDAB, vakbond, ...)", "", "Ja, onkostenvergoeding",
        "Ja, in het beschermd circuit (maatwerkbedrijf, Tijdelijke WerkErvaring, wijk-werken, Lokale DienstenEconomie)",
        "Ja, AMA sociale economie (WSE)", "Vrijwilligersovereenkomst", "Individueel intern werk", "12,5",
        f"{days(-90):%d/%m/%Y}", f"{days(-60):%d/%m/%Y}", "Gezondheidsredenen", "Zelfde trede"]
    assert rows[2]["Provincie woonplaats"] == "Geen vaste woonplaats"


def test_nothing_tells_a_name_an_old_number_a_birth_date_or_a_postcode(cast, export):
    client_of(cast.ploeg, "Kanarievogel")
    Client.update(old_number="OUD-77", old_number_rank=1, old_number_key="oud-77").execute()
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    cells = "|".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    for content in (b"".join(export().csv()).decode(), cells):
        for hidden in ("Kanarie", "OUD-77", "oud-77", "1985-07-14", "14/07/1985", "9000", "9050"):
            assert hidden not in content


def test_the_spreadsheet_holds_the_same_with_real_dates_and_numbers(cast, export):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-90), days(-60), hours="12.5")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    headings, row = sheet.iter_rows(values_only=True)
    assert list(headings) == HEADINGS
    found = dict(zip(HEADINGS, row, strict=True))
    assert (found["Nummer"], found["Aantal uren"], found["Startdatum"].date()) == (client.number, 12.5, days(-90))
    assert found["Organisatie"] == "De Ploeg"


def test_no_cell_begins_as_a_formula_does(cast, export):
    """ASVS 1.2.10."""
    Organisation.update(name="=1+1").where(Organisation.id == cast.ploeg.organisation.id).execute()
    client_of(cast.ploeg)
    assert rows_of(export())[0]["Organisatie"] == "'=1+1"
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx").xlsx()))).active
    assert sheet["B2"].value == "'=1+1"


@pytest.mark.parametrize("values", [
    {}, {"answer_gender": "female"}, {"answer_gender": "female", "answer_income": "pension"},
    {"answer_method": "-"}, {"status": "active"}])
def test_whatever_is_filtered_every_client_is_there_once_over_all_pieces(cast, export, monkeypatch, values):
    monkeypatch.setattr(anonymous_export, "AT_A_TIME", 3)
    for place in range(10):
        client = client_of(
            cast.ploeg, gender=["female", "male"][place % 2], method=None if place % 4 else "group-internal",
            income="pension" if place % 3 else "none")
        if place % 2:
            period_of(client, cast.ploeg)
    everyone = list(Client.select().order_by(Client.number))
    asked = {code.removeprefix("answer_"): value for code, value in values.items() if code.startswith("answer_")}
    expected = [client.number for client in everyone
                if all(client.answers().get(code, "-") == value for code, value in asked.items())
                and ("status" not in values or client.is_active(today()))]
    made = export(**values)
    pieces = list(made.csv())
    assert [int(row["Nummer"]) for row in rows_of(made)] == expected
    assert len(pieces) == 1 + -(-len(expected) // 3)


def test_it_is_written_down_before_the_first_row_leaves_with_filters_but_nothing_typed(cast, export):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-90), days(-60))
    period_of(client, cast.ploeg)
    client_of(cast.ploeg)
    client_of(cast.ploeg, gender="male")
    made = export("xlsx", answer_gender="female", born_from="1977", status="", q="")
    entry, = AuditEntry.select().where(AuditEntry.event == Event.CLIENTS_EXPORTED)
    assert (entry.account_id, entry.province, entry.organisation_id) == (cast.administrator.id, PROVINCE, None)
    assert entry.details == {"format": "xlsx", "rows": 3, "filters": ["answer_gender", "born_from"]}
    assert len(rows_of(made)) == 3


def test_somebody_who_writes_is_not_in_the_way_and_is_read_where_he_was_first(cast, export, monkeypatch):
    monkeypatch.setattr(anonymous_export, "AT_A_TIME", 1)
    clients = [client_of(cast.ploeg, gender="female") for _ in range(3)]
    pieces = export().csv()
    heads = [next(pieces) for _ in range(2)]
    if is_sqlite():
        assert not database.in_transaction()
        assert not database.connection().in_transaction
    clients[2].change({"gender": "x"}, None, 1, by=cast.ploeg.account)
    rest = b"".join(pieces).decode()
    assert len(heads) == 2
    assert [line.split(";")[6] for line in rest.splitlines()] == ["Vrouw", "X"]


def test_no_file_is_left_behind_also_when_nobody_reads_on_or_it_fails(cast, export, monkeypatch, tmp_path):
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
