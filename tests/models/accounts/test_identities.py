"""Identities: another service signs an account in. A mail address is not an identity."""
import peewee
import pytest

from models.accounts import addresses, administrators, roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.accounts.links import OneTimeLink
from models.accounts.logins import offer_password
from models.accounts.moves import LoginMove
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.database import transaction
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.hall import entries, mails, refusal

NEW = "een groene lantaarn op zolder"
ISSUER = "https://aanmelden.voorbeeld.be"


@pytest.fixture
def outside(cast):
    """An administrator without an address, whom another service signs in."""
    account = Account.new(ADMINISTRATOR, "limburg", local=False)
    Identity.add(account, ISSUER, "a-17")
    return account


def insert_fails(**values):
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        Account.create(**values)
    return str(error.value)


def test_an_identity_is_of_one_account(outside, cast):
    assert Identity.account_of(ISSUER, "a-17") == outside
    assert Identity.account_of(ISSUER, "a-18") is None
    assert Identity.account_of("https://elders.voorbeeld.be", "a-17") is None
    with pytest.raises(peewee.IntegrityError), transaction():
        Identity.add(cast.administrator, ISSUER, "a-17")
    Identity.add(cast.administrator, ISSUER, "a-18")
    assert [event for event, *_ in entries()] == ["identity-added"] * 2


def test_a_blocked_account_and_one_without_a_grant_are_not_found(outside):
    outside.block()
    assert Identity.account_of(ISSUER, "a-17") is None
    outside.unblock()
    outside.grants[0].end()
    assert Identity.account_of(ISSUER, "a-17") is None


def test_an_account_without_an_address_has_a_session_and_gets_no_mail(outside, mailing):
    signed_in = Session.find(Session.start(outside))
    assert (signed_in.email, signed_in.province) == (None, "limburg")
    assert outside.block()
    assert mails() == []


def test_a_login_from_outside_is_not_invited_again_and_counts_as_able(outside, cast, mailing):
    organisation = Organisation.create_new("De Brug", "limburg")
    Account.new(ORGANISATION, organisation, local=False)
    assert refusal(Account.invite, organisation, "brug@voorbeeld.be") == "has_login"
    administrators.block(cast.other_administrator, outside)
    assert refusal(administrators.block, outside, cast.other_administrator) == "last_administrator"


def test_an_address_is_unique_among_the_logins_that_sign_in_here(outside, cast):
    assert "email" in insert_fails(email="ploeg@voorbeeld.be")
    for _ in range(2):
        Account.create(local=False, email="ploeg@voorbeeld.be")
    assert Account.by_email("ploeg@voorbeeld.be") == cast.ploeg.account


def test_only_a_login_that_signs_in_here_has_a_password_and_needs_an_address(outside):
    assert insert_fails(local=True, email=None)
    assert insert_fails(local=False, email="x@voorbeeld.be", password_hash="-")
    Account.update(email="buiten@voorbeeld.be").where(Account.id == outside.id).execute()
    assert Account.by_email("buiten@voorbeeld.be") is None
    assert refusal(Account.sign_in, "buiten@voorbeeld.be", PASSWORD) == "unknown"


# An address whose login has ended

def test_an_address_of_an_ended_login_goes_to_a_new_account(cast, mailing):
    """Whoever had the old login may still have its password, its links and its phone."""
    old = cast.ploeg.account
    links = {kind: OneTimeLink.make(old, kind, "dief@voorbeeld.be" if kind == "email" else None)
             for kind in ("password", "email")}
    LoginMove.ask(old, "verhuisd@voorbeeld.be")
    old.grants[0].end()
    assert refusal(Account.set_password_by_link, "password", links["password"], NEW) == "link"
    invited, token = Account.invite("limburg", "ploeg@voorbeeld.be")
    assert invited != old
    assert (invited.organisation, invited.province) == (None, "limburg")
    assert refusal(Account.set_password_by_link, "password", links["password"], NEW) == "link"
    assert refusal(addresses.confirm, links["email"]) == "link"
    assert LoginMove.carry_out() == 0
    Account.set_password_by_link("invitation", token, NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW) == invited
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"


def test_an_address_with_a_role_of_a_wing_that_is_off_is_taken(cast):
    roles.use([])
    assert refusal(Account.invite, "limburg", "ploeg@voorbeeld.be") == "email_taken"
    assert Account.by_email("ploeg@voorbeeld.be").password_hash


def test_nobody_acts_on_a_login_that_reaches_into_another_province(cast, mailing):
    account = cast.ploeg.account
    Grant.give(account.id, ORGANISATION, Organisation.create_new("De Kring", "limburg"))
    account = Account.get_by_id(account.id)
    for by in (cast.administrator, cast.other_administrator):
        for act in (lambda by=by: LoginMove.ask(account, "nieuw@voorbeeld.be", by), lambda by=by: account.block(by),
                    lambda by=by: account.unblock(by), lambda by=by: offer_password(account, by)):
            assert refusal(act) == "grant_wider"
    assert account.block()
