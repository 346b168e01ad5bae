"""The import of the old register: every accepted row once, a line for each refused row; or nothing at all."""
import json
from decimal import Decimal

import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.register_file.columns import FIRST_QUESTIONS
from models.arbeidszorg.transfer.staging import batches
from models.audit import AuditEntry
from models.errors import Refused
from models.organisations import Organisation
from tests import old_register
from tests.factories import client_of, missing
from tests.old_register import NO_PERIOD, OPEN, counts, places, row, write

pytestmark = pytest.mark.usefixtures("register")


# The real files


def test_the_old_register_comes_over_whole_and_a_second_time_adds_nothing(run, shipped):
    path = old_register.real("oud_register.csv")
    result = run(path=path)
    assert counts() == (180, 20_000, 25_291, 9_644)
    assert (result.rows, result.organisations, result.clients, result.periods, result.open_periods, result.refused) == (
        25_698, 180, 20_000, 25_291, 9_644, 0)
    assert Answer.select().where(Answer.question.in_(list(FIRST_QUESTIONS))).count() == 20_000 * 12
    assert Client.select().where(Client.birth_date.is_null(), ~Client.birth_date_unknown).count() == 0
    assert Client.select().where(Client.home_postcode.is_null() | Client.work_postcode.is_null()).count() == 0
    asks_more = len(shipped.of_client) > len(FIRST_QUESTIONS)
    assert Client.select().where(Client.incomplete).count() == (20_000 if asks_more else 0)
    again = run(path=path)
    assert (again.known, again.clients, again.periods, again.refused) == (25_698, 0, 0, 0)
    assert counts() == (180, 20_000, 25_291, 9_644)


# The faults of the file, each with the column and a part of the reason of its refusal.
FAULTS = {
    "date 31/02/1980 as Geboortedatum": ("Geboortedatum", "bestaat niet"),
    "two-digit year in Startdatum": ("Startdatum", "vier cijfers"),
    "Einddatum before Startdatum": ("Einddatum", "vóór de startdatum"),
    "unknown Geslacht": ("Geslacht", "niet in de vragenlijst"),
    "postcode 99": ("Postcode woonplaats", "geen postcode"),
    "hours -4": ("Aantal uren", "hoogstens 60"),
    "hours 200": ("Aantal uren", "hoogstens 60"),
    "unknown Hoofdproblematiek": ("Hoofdproblematiek", "niet in de vragenlijst"),
    "empty Volgnummer": ("Volgnummer", "ingevuld"),
    "empty Organisatie": ("Organisatie", "ingevuld"),
    "overlapping period of the same client": ("Startdatum", "overlapt"),
    "second open period of the same client": ("Einddatum", "al een periode zonder einddatum"),
    "same client with another birth date": ("Geboortedatum", "al een ander antwoord"),
    "start before birth": ("Startdatum", "vóór de geboortedatum (01/01/2030)"),
    "unknown Provincie": ("Provincie", "provincie bestaat niet"),
    "hours 'twaalf'": ("Aantal uren", "geen aantal uren"),
}


@pytest.mark.parametrize("size", [1000, 7])
@pytest.mark.usefixtures("shipped")
def test_each_fault_is_refused_for_its_own_reason_and_nothing_else(run, monkeypatch, size):
    monkeypatch.setattr(importing, "BATCH", size)
    expected = json.loads(old_register.real("oud_register_met_fouten.json").read_text())
    result = run(path=old_register.real("oud_register_met_fouten.csv"))
    found = {refusal.line: refusal for refusal in result.refusals}
    assert sorted(found) == sorted(fault["line"] for fault in expected["sown"])
    for fault in expected["sown"]:
        column, piece = FAULTS[fault["fault"]]
        assert found[fault["line"]].column == column
        assert piece in found[fault["line"]].reason
    after = expected["after_import"]
    assert counts()[1:] == (after["clients"], after["periods"], after["open_periods"])


# Rows that are accepted


def test_a_row_becomes_an_organisation_a_client_and_a_period(run):
    result = run(row())
    organisation = Organisation.get()
    client = Client.get()
    period = Period.get()
    assert (organisation.name, organisation.province, organisation.email) == (
        "De Ploeg", "oost-vlaanderen", "ploeg@voorbeeld.be")
    assert Account.of(organisation).count() == 0
    assert (client.number, client.old_number, client.organisation_id) == (1, "1", organisation.id)
    assert not client.incomplete
    assert client.name is None
    assert client.answers()["gender"] == "female"
    assert f"{client.answers()['birth_date']:%d/%m/%Y}" == "14/07/1985"
    assert (period.hours, period.closing_reason, period.outlook) == (Decimal("12.5"), "move", "same")
    assert client.active_until == period.end_date
    assert (result.organisations, result.clients, result.periods, result.open_periods) == (1, 1, 1, 0)


def test_unknown_is_an_answer_and_an_empty_cell_is_not(run):
    run(row(birth_date="Onbekend", home_postcode="Geen vaste woonplaats", work_postcode="Onbekend"),
        row(old_number="2", gender="", home_postcode=""))
    first, second = Client.select().order_by(Client.number)
    assert first.answers()["birth_date"] == "unknown"
    assert first.answers()["home_postcode"] == "none"
    assert not first.incomplete
    assert missing(second) == ["gender", "home_postcode"]
    assert second.incomplete


def test_a_client_is_recognised_by_province_organisation_and_old_number(run):
    run(row(), row(organisation="Het Atelier"), row(province="Limburg"), row(old_number="1b"))
    assert counts()[:3] == (3, 4, 4)
    assert [client.old_number_rank for client in Client.select().order_by(Client.number)] == [0, 0, 0, 1]


@pytest.mark.parametrize("province", ["oost-vlaanderen", "OOST-VLAANDEREN", "Oost-vlaanderen"])
def test_a_province_is_understood_in_any_capitals(run, province):
    assert (run(row(province=province)).refused, Organisation.get().province) == (0, "oost-vlaanderen")


def test_a_client_without_a_period_is_one_row_with_empty_period_columns(run):
    run(row(**NO_PERIOD))
    assert counts() == (1, 1, 0, 0)


def test_rows_of_a_client_may_be_far_apart(run, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    others = [row(old_number=str(number)) for number in range(2, 9)]
    result = run(row(), *others, row(start_date="01/09/2021", **OPEN))
    assert (result.clients, result.periods, result.open_periods, result.refused) == (8, 9, 1, 0)
    assert Period.of(Client.get(Client.old_number == "1")).count() == 2


def test_an_answer_missing_from_one_row_is_taken_from_another(run):
    result = run(row(gender="", **NO_PERIOD), row(birth_date="", start_date="01/01/2021", **OPEN))
    assert result.refused == 0
    assert missing(Client.get()) == []
    assert not Client.get().incomplete


def test_a_later_file_completes_a_client(run):
    run(row(gender="", home_postcode=""))
    assert Client.get().incomplete
    result = run(row())
    assert (result.completed, result.clients, result.refused) == (1, 0, 0)
    assert missing(Client.get()) == []
    assert (Client.get().incomplete, Client.get().version) == (False, 2)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_three_encodings_are_read(run, tmp_path, encoding):
    run(path=write(tmp_path, row(organisation="Café de Oriënt – één"), encoding=encoding))
    assert Organisation.get().name == "Café de Oriënt – één"


def test_a_quoted_cell_may_hold_delimiters_and_quotes(run):
    run(row(organisation='"De ""Ploeg""; Gent"'))
    assert Organisation.get().name == 'De "Ploeg"; Gent'


def test_a_quoted_cell_may_run_over_lines_and_the_lines_are_still_counted(run):
    result = run(row(organisation='"De\r\nPloeg"'), row(old_number="2", gender="Q"))
    assert Organisation.get().name == "De Ploeg"
    assert places(result) == [(4, "Geslacht", "Q")]


def test_an_organisation_in_the_register_keeps_its_mail_address(run, ploeg):
    result = run(row(email="anders@voorbeeld.be"))
    assert Organisation.get_by_id(ploeg.organisation.id).email == "ploeg@voorbeeld.be"
    assert (result.organisations, result.other_emails) == (0, ["De Ploeg"])
    assert "De Ploeg" in result.lines()[-1]


# One transaction


def test_a_file_of_which_nearly_all_rows_are_refused_is_refused_whole(run):
    nonsense = [row(old_number=str(number), gender="?") for number in range(2, 1200)]
    with pytest.raises(Refused, match="file_nonsense"):
        run(row(), *nonsense)
    assert counts() == (0, 0, 0, 0)


def test_a_dry_run_reports_the_same_and_leaves_nothing_behind(run):
    rows = row(), row(old_number="2", gender="Q"), row(organisation="Het Atelier")
    dry = run(*rows, dry_run=True)
    assert counts() == (0, 0, 0, 0)
    assert AuditEntry.select().count() == 0
    real = run(*rows)
    assert dry.counts() | {"dry_run": False} == real.counts() | {"dry_run": False}
    assert places(dry) == places(real)
    assert [client.number for client in Client.select().order_by(Client.number)] == [1, 2]


def test_a_fault_rolls_the_whole_import_back(run, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    broken = iter([False, False, True])
    write_batch = batches.Batch.write

    def write_until_broken(batch, asked):
        if next(broken):
            raise OSError("the disk is full")
        write_batch(batch, asked)

    monkeypatch.setattr(batches.Batch, "write", write_until_broken)
    with pytest.raises(OSError, match="disk"):
        run(row(), row(old_number="2"), row(old_number="3"))
    assert counts() == (0, 0, 0, 0)
    assert AuditEntry.select().count() == 0


def test_the_numbers_go_on_in_one_series_after_an_import(run, ploeg):
    run(row(), row(old_number="2"))
    assert client_of(ploeg).number == 3
    run(row(old_number="3"))
    assert client_of(ploeg).number == 5


def test_an_import_is_audited_as_the_operators_with_counts(run):
    run(row(), row(old_number="2", gender="Q"))
    entry = AuditEntry.get(AuditEntry.event == ArbeidszorgEvent.REGISTER_IMPORTED)
    assert entry.actor == "operator"
    assert (entry.details["clients"], entry.details["refused"]) == (1, 1)
    assert "Q" not in entry.detail


def test_progress_is_reported_in_bytes(run, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    reported = []
    path = write(tmp_path, *[row(old_number=str(number)) for number in range(5)])
    run(path=path, progress=reported.append)
    assert reported == sorted(reported)
    assert reported[-1] == path.stat().st_size


