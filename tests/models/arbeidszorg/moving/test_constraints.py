"""The database itself holds the rules of moves, whichever way a row comes: here round the application, by SQL."""
import pytest

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.database import database, is_sqlite
from tests.factories import client_of
from tests.hall import in_threads
from tests.models.arbeidszorg.register.test_constraints import refused

MOMENT = "'2024-01-01 00:00:00'"
MOVE = f"""INSERT INTO client_move (client_number, from_organisation_id, to_organisation_id, status, agreed_at,
  ended_at, created_at) VALUES ({{}}, {MOMENT})"""
TO_2 = "UPDATE client SET organisation_id = 2"


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg, "Roos Peeters")
    assert client.number == 1
    return client


@pytest.fixture
def agreed(client, cast):
    move = ClientMove.propose(1, cast.outsider.organisation.id, "", cast.administrator)
    move.agree(cast.ploeg.account)
    return move


@pytest.mark.parametrize("values", [
    "99, 1, 2, 'proposed', NULL, NULL",  # no such client
    "1, 2, 3, 'proposed', NULL, NULL",  # another organisation's
    "1, 1, 1, 'proposed', NULL, NULL",
    "1, 1, 99, 'proposed', NULL, NULL",
    "1, 1, 2, 'misschien', NULL, NULL",
    "1, 1, 2, 'agreed', NULL, NULL",  # without its moment
    f"1, 1, 2, 'done', NULL, {MOMENT}",  # never agreed to
    f"1, 1, 2, 'done', {MOMENT}, NULL",
    f"1, 1, 2, 'proposed', NULL, {MOMENT}"])
def test_a_faulty_move_is_refused(client, values):
    assert refused(MOVE.format(values))
    assert not refused(MOVE.format("1, 1, 2, 'proposed', NULL, NULL"))


def test_a_client_has_one_pending_move_at_most(client):
    assert not refused(MOVE.format(f"1, 1, 2, 'cancelled', NULL, {MOMENT}"))
    database.execute_sql(MOVE.format("1, 1, 2, 'proposed', NULL, NULL"))
    assert refused(MOVE.format("1, 1, 3, 'proposed', NULL, NULL"))
    if is_sqlite():
        assert refused(MOVE.format("1, 1, 3, 'proposed', NULL, NULL").replace("INSERT", "INSERT OR REPLACE"))


def test_a_client_changes_organisation_only_by_a_move_there_that_is_agreed_to(client, cast):
    assert refused(TO_2)
    move = ClientMove.propose(1, cast.outsider.organisation.id, "", cast.administrator)
    assert refused(TO_2)
    move.agree(cast.ploeg.account)
    assert refused("UPDATE client SET organisation_id = 3")
    assert not refused(TO_2)


def test_an_ended_move_is_final_and_no_move_can_be_removed(agreed):
    assert refused("DELETE FROM client_move")
    database.execute_sql(f"UPDATE client_move SET status = 'cancelled', ended_at = {MOMENT}")
    assert refused("UPDATE client_move SET status = 'agreed', ended_at = NULL")
    assert refused("UPDATE client_move SET remark = 'x'")
    assert refused("DELETE FROM client_move")
    assert refused(TO_2)


def test_a_client_that_is_to_move_is_not_deleted(agreed):
    database.execute_sql("DELETE FROM answer")
    database.execute_sql(
        "INSERT INTO deletion (client_number, organisation_id, reason, kept_rows, registered_at, deleted_at) "
        f"VALUES (1, 1, 'double', '{{}}', {MOMENT}, {MOMENT})")
    assert refused("DELETE FROM client")
    agreed.cancel()
    assert not refused("DELETE FROM client")


def test_where_a_client_was_is_kept_once_a_day(client):
    stay = "INSERT INTO past_organisation (client_number, organisation_id, until) VALUES ({}, {}, '2024-12-31')"
    assert refused(stay.format(1, 99))
    assert refused(stay.format(99, 1))
    database.execute_sql(stay.format(1, 2))
    assert refused(stay.format(1, 3))


def test_of_two_accepts_at_once_one_succeeds(agreed, cast):
    outcomes = in_threads([lambda: agreed.accept(cast.outsider.account)] * 2)
    assert sorted(map(str, outcomes)) == ["False", "client_move_decided"]
    assert Client.get_by_id(1).name == "Roos Peeters"


def test_of_an_accept_and_a_cancel_at_once_one_succeeds(cast, client):
    for _ in range(8):
        move = ClientMove.propose(client.number, cast.outsider.organisation.id, "", cast.administrator)
        move.agree(cast.ploeg.account)
        outcomes = in_threads([lambda move=move: move.accept(cast.outsider.account),
                               lambda move=move: move.cancel(cast.administrator)])
        there, status = Client.get_by_id(client.number).organisation_id, ClientMove.get_by_id(move.id).status
        assert (there, status) in (
            (cast.outsider.organisation.id, "done"), (cast.ploeg.organisation.id, "cancelled"))
        assert [str(outcome) for outcome in outcomes].count("client_move_decided") == 1
        if status == "done":
            break
