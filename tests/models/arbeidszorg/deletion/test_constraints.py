"""The database itself holds the rules of deleting, whichever way a row comes: here round the application, by SQL."""
import pytest

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.database import database, is_sqlite, now
from tests.factories import client_of, deleted
from tests.models.arbeidszorg.register.test_constraints import INSERT_CLIENT, refused

MOMENT = "'2024-01-01 00:00:00'"
REQUEST = f"""INSERT INTO deletion_request (client_number, organisation_id, account_id, reason, status, answer,
  created_at, changed_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""
DELETION = f"""INSERT INTO deletion (client_number, organisation_id, reason, first_year, last_year, kept_rows,
  restored_at, purged_at, registered_at, deleted_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""
GOOD = "1, 1, 'double', 2019, 2021, '{}', NULL, NULL"


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg)
    assert client.number == 1
    return client


@pytest.mark.parametrize("values", [
    "99, 1, 1, 'double', 'pending', ''",  # no such client
    "1, 2, 1, 'double', 'pending', ''",  # another organisation's
    "1, 1, 99, 'double', 'pending', ''",
    "1, 1, 1, 'zin', 'pending', ''",
    "1, 1, 1, 'double', 'misschien', ''",
    "1, 1, 1, 'double', 'refused', ''"])  # without a word back
def test_a_faulty_request_is_refused(client, cast, values):
    assert not refused(REQUEST.format("1, 1, 1, 'double', 'pending', ''"))
    assert not refused(REQUEST.format("1, 1, 1, 'double', 'refused', 'Neen'"))
    assert refused(REQUEST.format(values))


def test_a_client_has_one_pending_request_at_most(client, ploeg):
    DeletionRequest.ask(client, "double", "", ploeg.account)
    assert refused(REQUEST.format("1, 1, 1, 'double', 'pending', ''"))
    assert not refused(REQUEST.format("1, 1, 1, 'double', 'withdrawn', ''"))


@pytest.mark.parametrize("values", [
    "1, 99, 'double', 2019, 2021, '{}', NULL, NULL",
    "1, 1, 'zin', 2019, 2021, '{}', NULL, NULL",
    "1, 1, 'double', 2021, 2019, '{}', NULL, NULL",
    "1, 1, 'double', 2019, 2021, NULL, NULL, NULL",  # neither kept nor restored nor purged
    f"1, 1, 'double', 2019, 2021, '{{}}', {MOMENT}, NULL",
    f"1, 1, 'double', 2019, 2021, '{{}}', NULL, {MOMENT}",
    f"1, 1, 'double', 2019, 2021, NULL, {MOMENT}, {MOMENT}"])
def test_a_faulty_deletion_is_refused(client, values):
    assert not refused(DELETION.format(GOOD))
    assert refused(DELETION.format(values))


def test_no_client_is_deleted_without_its_rows_being_kept_and_its_request_decided(client, ploeg):
    database.execute_sql("DELETE FROM answer")
    assert refused("DELETE FROM client")
    request = DeletionRequest.ask(client, "double", "", ploeg.account)
    database.execute_sql(DELETION.format(GOOD))
    assert refused("DELETE FROM client")
    request.withdraw(ploeg.account)
    assert not refused("DELETE FROM client")
    database.execute_sql(f"UPDATE deletion SET kept_rows = NULL, restored_at = {MOMENT}")
    assert refused("DELETE FROM client")


def test_a_client_cannot_be_deleted_twice(client):
    database.execute_sql(DELETION.format(GOOD))
    assert refused(DELETION.format(GOOD))
    if is_sqlite():
        assert refused(DELETION.format(GOOD).replace("INSERT", "INSERT OR REPLACE"))
    database.execute_sql(f"UPDATE deletion SET kept_rows = NULL, restored_at = {MOMENT}")
    assert not refused(DELETION.format(GOOD))


def test_the_number_of_a_deleted_client_is_not_given_again(client):
    again = INSERT_CLIENT.replace("client (", "client (number, ").format(
        "1, 1, NULL, 2, '', '1980-01-01', FALSE, 'none', 'unknown'")
    deletion = deleted(client)
    assert refused(again)
    deletion.restore()
    deletion = deleted(client)
    Deletion.update(kept_rows=None, purged_at=now()).where(Deletion.id == deletion.id).execute()
    assert refused(again)
    assert not refused(again.replace("VALUES (1,", "VALUES (2,"))


@pytest.mark.parametrize("how", ["restored", "purged"])
def test_a_restored_or_purged_deletion_is_final_and_none_can_be_removed(client, how):
    deleted(client)
    assert not refused("UPDATE deletion SET reason = 'other'")
    assert refused("DELETE FROM deletion")
    database.execute_sql(f"UPDATE deletion SET kept_rows = NULL, {how}_at = {MOMENT}")
    for change in ("kept_rows = '{}'", "reason = 'other'", f"{how}_at = NULL, kept_rows = '{{}}'"):
        assert refused(f"UPDATE deletion SET {change}")
    assert refused("DELETE FROM deletion")


def test_accounts_that_requested_or_decided_cannot_be_removed(client, ploeg):
    DeletionRequest.ask(client, "double", "", ploeg.account)
    deleted(client)
    assert refused("DELETE FROM deletion_request")
