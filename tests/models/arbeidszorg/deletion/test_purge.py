"""Clients deleted more than 30 days ago are purged, and a restored backup does not bring them back."""
import datetime
import shutil
import sqlite3

import pytest

from models import names
from models.arbeidszorg.deletion import purge as purging
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.purged_file import PurgedFile
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from models.database import connect, database, now
from models.upkeep.purged_lines import Register
from tests.factories import NAMES_KEY, client_of, deleted, period_of
from tests.hall import refusal
from tests.tables import contents, rows_of

on_sqlite = pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="PostgreSQL's files are its own")
REMARK = "Staat er al als kwikstaart"
OLD_NUMBER = "OUD-4711-XYZ"
BORN = datetime.date(1937, 11, 23)
LATER = KEPT + datetime.timedelta(hours=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "purged.csv"


@pytest.fixture
def client(ploeg):
    """A client that can be recognised in raw bytes."""
    client = client_of(ploeg, "Roos Peeters", birth_date=BORN)
    Client.update(old_number=OLD_NUMBER, old_number_rank=1, old_number_key=OLD_NUMBER.lower()).where(
        Client.number == client.number).execute()
    client = client.change({"income": "pension"}, None, 1, by=ploeg.account)
    period_of(client, ploeg, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30))
    return Client.get_by_id(client.number)


def aged():
    """Let everything in the trash have been deleted 30 days earlier."""
    for deletion in Deletion.select().where(Deletion.kept_rows.is_null(False)):
        Deletion.update(deleted_at=deletion.deleted_at - LATER).where(Deletion.id == deletion.id).execute()


def asked_and_deleted(client, ploeg, cast):
    refused = DeletionRequest.ask(client, "other", REMARK, ploeg.account)
    refused.refuse(f"{REMARK}?", cast.administrator)
    request = DeletionRequest.ask(client, "double", REMARK, ploeg.account)
    return Deletion.make(client, "double", cast.administrator, request)


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def test_a_purge_leaves_number_organisation_dates_and_reason(client, ploeg, cast, path):
    asked_and_deleted(client, ploeg, cast)
    young = deleted(client_of(ploeg))
    assert purge(path).purged == 0
    Deletion.update(deleted_at=now() - KEPT).where(Deletion.client_number == client.number).execute()
    done = purge(path)
    assert (done.purged, done.repeated, done.emptied) == (1, 0, True)
    [row, other] = sorted(rows_of("deletion"), key=lambda row: row["id"])
    assert (row["client_number"], row["organisation_id"], row["reason"], row["first_year"], row["last_year"]) == (
        client.number, ploeg.organisation.id, "double", 2019, 2021)
    assert row["kept_rows"] is None
    assert row["purged_at"] is not None
    assert other["kept_rows"] is not None
    assert {(one["remark"], one["answer"]) for one in rows_of("deletion_request")} == {("", "–"), ("", "")}
    entry = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_PURGED).get()
    assert (entry.actor, entry.subject, entry.tenant_id) == (
        "operator", str(client.number), ploeg.organisation.id)
    assert refusal(Deletion.get(Deletion.client_number == client.number).restore) == "restore_late"
    young.restore()


def test_each_purge_is_listed_once_outside_the_database(client, ploeg, cast, path):
    deletion = asked_and_deleted(client, ploeg, cast)
    purge(path)
    assert lines(path) == []
    aged()
    purge(path)
    kept = Deletion.get_by_id(deletion.id)
    [line] = lines(path)
    assert line == (f"{Register.get().id};{client.number};{ploeg.organisation.id};{client.created_at};2019;2021;double;"
                    f"{kept.deleted_at};{kept.purged_at}")
    before = contents()
    assert (purge(path).purged, purge(path).repeated) == (0, 0)
    assert contents() == before
    assert lines(path) == [line]


def test_nothing_is_purged_if_the_list_cannot_be_written(client, ploeg, cast, tmp_path):
    asked_and_deleted(client, ploeg, cast)
    aged()
    before = contents()
    for wrong in (tmp_path, tmp_path / "none" / "purged.csv"):
        with pytest.raises(OSError):
            purge(wrong)
    assert contents() == before


def test_a_lost_list_is_written_again(client, ploeg, cast, path):
    asked_and_deleted(client, ploeg, cast)
    aged()
    purge(path)
    before = path.read_bytes()
    path.unlink()
    purge(path)
    assert path.read_bytes() == before


def test_a_restored_client_is_not_purged(client, ploeg, cast, path, clock):
    asked_and_deleted(client, ploeg, cast).restore()
    clock(now() + LATER)
    assert purge(path).purged == 0
    assert Client.select().count() == 1


def test_the_next_purge_completes_one_that_was_cut_off(client, ploeg, cast, path, monkeypatch):
    asked_and_deleted(client, ploeg, cast)
    aged()
    before = contents()
    with monkeypatch.context() as patch:
        patch.setattr(purging, "_empty", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            purge(path)
    assert contents() == before
    written = lines(path)
    assert len(written) == 1
    assert purge(path).purged == 1
    assert lines(path) == written
    assert Deletion.get().purged_at is not None


# A backup that is put back


@pytest.fixture
def backup(database_url, tmp_path):
    """`keep()` makes a backup; `put_back()` goes on with it."""
    path = database_url.removeprefix("sqlite:///")
    copy = tmp_path / "backup.db"

    class Backup:
        def keep(self):
            with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
                source.backup(target)
            source.close()
            target.close()

        def put_back(self):
            database.close()
            for end in ("-wal", "-shm"):
                (tmp_path / f"register.db{end}").unlink(missing_ok=True)
            shutil.copy(copy, path)
            connect(database_url)
            names.use(NAMES_KEY)

    return Backup()


@on_sqlite
@pytest.mark.parametrize("when", ["live", "asked", "restored before", "in the trash"])
def test_a_restored_backup_is_purged_again(client, ploeg, cast, path, backup, when):
    if when == "restored before":
        deleted(client).restore()
    if when == "live":
        backup.keep()
    request = DeletionRequest.ask(client, "double", REMARK, ploeg.account)
    if when in ("asked", "restored before"):
        backup.keep()
    Deletion.make(client, "double", cast.administrator, request)
    if when == "in the trash":
        backup.keep()
    other = client_of(ploeg)
    aged()
    purge(path)
    gone = Deletion.get(Deletion.client_number == client.number, Deletion.restored_at.is_null())
    deleted(other)
    aged()
    purge(path)
    written = lines(path)

    backup.put_back()
    assert Client.select().where(Client.number == client.number).count() == (when != "in the trash")
    done = purge(path)
    assert (done.purged, done.repeated) == (0, 1)
    assert [Client.select().count(), rows_of("answer"), rows_of("past_answer"), rows_of("period")] == [0, [], [], []]
    again = Deletion.get(Deletion.client_number == client.number, Deletion.restored_at.is_null())
    for field in ("registered_at", "first_year", "last_year", "reason", "purged_at", "kept_rows"):
        assert getattr(again, field) == getattr(gone, field), field
    assert when == "in the trash" or again.deleted_at == gone.deleted_at
    assert not [row for row in rows_of("deletion_request") if row["remark"] or row["status"] == "pending"]
    last = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_PURGED).get()
    assert (last.subject, last.details) == (str(client.number), {"repeated": True})
    assert (purge(path).repeated, lines(path)) == (0, written)
    # Also the numbers that were given after the backup are not given again.
    assert client_of(ploeg).number == other.number + 1


def test_a_listed_client_that_is_not_deleted_is_purged(client, ploeg, path):
    """The rows that a backup would bring back, on PostgreSQL too."""
    DeletionRequest.ask(client, "other", REMARK, ploeg.account)
    entry = purging._entry(Register.get().id, Deletion(
        client_number=client.number, organisation_id=1, registered_at=client.created_at, reason="double",
        deleted_at=now()), now())
    trashed = client_of(ploeg)
    deletion = deleted(trashed)
    with PurgedFile(path).open() as file:
        file.append([entry, entry, entry._replace(number=trashed.number, registered_at=deletion.registered_at)])
    assert purge(path).repeated == 2
    for table in ("client", "answer", "past_answer", "period"):
        assert rows_of(table) == []
    assert {(row["client_number"], row["kept_rows"]) for row in rows_of("deletion")} == {
        (client.number, None), (trashed.number, None)}
    [request] = rows_of("deletion_request")
    assert (request["status"], request["remark"]) == ("approved", "")
    assert purge(path).repeated == 0


@on_sqlite
def test_another_client_with_a_listed_number_is_not_purged(client, ploeg, path, backup):
    """After a backup from before the client was registered; where the list of purges was not at hand meanwhile."""
    deleted(client)
    aged()
    purge(path)
    Client.update(created_at=now() - datetime.timedelta(days=1)).execute()
    database.execute_sql("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'client'")
    database.execute_sql("DROP TRIGGER deletion_is_kept")
    database.execute_sql("DELETE FROM deletion")
    another = client_of(ploeg, "Ward Claes")
    Client.update(created_at=client.created_at + datetime.timedelta(seconds=1)).execute()
    assert another.number == client.number
    assert purge(path).repeated == 0
    deletion = deleted(Client.get())
    assert purge(path).repeated == 0
    deletion.restore()
    assert Client.get().name == "Ward Claes"


def test_the_list_of_another_register_is_ignored(client, ploeg, path):
    """A new installation with the folder of keys of an older one."""
    entry = purging._entry("f" * 32, Deletion(
        client_number=client.number, organisation_id=1, registered_at=client.created_at, reason="double",
        deleted_at=now()), now())
    with PurgedFile(path).open() as file:
        file.append([entry, entry._replace(number=800)])
    assert purge(path).repeated == 0
    assert Client.select().count() == 1
    assert client_of(ploeg).number == client.number + 1


def test_the_series_continues_after_every_purged_number(ploeg, path):
    """Also where no client was ever registered after the backup."""
    entry = purging._entry(Register.get().id, Deletion(
        client_number=41, organisation_id=1, registered_at=now(), reason="double", deleted_at=now()), now())
    with PurgedFile(path).open() as file:
        file.append([entry, entry._replace(number=7)])
    assert purge(path).repeated == 0
    assert client_of(ploeg).number == 42
    purge(path)
    assert client_of(ploeg).number == 43


def test_a_damaged_line_does_not_affect_the_others(client, ploeg, cast, path):
    path.write_text("kapot\n")
    asked_and_deleted(client, ploeg, cast)
    aged()
    done = purge(path)
    assert (done.purged, done.unreadable) == (1, (1,))
    assert len(lines(path)) == 2
