"""The command that merges an organisation into another one, of the same province or another."""
import pytest

from models import names
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from tests.factories import client_of, days, deleted, period_of
from tests.tables import contents, rows_of

MERGE = ("organisation", "merge", "De Ploeg", "De Winning", "--province", "oost-vlaanderen", "--into-province",
         "limburg", "--confirm", "De Ploeg")


@pytest.fixture
def clients(cast):
    """Three clients of De Ploeg: one that is guided, one like a client of De Winning, one without a name."""
    clients = [client_of(cast.ploeg, "Roos", home_postcode="9000"), client_of(cast.ploeg, "Ward", home_postcode="9050"),
               client_of(cast.ploeg, home_postcode="9052")]
    period_of(clients[0], cast.ploeg)
    period_of(clients[2], cast.ploeg, days(-90), days(-60))
    return clients


def test_all_clients_move_and_the_command_says_what_happened(run, clients, cast):
    double = client_of(cast.elsewhere, "W.", home_postcode="9050")
    for client in (clients[2], double):
        Client.update(old_number="17", old_number_rank=0, old_number_key="17").where(
            Client.number == client.number).execute()
    code, output = run(*MERGE)
    assert code == 0, output
    for line in (
            "3 clients moved from De Ploeg (Oost-Vlaanderen) to De Winning (Limburg)",
            "1 of them are guided now: their running periods go on there",
            f"clients {clients[2].number}: De Winning had their old number too",
            f"client {clients[1].number} is probably {double.number}",
            "The report counts past years where the clients were then: at De Ploeg (Oost-Vlaanderen)",
            "The login ploeg@voorbeeld.be stays", 'organisation block "De Ploeg" --province oost-vlaanderen'):
        assert line in output, output
    assert "Roos" not in output
    assert "17" not in output
    assert [client.name for client in Client.of(cast.elsewhere.organisation).order_by(Client.number)] == [
        "Roos", "Ward", None, "W."]
    assert {row["organisation_id"] for row in rows_of("past_organisation")} == {cast.ploeg.organisation.id}
    moves = list(ClientMove.select())
    assert {(move.status, move.proposed_by, move.ended_by) for move in moves} == {("done", None, None)}
    entries = AuditEntry.select().where(AuditEntry.event == "client-moved")
    assert {(entry.actor, entry.tenant_id) for entry in entries} == {
        ("operator", cast.ploeg.organisation.id), ("operator", cast.elsewhere.organisation.id)}


def test_a_deleted_client_stays_and_the_command_says_so(run, clients, cast):
    deleted(clients[0], cast.administrator)
    deleted(client_of(cast.outsider), cast.administrator)
    code, output = run(*MERGE)
    assert (code, "2 clients moved" in output) == (0, True)
    assert "1 deleted clients of De Ploeg (Oost-Vlaanderen) did not move" in output


def test_a_second_run_goes_on_with_the_clients_that_were_left(run, clients, cast):
    DeletionRequest.ask(clients[0], "double", "", cast.ploeg.account)
    ClientMove.propose(clients[1].number, cast.outsider.organisation.id, "", cast.administrator)
    code, output = run(*MERGE)
    assert code == 1
    assert "1 clients moved" in output
    assert f"NOT moved: clients {clients[0].number}: The deletion of this client was requested" in output
    assert f"NOT moved: clients {clients[1].number}: Another move of this client is pending" in output
    DeletionRequest.get().refuse("Neen.")
    ClientMove.pending(clients[1].number).cancel()
    code, output = run(*MERGE)
    assert (code, "2 clients moved" in output) == (0, True)
    assert run(*MERGE)[0] == 0
    assert Client.of(cast.ploeg.organisation).count() == 0


def test_without_the_key_of_the_names_nobody_moves(run, clients):
    names.use(None)
    before = contents()
    code, output = run(*MERGE)
    assert (code, "key of the names" in output) == (1, True)
    assert contents() == before


def test_nobody_moves_without_the_name_again_or_to_the_organisation_itself(run, clients):
    before = contents()
    code, output = run(*MERGE[:-1], "De Winning")
    assert (code, 'Give --confirm "De Ploeg"' in output) == (1, True)
    code, output = run("organisation", "merge", "De Ploeg", "De Ploeg", "--province", "oost-vlaanderen", "--confirm",
                       "De Ploeg")
    assert (code, "into itself" in output) == (1, True)
    assert run("organisation", "merge", "De Ploeg", "Niemand", "--province", "oost-vlaanderen", "--confirm",
               "De Ploeg")[0] == 1
    assert contents() == before
