"""An organisation's login, as its province creates, invites and blocks it and offers it a new password."""
import datetime

import pytest

from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.logins import LATELY, Login
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import now
from models.errors import Code, Refused, Stale
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.hall import entries, link_in, mails, refusal

BRUG = {"name": "De Brug", "sector": "welfare", "address": "Dorp 1", "telephone": "09 123 45 67",
        "website": "https://voorbeeld.be"}
EMAIL = "brug@voorbeeld.be"
NEW = "een groene lantaarn op zolder"
pytestmark = pytest.mark.usefixtures("mailing")


def make(cast, invite=True, email=EMAIL, **values):
    return logins.make_organisation("oost-vlaanderen", {**BRUG, **values}, email, invite, cast.administrator)


def recipients():
    return [recipient for recipient, _subject, _body in mails()]


# Creating

def test_an_organisation_is_created_and_invited_together(cast):
    brug = make(cast, email="Brug@voorbeeld.be")
    kept = Organisation.one("oost-vlaanderen", brug.id)
    assert {name: getattr(kept, name) for name in BRUG} == BRUG
    assert recipients() == [EMAIL]
    assert Login.of(kept).state == "invited"
    whose = ("arbeidszorg:administrator", cast.administrator.id, brug.id)
    assert entries() == [("invited", *whose)]
    made = AuditEntry.select().where(AuditEntry.event == "organisation-created").order_by(AuditEntry.id.desc()).get()
    assert (made.actor, made.account_id, made.tenant_id) == whose


def test_an_organisation_can_be_created_without_an_invitation(cast):
    brug = make(cast, invite=False)
    assert Login.of(brug) == Login("new", EMAIL)
    assert mails() == []


@pytest.mark.parametrize("invite", [True, False])
def test_the_same_form_posted_twice_creates_one_organisation_and_one_mail(cast, invite):
    brug = make(cast, invite)
    assert make(cast, invite) == brug
    assert make(cast, invite, name="  De \n Brug ") == brug
    assert len(mails()) == invite
    assert AuditEntry.select().where(AuditEntry.tenant_id == brug.id).count() == 1 + invite


@pytest.mark.parametrize("other", [
    {"sector": "other"}, {"address": "Dorp 2"}, {"email": "ander@voorbeeld.be"}, {"invite": False}])
def test_another_organisation_with_the_same_name_is_refused(cast, other):
    make(cast)
    assert refusal(lambda: make(cast, **other)) == "organisation_exists"
    assert len(mails()) == 1


@pytest.mark.parametrize(("wrong", "code"), [
    ({"email": "ploeg@voorbeeld.be"}, "email_taken"), ({"email": "geen adres"}, "email"),
    ({"email": "a@voorbeeld.be\r\nBcc: b@voorbeeld.be"}, "email"), ({"name": " "}, "organisation_name"),
    ({"name": "De Ploeg"}, "organisation_exists")])
@pytest.mark.parametrize("invite", [True, False])
def test_a_refused_organisation_leaves_nothing_behind(cast, wrong, code, invite):
    before = Organisation.select().count()
    assert refusal(lambda: make(cast, invite, **wrong)) == code
    assert Organisation.select().count() == before
    assert mails() == []


# Changing

def test_a_change_of_an_organisation_is_recorded_without_the_values(cast):
    ploeg = cast.ploeg.organisation
    changed = ploeg.change({**BRUG, "name": " De  Brug "}, 1, by=cast.administrator)
    assert {name: getattr(changed, name) for name in BRUG} == BRUG
    assert changed.version == 2
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.actor, entry.tenant_id) == (
        "organisation-changed", "arbeidszorg:administrator", ploeg.id)
    assert entry.details == {"fields": sorted(BRUG)}


def test_the_later_of_administrator_and_organisation_gets_the_current_data(cast):
    ploeg = cast.ploeg.organisation
    ploeg.update_contact("Kerkstraat 1", "", "", 1, by=cast.ploeg.account)
    with pytest.raises(Stale) as stale:
        ploeg.change(BRUG, 1, by=cast.administrator)
    assert stale.value.current.address == "Kerkstraat 1"
    assert Organisation.get_by_id(ploeg.id).name == "De Ploeg"


@pytest.mark.parametrize(("name", "code"), [
    ("Het Atelier", "organisation_exists"), ("", "organisation_name"), ("x" * 201, "organisation_name")])
def test_an_invalid_name_is_refused(cast, name, code):
    assert refusal(cast.ploeg.organisation.change, {**BRUG, "name": name}, 1) == code
    assert Organisation.get_by_id(cast.ploeg.organisation.id).version == 1


def test_an_organisation_of_another_province_is_not_found(cast):
    assert Organisation.one("oost-vlaanderen", cast.ploeg.organisation.id) == cast.ploeg.organisation
    assert Organisation.one("limburg", cast.ploeg.organisation.id) is None
    assert Organisation.one("oost-vlaanderen", 999) is None


# Inviting

def test_a_second_click_mails_no_second_link_within_a_minute(cast, start, clock):
    brug = make(cast)
    token = link_in(mails()[0][2], "invitation")[1]
    clock(start + LATELY - datetime.timedelta(seconds=1))
    logins.invite(brug, EMAIL, cast.administrator)
    assert mails() == []
    assert Account.of_link("invitation", token)
    clock(start + LATELY)
    logins.invite(brug, EMAIL, cast.administrator)
    assert recipients() == [EMAIL]
    assert Account.of_link("invitation", token) is None


def test_the_address_can_be_corrected_until_the_invitation_is_accepted(cast):
    brug = make(cast, email="burg@voorbeeld.be")
    logins.invite(brug, EMAIL, cast.administrator)
    to_wrong, to_right = mails()
    assert to_right[0] == EMAIL
    assert Login.of(brug).email == EMAIL
    assert Account.of_link("invitation", link_in(to_wrong[2], "invitation")[1]) is None
    Account.set_password_by_link("invitation", link_in(to_right[2], "invitation")[1], NEW)
    assert refusal(logins.invite, brug, "derde@voorbeeld.be") == "has_login"
    assert Login.of(brug).email == EMAIL


def test_an_old_invitation_shows_as_expired(cast, start, clock):
    brug = make(cast)
    login = Login.of(brug)
    assert (login.state, login.invitation.created_at) == ("invited", start)
    clock(login.invitation.expires_at)
    assert Login.of(brug).state == "expired"
    logins.invite(brug, EMAIL)
    assert Login.of(brug).state == "invited"


def test_a_blocked_login_is_not_invited(cast):
    brug = make(cast)
    Login.of(brug).account.block()
    mails()
    assert refusal(logins.invite, brug, EMAIL) == "login_blocked"
    assert refusal(logins.invite, brug, "ander@voorbeeld.be") == "login_blocked"
    assert mails() == []


def test_the_last_sign_in_is_shown(cast, start, clock):
    assert Login.of(cast.ploeg.organisation) == Login("active", "ploeg@voorbeeld.be", cast.ploeg.account)
    Session.start(cast.ploeg.account)
    clock(start + datetime.timedelta(days=2))
    Session.end_all(cast.ploeg.account)
    assert Login.of(cast.ploeg.organisation).last_sign_in == start


# Blocking

def test_a_blocked_login_is_signed_out_and_gets_a_mail(cast):
    token = Session.start(cast.ploeg.account)
    link = OneTimeLink.make(cast.ploeg.account, "password")
    assert cast.ploeg.account.block(by=cast.administrator)
    assert Login.of(cast.ploeg.organisation).state == "blocked"
    assert Session.find(token) is None
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"
    assert [mail[:2] for mail in mails()] == [("ploeg@voorbeeld.be", "Je login van Loket is geblokkeerd")]
    whose = ("arbeidszorg:administrator", cast.administrator.id, cast.ploeg.organisation.id)
    assert entries()[1:3] == [("sessions-ended", *whose), ("login-blocked", *whose)]

    assert cast.ploeg.account.unblock(by=cast.administrator)
    # The old session and an old link do not work again.
    assert Session.find(token) is None
    assert Account.of_link("password", link) is None
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    assert [mail[1] for mail in mails()] == ["Je login van Loket is niet meer geblokkeerd"]
    assert entries()[-1] == ("login-unblocked", *whose)


def test_blocking_or_unblocking_twice_has_the_effect_of_once(cast):
    again = Account.get_by_id(cast.ploeg.account.id)
    assert cast.ploeg.account.block()
    assert not again.block()
    assert again.blocked
    assert cast.ploeg.account.unblock()
    assert not again.unblock()
    assert len(mails()) == 2
    assert [entry[:2] for entry in entries()] == [("login-blocked", "operator"), ("login-unblocked", "operator")]


def test_blocking_an_administrator_is_recorded_under_the_province(cast):
    Session.start(cast.administrator)
    cast.administrator.block()
    kept = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(2)
    assert [(entry.event, entry.actor, entry.province, entry.tenant_id) for entry in kept] == [
        ("login-blocked", "operator", "oost-vlaanderen", None), ("sessions-ended", "operator", "oost-vlaanderen", None)]


# A new password

def test_a_reset_goes_to_the_login_and_changes_nothing_until_it_is_used(cast):
    """ASVS 6.4.6."""
    assert logins.offer_password(cast.ploeg.account, cast.administrator) is None
    (recipient, subject, body), = mails()
    assert (recipient, subject) == ("ploeg@voorbeeld.be", "Kies een nieuw wachtwoord voor Loket")
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    whose = (cast.administrator.id, cast.ploeg.organisation.id)
    assert entries() == [("password-requested", "arbeidszorg:administrator", *whose)]
    Account.set_password_by_link("password", link_in(body, "password")[1], NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)


def test_a_second_click_keeps_the_first_password_link(cast, start, clock):
    logins.offer_password(cast.ploeg.account)
    token = link_in(mails()[0][2], "password")[1]
    logins.offer_password(cast.ploeg.account)
    assert mails() == []
    assert Account.of_link("password", token)
    clock(start + LATELY)
    logins.offer_password(cast.ploeg.account)
    assert recipients() == ["ploeg@voorbeeld.be"]


@pytest.mark.parametrize(("change", "code"), [
    ({"password_hash": None}, "not_accepted"), ({"blocked": True}, "login_blocked")])
def test_a_login_without_a_password_or_blocked_gets_no_password_link(cast, change, code):
    assert refusal(logins.offer_password, cast.ploeg.account.save_values(**change)) == code
    assert mails() == []


def test_a_link_from_the_future_does_not_prevent_a_new_one(cast, start, clock):
    clock(start + datetime.timedelta(days=365))
    logins.offer_password(cast.ploeg.account)
    mails()
    clock(start)
    assert now() == start
    logins.offer_password(cast.ploeg.account)
    token = link_in(mails()[0][2], "password")[1]
    assert Account.of_link("password", token)


def test_without_the_key_that_seals_mails_nothing_changes(cast):
    from_outside = Refused(Code.MAIL_KEY)
    with pytest.MonkeyPatch.context() as patched:
        def shut(*_mail):
            raise from_outside
        patched.setattr("models.mail.outbox.post", shut)
        for call in (lambda: make(cast), cast.ploeg.account.block, lambda: logins.offer_password(cast.ploeg.account)):
            assert refusal(call) == "mail_key"
    assert Organisation.by_name("oost-vlaanderen", "De Brug") is None
    assert not Account.get_by_id(cast.ploeg.account.id).blocked
    assert OneTimeLink.select().count() == 0
