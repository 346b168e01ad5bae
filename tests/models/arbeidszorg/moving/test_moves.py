"""A client moves: the administrator proposes, the sending organisation agrees, the receiving one accepts."""
import datetime

import pytest

from models import names
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.moving.moves import ClientMove, waiting
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber
from models.audit import AuditEntry
from models.database import database, now, today
from tests.factories import client_of, days, deleted, period_of
from tests.hall import refusal
from tests.models.arbeidszorg.doubles.merges import merged
from tests.tables import contents, rows_of

MOMENT = datetime.datetime(2026, 1, 2)  # noqa: DTZ001 - as moments are stored


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg, "Roos Peeters")
    period_of(client, ploeg)
    return client


@pytest.fixture
def proposed(client, cast):
    return ClientMove.propose(client.number, cast.outsider.organisation.id, "Werkt er al", cast.administrator)


@pytest.fixture
def agreed(proposed, cast):
    proposed.agree(cast.ploeg.account)
    return proposed


def logged(client):
    """(event, organisation) of each entry about the moves of this client, in order."""
    entries = AuditEntry.select().where(AuditEntry.subject == str(client.number)).order_by(AuditEntry.id)
    return [(one.event.removeprefix("client-"), one.tenant_id) for one in entries if "move" in one.event]


def old_numbered(login, number, name=""):
    client = client_of(login, name)
    Client.update(old_number=number, old_number_rank=1, old_number_key=number).where(
        Client.number == client.number).execute()
    return client


def moved(client, cast):
    """Move this client from De Ploeg to Het Atelier; say whether its old number was taken."""
    move = ClientMove.propose(client.number, cast.outsider.organisation.id, "", cast.administrator)
    move.agree(cast.ploeg.account)
    return move.accept(cast.outsider.account)


def test_an_accepted_client_is_the_receivers_with_its_name_answers_and_periods(client, agreed, cast):
    before = client.answers()
    agreed.accept(cast.outsider.account)
    assert Client.one(cast.ploeg.organisation, client.number) is None
    there = Client.one(cast.outsider.organisation, client.number)
    assert (there.name, there.answers()) == ("Roos Peeters", before)
    assert there.version == client.version + 1
    assert names.open_names(cast.ploeg.organisation.id, [(there.number, there.sealed_name)]) == [names.UNREADABLE]
    [stay] = rows_of("past_organisation")
    assert (stay["client_number"], stay["organisation_id"], str(stay["until"])) == (
        client.number, cast.ploeg.organisation.id, str(days(-1)))


def test_each_step_is_in_the_log_of_those_that_it_concerns(client, agreed, cast):
    agreed.accept(cast.outsider.account)
    sender, receiver = cast.ploeg.organisation.id, cast.outsider.organisation.id
    assert logged(client) == [
        ("move-proposed", sender), ("move-agreed", sender), ("move-agreed", receiver),
        ("moved", sender), ("moved", receiver)]
    assert "Roos" not in "".join(entry.detail for entry in AuditEntry.select())


def test_only_a_client_of_the_own_province_moves_to_another_organisation_of_it(client, cast):
    for number, to, code in (
            (client.number, cast.elsewhere.organisation.id, "client_move_to"),
            (client.number, cast.ploeg.organisation.id, "client_move_to"), (client.number, 99, "client_move_to"),
            (client_of(cast.elsewhere).number, cast.ploeg.organisation.id, "client_gone"),
            (99, cast.outsider.organisation.id, "client_gone")):
        assert refusal(ClientMove.propose, number, to, "", cast.administrator) == code
    assert ClientMove.select().count() == 0


def test_one_move_waits_at_a_time_and_another_can_follow_a_refusal(client, proposed, cast):
    to = cast.outsider.organisation.id
    assert refusal(ClientMove.propose, client.number, to, "", cast.administrator) == "client_move_pending"
    proposed.refuse("Nog niet.", cast.ploeg.account)
    assert ClientMove.propose(client.number, to, "", cast.administrator).status == "proposed"


def test_a_refusal_has_an_answer_without_the_clients_name(proposed, cast):
    for answer, code in (("", "client_move_answer"), ("x" * 501, "remark_long"), ("Roos blijft hier", "remark_name")):
        assert refusal(proposed.refuse, answer, cast.ploeg.account) == code
    proposed.refuse(" Blijft hier. ", cast.ploeg.account)
    assert ClientMove.get().answer == "Blijft hier."
    assert refusal(proposed.agree, cast.ploeg.account) == "client_move_decided"


def test_nor_does_a_refusal_have_an_old_number_of_a_merged_client(client, proposed, cast):
    FormerNumber.add(client.number, cast.ploeg.organisation.id, OLD, "Claes 21")
    assert refusal(proposed.refuse, "Is dat Claes?", cast.ploeg.account) == "remark_name"


def test_the_receiver_can_refuse_and_nothing_moved(client, agreed, cast):
    agreed.refuse("Geen plaats.", cast.outsider.account)
    assert Client.get_by_id(client.number).organisation_id == cast.ploeg.organisation.id
    assert refusal(agreed.accept, cast.outsider.account) == "client_move_decided"


def test_the_administrator_cancels_until_the_client_is_accepted(client, agreed, cast):
    agreed.cancel(cast.administrator)
    assert refusal(agreed.accept, cast.outsider.account) == "client_move_decided"
    again = ClientMove.propose(client.number, cast.outsider.organisation.id, "", cast.administrator)
    again.agree(cast.ploeg.account)
    again.accept(cast.outsider.account)
    assert refusal(again.cancel, cast.administrator) == "client_move_decided"
    assert refusal(again.accept, cast.outsider.account) == "client_move_decided"


def test_the_sender_must_agree_before_the_receiver_accepts_or_refuses(proposed, cast):
    for step, *arguments in ((proposed.accept,), (proposed.refuse, "Neen")):
        assert refusal(step, *arguments, cast.outsider.account) == "client_move_decided"
    assert proposed.shown_to_receiver(cast.outsider.account) is None
    assert list(ClientMove.of_organisation(cast.outsider.organisation.id)) == []


def test_only_the_receiver_of_an_agreed_move_sees_the_record_and_that_is_logged(client, agreed, cast):
    assert agreed.shown_to_receiver(cast.ploeg.account) is None
    assert agreed.shown_to_receiver(cast.elsewhere.account) is None
    shown = agreed.shown_to_receiver(cast.outsider.account)
    assert shown.number == client.number
    assert "Roos" not in repr(shown)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.account_id, entry.tenant_id) == (
        "client-viewed", cast.outsider.account.id, cast.ploeg.organisation.id)


def test_a_waiting_move_is_counted_for_the_organisation_that_must_decide(proposed, cast):
    sender, receiver = cast.ploeg.organisation.id, cast.outsider.organisation.id
    assert (waiting(sender), waiting(receiver)) == (1, 0)
    proposed.agree(cast.ploeg.account)
    assert (waiting(sender), waiting(receiver)) == (0, 1)
    proposed.accept(cast.outsider.account)
    assert (waiting(sender), waiting(receiver)) == (0, 0)


def test_without_the_key_of_the_names_nothing_moves(agreed, cast):
    names.use(None)
    before = contents()
    assert refusal(agreed.accept, cast.outsider.account) == "client_move_name"
    assert contents() == before


def test_a_client_without_a_name_needs_no_key(cast):
    client = client_of(cast.ploeg)
    names.use(None)
    moved(client, cast)
    assert Client.get_by_id(client.number).organisation_id == cast.outsider.organisation.id


def test_a_taken_old_number_gets_the_name_of_the_sender(cast):
    old_numbered(cast.outsider, "17")
    client = old_numbered(cast.ploeg, "17")
    assert moved(client, cast)
    there = Client.get_by_id(client.number)
    assert (there.old_number, there.old_number_rank, there.old_number_key) == ("17 – De Ploeg", 1, "17 – de ploeg")


@pytest.mark.parametrize("own", ["17", "17 – De Ploeg"])
def test_a_new_old_number_differs_from_those_of_the_client(cast, own):
    """After an earlier move and a merge it has the number with the name of the sender too."""
    [former] = {"17", "17 – De Ploeg"} - {own}
    old_numbered(cast.outsider, "17")
    client = old_numbered(cast.ploeg, own)
    FormerNumber.add(client.number, cast.ploeg.organisation.id, OLD, former)
    assert moved(client, cast)
    assert set(Client.get_by_id(client.number).old_numbers()) == {"17 – De Ploeg", "17 – De Ploeg (2)"}


@pytest.mark.parametrize(("number", "expected"), [
    ("x" * 50, "x" * 46 + " (2)"), ("x" * 45, "x" * 45 + " – De")])
def test_a_long_taken_old_number_stays_readable_and_short_enough(cast, number, expected):
    old_numbered(cast.outsider, number)
    client = old_numbered(cast.ploeg, number)
    assert moved(client, cast)
    assert Client.get_by_id(client.number).old_number == expected


def test_a_free_old_number_is_kept(cast):
    client = old_numbered(cast.ploeg, "17")
    assert not moved(client, cast)
    assert Client.get_by_id(client.number).old_number == "17"


def test_numbers_of_merged_clients_follow_and_a_taken_one_gets_the_name_of_the_sender(client, cast):
    old_numbered(cast.outsider, "21")
    for kind, number in (("new", "900"), ("old", "21"), ("old", "22")):
        database.execute_sql(
            "INSERT INTO former_number (client_number, organisation_id, kind, number, rank, sort_text) VALUES "
            f"({client.number}, {cast.ploeg.organisation.id}, '{kind}', '{number}', 0, '{number}')")
    assert moved(client, cast)
    assert sorted((row["number"], row["organisation_id"]) for row in rows_of("former_number")) == [
        (number, cast.outsider.organisation.id) for number in ("21 – De Ploeg", "22", "900")]


def test_a_pending_deletion_blocks_a_move_and_a_pending_move_blocks_a_deletion(client, cast):
    request = DeletionRequest.ask(client, "wrong-organisation", "", cast.ploeg.account)
    to = cast.outsider.organisation.id
    assert refusal(ClientMove.propose, client.number, to, "", cast.administrator) == "client_move_deletion"
    request.refuse("We verhuizen de cliënt.", cast.administrator)
    move = ClientMove.propose(client.number, to, "", cast.administrator)
    assert refusal(Deletion.make, client, "double", cast.administrator) == "client_move_first"
    move.agree(cast.ploeg.account)
    DeletionRequest.ask(client, "double", "", cast.ploeg.account)
    before = contents()
    assert refusal(move.accept, cast.outsider.account) == "client_move_deletion"
    assert contents() == before


def test_the_receiver_does_not_read_the_answer_to_an_earlier_request_of_the_sender(client, cast):
    DeletionRequest.ask(client, "other", "", cast.ploeg.account).refuse("Bel me even.", cast.administrator)
    moved(client, cast)
    assert DeletionRequest.latest(Client.get_by_id(client.number)) is None


def test_a_merge_is_not_undone_after_a_move_and_its_names_are_gone(client, cast):
    other = client_of(cast.ploeg, "Roos P.")
    database.execute_sql(
        "INSERT INTO client_merge (organisation_id, kept_number, merged_number, kept_rows, registered_at, merged_at) "
        f"VALUES ({cast.ploeg.organisation.id}, {client.number}, {other.number}, '{{}}', '{now()}', '{now()}')")
    [merge] = rows_of("client_merge")
    database.execute_sql(
        "INSERT INTO merged_name (merge_id, client_number, sealed_name) "
        f"SELECT {merge['id']}, number, sealed_name FROM client WHERE number = {client.number}")
    moved(client, cast)
    [merge] = rows_of("client_merge")
    assert merge["kept_rows"] is None
    assert merge["purged_at"] is not None
    assert rows_of("merged_name") == []


def test_the_names_of_a_merge_into_a_client_that_was_merged_itself_are_gone_too(client, cast):
    between, first = client_of(cast.ploeg, "Roos P."), client_of(cast.ploeg, "R. Peeters")
    merged(between, first)
    merged(client, Client.get_by_id(between.number))
    assert len(rows_of("merged_name")) == 4
    moved(client, cast)
    assert (rows_of("merged_name"), {row["kept_rows"] for row in rows_of("client_merge")}) == ([], {None})


def test_withdrawn_periods_that_can_be_restored_follow(client, cast):
    for period, kept, restored in ((900, "'{}'", "NULL"), (901, "NULL", f"'{now()}'")):
        database.execute_sql(
            "INSERT INTO withdrawal (period_id, client_number, organisation_id, added_at, first_year, kept_rows, "
            f"withdrawn_at, restored_at) VALUES ({period}, {client.number}, {cast.ploeg.organisation.id}, '{now()}', "
            f"2024, {kept}, '{now()}', {restored})")
    moved(client, cast)
    assert {row["period_id"]: row["organisation_id"] for row in rows_of("withdrawal")} == {
        900: cast.outsider.organisation.id, 901: cast.ploeg.organisation.id}


def test_a_client_that_moves_twice_on_a_day_was_not_at_the_organisation_between(client, cast):
    moved(client, cast)
    move = ClientMove.propose(client.number, cast.ploeg.organisation.id, "", cast.administrator)
    move.agree(cast.outsider.account)
    move.accept(cast.ploeg.account)
    [stay] = rows_of("past_organisation")
    assert stay["organisation_id"] == cast.ploeg.organisation.id
    assert Client.get_by_id(client.number).name == "Roos Peeters"


def test_a_form_that_the_sender_sends_again_makes_no_double_of_another_client(client, cast):
    form_key = Client.get_by_id(client.number).form_key
    Client.update(form_key=form_key).where(Client.number == client_of(cast.outsider).number).execute()
    moved(client, cast)
    assert Client.get_by_id(client.number).form_key != form_key


def test_a_deleted_client_keeps_where_it_was_and_a_restored_one_too(client, cast):
    moved(client, cast)
    deletion = deleted(Client.get_by_id(client.number), cast.administrator)
    assert rows_of("past_organisation") == []
    deletion.restore(cast.administrator)
    assert len(rows_of("past_organisation")) == 1
    assert today() > days(-1)
