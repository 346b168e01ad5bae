"""Taking an import back: the register is row by row as it was before, or nothing is taken back."""
import contextlib
import json
import os
from decimal import Decimal
from pathlib import Path

import peewee
import pytest

from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.undoing import RegisterImport, undo
from models.audit import AuditEntry
from models.database import database, now, transaction
from models.errors import Refused, Stale
from tests.factories import client_of, days, deleted, period_of
from tests.models.arbeidszorg.transfer.lists import table, take
from tests.models.arbeidszorg.transfer.own_file import export
from tests.models.arbeidszorg.transfer.staging.registers import NEXT, register_rows
from tests.old_register import NO_PERIOD, counts, row
from tests.tables import rows_of


def test_the_first_import_of_a_register_is_taken_back(run):
    before = register_rows()
    result = run(row(), row(old_number="2", **NEXT), row(organisation="Het Atelier"))
    assert counts() == (2, 3, 3, 1)
    undo(result.import_id)
    assert register_rows() == before
    assert counts() == (0, 0, 0, 0)


@pytest.mark.usefixtures("lived")
def test_additions_to_clients_are_taken_back_row_by_row(run):
    before = register_rows()
    result = run(row(**NO_PERIOD, income=""), row(income="", **NEXT), row(old_number="2", hours="8"),
                 row(old_number="4"), row(organisation="De Nieuwe"),
                 row(old_number="3", start_date="01/01/2015", end_date="01/02/2015"))
    assert (result.completed, result.clients, result.refused) == (1, 2, 1)
    undo(result.import_id)
    assert register_rows() == before


def test_names_earlier_answers_and_hours_of_an_own_file_are_taken_back(run, ploeg, tmp_path, start_anew):
    client = client_of(ploeg, "Rosa Vermeulen", income="living-wage")
    period_of(client, ploeg, days(-400)).change(Decimal(8), days(-400), None, None, None, 1, None, days(-30))
    client.change({"income": "pension"}, None, client.version)
    path = tmp_path / "loket.csv"
    export(ploeg, path)
    start_anew()
    before = register_rows()
    result = run(path=path)
    assert Client.get().name == "Rosa Vermeulen"
    undo(result.import_id)
    assert register_rows() == before
    assert rows_of("name_key") == []


def test_a_name_that_completed_a_client_is_taken_back(run, ploeg, tmp_path):
    client = client_of(ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    export(ploeg, path)
    client.change({}, "", client.version)
    before = register_rows()
    result = run(path=path)
    assert Client.get().name == "Rosa Vermeulen"
    undo(result.import_id)
    assert register_rows() == before


def test_a_form_that_was_opened_before_an_undo_does_not_save_over_a_later_change(run):
    run(row(gender=""))
    result = run(row())
    opened = Client.get()
    undo(result.import_id)
    Client.get().change({"gender": "male"}, "Roos", Client.get().version)
    with pytest.raises(Stale):
        opened.change({"gender": "female"}, None, opened.version)
    assert Client.get().name == "Roos"


def test_the_numbers_of_an_import_are_not_given_again(run, ploeg):
    result = run(row(), row(old_number="2"))
    undo(result.import_id)
    assert client_of(ploeg).number == 3
    with pytest.raises(peewee.IntegrityError, match="client_number_given"), transaction():
        database.execute_sql(
            "INSERT INTO client (number, organisation_id, old_number_rank, old_number_key, created_at, changed_at)"
            " VALUES (2, 1, 2, '', '2026-01-01 00:00:00', '2026-01-01 00:00:00')")


def test_taking_back_is_recorded_with_the_number_of_the_import(run):
    undo(run(row()).import_id)
    entry = AuditEntry.get(AuditEntry.event == ArbeidszorgEvent.REGISTER_IMPORT_UNDONE)
    assert (entry.actor, entry.details) == ("operator", {"register_import": 1})


def test_the_same_file_can_be_imported_again(run):
    undo(run(row()).import_id)
    result = run(row())
    assert (result.clients, result.organisations) == (1, 1)
    assert [client.number for client in Client.select()] == [2]


# By whom, and until when


def test_an_organisation_takes_back_its_own_import_only(run, cast):
    mine = take(cast.ploeg, table({"old_number": "1"}))
    operators = run(row(old_number="2"))
    for import_id, login in ((mine.import_id, cast.outsider), (operators.import_id, cast.ploeg), (99, cast.ploeg)):
        with pytest.raises(Refused, match="import_gone"):
            undo(import_id, login.account, login.organisation.id)
    undo(mine.import_id, cast.ploeg.account, cast.ploeg.organisation.id)
    assert [client.old_number for client in Client.select()] == ["2"]
    entry = AuditEntry.get(AuditEntry.event == ArbeidszorgEvent.REGISTER_IMPORT_UNDONE)
    assert (entry.tenant_id, entry.account_id) == (cast.ploeg.organisation.id, cast.ploeg.account.id)


def test_an_import_is_taken_back_once(run):
    result = run(row())
    undo(result.import_id)
    with pytest.raises(Refused, match="import_undone"):
        undo(result.import_id)


def test_after_thirty_days_it_is_too_late(run):
    result = run(row())
    RegisterImport.update(imported_at=now() - KEPT).execute()
    with pytest.raises(Refused, match="import_late"):
        undo(result.import_id)
    assert counts() == (1, 1, 1, 0)


def test_a_taken_back_import_cannot_be_changed_or_removed(run):
    undo(run(row()).import_id)
    for statement in ("UPDATE register_import SET undone_at = NULL, lost = NULL", "DELETE FROM register_import"):
        with pytest.raises(peewee.IntegrityError, match="register_import_is_kept"), transaction():
            database.execute_sql(statement)


def test_a_client_of_another_import_cannot_be_deleted_outside_the_trash(run):
    undo(run(row()).import_id)
    run(row())
    with pytest.raises(peewee.IntegrityError, match="unrecorded"), transaction():
        database.execute_sql("DELETE FROM period")


@pytest.mark.usefixtures("lived")
def test_the_ledger_keeps_nothing_of_a_client_after_taking_back(run):
    result = run(row(old_number="1", income="", **NEXT), row(organisation="De Nieuwe"))
    assert json.loads(rows_of("import_addition")[0]["added"])["periods"] == ["2021-07-01"]
    assert len(rows_of("import_organisation")) == 1
    undo(result.import_id)
    assert rows_of("import_organisation") == []
    assert rows_of("import_addition") == []


def test_a_fault_halfway_takes_nothing_back(run, monkeypatch):
    result = run(row())
    before = register_rows()
    monkeypatch.setattr(AuditEntry, "insert", lambda *_, **__: 1 / 0)
    with contextlib.suppress(ZeroDivisionError):
        undo(result.import_id)
    assert register_rows() == before


# Nothing remains


def test_a_purge_empties_the_ledger_of_an_import_that_can_no_longer_be_taken_back(run, lived, tmp_path):
    old = run(row(income="", **NEXT), row(organisation="De Nieuwe"))
    young = run(row(old_number="2", start_date="01/07/2021", end_date="01/08/2021"))
    RegisterImport.update(imported_at=now() - KEPT).where(RegisterImport.id <= old.import_id).execute()
    assert purge(tmp_path / "purged.csv").imports == 2
    assert [one["import_id"] for one in rows_of("import_addition")] == [young.import_id]
    assert rows_of("import_organisation") == []
    assert RegisterImport.get_by_id(young.import_id).purged_at is None
    assert purge(tmp_path / "purged.csv").imports == 0
    assert lived.organisation.name == "De Ploeg"


def test_a_purged_client_leaves_the_ledger_at_once(run, lived, tmp_path):
    run(row(income="", **NEXT), row(old_number="2", **NEXT))
    assert [one["client_number"] for one in rows_of("import_addition")] == [1]
    deletion = deleted(Client.get_by_id(1))
    Deletion.update(deleted_at=deletion.deleted_at - KEPT).where(Deletion.id == deletion.id).execute()
    purge(tmp_path / "purged.csv")
    assert rows_of("import_addition") == []
    assert lived.organisation.name == "De Ploeg"


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looks into the files of SQLite")
def test_the_raw_files_hold_nothing_of_a_taken_back_import(run):
    result = run(row(old_number="kanarie-77", birth_date="11/07/1977"), row(organisation="Volière"))
    folder = Path(database.database).parent
    assert any(b"kanarie-77" in file.read_bytes() for file in folder.glob("*.db*"))
    undo(result.import_id)
    for file in folder.glob("*.db*"):
        for piece in ("kanarie-77", "1977-07-11", "Volière"):
            assert piece.encode() not in file.read_bytes(), file
