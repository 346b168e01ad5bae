"""Migrating a database in use: its rows are kept, and the new rules hold for them."""
import shutil

import pytest
from playhouse.migrations import Runner

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.database import MIGRATIONS, connect, database, migrate, pending_migrations, use_migrations
from models.upkeep.purged_lines import Register
from tests.tables import rows_of, tables

MOMENT = "'2025-03-04 05:06:07'"
# Rows under migration 0001, as the application wrote them at that time.
FILLED = [
    f"""INSERT INTO organisation (name, province, created_at, changed_at)
        VALUES ('De Ploeg', 'oost-vlaanderen', {MOMENT}, {MOMENT}), ('Het Atelier', 'limburg', {MOMENT}, {MOMENT})""",
    f"""INSERT INTO account (role, organisation_id, email, created_at, changed_at)
        VALUES ('organisation', 1, 'ploeg@voorbeeld.be', {MOMENT}, {MOMENT})""",
    f"""INSERT INTO session (token_hash, account_id, created_at, seen_at) VALUES ('ab', 1, {MOMENT}, {MOMENT})""",
    f"""INSERT INTO client (organisation_id, old_number, old_number_rank, old_number_key, birth_date, incomplete,
          created_at, changed_at)
        VALUES (2, NULL, 2, '', NULL, TRUE, {MOMENT}, {MOMENT}),
               (1, 'A', 1, 'a', '1980-01-01', TRUE, {MOMENT}, {MOMENT})""",
    "INSERT INTO answer VALUES (2, 'gender', 'female')",
    f"""INSERT INTO period (client_number, hours, start_date, created_at, changed_at)
        VALUES (2, 800, '2024-01-01', {MOMENT}, {MOMENT})""",
    f"""INSERT INTO deletion_request (client_number, account_id, reason, remark, status, created_at, changed_at)
        VALUES (2, 1, 'double', 'Zie 1', 'withdrawn', {MOMENT}, {MOMENT}),
               (2, 1, 'other', 'Zie 3', 'pending', {MOMENT}, {MOMENT})""",
]


@pytest.fixture
def of_before(empty_url, tmp_path):
    """A database in use under the first migration; yields its rows by table."""
    folder = tmp_path / "first"
    folder.mkdir()
    for file in MIGRATIONS.glob("0001_*"):
        shutil.copy(file, folder)
    # Whatever an earlier test used.
    use_migrations([MIGRATIONS / "ecalcura"])
    # A migration reads its scripts from its own folder.
    connect(empty_url)
    Runner(database.obj, str(folder)).up()
    questionnaire.store(questionnaire.current(), set)  # no client is deleted
    for statement in FILLED:
        database.execute_sql(statement)
    return {table: rows_of(table) for table in tables()}


def test_migrating_keeps_every_row_and_every_request(of_before):
    assert pending_migrations() == ["0002_province", "0003_editions", "0004_grants", "0005_corrections",
                                    "0006_history", "0007_imports", "0008_uploads", "0009_outside", "0010_documents",
                                    "0011_public_editions",
                                    *sorted(file.stem for file in (MIGRATIONS / "ecalcura").glob("*.py"))]
    migrate()
    for table in set(of_before) - {"deletion_request"}:
        columns = [name for name in of_before[table][0] if name in rows_of(table)[0]] if of_before[table] else []
        assert [{name: row[name] for name in columns} for row in rows_of(table)][:len(of_before[table])] == (
            [{name: row[name] for name in columns} for row in of_before[table]]), table
    asked = [(row["client_number"], row["organisation_id"], row["reason"], row["remark"], row["status"],
              row["created_at"], row["answer"]) for row in rows_of("deletion_request")]
    moment = of_before["client"][0]["created_at"]
    assert asked == [(2, 1, "double", "Zie 1", "withdrawn", moment, ""),
                     (2, 1, "other", "Zie 3", "pending", moment, "")]
    assert not rows_of("session")[0]["awaits_factor"]


def test_a_client_from_before_the_migration_can_be_deleted_and_restored(of_before):
    migrate()
    client = Client.get_by_id(2)
    rows = {table: rows_of(table) for table in ("client", "answer", "period")}
    deletion = Deletion.make(client, "other")
    assert DeletionRequest.latest(client).status == "approved"
    deletion.restore()
    assert {table: rows_of(table) for table in rows} == rows


def test_a_register_keeps_its_id(of_before, tmp_path):
    migrate()
    [register] = Register.select()
    assert len(register.id) == 32
    assert migrate() == []
    assert Register.get().id == register.id
