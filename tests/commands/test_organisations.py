"""The commands for organisations and their logins."""
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


def test_the_organisations_of_a_province_are_listed(rows_of_list, cast):
    period_of(client_of(cast.ploeg), cast.ploeg)
    client_of(cast.outsider, income=None)
    Organisation.create_new("De Kring", "oost-vlaanderen", sector="welfare")
    assert rows_of_list("organisation", "list", "--province", "oost-vlaanderen") == [
        ["De Kring", "welfare", "0", "0", "new", ""],
        ["De Ploeg", "", "1", "0", "active", ""],
        ["Het Atelier", "", "0", "1", "active", ""]]
    assert [line[0] for line in rows_of_list("organisation", "list", "--province", "limburg")] == ["De Winning"]


def test_more_organisations_than_a_page_holds_are_all_listed(rows_of_list, register):
    for number in range(26):
        Organisation.create_new(f"Organisatie {number}", "limburg")
    assert len(rows_of_list("organisation", "list", "--province", "limburg")) == 26


def test_an_organisation_is_shown_with_its_login(lines_of, json_of, cast):
    move = LoginMove.ask(cast.ploeg.account, "nieuw@voorbeeld.be", cast.administrator)
    lines = lines_of("organisation", "show", *PLOEG)
    assert lines == [
        ["name", "De Ploeg"], ["sector", ""], ["address", ""], ["telephone", ""], ["website", ""],
        ["email", "ploeg@voorbeeld.be"], ["state", "active"], ["last_sign_in", ""],
        ["moves_to", "nieuw@voorbeeld.be"], ["moves_at", filters.moment(move.effective_at)]]
    assert [[name, cell_of(value)] for name, value in json_of("organisation", "show", *PLOEG).items()] == lines


def test_an_organisation_is_created_with_all_its_fields(run):
    code, _ = run("organisation", "create", "De Kring", "--province", "limburg", "--email", "kring@voorbeeld.be",
                  "--sector", "welfare", "--address", "Dorp 1", "--telephone", "011 12 34 56",
                  "--website", "https://kring.voorbeeld.be")
    made = Organisation.by_name("limburg", "De Kring")
    assert (code, made.sector, made.address, made.telephone, made.website) == (
        0, "welfare", "Dorp 1", "011 12 34 56", "https://kring.voorbeeld.be")


def test_an_organisation_that_may_be_there_already_is_created_only_anyway(run, cast):
    words = ("organisation", "create", "de ploeg.", "--province", "oost-vlaanderen", "--email", "nieuw@voorbeeld.be")
    before = contents()
    code, output = run(*words)
    assert (code, contents()) == (1, before)
    assert "De Ploeg (Oost-Vlaanderen) has nearly the same name. If it is another organisation, add --anyway." in output
    assert run(*words, "--anyway")[0] == 0
    Organisation.create_new("De Andere", "limburg", "brug@voorbeeld.be")
    code, output = run("organisation", "create", "De Brug", "--province", "limburg", "--email", "Brug@voorbeeld.be")
    assert code == 1
    assert "De Andere (Limburg) has the same mail address" in output


def test_a_name_that_is_nearly_that_of_another_is_given_only_anyway(run, cast):
    assert run("organisation", "edit", *PLOEG, "--name", "DE PLOEG.")[0] == 0
    words = ("organisation", "edit", "DE PLOEG.", *PLOEG[1:], "--name", "het atelier")
    code, output = run(*words)
    assert code == 1
    assert "Het Atelier (Oost-Vlaanderen) has nearly the same name" in output
    assert run(*words, "--anyway")[0] == 0


def test_only_the_given_fields_are_changed(run, cast):
    assert run("organisation", "edit", *PLOEG, "--sector", "welfare", "--telephone", "09 1")[0] == 0
    assert run("organisation", "edit", *PLOEG, "--name", "De Ploegen", "--telephone", "")[0] == 0
    kept = Organisation.get_by_id(cast.ploeg.organisation.id)
    assert (kept.name, kept.sector, kept.telephone, kept.version) == ("De Ploegen", "welfare", "", 3)
    assert operator_did()[0] == (Event.ORGANISATION_CHANGED, kept.id, "oost-vlaanderen", None)


@pytest.mark.parametrize("words", [
    ("--sector", "x"), ("--website", "javascript:alert(1)"), ("--website", "kring"), ("--telephone", "bel mij"),
    ("--address", "x" * 301), ("--address", "Dorp\n1"), ("--name", " "), ("--name", "Het Atelier")])
def test_values_that_the_pages_refuse_are_refused(run, cast, words):
    before = contents()
    code, output = run("organisation", "edit", *PLOEG, *words)
    assert code in (1, 2)
    assert "Error: " in output
    assert contents() == before


def test_a_login_is_blocked_and_unblocked(run, cast):
    token = Session.start(cast.ploeg.account)
    assert run("organisation", "block", *PLOEG) == (0, "blocked\n")
    assert Session.find(token) is None
    assert run("organisation", "block", *PLOEG) == (0, "already blocked\n")
    assert Account.get_by_id(cast.ploeg.account.id).blocked
    assert run("organisation", "unblock", *PLOEG) == (0, "unblocked\n")
    assert run("organisation", "unblock", *PLOEG) == (0, "not blocked\n")
    blocking = [did[0] for did in operator_did() if did[0] in (Event.LOGIN_BLOCKED, Event.LOGIN_UNBLOCKED)]
    assert blocking == [Event.LOGIN_UNBLOCKED, Event.LOGIN_BLOCKED]


def test_a_login_moves_unless_cancelled(run, cast):
    code, output = run("organisation", "move", *PLOEG, "--email", "nieuw@voorbeeld.be")
    assert code == 0
    assert output.startswith("moves to nieuw@voorbeeld.be at ")
    pending = LoginMove.pending(cast.ploeg.account)
    assert (pending.new_email, pending.asked_by_id) == ("nieuw@voorbeeld.be", None)
    assert run("organisation", "move", *PLOEG, "--email", "ander@voorbeeld.be")[0] == 1
    assert run("organisation", "cancel-move", *PLOEG) == (0, "cancelled\n")
    assert run("organisation", "cancel-move", *PLOEG) == (0, "no pending move\n")
    assert [did[:1] for did in operator_did()[:2]] == [(Event.LOGIN_MOVE_CANCELLED,), (Event.LOGIN_MOVE_ASKED,)]


def test_a_link_to_choose_a_password_is_mailed(run, cast):
    assert run("organisation", "password", *PLOEG) == (0, "mailed\n")
    assert Mail.get().recipient == "ploeg@voorbeeld.be"
    assert operator_did()[0][0] == Event.PASSWORD_REQUESTED


@pytest.mark.parametrize(("words", "message"), [
    (("show", "Bestaat niet"), "no organisation of that name"),
    (("edit", "Bestaat niet", "--name", "x"), "no organisation of that name"),
    (("block", "De Winning"), "no organisation of that name"),
    (("block", "De Kring"), "has no login yet"),
    (("move", "De Kring", "--email", "x@voorbeeld.be"), "has no login yet"),
    (("move", "De Ploeg", "--email", "ploeg@voorbeeld.be"), "The login already has that address"),
    (("move", "De Ploeg", "--email", "atelier@voorbeeld.be"), "another login"),
    (("move", "De Ploeg", "--email", "geen adres"), "not a mail address"),
])
def test_a_refused_command_says_why_and_changes_nothing(run, cast, words, message):
    Organisation.create_new("De Kring", "oost-vlaanderen")
    before = contents()
    code, output = run("organisation", *words, "--province", "oost-vlaanderen")
    assert code == 1
    assert message in output
    assert contents() == before


def test_a_blocked_login_is_not_moved_and_gets_no_password_link(run, cast):
    cast.ploeg.account.block()
    for words in (("move", *PLOEG, "--email", "x@voorbeeld.be"), ("password", *PLOEG)):
        assert run("organisation", *words) == (1, "Error: This login is blocked: unblock it first.\n")
