"""Inviting all organisations of a province that never were invited."""
import pytest

from models.accounts.accounts import Account
from models.accounts.bulk.errors import BulkCode
from models.accounts.bulk.inviting import choose, invite_all
from models.audit import AuditEntry, Event
from models.errors import Code, Refused
from models.mail import outbox
from models.mail.outbox import Mail
from models.organisations import Organisation

pytestmark = pytest.mark.usefixtures("mailing")


def named(choice):
    return ([one.name for one in choice.invitable], [(one.organisation.name, one.code) for one in choice.skipped])


@pytest.fixture
def new(cast):
    """Organisations without a login: three of Limburg with an address of their own, and some that cannot be invited."""
    for name, email in [("Kring A", "a@voorbeeld.be"), ("Kring B", "b@voorbeeld.be"), ("Kring C", "c@voorbeeld.be"),
                        ("Zonder", ""), ("Fout", "geen adres"), ("Bezet", "Ploeg@voorbeeld.be"),
                        ("Samen 1", "samen@voorbeeld.be"), ("Samen 2", "SAMEN@voorbeeld.be"),
                        ("Buur", "buur@voorbeeld.be")]:
        Organisation.create_new(name, "limburg", email=email)
    Organisation.create_new("Overbuur", "antwerpen", email="buur@voorbeeld.be")


@pytest.mark.usefixtures("new")
def test_organisations_without_a_login_are_chosen_and_others_skipped_with_the_reason():
    assert named(choose("limburg")) == (["Kring A", "Kring B", "Kring C"], [
        ("Bezet", Code.EMAIL_TAKEN), ("Buur", BulkCode.ADDRESS_SHARED), ("Fout", Code.EMAIL),
        ("Samen 1", BulkCode.ADDRESS_SHARED), ("Samen 2", BulkCode.ADDRESS_SHARED),
        ("Zonder", BulkCode.ADDRESS_ABSENT)])


@pytest.mark.usefixtures("new")
def test_each_is_invited_with_a_mail_and_a_line_in_the_log():
    done = invite_all(choose("limburg").invitable)
    assert named(done) == (["Kring A", "Kring B", "Kring C"], [])
    assert [mail.recipient for mail in Mail.select().order_by(Mail.id)] == [
        "a@voorbeeld.be", "b@voorbeeld.be", "c@voorbeeld.be"]
    invited = AuditEntry.select().where(AuditEntry.event == Event.INVITED)
    assert [entry.tenant_id for entry in invited] == [organisation.id for organisation in done.invitable]
    for organisation in done.invitable:
        assert Account.of(organisation).count() == 1


@pytest.mark.usefixtures("new")
def test_nobody_is_invited_twice():
    invite_all(choose("limburg").invitable)
    assert choose("limburg").invitable == []


@pytest.mark.usefixtures("new")
def test_an_organisation_that_was_invited_meanwhile_is_skipped_and_the_others_are_invited():
    choice = choose("limburg")
    Account.invite(Organisation.by_name("antwerpen", "Overbuur"), "b@voorbeeld.be")
    assert named(invite_all(choice.invitable)) == (["Kring A", "Kring C"], [("Kring B", Code.EMAIL_TAKEN)])


@pytest.mark.usefixtures("new")
def test_without_the_key_of_the_mails_nobody_is_invited():
    choice = choose("limburg")
    outbox.use(None)
    with pytest.raises(Refused, match="mail_key"):
        invite_all(choice.invitable)
    assert len(choose("limburg").invitable) == 3
