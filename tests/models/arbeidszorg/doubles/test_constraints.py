"""The database itself holds the rules of merging, whichever way a row comes: here round the application, by SQL."""
import pytest

from models.arbeidszorg.doubles.undoing import undo
from models.database import database, is_sqlite
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.doubles.merges import merged, with_old_number
from tests.models.arbeidszorg.register.test_constraints import INSERT_CLIENT, refused

MOMENT = "'2024-01-01 00:00:00'"
MERGE = f"""INSERT INTO client_merge (organisation_id, kept_number, merged_number, first_year, last_year, kept_rows,
  undone_at, purged_at, registered_at, merged_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""
NUMBER = """INSERT INTO former_number (client_number, organisation_id, kind, number, rank, sort_text)
  VALUES ({})"""
SECOND = "1, 'A2', 1, 'a2', '1980-01-01', FALSE, 'none', 'unknown'"


@pytest.fixture
def pair(ploeg, cast):
    """Clients 1 (old number 17) and 2 (old number 21) of De Ploeg; client 3 is another organisation's."""
    clients = with_old_number(client_of(ploeg), "17"), with_old_number(client_of(ploeg), "21")
    client_of(cast.outsider)
    return clients


@pytest.mark.parametrize("values", [
    "1, 1, 1, NULL, NULL, '{}', NULL, NULL",  # with itself
    "1, 1, 3, NULL, NULL, '{}', NULL, NULL",  # with another organisation's
    "1, 1, 99, NULL, NULL, '{}', NULL, NULL",
    "2, 1, 2, NULL, NULL, '{}', NULL, NULL",
    "1, 1, 2, 2021, 2019, '{}', NULL, NULL",
    "1, 1, 2, NULL, NULL, NULL, NULL, NULL",  # neither kept nor undone nor purged
    f"1, 1, 2, NULL, NULL, '{{}}', {MOMENT}, NULL",
    f"1, 1, 2, NULL, NULL, NULL, {MOMENT}, {MOMENT}"])
def test_a_faulty_merge_is_refused(pair, values):
    assert not refused(MERGE.format("1, 1, 2, 2019, 2021, '{}', NULL, NULL"))
    assert refused(MERGE.format(values))


@pytest.mark.parametrize("values", [
    "1, 1, 'old', '21', 0, '21'",  # another client's own
    "1, 1, 'old', '17', 0, '17'",  # its own
    "3, 1, 'old', '5', 0, '5'",  # of another organisation
    "99, 1, 'old', '5', 0, '5'",
    "1, 1, 'nieuw', '5', 0, '5'",
    "1, 1, 'old', '', 0, '5'",
    "1, 1, 'old', ' 5', 0, '5'",
    "1, 1, 'old', '5', 2, '5'"])
def test_a_faulty_former_number_is_refused(pair, values):
    assert not refused(NUMBER.format("1, 1, 'old', '5', 0, '5'"))
    assert not refused(NUMBER.format("1, 1, 'new', '21', 0, '21'"))
    assert refused(NUMBER.format(values))


def test_within_an_organisation_a_number_finds_one_client(pair, cast):
    database.execute_sql(NUMBER.format("1, 1, 'old', '5', 0, '5'"))
    assert refused(NUMBER.format("2, 1, 'old', '5', 0, '5'"))
    assert not refused(NUMBER.format("3, 2, 'old', '5', 0, '5'"))
    assert refused("UPDATE client SET old_number = '5' WHERE number = 2")
    assert not refused("UPDATE client SET old_number = '5', old_number_rank = 0 WHERE number = 3")
    assert refused("UPDATE former_number SET number = '21'")
    assert refused(INSERT_CLIENT.format("1, '5', 0, '5', '1980-01-01', FALSE, 'none', 'unknown'"))
    assert not refused(INSERT_CLIENT.format(SECOND))


def test_a_client_with_former_numbers_is_not_deleted_before_them(pair):
    merged(*pair)
    assert refused("DELETE FROM client WHERE number = 1")


def test_only_a_merge_that_is_kept_lets_a_client_or_a_period_disappear(pair, ploeg):
    period_of(pair[1], ploeg)
    database.execute_sql("DELETE FROM answer")
    assert refused("DELETE FROM period")
    assert refused("DELETE FROM client WHERE number = 2")
    database.execute_sql(MERGE.format("1, 1, 2, NULL, NULL, '{}', NULL, NULL"))
    assert not refused("DELETE FROM period")
    database.execute_sql("DELETE FROM period")
    assert not refused("DELETE FROM client WHERE number = 2")
    assert refused("DELETE FROM client WHERE number = 1")
    database.execute_sql(f"UPDATE client_merge SET kept_rows = NULL, undone_at = {MOMENT}")
    assert refused("DELETE FROM client WHERE number = 2")


@pytest.mark.parametrize("how", ["undone", "purged"])
def test_a_merge_is_not_deleted_and_final_once_undone_or_purged(pair, how):
    merged(*pair)
    assert refused("DELETE FROM client_merge")
    database.execute_sql("DELETE FROM merged_name")
    database.execute_sql(f"UPDATE client_merge SET kept_rows = NULL, {how}_at = {MOMENT}")
    for change in ("kept_rows = '{}'", "merged_number = 3", f"{how}_at = NULL, kept_rows = '{{}}'"):
        assert refused(f"UPDATE client_merge SET {change}")
    assert refused("DELETE FROM client_merge")
    if is_sqlite():
        assert refused("INSERT OR REPLACE INTO client_merge SELECT * FROM client_merge")


def test_a_number_of_a_merged_client_is_given_again_only_by_an_undo(pair):
    again = INSERT_CLIENT.replace("client (", "client (number, ").format(f"2, {SECOND}")
    merge = merged(*pair)
    assert refused(again)
    undo(merge)
    merged(*pair)
    database.execute_sql(f"UPDATE client_merge SET kept_rows = NULL, purged_at = {MOMENT} WHERE kept_rows IS NOT NULL")
    assert refused(again)


def test_the_other_number_of_a_request_is_not_the_client_s_own(pair):
    request = f"""INSERT INTO deletion_request (client_number, organisation_id, account_id, reason, other_number,
      created_at, changed_at) VALUES (1, 1, 1, 'double', {{}}, {MOMENT}, {MOMENT})"""
    assert not refused(request.format("2"))
    assert refused(request.format("1"))
