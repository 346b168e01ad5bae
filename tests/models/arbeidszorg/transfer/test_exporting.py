"""An organisation's export opens in Excel and is imported again unchanged."""
import csv
import datetime
import io
from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest

from models import names
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file.columns import OWN, columns
from models.audit import AuditEntry
from models.errors import Refused
from models.organisations import Organisation
from tests.factories import client_of, days, deleted, period_of
from tests.old_register import places, row

DANGEROUS = ("=1+1", "+32 9 000", "-4", "@naam", "'t Hof", "''dubbel", "=cmd|' /C calc'!A0")
HEADINGS = list(columns(OWN).values())


def filled(ploeg):
    """Fill De Ploeg with everything that an export has to carry."""
    rosa = client_of(ploeg, "Rosa Vermeulen")
    period_of(rosa, ploeg, days(-900), days(-400), "15.25")
    period_of(rosa, ploeg, days(-30))
    client_of(ploeg, birth_date="unknown", home_postcode="none", work_postcode="unknown", gender="unknown")
    client_of(ploeg, home_postcode="abroad", education=None)
    period_of(client_of(ploeg, 'Jan; "Jef" Peeters'), ploeg, days(10), days(50), "60", "unknown", "unknown")


def export(account, path=None):
    content = Export.of(account.organisation.id, "csv", by=account).csv()
    if path:
        path.write_bytes(content)
    return content


def cells(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def register_of(organisation):
    """Return everything that is to come back: the organisation, each client with its name, answers and periods."""
    return (organisation.name, organisation.province, organisation.email), [
        (client.number, client.old_number, client.name, client.answers(), client.incomplete, client.active_until,
         sorted((period.start_date, period.end_date, period.hours, period.closing_reason, period.outlook)
                for period in Period.of(client)))
        for client in Client.of(organisation).order_by(Client.number)]


# The contents


def test_a_row_is_a_period_with_the_clients_answers_and_name(register, ploeg):
    filled(ploeg)
    rows = cells(export(ploeg.account))
    assert [(one["Nummer"], one["Naam"], one["Aantal uren"]) for one in rows] == [
        ("1", "Rosa Vermeulen", "15,25"), ("1", "Rosa Vermeulen", "12,5"), ("2", "", ""), ("3", "", ""),
        ("4", 'Jan; "Jef" Peeters', "60")]
    assert rows[0]["Geboortedatum"] == "14/07/1985"
    assert rows[0]["Startdatum"] == f"{days(-900):%d/%m/%Y}"
    assert (rows[2]["Geboortedatum"], rows[2]["Postcode woonplaats"], rows[2]["Postcode werkplaats"]) == (
        "Onbekend", "Geen vaste woonplaats", "Onbekend")
    assert rows[3]["Onderwijsniveau"] == ""
    assert {one["Organisatie"] for one in rows} == {"De Ploeg"}


def test_an_export_has_only_the_organisations_own_register(cast):
    client_of(cast.outsider, "Iemand Anders")
    filled(cast.ploeg)
    assert "Iemand Anders" not in export(cast.ploeg.account).decode()
    assert [one["Naam"] for one in cells(export(cast.outsider.account))] == ["Iemand Anders"]


def test_excel_in_dutch_opens_the_csv_correctly(register, ploeg):
    filled(ploeg)
    content = export(ploeg.account)
    assert content.startswith(b"\xef\xbb\xbfNummer;Oud volgnummer;Naam;Geboortedatum;")
    assert content.count(b"\r\n") == content.count(b"\n") == 6


def test_the_spreadsheet_has_real_dates_and_numbers_and_no_formula(register, ploeg):
    filled(ploeg)
    client_of(ploeg, "=1+1")
    book = openpyxl.load_workbook(io.BytesIO(Export.of(ploeg.organisation.id, "xlsx", by=ploeg.account).xlsx()))
    sheet = book.active
    heading, first, *_ = sheet.iter_rows(values_only=True)
    assert list(heading) == HEADINGS
    row = dict(zip(heading, first, strict=True))
    assert (row["Nummer"], row["Aantal uren"], row["Postcode woonplaats"]) == (1, 15.25, "9000")
    assert row["Geboortedatum"] == datetime.datetime(1985, 7, 14)  # noqa: DTZ001
    assert row["Startdatum"].date() == days(-900)
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)
    assert sheet.cell(7, 3).value == "'=1+1"
    assert sheet.freeze_panes == "D2"


def test_no_cell_begins_like_a_formula(run, ploeg):
    for text in DANGEROUS:
        client_of(ploeg, text)
    run(*[row(old_number=text) for text in DANGEROUS])
    rows = list(csv.reader(io.StringIO(export(ploeg.account).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 1 + 2 * len(DANGEROUS)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in rows for cell in line)


def test_unreadable_names_refuse_the_export_instead_of_leaving_it_without_names(register, ploeg):
    client_of(ploeg, "Rosa Vermeulen")
    names.use(None)
    with pytest.raises(Refused, match="names_unreadable"):
        export(ploeg.account)
    assert AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.REGISTER_EXPORTED).count() == 0


def test_an_export_is_audited_without_names(register, ploeg):
    filled(ploeg)
    export(ploeg.account)
    entry = AuditEntry.get(AuditEntry.event == ArbeidszorgEvent.REGISTER_EXPORTED)
    assert (entry.account_id, entry.tenant_id, entry.details) == (
        ploeg.account.id, ploeg.organisation.id, {"format": "csv", "rows": 5})


# And back again


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_empty_installation_gets_the_same_register_numbers_and_names_included(
        run, cast, tmp_path, start_anew, file_format):
    ploeg = cast.ploeg
    client_of(cast.outsider)
    filled(ploeg)
    for text in DANGEROUS:
        client_of(ploeg, text)
    run(row(), row(old_number="=2", gender=""))
    before = register_of(ploeg.organisation)
    path = tmp_path / f"loket.{file_format}"
    exported = Export.of(ploeg.organisation.id, file_format, by=ploeg.account)
    path.write_bytes(getattr(exported, file_format)())
    start_anew()
    result = run(path=path)
    organisation = Organisation.get()
    assert (result.refused, result.renumbered, result.organisations) == (0, 0, 1)
    assert register_of(organisation) == before
    assert before[1][0][0] == 2
    assert Export.of(organisation.id, "csv", by=None) == exported
    last = before[1][-1][0]
    assert client_of(SimpleNamespace(organisation=organisation, account=None)).number == last + 1


def test_the_same_export_adds_nothing_where_it_was_made_or_imported(run, ploeg, tmp_path, start_anew):
    filled(ploeg)
    run(row())
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    here = run(path=path)
    start_anew()
    run(path=path)
    there = run(path=path)
    for result in (here, there):
        assert (result.known, result.clients, result.periods, result.refused, result.renumbered) == (6, 0, 0, 0, 0)


def test_another_installation_gives_new_numbers_and_reports_the_pairs(run, cast, tmp_path, start_anew):
    filled(cast.ploeg)
    before = register_of(cast.ploeg.organisation)
    path = tmp_path / "loket.csv"
    export(cast.ploeg.account, path)
    start_anew()
    run(row(organisation="Het Atelier"), row())
    result = run(path=path)
    assert (result.clients, result.organisations, result.refused, result.renumbered) == (4, 0, 0, 4)
    organisation = Organisation.get(Organisation.name == "De Ploeg")
    there = register_of(organisation)[1]
    assert [client[2:] for client in there[1:]] == [client[2:] for client in before[1]]
    assert [client[0] for client in there] == [2, 3, 4, 5, 6]
    pairs = tmp_path / "loket.nummers.csv"
    expected = [["De Ploeg", str(old), str(old + 2)] for old in range(1, 5)]
    assert list(csv.reader(pairs.read_text("utf-8-sig").splitlines(), delimiter=";"))[1:] == expected
    again = run(path=path)
    assert (again.known, again.clients, again.periods, again.renumbered) == (5, 0, 0, 4)
    assert list(csv.reader(pairs.read_text("utf-8-sig").splitlines(), delimiter=";"))[1:] == expected


def test_a_number_that_was_given_before_is_never_given_again(run, ploeg, tmp_path, start_anew):
    filled(ploeg)
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    start_anew()
    run(row())
    for client in Client.select():
        deleted(client)
    run(path=path)
    assert min(client.number for client in Client.select()) == 2


def test_a_retired_option_is_imported_again(run, ploeg, tmp_path, start_anew, monkeypatch):
    filled(ploeg)
    asked = questionnaire.current()
    retired = tuple(replace(one, options=tuple(replace(option, retired=True) for option in one.options))
                    for one in asked.questions)
    questionnaire.use(replace(asked, questions=retired))
    try:
        path = tmp_path / "loket.csv"
        export(ploeg.account, path)
        start_anew()
        assert run(path=path).refused == 0
    finally:
        questionnaire.use(asked)


@pytest.mark.parametrize(("column", "value", "shown"), [
    ("Naam", "85.07.30-033.28", ""),
    ("Naam", "x" * 61, ""),
    ("Geslacht", "Rosa Vermeulen", ""),
    ("Nummer", "0", "0"),
    ("Nummer", "Rosa", ""),
    (HEADINGS[-1], "", ""),
    ("Postcode woonplaats", "99", "99"),
])
def test_a_refused_row_of_an_export_repeats_no_name(run, ploeg, tmp_path, start_anew, column, value, shown):
    client_of(ploeg, "Rosa Vermeulen")
    client_of(ploeg, "Jan Peeters")
    first, second = cells(export(ploeg.account))
    path = tmp_path / "loket.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, delimiter=";")
        writer.writeheader()
        writer.writerows([first | {column: value}, second])
    start_anew()
    result = run(path=path)
    assert places(result) == [(2, column, shown)]
    assert "Rosa" not in (tmp_path / "loket.geweigerd.csv").read_text("utf-8")
    assert [client.name for client in Client.select()] == ["Jan Peeters"]


def test_an_export_that_contradicts_the_register_is_refused_row_by_row(run, ploeg, tmp_path):
    rosa = client_of(ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    rosa.change({}, "Roza Vermeulen", rosa.version, by=ploeg.account)
    assert places(run(path=path)) == [(2, "Naam", "")]
    assert Client.get().name == "Roza Vermeulen"


def test_a_number_of_two_clients_in_a_file_is_refused_for_the_second(run, ploeg, tmp_path, start_anew):
    for _ in range(2):
        client_of(ploeg)
    path = tmp_path / "loket.csv"
    path.write_bytes(export(ploeg.account).replace(b"\r\n2;", b"\r\n1;"))
    start_anew()
    assert places(run(path=path)) == [(3, "Nummer", "1")]


def test_a_pair_is_reported_once_though_its_rows_are_read_in_two_batches(run, ploeg, tmp_path, start_anew, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    filled(ploeg)
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    start_anew()
    run(row())
    assert run(path=path).renumbered == 4


def test_a_name_that_cannot_be_compared_stops_the_import(run, ploeg, tmp_path):
    client_of(ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    names.use(None)
    with pytest.raises(Refused, match="names_key"):
        run(path=path)


def test_names_are_not_imported_without_their_key(run, ploeg, tmp_path, start_anew):
    client_of(ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    export(ploeg.account, path)
    start_anew()
    names.use(None)
    with pytest.raises(Refused, match="names_key"):
        run(path=path)
    assert Client.select().count() == 0
