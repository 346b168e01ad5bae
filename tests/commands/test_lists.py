"""Every list of the commands has a header line, JSON on request, and no cell that forges a line."""
import json

import pytest

from commands import common
from models.accounts.sessions import Session
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import record
from models.log import PAGE_SIZE
from models.organisations import Organisation
from tests.factories import client_of, deleted

OWN = ("--province", "oost-vlaanderen")
LISTS = {
    ("organisation", "list"): ["name", "sector", "active_clients", "incomplete_clients", "state", "last_sign_in"],
    ("administrator", "list"): ["email", "state", "last_sign_in"],
    ("request", "list"): ["id", "client_number", "organisation", "reason", "requested_at"],
    ("deletion", "list"): ["client_number", "organisation", "reason", "deleted_at", "days_left"],
    ("deletion", "list", "--purged"): ["client_number", "organisation", "reason", "deleted_at", "purged_at"],
    ("log",): ["time", "actor", "organisation", "event"],
}
HOSTILE = "De\nPl\toe\x07g\r\u2028\u202e\x9bé"
each_list = pytest.mark.parametrize("words", LISTS, ids=" ".join)


@pytest.fixture
def filled(cast, tmp_path):
    """A province with something in each list: De Ploeg's, whose clients have names."""
    Session.start(cast.ploeg.account)
    Session.start(cast.administrator)
    DeletionRequest.ask(client_of(cast.ploeg, "Roos Peeters"), "double", "", cast.ploeg.account)
    long_ago = deleted(client_of(cast.ploeg, "Roos Peeters"))
    Deletion.update(deleted_at=long_ago.deleted_at - KEPT).where(Deletion.id == long_ago.id).execute()
    purge(tmp_path / "purged.csv")
    deleted(client_of(cast.ploeg, "Roos Peeters"))


@each_list
def test_an_empty_list_is_the_header_alone_or_an_empty_array(lines_of, json_of, register, words):
    assert lines_of(*words, *OWN) == [LISTS[words]]
    assert json_of(*words, *OWN) == []


@each_list
def test_a_list_says_the_same_in_lines_and_in_json(lines_of, rows_of_list, filled, words):
    assert lines_of(*words, *OWN)[0] == LISTS[words]
    rows = rows_of_list(*words, *OWN)
    assert rows != []
    assert "Roos" not in str(rows)


def test_json_has_numbers_nulls_and_moments_with_an_offset(json_of, filled):
    [ploeg, atelier] = json_of("organisation", "list", *OWN)
    assert (ploeg["active_clients"], ploeg["sector"], atelier["last_sign_in"]) == (0, None, None)
    assert ploeg["last_sign_in"][10:] > "T"
    assert ploeg["last_sign_in"][-6:] in ("+01:00", "+02:00")
    [asked] = json_of("request", "list", *OWN)
    assert isinstance(asked["client_number"], int)


@each_list
def test_a_cell_with_control_characters_forges_no_line_and_moves_no_terminal(invoke, filled, words):
    Organisation.update(name=HOSTILE).where(Organisation.name == "De Ploeg").execute()
    printed = invoke(*words, *OWN).stdout
    assert len(printed.splitlines()) == len(printed.split("\n")) - 1
    assert {line.count("\t") for line in printed.splitlines()} == {len(LISTS[words]) - 1}
    as_json = invoke(*words, *OWN, "--json").stdout
    for text in (printed.replace("\t", ""), as_json):
        assert text.replace("\n", "").isprintable()
    named = [row.get("organisation", row.get("name")) for row in json.loads(as_json)]
    assert HOSTILE in named or words == ("administrator", "list")


def test_json_is_utf_8_with_readable_letters(invoke, filled):
    Organisation.update(name="De Cliënt").where(Organisation.name == "De Ploeg").execute()
    assert '"organisation": "De Cliënt"'.encode() in invoke("request", "list", *OWN, "--json").stdout_bytes


def test_that_there_is_a_next_page_is_said_apart_from_the_json(invoke, cast):
    for _ in range(PAGE_SIZE + 1):
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.outsider.organisation,
               subject=3)
    result = invoke("log", *OWN, "--json")
    assert len(json.loads(result.stdout)) == PAGE_SIZE
    assert result.stderr == "There are older lines: --page 2.\n"
    assert invoke("log", *OWN, "--page", "2").stderr == ""


def test_on_a_terminal_the_columns_are_aligned(invoke, cast, monkeypatch):
    Organisation.create_new("Kringwinkel Waasland Werkt", "oost-vlaanderen", sector="social-economy")
    monkeypatch.setattr(common, "on_terminal", lambda: True)
    lines = [line.split("\t") for line in invoke("organisation", "list", *OWN).stdout.splitlines()]
    for column in list(zip(*lines, strict=True))[:-1]:
        assert len({len(cell) for cell in column}) == 1
    assert [line[0].rstrip() for line in lines] == ["name", "De Ploeg", "Het Atelier", "Kringwinkel Waasland Werkt"]
