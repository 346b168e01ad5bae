"""The commands for administrators."""
import pytest

from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.audit import Event
from models.database import now
from models.mail.outbox import Mail
from tests.commands.audit import operator_did
from tests.tables import contents

ADMINISTRATOR = ("--province", "oost-vlaanderen", "--email", "beheer.oost-vlaanderen@voorbeeld.be")


def test_administrators_are_listed_with_their_state(rows_of_list, cast):
    assert rows_of_list("administrator", "list", "--province", "oost-vlaanderen") == [
        ["beheer.oost-vlaanderen@voorbeeld.be", "active", ""]]
    assert rows_of_list("administrator", "list", "--province", "antwerpen") == []


def test_even_the_last_administrator_of_a_province_is_blocked_and_unblocked(run, cast):
    token = Session.start(cast.administrator)
    assert run("administrator", "block", *ADMINISTRATOR) == (0, "blocked\n")
    assert Session.find(token) is None
    assert Account.get_by_id(cast.administrator.id).blocked
    assert run("administrator", "unblock", *ADMINISTRATOR) == (0, "unblocked\n")
    assert not Account.get_by_id(cast.administrator.id).blocked
    assert {Event.LOGIN_BLOCKED, Event.LOGIN_UNBLOCKED} <= {did[0] for did in operator_did()}


def test_a_lost_second_factor_is_removed_and_the_sessions_end(run, cast):
    SecondFactor.create(account_id=cast.administrator.id, sealed_secret=b"x", last_step=0, created_at=now())
    token = Session.start(cast.administrator)
    assert run("administrator", "reset-factor", *ADMINISTRATOR)[0] == 0
    assert SecondFactor.of(cast.administrator) is None
    assert Session.find(token) is None
    assert Mail.get().recipient == cast.administrator.email
    assert (Event.FACTOR_REMOVED, None, "oost-vlaanderen", None) in operator_did()


@pytest.mark.parametrize("verb", ["block", "unblock", "reset-factor"])
@pytest.mark.parametrize("email", ["niemand@voorbeeld.be", "ploeg@voorbeeld.be", "beheer.limburg@voorbeeld.be"])
def test_a_login_that_is_not_an_administrator_of_the_province_is_not_found(run, cast, verb, email):
    before = contents()
    assert run("administrator", verb, "--province", "oost-vlaanderen", "--email", email) == (
        1, "Error: This province has no administrator with that address.\n")
    assert contents() == before


def test_removing_a_second_factor_that_is_not_set_up_is_refused(run, cast):
    code, output = run("administrator", "reset-factor", *ADMINISTRATOR)
    assert (code, "no second factor" in output) == (1, True)


def test_a_blocked_administrator_is_not_invited(run, cast):
    Account.update(blocked=True, password_hash=None).where(Account.id == cast.administrator.id).execute()
    assert run("administrator", "create", *ADMINISTRATOR) == (1, "Error: This login is blocked: unblock it first.\n")
    assert Mail.select().count() == 0
