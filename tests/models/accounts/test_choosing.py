"""Sessions of an account with several grants, and the actor in the log."""
import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import Limits
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ORGANISATION
from models.audit import AuditEntry, Event
from models.database import now
from models.organisations import Organisation
from tests.other_wing import DESK, MINUTE, plug_in, refused


@pytest.fixture
def other_wing(cast):
    """A tenant of a second wing."""
    return plug_in()


def test_the_actor_of_an_entry_is_a_role_that_exists(cast):
    insert = "INSERT INTO audit_entry (made_at, event, actor) VALUES (?, 'x', ?)"
    assert "audit_entry_actor" in refused(insert, (now(), "organisation"))
    assert "audit_entry_actor" in refused(insert, (now(), "andere:desk"))
    for actor in ("arbeidszorg:organisation", "arbeidszorg:administrator", "operator", "nobody"):
        assert refused(insert, (now(), actor)) == ""
    assert refused(f"{insert[:-1]}, 9999)".replace("actor)", "actor, tenant_id)"), (now(), "nobody"))


def test_the_strictest_limits_of_its_grants_hold_for_an_account(cast, other_wing):
    account = cast.ploeg.account
    assert account.limits == ORGANISATION.limits
    Grant.give(account.id, DESK, None)
    account = Account.get_by_id(account.id)
    assert account.limits == Limits(MINUTE, 2 * MINUTE, shortest_password=20, second_factor=False)
    token = Session.start(account)
    assert Session.find(token).limits == account.limits


def test_an_account_with_two_grants_acts_by_none_until_one_is_chosen(cast, other_wing):
    account = cast.ploeg.account
    other = Grant.give(account.id, DESK, None)
    token = Session.start(Account.get_by_id(account.id))
    waiting = Session.find(token)
    assert (waiting.role, waiting.grant_id, waiting.organisation) == ("nobody", None, None)
    assert not AuditEntry.select().where(AuditEntry.event == Event.SIGNED_IN)
    assert not Session.choose(token, cast.outsider.account.grants[0].id)
    assert Session.choose(token, account.grants[0].id)
    assert Session.find(token).organisation_id == cast.ploeg.organisation.id
    assert Session.choose(token, other.id)
    assert (Session.find(token).role, Session.find(token).organisation) == ("andere:desk", None)
    signed_in = AuditEntry.select().where(AuditEntry.event == Event.SIGNED_IN).order_by(AuditEntry.id)
    assert [(entry.actor, entry.tenant_id) for entry in signed_in] == [
        ("arbeidszorg:organisation", cast.ploeg.organisation.id), ("andere:desk", None)]
    other.end()
    assert Session.find(token).grant_id is None


def test_a_session_acts_by_a_grant_of_its_own_account(cast):
    Session.start(cast.ploeg.account)
    assert refused("UPDATE session SET grant_id = ?", (cast.administrator.grants[0].id,))


def test_a_login_of_an_organisation_is_found_behind_its_role_in_another_wing(cast, other_wing):
    account = Account.create(email="nieuw@voorbeeld.be")
    Grant.give(account.id, DESK, None)
    Grant.give(account.id, ORGANISATION, Organisation.create_new("De Brug", "limburg"))
    assert Account.by_email("nieuw@voorbeeld.be").organisation.name == "De Brug"


def test_a_session_does_not_act_by_a_grant_that_was_given_after_it_began(cast, other_wing, clock):
    """The new role may ask for a second factor, which nobody showed in this session."""
    moment = now()
    token = Session.start(cast.ploeg.account)
    clock(moment + MINUTE / 2)
    grant = Grant.give(cast.ploeg.account.id, DESK, None)
    assert [held.role for held in Session.find(token).grants] == ["arbeidszorg:organisation"]
    assert not Session.choose(token, grant.id)
    assert len(Session.find(Session.start(cast.ploeg.account)).grants) == 2
    # The limits of the new role hold at once: a minute without a request.
    clock(moment + MINUTE * 3 / 2)
    assert Session.find(token) is None


def test_an_old_session_stays_ended_when_its_address_is_invited(cast, clock, mailing):
    token = Session.start(cast.ploeg.account)
    cast.ploeg.account.grants[0].end()
    clock(now() + MINUTE)
    Account.invite("limburg", "ploeg@voorbeeld.be")
    assert Session.find(token) is None
