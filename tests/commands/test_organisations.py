"""What an administrator does for an organisation, done by the operator from the command line."""
import pytest

from models.accounts.accounts import Account
from models.accounts.moves import LoginMove
from models.accounts.sessions import Session
from models.audit import Event
from models.mail.outbox import Mail
from models.organisations import Organisation
from tests.commands.audit import operator_did
from tests.commands.conftest import cell_of
from tests.factories import client_of, period_of
from tests.tables import contents
from views.shell import filters

PLOEG = ("De Ploeg", "--province", "oost-vlaanderen")


def test_a_province_is_listed_a_line_for_each_organisation(rows_of_list, cast):
    period_of(client_of(cast.ploeg), cast.ploeg)
    client_of(cast.outsider, income=None)
    Organisation.create_new("De Kring", "oost-vlaanderen", sector="welfare")
    assert rows_of_list("organisation", "list", "--province", "oost-vlaanderen") == [
        ["De Kring", "welfare", "0", "0", "new", ""],
        ["De Ploeg", "", "1", "0", "active", ""],
        ["Het Atelier", "", "0", "1", "active", ""]]
    assert [line[0] for line in rows_of_list("organisation", "list", "--province", "limburg")] == ["De Winning"]


def test_a_province_of_more_than_a_page_is_listed_whole(rows_of_list, register):
    for number in range(26):
        Organisation.create_new(f"Organisatie {number}", "limburg")
    assert len(rows_of_list("organisation", "list", "--province", "limburg")) == 26


def test_one_is_shown_with_its_login(lines_of, json_of, cast):
    move = LoginMove.ask(cast.ploeg.account, "nieuw@voorbeeld.be", cast.administrator)
    lines = lines_of("organisation", "show", *PLOEG)
    assert lines == [
        ["name", "De Ploeg"], ["sector", ""], ["address", ""], ["telephone", ""], ["website", ""],
        ["email", "ploeg@voorbeeld.be"], ["state", "active"], ["last_sign_in", ""],
        ["moves_to", "nieuw@voorbeeld.be"], ["moves_at", filters.moment(move.effective_at)]]
    assert [[name, cell_of(value)] for name, value in json_of("organisation", "show", *PLOEG).items()] == lines


def test_one_is_made_with_all_that_is_known_of_it(run):
    code, _ = run("organisation", "create", "De Kring", "--province", "limburg", "--email", "kring@voorbeeld.be",
                  "--sector", "welfare", "--address", "Dorp 1", "--telephone", "011 12 34 56",
                  "--website", "https://kring.voorbeeld.be")
    made = Organisation.by_name("limburg", "De Kring")
    assert (code, made.sector, made.address, made.telephone, made.website) == (
        0, "welfare", "Dorp 1", "011 12 34 56", "https://kring.voorbeeld.be")


def test_only_what_is_given_is_changed(run, cast):
    assert run("organisation", "edit", *PLOEG, "--sector", "welfare", "--telephone", "09 1")[0] == 0
    assert run("organisation", "edit", *PLOEG, "--name", "De Ploegen", "--telephone", "")[0] == 0
    kept = Organisation.get_by_id(cast.ploeg.organisation.id)
    assert (kept.name, kept.sector, kept.telephone, kept.version) == ("De Ploegen", "welfare", "", 3)
    assert operator_did()[0] == (Event.ORGANISATION_CHANGED, kept.id, "oost-vlaanderen", None)


@pytest.mark.parametrize("words", [
    ("--sector", "x"), ("--website", "javascript:alert(1)"), ("--website", "kring"), ("--telephone", "bel mij"),
    ("--address", "x" * 301), ("--address", "Dorp\n1"), ("--name", " "), ("--name", "Het Atelier")])
def test_what_the_pages_refuse_is_refused(run, cast, words):
    before = contents()
    code, output = run("organisation", "edit", *PLOEG, *words)
    assert code in (1, 2)
    assert "Error: " in output
    assert contents() == before


def test_a_login_is_blocked_and_unblocked(run, cast):
    token = Session.start(cast.ploeg.account)
    assert run("organisation", "block", *PLOEG) == (0, "blocked\n")
    assert Session.find(token) is None
    assert run("organisation", "block", *PLOEG) == (0, "was blocked already\n")
    assert Account.get_by_id(cast.ploeg.account.id).blocked
    assert run("organisation", "unblock", *PLOEG) == (0, "unblocked\n")
    assert run("organisation", "unblock", *PLOEG) == (0, "was not blocked\n")
    blocking = [did[0] for did in operator_did() if did[0] in (Event.LOGIN_BLOCKED, Event.LOGIN_UNBLOCKED)]
    assert blocking == [Event.LOGIN_UNBLOCKED, Event.LOGIN_BLOCKED]


def test_a_login_moves_unless_it_is_cancelled(run, cast):
    code, output = run("organisation", "move", *PLOEG, "--email", "nieuw@voorbeeld.be")
    assert code == 0
    assert output.startswith("moves to nieuw@voorbeeld.be at ")
    waiting = LoginMove.pending(cast.ploeg.account)
    assert (waiting.new_email, waiting.asked_by_id) == ("nieuw@voorbeeld.be", None)
    assert run("organisation", "move", *PLOEG, "--email", "ander@voorbeeld.be")[0] == 1
    assert run("organisation", "cancel-move", *PLOEG) == (0, "cancelled\n")
    assert run("organisation", "cancel-move", *PLOEG) == (0, "no move waits\n")
    assert [did[:1] for did in operator_did()[:2]] == [(Event.LOGIN_MOVE_CANCELLED,), (Event.LOGIN_MOVE_ASKED,)]


def test_a_link_to_choose_a_password_is_mailed(run, cast):
    assert run("organisation", "password", *PLOEG) == (0, "mailed\n")
    assert Mail.get().recipient == "ploeg@voorbeeld.be"
    assert operator_did()[0][0] == Event.PASSWORD_REQUESTED


@pytest.mark.parametrize(("words", "said"), [
    (("show", "Bestaat niet"), "no organisation of that name"),
    (("edit", "Bestaat niet", "--name", "x"), "no organisation of that name"),
    (("block", "De Winning"), "no organisation of that name"),
    (("block", "De Kring"), "no login for it yet"),
    (("move", "De Kring", "--email", "x@voorbeeld.be"), "no login for it yet"),
    (("move", "De Ploeg", "--email", "ploeg@voorbeeld.be"), "The login already has that address"),
    (("move", "De Ploeg", "--email", "atelier@voorbeeld.be"), "another login"),
    (("move", "De Ploeg", "--email", "geen adres"), "not a mail address"),
])
def test_what_cannot_be_is_said_and_changes_nothing(run, cast, words, said):
    Organisation.create_new("De Kring", "oost-vlaanderen")
    before = contents()
    code, output = run("organisation", *words, "--province", "oost-vlaanderen")
    assert code == 1
    assert said in output
    assert contents() == before


def test_a_blocked_login_moves_nowhere_and_gets_no_password(run, cast):
    cast.ploeg.account.block()
    for words in (("move", *PLOEG, "--email", "x@voorbeeld.be"), ("password", *PLOEG)):
        assert run("organisation", *words) == (1, "Error: This login is blocked: unblock it first.\n")
