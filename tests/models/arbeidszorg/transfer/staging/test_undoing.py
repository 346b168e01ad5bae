"""Taking an import back: the register is row by row as it was before, or nothing is taken back."""
import contextlib
import datetime
import json
import os
from decimal import Decimal
from pathlib import Path

import peewee
import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.undoing import RegisterImport, undo
from models.audit import AuditEntry
from models.database import database, now, transaction
from models.errors import Refused
from models.organisations import Organisation
from tests.factories import client_of, days, deleted, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.models.arbeidszorg.transfer.lists import table, take
from tests.models.arbeidszorg.transfer.own_file import export
from tests.old_register import NO_PERIOD, OPEN, counts, row
from tests.tables import rows_of, tables

# The log stays, and refers to each tenant that there was; a data key may have sealed another name since.
STAYS = {"audit_entry", "tenant", "register_import", "name_key"}
NEXT = {"start_date": "01/07/2021", **OPEN}


def register_rows():
    """Each table → its rows, without those that stay."""
    return {table: sorted(map(repr, rows_of(table))) for table in tables() if table not in STAYS}


@pytest.fixture
def lived(run, cast):
    """De Ploeg with clients of an import, two of which were given more by hand."""
    run(row(gender="", home_postcode=""), row(old_number="2", birth_date=""), row(old_number="3"))
    period_of(Client.get_by_id(2), cast.ploeg, datetime.date(2022, 1, 1))
    client = Client.get_by_id(1)
    client.change({"income": "pension"}, "Roos", client.version)
    return cast.ploeg


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


# Changes since

CHANGES = {
    "an answer": lambda client, _: client.change({"income": "pension"}, None, client.version),
    "a name": lambda client, _: client.change({}, "Roos", client.version),
    "a period": lambda client, cast: period_of(client, cast.ploeg, days(-90)),
    "hours": lambda client, cast: Period.of(client).get().change(
        Decimal(20), datetime.date(2019, 6, 3), datetime.date(2020, 6, 30), "move", "same", 1, cast.ploeg.account,
        datetime.date(2020, 1, 1)),
    "a request": lambda client, cast: DeletionRequest.ask(client, "other", "", cast.ploeg.account),
    "a withdrawn period": lambda client, cast: Withdrawal.make(Period.of(client).get(), cast.ploeg.account),
    "a deletion": lambda client, _: Deletion.make(client, "other"),
    "a deletion that was restored": lambda client, _: Deletion.make(client, "other").restore(),
    "a merge": lambda client, cast: merged(client, client_of(cast.ploeg), cast.ploeg.account),
    "a merge into another": lambda client, cast: merged(client_of(cast.ploeg), client, cast.ploeg.account),
    "a move": lambda client, cast: ClientMove.propose(
        client.number, cast.outsider.organisation.id, "", cast.administrator),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_import_of_which_a_client_was_changed_is_not_taken_back(run, cast, change):
    result = run(row(), row(old_number="2"))
    CHANGES[change](Client.get_by_id(2), cast)
    before = register_rows()
    with pytest.raises(Refused) as refused:
        undo(result.import_id)
    assert refused.value.code == ArbeidszorgCode.IMPORT_CHANGED
    assert (refused.value.context["clients"], refused.value.context["numbers"]) == (1, "2")
    assert register_rows() == before
    assert RegisterImport.get().undone_at is None


def test_a_change_of_a_client_that_was_completed_keeps_the_import(run, lived):
    result = run(row(income="", **NEXT))
    client = Client.get_by_id(1)
    client.change({"income": "none"}, None, client.version)
    with pytest.raises(Refused, match="import_changed"):
        undo(result.import_id)
    assert lived.organisation.id == client.organisation_id


def test_another_client_may_be_changed(run, ploeg):
    other = client_of(ploeg)
    result = run(row())
    other.change({"income": "pension"}, "Roos", other.version)
    client_of(ploeg)
    undo(result.import_id)
    assert Client.select().count() == 2


@pytest.mark.parametrize("change", [
    lambda made: Account.invite(made, "nieuw@voorbeeld.be"),
    lambda made: made.change({"name": "De Brug", "sector": "other"}, 1),
    lambda made: Client.register(made, {}),
])
def test_an_import_of_which_an_organisation_was_changed_is_not_taken_back(run, change, mailing, monkeypatch):
    monkeypatch.setattr("models.arbeidszorg.register.clients.check_answers", lambda answers, *_: dict(answers))
    result = run(row())
    change(Organisation.get())
    with pytest.raises(Refused) as refused:
        undo(result.import_id)
    assert (refused.value.code, refused.value.context["organisations"]) == (ArbeidszorgCode.IMPORT_CHANGED, 1)
    assert counts()[1] >= 1


def test_looking_at_clients_changes_nothing(run, ploeg):
    result = run(row())
    AuditEntry.create(made_at=now(), event=ArbeidszorgEvent.CLIENT_VIEWED, actor="operator", subject="1",
                      tenant_id=ploeg.organisation.id)
    undo(result.import_id)
    assert Client.select().count() == 0


def test_a_later_import_of_the_same_clients_is_taken_back_first(run):
    first = run(row(gender=""))
    second = run(row(**NEXT))
    with pytest.raises(Refused) as refused:
        undo(first.import_id)
    assert (refused.value.code, refused.value.context["later"]) == (ArbeidszorgCode.IMPORT_LATER, second.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert counts() == (0, 0, 0, 0)


@pytest.mark.usefixtures("lived")
def test_a_later_import_that_completed_the_same_client_is_taken_back_first(run):
    first = run(row(income="", start_date="01/07/2021", end_date="01/08/2021"))
    second = run(row(income="", start_date="01/07/2022", end_date="01/08/2022"))
    with pytest.raises(Refused, match="import_later"):
        undo(first.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert Period.of(Client.get_by_id(1)).count() == 1


def test_a_later_import_into_an_organisation_of_the_first_is_taken_back_first(run):
    first, second = run(row()), run(row(old_number="2"))
    with pytest.raises(Refused, match="import_later"):
        undo(first.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert counts() == (0, 0, 0, 0)


def test_a_later_import_of_other_clients_stays(run, ploeg):
    first, second = run(row()), run(row(old_number="2"))
    undo(first.import_id)
    assert [client.old_number for client in Client.select()] == ["2"]
    assert RegisterImport.get_by_id(second.import_id).undone_at is None
    assert ploeg.organisation.name == "De Ploeg"


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
