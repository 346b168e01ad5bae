"""Moves of logins: mailed to both addresses, cancellable for 72 hours, then carried out once."""
import datetime
import threading

import pytest

from models.accounts import addresses
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.moves import WAIT, LoginMove
from models.audit import AuditEntry
from models.database import database
from models.mail import outbox
from tests.conftest import PASSWORD
from tests.hall import entries, link_in, mails, refusal
from tests.models.arbeidszorg.register.test_constraints import refused

NEW = "nieuw@voorbeeld.be"
SECOND = datetime.timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("mailing")


@pytest.fixture
def asked(cast, start):
    """A pending move of De Ploeg's login, whose mails have been sent."""
    move = LoginMove.ask(cast.ploeg.account, "Nieuw@voorbeeld.be", by=cast.administrator)
    mails()
    return move


def email_of(login):
    return Account.get_by_id(login.account.id).email


def state_of(move):
    return LoginMove.get_by_id(move.id).status


def subjects():
    return sorted((recipient, subject) for recipient, subject, _body in mails())


CANCELLED = "De verhuizing van een login van Loket gaat niet door"
ALL_THREE = ["beheer.oost-vlaanderen@voorbeeld.be", NEW, "ploeg@voorbeeld.be"]


# Asking

def test_both_addresses_get_a_mail_about_the_coming_move(cast, start, clock):
    clock(datetime.datetime(2026, 3, 27, 9, 30, tzinfo=datetime.UTC))
    move = LoginMove.ask(cast.ploeg.account, "Nieuw@voorbeeld.be", by=cast.administrator)
    (old, _, to_old), (new, _, to_new) = mails()
    assert (old, new) == ("ploeg@voorbeeld.be", NEW)
    # The clock goes forward in the night of 29 March.
    for body in (to_old, to_new):
        assert "30/03/2026 om 11:30" in body
    assert "Verhuizing annuleren" in to_old
    assert "/password/" not in to_old + to_new
    assert "ploeg@voorbeeld.be" not in to_new
    assert email_of(cast.ploeg) == "ploeg@voorbeeld.be"
    assert LoginMove.pending(cast.ploeg.account) == move
    whose = (cast.administrator.id, cast.ploeg.organisation.id)
    assert entries() == [("login-move-asked", "arbeidszorg:administrator", *whose)]


def test_asking_twice_is_one_move_and_another_address_is_refused(cast, asked):
    assert LoginMove.ask(cast.ploeg.account, NEW, by=cast.administrator) == asked
    assert refusal(LoginMove.ask, cast.ploeg.account, "ander@voorbeeld.be") == "move_pending"
    assert mails() == []


def test_the_database_refuses_the_second_of_two_simultaneous_moves(cast, asked, monkeypatch):
    monkeypatch.setattr(LoginMove, "pending", lambda _account: None)
    assert refusal(LoginMove.ask, cast.ploeg.account, "ander@voorbeeld.be") == "move_pending"
    assert mails() == []


@pytest.mark.parametrize(("change", "email", "code"), [
    ({}, "ploeg@voorbeeld.be", "move_same"),
    ({}, "atelier@voorbeeld.be", "email_taken"),
    ({}, "geen adres", "email"),
    ({}, "a@voorbeeld.be\r\nBcc: b@voorbeeld.be", "email"),
    ({"password_hash": None}, NEW, "not_accepted"),
    ({"blocked": True}, NEW, "login_blocked"),
])
def test_an_impossible_move_is_refused_without_a_mail(cast, change, email, code):
    account = cast.ploeg.account.save_values(**change)
    assert refusal(LoginMove.ask, account, email) == code
    assert LoginMove.select().count() == 0
    assert mails() == []


# Carrying out

def test_the_login_has_the_new_address_after_72_hours_and_not_before(cast, asked, clock):
    clock(asked.created_at + WAIT - SECOND)
    assert LoginMove.carry_out() == 0
    assert email_of(cast.ploeg) == "ploeg@voorbeeld.be"
    clock(asked.created_at + WAIT)
    assert LoginMove.carry_out() == 1
    assert Account.sign_in(NEW, PASSWORD) == cast.ploeg.account
    assert state_of(asked) == "done"
    assert LoginMove.pending(Account.get_by_id(cast.ploeg.account.id)) is None
    assert subjects() == [(NEW, "Dit is nu een login van Loket"),
                          ("ploeg@voorbeeld.be", "Je e-mailadres van Loket is gewijzigd")]
    whose = (cast.administrator.id, cast.ploeg.organisation.id)
    assert entries()[-1] == ("login-moved", "arbeidszorg:administrator", *whose)
    assert LoginMove.carry_out() == 0
    assert mails() == []


def test_a_move_ends_the_links_of_the_login(cast, asked, clock):
    clock(asked.effective_at)
    token = OneTimeLink.make(cast.ploeg.account, "password")
    LoginMove.carry_out()
    assert OneTimeLink.find("password", token) is None


def test_several_workers_carry_out_a_move_once(asked, clock):
    clock(asked.effective_at)
    start, done = threading.Barrier(4), []

    def work():
        start.wait(10)
        done.append(LoginMove.carry_out())
        database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 0, 1]
    assert len(mails()) == 2
    assert [entry[0] for entry in entries()].count("login-moved") == 1


def test_of_two_workers_that_found_a_move_only_one_ends_it(asked):
    seen_by_one, seen_by_other = LoginMove.get(), LoginMove.get()
    assert seen_by_one.cancel()
    assert not seen_by_other.cancel()
    assert not seen_by_other._carry_out()


def test_setting_the_clock_back_only_delays_a_move(cast, asked, clock):
    clock(asked.created_at - datetime.timedelta(days=365))
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "pending"


def test_without_the_key_that_seals_mails_nothing_moves(cast, asked, clock):
    clock(asked.effective_at)
    outbox.use(None)
    assert LoginMove.carry_out() == 0
    outbox.use(bytes(32))
    assert LoginMove.carry_out() == 1


# Cancelling, and obstacles

@pytest.mark.parametrize("who", ["ploeg", "administrator"])
def test_cancelling_a_move_is_mailed_to_everybody_concerned(cast, asked, clock, who):
    by = cast.ploeg.account if who == "ploeg" else cast.administrator
    assert asked.cancel(by=by)
    told = mails()
    # Whoever cancelled gets no mail, but the login's own address does, because colleagues share it.
    assert sorted(mail[0] for mail in told) == (ALL_THREE if who == "ploeg" else ALL_THREE[1:])
    assert all(("de organisatie annuleerde" in mail[2]) == (who == "ploeg") for mail in told)
    assert entries()[-1] == ("login-move-cancelled", by.role, by.id, cast.ploeg.organisation.id)
    assert LoginMove.pending(cast.ploeg.account) is None
    assert not asked.cancel(by=by)
    clock(asked.effective_at)
    assert LoginMove.carry_out() == 0
    assert email_of(cast.ploeg) == "ploeg@voorbeeld.be"
    assert mails() == []


def test_after_the_operator_cancels_a_move_another_can_be_asked(cast, asked):
    assert asked.cancel()
    assert entries()[-1][1] == "operator"
    assert all("de helpdesk van Loket annuleerde het" in body for _, _, body in mails())
    assert LoginMove.ask(cast.ploeg.account, "ander@voorbeeld.be") != asked


def test_a_login_that_changed_its_own_address_does_not_move(cast, asked, clock):
    addresses.request(cast.ploeg.account, "zelf@voorbeeld.be", PASSWORD)
    addresses.confirm(link_in(mails()[0][2], "email")[1])
    mails()
    assert LoginMove.pending(Account.get_by_id(cast.ploeg.account.id)) is None
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "cancelled"
    assert subjects() == [(one, CANCELLED) for one in (ALL_THREE[0], NEW, "zelf@voorbeeld.be")]
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().details["reason"] == "changed"
    clock(asked.effective_at)
    LoginMove.carry_out()
    assert email_of(cast.ploeg) == "zelf@voorbeeld.be"


def test_a_login_does_not_move_to_an_address_of_another_login(cast, asked):
    cast.outsider.account.save_values(email=NEW)
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "cancelled"
    assert subjects() == [(one, CANCELLED) for one in ALL_THREE]


def test_a_blocked_login_does_not_move(cast, asked, clock):
    cast.ploeg.account.block(by=cast.administrator)
    mails()
    clock(asked.effective_at)
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "cancelled"
    assert subjects() == [(one, CANCELLED) for one in ALL_THREE]


def test_a_login_whose_grant_ended_does_not_move(cast, asked, clock):
    cast.ploeg.account.grants[0].end()
    clock(asked.effective_at)
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "cancelled"


@pytest.mark.parametrize("change", [
    lambda cast: cast.outsider.account.save_values(email=NEW),
    lambda cast: cast.ploeg.account.save_values(email="zelf@voorbeeld.be"),
    lambda cast: cast.ploeg.account.save_values(blocked=True)])
def test_a_change_after_the_obstacles_were_checked_stops_the_move(cast, asked, clock, monkeypatch, change):
    clock(asked.effective_at)
    monkeypatch.setattr(LoginMove, "_obstacle", lambda _move: change(cast) and None)
    assert LoginMove.carry_out() == 0
    assert state_of(asked) == "pending"
    assert NEW not in {email_of(cast.ploeg)}
    assert mails() == []
    monkeypatch.undo()
    clock(asked.effective_at)
    LoginMove.carry_out()
    assert state_of(asked) == "cancelled"


# Statements that bypass the models

INSERT = ("INSERT INTO login_move (account_id, old_email, new_email, status, created_at, effective_at, ended_at)"
          " VALUES ({}, '{}', '{}', '{}', '2026-01-01 00:00:00', '{}', {})")


@pytest.mark.parametrize("values", [
    (1, "a@b.be", "c@d.be", "pending", "2026-01-03 23:59:59", "NULL"),
    (1, "a@b.be", "c@d.be", "pending", "2026-01-01 00:00:00", "NULL"),
    (1, "a@b.be", "a@b.be", "pending", "2026-01-04 00:00:00", "NULL"),
    (1, "a@b.be", "C@d.be", "pending", "2026-01-04 00:00:00", "NULL"),
    (1, "a@b.be", "c@d.be", "paused", "2026-01-04 00:00:00", "NULL"),
    (1, "a@b.be", "c@d.be", "pending", "2026-01-04 00:00:00", "'2026-01-04 00:00:00'"),
    (1, "a@b.be", "c@d.be", "done", "2026-01-04 00:00:00", "'2026-01-03 23:59:59'"),
    (1, "a@b.be", "c@d.be", "cancelled", "2026-01-04 00:00:00", "NULL"),
    (99, "a@b.be", "c@d.be", "pending", "2026-01-04 00:00:00", "NULL"),
])
def test_the_database_refuses_a_faulty_move(cast, values):
    assert not refused(INSERT.format(1, "a@b.be", "c@d.be", "pending", "2026-01-04 00:00:00", "NULL"))
    assert refused(INSERT.format(*values))


@pytest.mark.parametrize("change", [
    "effective_at = created_at", "new_email = 'dief@voorbeeld.be'", "status = 'done', ended_at = created_at",
    "created_at = '2020-01-01 00:00:00'", "old_email = 'dief@voorbeeld.be'", "account_id = account_id + 1"])
def test_the_database_refuses_changes_to_a_pending_move(asked, change):
    assert not refused("UPDATE login_move SET status = 'cancelled', ended_at = created_at")
    assert refused(f"UPDATE login_move SET {change}")


def test_a_move_that_ended_cannot_be_changed(asked):
    asked.cancel()
    assert refused("UPDATE login_move SET status = 'pending', ended_at = NULL")
    assert refused("UPDATE login_move SET ended_at = effective_at")
    assert refused("DELETE FROM login_move")


def test_the_database_refuses_a_second_pending_move(cast, asked):
    again = INSERT.format("{}", "a@b.be", "c@d.be", "pending", "2026-01-04 00:00:00", "NULL")
    assert refused(again.format(cast.ploeg.account.id))
    assert not refused(again.format(cast.outsider.account.id))
