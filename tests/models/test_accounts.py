"""Logins: inviting, signing in, passwords and addresses, each with its limits, its mail and its entry in the audit."""
import contextlib
import datetime
import re
import threading

import pytest

from models import letters, outbox, passwords
from models.accounts import Account
from models.attempts import Attempt
from models.audit import AuditEntry
from models.database import Refused, database, now
from models.links import OneTimeLink
from models.organisations import Organisation
from models.sessions import Session
from tests.conftest import PASSWORD

NEW = "een groene lantaarn op zolder"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def mailing(register):
    outbox.use(bytes(32))
    letters.use("https://loket.voorbeeld.be")
    yield
    outbox.use(None)


@pytest.fixture
def start(clock):
    moment = now()
    clock(moment)
    return moment


def mails():
    """What is in the outbox, delivered: (recipient, subject, body)."""
    sent = []
    outbox.deliver(lambda *mail: sent.append(mail))
    return sent


def link_in(body, kind):
    return re.search(rf"https://loket\.voorbeeld\.be/{kind}/(\S+)", body)[1]


def entries():
    return [(entry.event, entry.actor, entry.account_id, entry.organisation_id)
            for entry in AuditEntry.select().order_by(AuditEntry.id) if entry.event != "organisation-created"]


def refusal(call, *arguments):
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


# Signing in

def test_address_and_password_sign_in_however_the_address_is_written(ploeg):
    assert Account.sign_in(" Ploeg@Voorbeeld.be ", PASSWORD) == ploeg.account


def test_an_administrator_signs_in_alike(cast):
    assert Account.sign_in("beheer.limburg@voorbeeld.be", PASSWORD).role == "administrator"


def test_wrong_unknown_blocked_and_not_yet_accepted_are_refused_in_the_same_words(cast):
    Account.update(blocked=True).where(Account.id == cast.outsider.account.id).execute()
    Account.update(password_hash=None).where(Account.id == cast.elsewhere.account.id).execute()
    for email, password in [("ploeg@voorbeeld.be", "fout"), ("niemand@voorbeeld.be", PASSWORD),
                            ("atelier@voorbeeld.be", PASSWORD), ("winning@voorbeeld.be", PASSWORD)]:
        assert refusal(Account.sign_in, email, password) == "unknown"
    ploeg, atelier, winning = cast.ploeg, cast.outsider, cast.elsewhere
    assert entries() == [
        ("sign-in-failed", "nobody", ploeg.account.id, ploeg.organisation.id),
        ("sign-in-failed", "nobody", None, None),
        ("sign-in-failed", "nobody", atelier.account.id, atelier.organisation.id),
        ("sign-in-failed", "nobody", winning.account.id, winning.organisation.id),
    ]


def test_an_address_that_nobody_has_is_kept_nowhere_in_clear(ploeg):
    refusal(Account.sign_in, "niemand@voorbeeld.be", "fout")
    Account.request_password("niemand@voorbeeld.be")
    for table in database.get_tables():
        assert "niemand" not in str(database.execute_sql(f'SELECT * FROM "{table}"').fetchall()), table


@pytest.mark.parametrize("email", ["ploeg@voorbeeld.be", "niemand@voorbeeld.be"])
def test_the_sixth_attempt_within_a_minute_is_refused_unlooked_at(cast, clock, start, monkeypatch, email):
    for second in range(5):
        clock(start + second * SECOND)
        assert refusal(Account.sign_in, email, "fout") == "unknown"
    monkeypatch.setattr(passwords, "verify", lambda *_: pytest.fail("the password was looked at"))
    for second in (5, 60):
        clock(start + second * SECOND)
        assert refusal(Account.sign_in, email.upper(), PASSWORD) == "too_many"
    assert entries()[-1][0] == "sign-in-limited"
    monkeypatch.undo()
    clock(start + 61 * SECOND)
    if email.startswith("ploeg"):
        assert Account.sign_in(email, PASSWORD)
    else:
        assert refusal(Account.sign_in, email, PASSWORD) == "unknown"


def test_other_accounts_are_not_affected(cast):
    for _ in range(6):
        refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    assert Account.sign_in("atelier@voorbeeld.be", PASSWORD) == cast.outsider.account


def test_colleagues_who_sign_in_rightly_do_not_use_up_the_attempts(ploeg):
    for _ in range(7):
        assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)


def test_a_right_password_does_not_wipe_out_the_wrong_ones(ploeg):
    for _ in range(4):
        refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "too_many"


def test_of_simultaneous_attempts_no_more_than_five_get_through(register):
    through, start = [], threading.Barrier(8)

    def work():
        start.wait(10)
        for _ in range(3):
            with contextlib.suppress(Refused):
                through.append(Attempt.count("sign-in", "ploeg@voorbeeld.be"))
        database.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(through) <= 5


def test_attempts_are_forgotten_after_an_hour(register, clock, start):
    Attempt.count("sign-in", "ploeg@voorbeeld.be")
    clock(start + datetime.timedelta(hours=1, seconds=1))
    Attempt.count("sign-in", "atelier@voorbeeld.be")
    assert Attempt.select().count() == 1


def test_a_password_hashed_by_older_parameters_is_hashed_anew(ploeg, monkeypatch):
    monkeypatch.setattr(passwords, "outdated", lambda _hash: True)
    before = ploeg.account.password_hash
    Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    assert Account.get_by_id(ploeg.account.id).password_hash != before
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)


# Invitations

def test_an_organisation_is_invited_and_chooses_its_first_password(register):
    organisation = Organisation.create_new("De Ploeg", "limburg")
    account, token = Account.invite(organisation, "Ploeg@Voorbeeld.be")
    (recipient, subject, body), = mails()
    assert (recipient, subject) == ("ploeg@voorbeeld.be", "Uitnodiging voor Loket")
    assert "De Ploeg kan voortaan registreren in Loket." in body
    assert link_in(body, "invitation") == token
    assert Account.of_link("invitation", token) == account
    Account.set_password_by_link("invitation", token, NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW) == account
    assert entries() == [("invited", "operator", None, organisation.id),
                         ("password-changed", "organisation", account.id, organisation.id)]


def test_an_administrator_is_invited_for_a_province(register):
    account, token = Account.invite("limburg", "beheer@voorbeeld.be")
    assert (account.role, account.province, account.organisation) == ("administrator", "limburg", None)
    assert "provinciebeheerder" in mails()[0][2]
    assert AuditEntry.get().province == "limburg"


def test_who_has_not_accepted_is_invited_again_and_the_older_link_is_dead(register):
    organisation = Organisation.create_new("De Ploeg", "limburg")
    account, older = Account.invite(organisation, "tikfuot@voorbeeld.be")
    again, newer = Account.invite(organisation, "ploeg@voorbeeld.be")
    assert again == account
    assert Account.get_by_id(account.id).email == "ploeg@voorbeeld.be"
    assert refusal(Account.set_password_by_link, "invitation", older, NEW) == "link"
    assert Account.set_password_by_link("invitation", newer, NEW) == account
    assert Account.invite("limburg", "beheer@voorbeeld.be")[0] == Account.invite("limburg", "beheer@voorbeeld.be")[0]


def test_an_invitation_goes_to_the_address_that_is_known(register):
    organisation = Organisation.create_new("De Ploeg", "limburg", "ploeg@voorbeeld.be")
    assert Account.known_email(organisation) == "ploeg@voorbeeld.be"
    Account.invite(organisation, "ander@voorbeeld.be")
    assert Account.known_email(organisation) == "ander@voorbeeld.be"


def test_who_has_a_login_already_is_not_invited_again(cast):
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
    Account.set_password_by_link("password", link_in(body, "password"), NEW)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"
    assert Session.find(session) is None
    (recipient, subject, _body), = mails()
    assert (recipient, subject) == ("ploeg@voorbeeld.be", "Je wachtwoord van Loket is gewijzigd")


def test_an_address_that_nobody_has_and_one_that_is_blocked_get_no_mail(cast):
    Account.update(blocked=True).where(Account.id == cast.ploeg.account.id).execute()
    Account.request_password("niemand@voorbeeld.be")
    Account.request_password("ploeg@voorbeeld.be")
    assert mails() == []
    assert [entry[0] for entry in entries()] == ["password-requested"] * 2


def test_a_request_does_the_same_statements_whether_the_address_is_known_or_not(ploeg, monkeypatch):
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
def test_nobodys_mailbox_is_flooded(ploeg, email):
    for _ in range(5):
        Account.request_password(email)
    assert refusal(Account.request_password, email) == "too_many"


def test_a_weak_password_is_refused_and_does_not_use_the_link_up(ploeg):
    token = OneTimeLink.make(ploeg.account, "password")
    assert refusal(Account.set_password_by_link, "password", token, "DePloeg2026!!") == "password_weak"
    assert refusal(Account.set_password_by_link, "password", token, "kort") == "password_short"
    assert Account.set_password_by_link("password", token, NEW)


def test_of_two_that_choose_by_the_same_link_at_once_one_is_refused(ploeg, monkeypatch):
    token = OneTimeLink.make(ploeg.account, "password")
    monkeypatch.setattr(Account, "of_link", lambda *_: ploeg.account)
    Account.set_password_by_link("password", token, NEW)
    assert refusal(Account.set_password_by_link, "password", token, NEW + "s") == "link"
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)


def test_an_administrator_needs_a_longer_password(cast):
    assert refusal(cast.administrator.set_password, "kT7#wq9!pLz2vR") == "password_short"
    ploeg = cast.ploeg.account
    ploeg.set_password("kT7#wq9!pLz2vR")
    assert Account.sign_in(ploeg.email, "kT7#wq9!pLz2vR")


def test_a_link_of_a_blocked_account_does_not_work(ploeg):
    token = OneTimeLink.make(ploeg.account, "password")
    Account.update(blocked=True).execute()
    assert refusal(Account.set_password_by_link, "password", token, NEW) == "link"


# Changing the password

def test_a_new_password_asks_for_the_current_one_and_ends_the_other_sessions(ploeg):
    here, elsewhere = Session.start(ploeg.account), Session.start(ploeg.account)
    assert refusal(ploeg.account.change_password, "fout", NEW) == "password_wrong"
    ploeg.account.change_password(PASSWORD, NEW, keep_session=Session.find(here).session_id)
    assert Session.find(here)
    assert Session.find(elsewhere) is None
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)
    assert [mail[1] for mail in mails()] == ["Je wachtwoord van Loket is gewijzigd"]
    assert [entry[0] for entry in entries()][-3:] == ["sign-in-failed", "sessions-ended", "password-changed"]


def test_a_new_password_makes_every_link_that_was_out_worthless(ploeg):
    out = {kind: OneTimeLink.make(ploeg.account, kind, "nieuw@voorbeeld.be" if kind == "email" else None)
           for kind in ("invitation", "password", "email")}
    ploeg.account.change_password(PASSWORD, NEW)
    assert not any(OneTimeLink.look(kind, token) for kind, token in out.items())


def test_the_current_password_cannot_be_guessed_from_within_a_session(ploeg):
    for _ in range(5):
        assert refusal(ploeg.account.check_password, "fout") == "password_wrong"
    assert refusal(ploeg.account.check_password, PASSWORD) == "too_many"


# Changing the address

def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(ploeg):
    account = ploeg.account
    assert refusal(account.request_email, "nieuw@voorbeeld.be", "fout") == "password_wrong"
    account.request_email("Nieuw@voorbeeld.be", PASSWORD)
    confirmation, told = mails()
    assert (confirmation[0], told[0]) == ("nieuw@voorbeeld.be", "ploeg@voorbeeld.be")
    assert "/email/" not in told[2]
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)

    reset = OneTimeLink.make(account, "password")
    token = link_in(confirmation[2], "email")
    assert Account.confirm_email(token).email == "nieuw@voorbeeld.be"
    assert Account.sign_in("nieuw@voorbeeld.be", PASSWORD) == account
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "unknown"
    assert [(mail[0], mail[1]) for mail in mails()] == [("ploeg@voorbeeld.be", "Je mailadres van Loket is gewijzigd")]
    assert refusal(Account.confirm_email, token) == "link"
    assert OneTimeLink.look("password", reset) is None
    assert [entry[0] for entry in entries()] == ["sign-in-failed", "email-requested", "email-changed", "sign-in-failed"]


def test_an_address_that_another_login_has_is_told_only_to_who_reads_its_mail(cast):
    cast.ploeg.account.request_email("atelier@voorbeeld.be", PASSWORD)
    assert [(mail[0], mail[1]) for mail in mails()] == [
        ("atelier@voorbeeld.be", "Dit mailadres is al in gebruik in Loket"),
        ("ploeg@voorbeeld.be", "Een ander mailadres voor Loket gevraagd")]
    assert OneTimeLink.select().count() == 0


def test_an_address_that_was_taken_meanwhile_is_refused_and_nothing_changes(cast):
    cast.ploeg.account.request_email("nieuw@voorbeeld.be", PASSWORD)
    token = link_in(mails()[0][2], "email")
    Account.update(email="nieuw@voorbeeld.be").where(Account.id == cast.outsider.account.id).execute()
    assert refusal(Account.confirm_email, token) == "email_taken"
    assert OneTimeLink.look("email", token)
    assert mails() == []


def test_the_same_address_and_no_address_are_refused(ploeg):
    assert refusal(ploeg.account.request_email, "PLOEG@voorbeeld.be", PASSWORD) == "email_same"
    assert refusal(ploeg.account.request_email, "a@voorbeeld.be\r\nBcc: b@voorbeeld.be", PASSWORD) == "email"
