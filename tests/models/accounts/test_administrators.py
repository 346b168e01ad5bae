"""The administrators of a province: inviting and blocking each other, and how organisations reach them."""
import datetime

import pytest

from models.accounts import administrators
from models.accounts.accounts import Account
from models.accounts.administrators import Contact
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from models.audit import OPERATOR, AuditEntry
from models.database import now
from models.errors import Refused
from tests.hall import entries, events, in_threads, link_in, mails, refusal

PROVINCE = "oost-vlaanderen"
pytestmark = pytest.mark.usefixtures("mailing")


@pytest.fixture
def colleague(cast):
    """Another administrator of Oost-Vlaanderen, who can sign in."""
    return Account.new(ADMINISTRATOR, PROVINCE, email="collega@voorbeeld.be",
                          password_hash=cast.administrator.password_hash)


def everybody():
    return [(one.account.email, one.state, one.last_sign_in) for one in administrators.of(PROVINCE)]


def test_administrators_are_listed_with_the_state_of_their_login(cast, colleague, start):
    Session.start(cast.administrator)
    colleague.block()
    administrators.invite(PROVINCE, "nieuw@voorbeeld.be", cast.administrator)
    Account.new(ADMINISTRATOR, PROVINCE, email="a.vroeger@voorbeeld.be")
    assert everybody() == [
        ("a.vroeger@voorbeeld.be", "expired", None), (cast.administrator.email, "active", start),
        (colleague.email, "blocked", None), ("nieuw@voorbeeld.be", "invited", None)]


def test_an_old_invitation_is_shown_as_expired(cast, start, clock):
    administrators.invite(PROVINCE, "nieuw@voorbeeld.be", cast.administrator)
    clock(start + datetime.timedelta(days=7))
    assert ("nieuw@voorbeeld.be", "expired", None) in everybody()


def test_a_sign_in_counts_only_with_the_second_factor(cast, start, clock):
    Session.start(cast.administrator)
    clock(start + datetime.timedelta(hours=1))
    Session.insert(token_hash="x", account_id=cast.administrator.id, created_at=now(), seen_at=now(),
                   awaits_factor=True).execute()
    assert everybody() == [(cast.administrator.email, "active", start)]


def test_only_a_colleague_of_the_same_province_is_found(cast, colleague):
    assert administrators.one(PROVINCE, colleague.id) == colleague
    for account in (cast.other_administrator, cast.ploeg.account):
        assert administrators.one(PROVINCE, account.id) is None


# Inviting

def test_a_colleague_is_invited_by_mail_for_the_same_province(cast):
    assert administrators.invite(PROVINCE, " Nieuw@voorbeeld.be ", cast.administrator) is None
    invited = Account.by_email("nieuw@voorbeeld.be")
    assert (invited.role, invited.province, invited.password_hash) == ("arbeidszorg:administrator", PROVINCE, None)
    assert entries() == [("invited", "arbeidszorg:administrator", cast.administrator.id, None)]
    (recipient, _, body), = mails()
    assert recipient == "nieuw@voorbeeld.be"
    assert Account.set_password_by_link(
        "invitation", link_in(body, "invitation")[1], "een groene lantaarn op zolder") == invited


def test_a_later_invitation_replaces_the_link_and_a_second_click_does_not(cast, start, clock):
    administrators.invite(PROVINCE, "nieuw@voorbeeld.be", cast.administrator)
    clock(start + datetime.timedelta(seconds=59))
    administrators.invite(PROVINCE, "nieuw@voorbeeld.be", cast.administrator)
    assert len(mails()) == 1
    clock(start + datetime.timedelta(minutes=2))
    administrators.invite(PROVINCE, "nieuw@voorbeeld.be", cast.administrator)
    assert len(mails()) == 1
    assert events() == ["invited", "invited"]
    assert OneTimeLink.select().count() == 1


def test_an_address_with_a_login_is_not_invited(cast, colleague):
    for email in (colleague.email, cast.other_administrator.email, cast.ploeg.account.email):
        assert refusal(administrators.invite, PROVINCE, email, cast.administrator) == "email_taken"
    assert refusal(administrators.invite, PROVINCE, "geen adres", cast.administrator) == "email"
    colleague.block()
    assert refusal(administrators.invite, PROVINCE, colleague.email, cast.administrator) == "login_blocked"
    cast.other_administrator.block()
    assert refusal(administrators.invite, PROVINCE, cast.other_administrator.email, cast.administrator) == "email_taken"


# Blocking

def test_a_blocked_colleague_is_signed_out_and_gets_a_mail(cast, colleague):
    token = Session.start(colleague)
    administrators.block(colleague, cast.administrator)
    assert Session.find(token) is None
    assert [mail[0] for mail in mails()] == [colleague.email]
    assert ("login-blocked", "arbeidszorg:administrator", cast.administrator.id, None) in entries()
    administrators.block(colleague, cast.administrator)
    assert (mails(), events().count("login-blocked")) == ([], 1)
    administrators.unblock(colleague, cast.administrator)
    assert Session.find(token) is None
    assert not Account.get_by_id(colleague.id).blocked
    assert [mail[0] for mail in mails()] == [colleague.email]
    assert entries()[-1] == ("login-unblocked", "arbeidszorg:administrator", cast.administrator.id, None)


def test_administrators_cannot_block_or_unblock_themselves(cast, colleague):
    assert refusal(administrators.block, cast.administrator, cast.administrator) == "own_login"
    assert refusal(administrators.unblock, cast.administrator, cast.administrator) == "own_login"
    assert not Account.get_by_id(cast.administrator.id).blocked


def test_the_later_of_two_colleagues_who_block_each_other_is_refused(cast, colleague):
    administrators.block(colleague, cast.administrator)
    assert refusal(administrators.block, cast.administrator, colleague) == "last_administrator"
    assert not Account.get_by_id(cast.administrator.id).blocked
    assert [mail[0] for mail in mails()] == [colleague.email]


def test_of_two_colleagues_who_block_each_other_at_once_one_succeeds(cast, colleague):
    me = cast.administrator
    for _ in range(10):
        pairs = ((me, colleague), (colleague, me))
        results = in_threads([lambda pair=pair: administrators.block(*pair) for pair in pairs])
        assert [result.code for result in results if isinstance(result, Refused)] == ["last_administrator"]
        blocked, = (account for account in (me, colleague) if Account.get_by_id(account.id).blocked)
        blocked.unblock()


def test_the_operator_can_block_the_last_administrator(cast):
    administrators.block(cast.administrator, None)
    assert Account.get_by_id(cast.administrator.id).blocked
    assert administrators.contacts(PROVINCE) == []
    assert entries()[-1][:2] == ("login-blocked", OPERATOR.role)


# How organisations reach them

def test_organisations_see_the_contact_data_of_administrators(cast, colleague):
    administrators.change_contact(cast.administrator, "Lies Maes", "09 123 45 67", "", cast.administrator)
    assert administrators.contacts(PROVINCE) == [Contact("Lies Maes", "09 123 45 67", "")]
    administrators.change_contact(colleague, "An Aerts", "", "An@Voorbeeld.be", colleague)
    assert administrators.contacts(PROVINCE) == [
        Contact("An Aerts", "", "an@voorbeeld.be"), Contact("Lies Maes", "09 123 45 67", "")]
    assert administrators.contacts("limburg") == [Contact("", "", cast.other_administrator.email)]


def test_without_contact_data_organisations_see_the_logins(cast, colleague):
    assert administrators.contacts(PROVINCE) == [
        Contact("", "", cast.administrator.email), Contact("", "", colleague.email)]


def test_an_administrator_who_cannot_sign_in_is_not_shown(cast, colleague):
    for account in (cast.administrator, colleague):
        administrators.change_contact(account, account.email[:3], "09 1", "", account)
    colleague.block()
    assert [contact.name for contact in administrators.contacts(PROVINCE)] == ["beh"]
    cast.administrator.save_values(password_hash=None)
    assert administrators.contacts(PROVINCE) == []


def test_contact_data_need_a_name_and_a_way_to_reach_somebody(cast):
    me = cast.administrator
    assert refusal(administrators.change_contact, me, "", "09 1", "", me) == "contact_name"
    assert refusal(administrators.change_contact, me, "", "", "lies@voorbeeld.be", me) == "contact_name"
    assert refusal(administrators.change_contact, me, "Lies", "", "", me) == "contact_way"
    assert refusal(administrators.change_contact, me, "Lies", "", "geen adres", me) == "email"
    assert events() == []


def test_a_change_of_contact_data_is_recorded_by_field_without_the_values(cast):
    me = cast.administrator
    administrators.change_contact(me, "Lies Maes", "09 1", "", me)
    administrators.change_contact(me, "Lies Maes", "09 1", "", me)
    administrators.change_contact(me, "Lies Maes", "09 1", "lies@voorbeeld.be", me)
    administrators.change_contact(me, "", "", "", None)
    entries = [entry for entry in AuditEntry.select().order_by(AuditEntry.id) if "contact" in entry.event]
    assert [entry.details["fields"] for entry in entries] == [
        ["contact_name", "contact_telephone"], ["contact_email"],
        ["contact_email", "contact_name", "contact_telephone"]]
    assert all((entry.province, entry.details["account"]) == (PROVINCE, me.id) for entry in entries)
    assert not any("Lies" in entry.detail for entry in entries)
