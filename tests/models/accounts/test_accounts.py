"""Accounts: invitations, passwords and addresses, each with its mail and its entry in the audit."""
import pytest

from models.accounts import addresses
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.logins import known_email
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import database
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.hall import entries, events, link_in, mails, refusal

NEW = "een groene lantaarn op zolder"
pytestmark = pytest.mark.usefixtures("mailing")


# Invitations

def test_an_organisation_is_invited_and_chooses_its_first_password(register):
    organisation = Organisation.create_new("De Ploeg", "limburg")
    account, token = Account.invite(organisation, "Ploeg@Voorbeeld.be")
    (recipient, subject, body), = mails()
    assert (recipient, subject) == ("ploeg@voorbeeld.be", "Uitnodiging voor Loket")
    assert "De Ploeg kan voortaan registreren in Loket." in body
    assert link_in(body, "invitation") == (f"/invitation/{token}", token)
    assert Account.of_link("invitation", token) == account
    Account.set_password_by_link("invitation", token, NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW) == account
    assert entries() == [("invited", "operator", None, organisation.id),
                         ("password-changed", "arbeidszorg:organisation", account.id, organisation.id)]


def test_an_administrator_is_invited_for_a_province(register):
    account, token = Account.invite("limburg", "beheer@voorbeeld.be")
    assert (account.role, account.province, account.organisation) == ("arbeidszorg:administrator", "limburg", None)
    assert "provinciebeheerder" in mails()[0][2]
    assert AuditEntry.get().province == "limburg"


def test_a_second_invitation_ends_the_first_link(register):
    organisation = Organisation.create_new("De Ploeg", "limburg")
    account, older = Account.invite(organisation, "tikfuot@voorbeeld.be")
    again, newer = Account.invite(organisation, "ploeg@voorbeeld.be")
    assert again == account
    assert Account.get_by_id(account.id).email == "ploeg@voorbeeld.be"
    assert refusal(Account.set_password_by_link, "invitation", older, NEW) == "link"
    assert Account.set_password_by_link("invitation", newer, NEW) == account
    assert Account.invite("limburg", "beheer@voorbeeld.be")[0] == Account.invite("limburg", "beheer@voorbeeld.be")[0]


def test_the_known_address_of_an_organisation_is_its_login_or_its_own(register):
    organisation = Organisation.create_new("De Ploeg", "limburg", "ploeg@voorbeeld.be")
    assert known_email(organisation) == "ploeg@voorbeeld.be"
    Account.invite(organisation, "ander@voorbeeld.be")
    assert known_email(organisation) == "ander@voorbeeld.be"


def test_a_login_that_was_accepted_is_not_invited_again(cast):
    assert refusal(Account.invite, cast.ploeg.organisation, "nieuw@voorbeeld.be") == "has_login"
    new = Organisation.create_new("Nieuw", "limburg")
    assert refusal(Account.invite, new, "ploeg@voorbeeld.be") == "email_taken"
    assert refusal(Account.invite, new, "beheer.limburg@voorbeeld.be") == "email_taken"
    assert refusal(Account.invite, "limburg", "ploeg@voorbeeld.be") == "email_taken"
    assert refusal(Account.invite, "limburg", "beheer.oost-vlaanderen@voorbeeld.be") == "email_taken"
    assert refusal(Account.invite, "gent", "nieuw@voorbeeld.be") == "province"
    assert mails() == []


# A forgotten password

def test_a_link_to_choose_a_new_password_is_mailed(ploeg):
    session = Session.start(ploeg.account)
    Account.request_password("Ploeg@voorbeeld.be")
    (recipient, _subject, body), = mails()
    assert recipient == "ploeg@voorbeeld.be"
    Account.set_password_by_link("password", link_in(body, "password")[1], NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"
    assert Session.find(session) is None
    (recipient, subject, _body), = mails()
    assert (recipient, subject) == ("ploeg@voorbeeld.be", "Je wachtwoord van Loket is gewijzigd")


def test_an_unknown_address_and_a_blocked_account_get_no_mail(cast):
    Account.update(blocked=True).where(Account.id == cast.ploeg.account.id).execute()
    Account.request_password("niemand@voorbeeld.be")
    Account.request_password("ploeg@voorbeeld.be")
    assert mails() == []
    assert events() == ["password-requested"] * 2


def test_a_request_runs_the_same_statements_for_known_and_unknown_addresses(ploeg, monkeypatch):
    done = {}
    real = type(database.obj).execute_sql
    for email in ("ploeg@voorbeeld.be", "niemand@voorbeeld.be"):
        statements = done[email] = []

        def counting(self, sql, params=None, statements=statements):
            statements.append(sql.split()[0])
            return real(self, sql, params)

        monkeypatch.setattr(type(database.obj), "execute_sql", counting)
        Account.request_password(email)
        monkeypatch.undo()
    writes = [sum(word in ("INSERT", "UPDATE", "DELETE") for word in statements) for statements in done.values()]
    assert len(done["ploeg@voorbeeld.be"]) == len(done["niemand@voorbeeld.be"])
    assert writes[0] == writes[1]


@pytest.mark.parametrize("email", ["ploeg@voorbeeld.be", "niemand@voorbeeld.be"])
def test_requests_for_a_password_are_limited(ploeg, email):
    for _ in range(5):
        Account.request_password(email)
    assert refusal(Account.request_password, email) == "too_many"


def test_a_weak_password_is_refused_and_does_not_use_the_link_up(ploeg):
    token = OneTimeLink.make(ploeg.account, "password")
    assert refusal(Account.set_password_by_link, "password", token, "DePloeg2026!!") == "password_weak"
    assert refusal(Account.set_password_by_link, "password", token, "kort") == "password_short"
    assert Account.set_password_by_link("password", token, NEW)


def test_of_two_simultaneous_uses_of_a_password_link_one_is_refused(ploeg, monkeypatch):
    token = OneTimeLink.make(ploeg.account, "password")
    monkeypatch.setattr(Account, "of_link", lambda *_: ploeg.account)
    Account.set_password_by_link("password", token, NEW)
    assert refusal(Account.set_password_by_link, "password", token, NEW + "s") == "link"
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)


def test_an_administrator_needs_a_longer_password(cast):
    fourteen = "kT7#wq9!pLz2vR"
    assert refusal(cast.administrator.change_password, PASSWORD, fourteen) == "password_short"
    cast.ploeg.account.change_password(PASSWORD, fourteen)
    assert Account.sign_in(cast.ploeg.account.email, fourteen)


def test_a_link_of_a_blocked_account_does_not_work(ploeg):
    token = OneTimeLink.make(ploeg.account, "password")
    Account.update(blocked=True).execute()
    assert refusal(Account.set_password_by_link, "password", token, NEW) == "link"


# Changing the password

def test_a_new_password_needs_the_current_one_and_ends_the_other_sessions(ploeg):
    here, elsewhere = Session.start(ploeg.account), Session.start(ploeg.account)
    assert refusal(ploeg.account.change_password, "fout", NEW) == "password_wrong"
    ploeg.account.change_password(PASSWORD, NEW, keep_session=Session.find(here).session_id)
    assert Session.find(here)
    assert Session.find(elsewhere) is None
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)
    assert [mail[1] for mail in mails()] == ["Je wachtwoord van Loket is gewijzigd"]
    assert events()[-3:] == ["sign-in-failed", "sessions-ended", "password-changed"]


def test_a_new_password_ends_every_link_of_the_account(ploeg):
    out = {kind: OneTimeLink.make(ploeg.account, kind, "nieuw@voorbeeld.be" if kind == "email" else None)
           for kind in ("invitation", "password", "email")}
    ploeg.account.change_password(PASSWORD, NEW)
    assert not any(OneTimeLink.find(kind, token) for kind, token in out.items())


def test_attempts_at_the_current_password_are_limited(ploeg):
    for _ in range(5):
        assert refusal(ploeg.account.check_password, "fout") == "password_wrong"
    assert refusal(ploeg.account.check_password, PASSWORD) == "too_many"


# Changing the address

def test_a_new_address_is_confirmed_by_its_own_mail_and_the_old_one_is_notified(ploeg):
    account = ploeg.account
    assert refusal(addresses.request, account, "nieuw@voorbeeld.be", "fout") == "password_wrong"
    addresses.request(account, "Nieuw@voorbeeld.be", PASSWORD)
    confirmation, told = mails()
    assert (confirmation[0], told[0]) == ("nieuw@voorbeeld.be", "ploeg@voorbeeld.be")
    assert "/email/" not in told[2]
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)

    reset = OneTimeLink.make(account, "password")
    token = link_in(confirmation[2], "email")[1]
    assert addresses.confirm(token).email == "nieuw@voorbeeld.be"
    assert Account.sign_in("nieuw@voorbeeld.be", PASSWORD) == account
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"
    assert [(mail[0], mail[1]) for mail in mails()] == [("ploeg@voorbeeld.be", "Je e-mailadres van Loket is gewijzigd")]
    assert refusal(addresses.confirm, token) == "link"
    assert OneTimeLink.find("password", reset) is None
    assert events() == ["sign-in-failed", "email-requested", "email-changed", "sign-in-failed"]


def test_only_a_mail_to_an_address_tells_that_it_is_in_use(cast):
    addresses.request(cast.ploeg.account, "atelier@voorbeeld.be", PASSWORD)
    assert [(mail[0], mail[1]) for mail in mails()] == [
        ("atelier@voorbeeld.be", "Dit e-mailadres is al in gebruik in Loket"),
        ("ploeg@voorbeeld.be", "Een ander e-mailadres voor Loket gevraagd")]
    assert OneTimeLink.select().count() == 0


def test_an_address_that_another_login_took_meanwhile_is_refused(cast):
    addresses.request(cast.ploeg.account, "nieuw@voorbeeld.be", PASSWORD)
    token = link_in(mails()[0][2], "email")[1]
    Account.update(email="nieuw@voorbeeld.be").where(Account.id == cast.outsider.account.id).execute()
    assert refusal(addresses.confirm, token) == "email_taken"
    assert OneTimeLink.find("email", token)
    assert mails() == []


def test_the_current_address_and_an_invalid_address_are_refused(ploeg):
    assert refusal(addresses.request, ploeg.account, "PLOEG@voorbeeld.be", PASSWORD) == "email_same"
    assert refusal(addresses.request, ploeg.account, "a@voorbeeld.be\r\nBcc: b@voorbeeld.be", PASSWORD) == "email"
