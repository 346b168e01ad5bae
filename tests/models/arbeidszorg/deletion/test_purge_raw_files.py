"""Purged data are gone from the raw files on SQLite: database, write-ahead log and index (ASVS 14.2.7)."""
import sqlite3

import pytest

from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.trash import Deletion
from models.database import database
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.deletion.test_purge import (
    BORN,
    OLD_NUMBER,
    REMARK,
    aged,
    asked_and_deleted,
    client,
    on_sqlite,
    path,
)

__all__ = ["client", "path"]


def raw(database_url):
    """The bytes of the database file, its write-ahead log and its index."""
    path = database_url.removeprefix("sqlite:///")
    found = b""
    for end in ("", "-wal", "-shm"):
        with open(path + end, "rb") as file:
            found += file.read()
    return found


@on_sqlite
@pytest.mark.parametrize("checkpointed", [False, True])
def test_the_raw_files_hold_nothing_of_a_purged_client(client, ploeg, cast, path, database_url, checkpointed):
    """ASVS 14.2.7: among others, so that the tree of each table and index has branches."""
    sealed = bytes(client.sealed_name)
    traces = {"sealed name": sealed, "a piece of it": sealed[20:60],
              "birth date": BORN.isoformat().encode(), "old number": OLD_NUMBER.encode(),
              "its sort key": OLD_NUMBER.lower().encode(), "form key": f'"{client.form_key}"'.encode(),
              "remark": REMARK.encode()}

    def found():
        content = raw(database_url)
        return {what for what, trace in traces.items() if trace in content}

    for turn in range(120):
        other = client_of(ploeg, f"Cliënt {turn}")
        period_of(other, ploeg)
    asked = asked_and_deleted(client, ploeg, cast)
    if checkpointed:
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute_sql("VACUUM")
    assert found() == set(traces)
    for _ in range(30):
        client_of(ploeg, "Later")
    assert purge(path).purged == 0
    aged()
    assert purge(path).purged == 1
    assert found() == set()
    assert Deletion.get_by_id(asked.id).purged_at
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


@on_sqlite
def test_a_purge_reports_a_reader_in_the_way_and_the_next_one_empties_the_log(client, ploeg, cast, path, database_url,
                                                                      monkeypatch):
    monkeypatch.setattr("models.database.TRIES", 1)
    remark = REMARK.encode()
    asked_and_deleted(client, ploeg, cast)
    aged()
    reader = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM client").fetchone()
    assert not purge(path).emptied
    assert remark in raw(database_url)
    assert Deletion.get().purged_at
    assert database.pragma("busy_timeout") == 0
    reader.execute("COMMIT")
    reader.close()
    assert purge(path).emptied
    assert remark not in raw(database_url)
