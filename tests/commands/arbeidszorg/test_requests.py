"""The commands for requests to delete a client, and for deleted clients."""
import datetime

import pytest

from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from tests.commands.audit import operator_did
from tests.factories import client_of
from tests.tables import contents

OWN = ("--province", "oost-vlaanderen")


@pytest.fixture
def asked(cast):
    """A pending request of De Ploeg."""
    return DeletionRequest.ask(client_of(cast.ploeg, "Roos"), "double", "Zelfde als 3\nZie mail", cast.ploeg.account)


def test_a_pending_request_is_listed_and_shown_without_a_name(rows_of_list, lines_of, asked, cast):
    [line] = rows_of_list("request", "list", *OWN)
    assert line[:4] == [str(asked.id), str(asked.client_number), "De Ploeg", "Dubbel geregistreerd"]
    assert rows_of_list("request", "list", "--province", "limburg") == []
    lines = lines_of("request", "show", asked.id, *OWN)
    assert lines[1:4] == [["Reden", "Dubbel geregistreerd"], ["Opmerking", "Zelfde als 3 Zie mail"],
                          ["Nummer", str(asked.client_number)]]
    assert "Roos" not in str(lines)
    assert operator_did()[0][0] == ArbeidszorgEvent.CLIENT_VIEWED


def test_a_request_is_shown_in_json_with_its_client_while_it_is_pending(run, json_of, asked):
    shown = json_of("request", "show", asked.id, *OWN)
    assert (shown["id"], shown["status"], shown["reason"], shown["remark"], shown["answer"]) == (
        asked.id, "pending", "Dubbel geregistreerd", "Zelfde als 3\nZie mail", "")
    assert shown["client"]["number"] == asked.client_number
    assert "Roos" not in str(shown)
    run("request", "refuse", asked.id, *OWN, "--answer", "Neen.")
    decided = json_of("request", "show", asked.id, *OWN)
    assert (decided["status"], decided["answer"], decided["client"]) == ("refused", "Neen.", None)


def test_a_request_is_approved_by_the_number_of_its_client(run, rows_of_list, asked):
    code, output = run("request", "approve", asked.id, *OWN, "--confirm", asked.client_number + 1)
    assert (code, f"--confirm {asked.client_number}" in output) == (1, True)
    assert Client.select().count() == 1
    assert run("request", "approve", asked.id, *OWN, "--confirm", asked.client_number)[0] == 0
    assert Client.select().count() == 0
    decided = DeletionRequest.get_by_id(asked.id)
    assert (decided.status, decided.decided_by) == ("approved", None)
    assert operator_did()[0][0] == ArbeidszorgEvent.CLIENT_DELETED
    [line] = rows_of_list("deletion", "list", *OWN)
    assert (line[:3], line[4]) == ([str(asked.client_number), "De Ploeg", "Dubbel geregistreerd"], "30")
    assert rows_of_list("deletion", "list", "--province", "limburg") == []


def test_a_request_is_refused_with_an_answer(run, lines_of, asked):
    assert run("request", "refuse", asked.id, *OWN, "--answer", "Sluit de periode af.") == (0, "refused\n")
    decided = DeletionRequest.get_by_id(asked.id)
    assert (decided.status, decided.answer) == ("refused", "Sluit de periode af.")
    assert operator_did()[0][0] == ArbeidszorgEvent.DELETION_REFUSED
    assert ["Antwoord", "Sluit de periode af."] in lines_of("request", "show", asked.id, *OWN)


@pytest.mark.parametrize("answer", ["", " ", "x" * 501, "Zie 85.07.30-033.28"])
def test_an_answer_is_checked_as_on_the_page(run, asked, answer):
    before = contents()
    code, output = run("request", "refuse", asked.id, *OWN, "--answer", answer)
    assert (code, output[:7]) == (1, "Error: ")
    assert contents() == before


def test_a_decided_request_is_not_decided_again(run, asked):
    run("request", "refuse", asked.id, *OWN, "--answer", "Neen.")
    for words in (("approve", asked.id, "--confirm", asked.client_number), ("refuse", asked.id, "--answer", "Toch.")):
        assert run("request", *words, *OWN) == (1, "Error: This request has already been decided or withdrawn.\n")
    assert Client.select().count() == 1


@pytest.mark.parametrize("words", [
    ("show",), ("approve", "--confirm", "1"), ("refuse", "--answer", "Neen.")])
def test_a_request_of_another_province_is_not_found(run, asked, words):
    before = contents()
    verb, *options = words
    assert run("request", verb, asked.id, "--province", "limburg", *options) == (
        1, "Error: This province has no request with that id.\n")
    assert contents() == before


def test_purged_clients_are_listed_apart(run, rows_of_list, asked, clock, tmp_path):
    run("request", "approve", asked.id, *OWN, "--confirm", asked.client_number)
    clock(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=31))
    purge(tmp_path / "purged.csv")
    assert rows_of_list("deletion", "list", *OWN) == []
    [line] = rows_of_list("deletion", "list", *OWN, "--purged")
    assert line[:3] == [str(asked.client_number), "De Ploeg", "Dubbel geregistreerd"]
