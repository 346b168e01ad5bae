"""Sessions: only the server decides who is signed in, and for how long."""
import datetime

import peewee
import pytest

from models.accounts import sessions
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from tests.hall import events, refusal

MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE
SECOND = datetime.timedelta(seconds=1)


def test_a_session_gives_the_account_of_the_request(ploeg):
    signed_in = Session.find(Session.start(ploeg.account, "Firefox op Windows"))
    assert (signed_in.account_id, signed_in.role) == (ploeg.account.id, "arbeidszorg:organisation")
    assert signed_in.organisation_id == ploeg.organisation.id
    assert (signed_in.organisation.id, signed_in.organisation.name) == (ploeg.organisation.id, "De Ploeg")
    assert (signed_in.province, signed_in.email) == ("oost-vlaanderen", "ploeg@voorbeeld.be")
    assert events() == ["signed-in"]


def test_an_administrator_has_a_province_and_no_organisation(cast):
    signed_in = Session.find(Session.start(cast.administrator))
    assert (signed_in.role, signed_in.province) == ("arbeidszorg:administrator", "oost-vlaanderen")
    assert (signed_in.organisation, signed_in.organisation_id) == (None, None)


def test_the_token_has_256_bits_is_new_each_time_and_only_its_hash_is_stored(ploeg):
    token, other = Session.start(ploeg.account), Session.start(ploeg.account)
    assert token != other
    assert len(token) == 43
    row = Session.select().dicts().first()
    assert token not in str(row)
    assert Session.find(row["token_hash"]) is None
    assert Session.find("") is None


@pytest.mark.parametrize(("who", "idle", "absolute"), [
    ("organisation", 60 * MINUTE, 12 * HOUR),
    ("administrator", 15 * MINUTE, 8 * HOUR),
])
def test_a_session_ends_when_idle_and_after_its_absolute_limit(cast, clock, start, who, idle, absolute):
    account = cast.administrator if who == "administrator" else cast.ploeg.account
    token, other = Session.start(account), Session.start(account)
    clock(start + idle - SECOND)
    assert Session.find(token)
    clock(start + idle)
    assert Session.find(other) is None
    step = idle - MINUTE
    moment = start + idle - SECOND
    while moment < start + absolute:
        clock(moment)
        assert Session.find(token), moment - start
        moment += step
    clock(start + absolute - SECOND)
    assert Session.find(token)
    clock(start + absolute)
    assert Session.find(token) is None


def test_a_session_from_the_future_is_refused(ploeg, clock, start):
    token = Session.start(ploeg.account)
    clock(start - SECOND)
    assert Session.find(token) is None
    clock(start + 10 * MINUTE)
    assert Session.find(token)
    clock(start + 5 * MINUTE)
    assert Session.find(token) is None


def test_a_blocked_account_is_refused_at_its_next_request(ploeg):
    token = Session.start(ploeg.account)
    Account.update(blocked=True).execute()
    assert Session.find(token) is None


def test_an_ended_grant_counts_at_the_next_request(cast):
    """ASVS 8.3.2: a session does not store rights."""
    token = Session.start(cast.administrator)
    cast.administrator.grants[0].end()
    assert Session.find(token) is None


def test_a_renamed_organisation_shows_at_the_next_request(ploeg):
    token = Session.start(ploeg.account)
    ploeg.organisation.name = "De Nieuwe Ploeg"
    ploeg.organisation.save()
    assert Session.find(token).organisation.name == "De Nieuwe Ploeg"


def test_the_last_request_is_written_once_a_minute(ploeg, clock, start):
    token = Session.start(ploeg.account)
    for after, noted in [(59 * SECOND, 0 * SECOND), (60 * SECOND, 60 * SECOND), (119 * SECOND, 60 * SECOND)]:
        clock(start + after)
        Session.find(token)
        assert Session.get().seen_at == start + noted


def test_a_full_disk_does_not_sign_anybody_out(ploeg, clock, start, monkeypatch):
    token = Session.start(ploeg.account)
    clock(start + 2 * MINUTE)

    class Full:
        param = sessions.database.param

        def execute_sql(self, sql, params):
            if sql.startswith("UPDATE"):
                raise peewee.OperationalError("database or disk is full")
            return real.execute_sql(sql, params)

    real = sessions.database
    monkeypatch.setattr(sessions, "database", Full())
    assert Session.find(token)


def test_a_token_does_not_work_after_signing_out(ploeg):
    token, other = Session.start(ploeg.account), Session.start(ploeg.account)
    Session.end(token)
    Session.end(token)
    assert Session.find(token) is None
    assert Session.find(other)
    assert events() == ["signed-in", "signed-in", "signed-out"]


def test_open_sessions_are_listed_with_the_last_used_first(cast, clock, start):
    account = cast.ploeg.account
    Session.start(account, "verlopen")
    Session.start(cast.outsider.account, "van een ander")
    clock(start + HOUR)
    first = Session.start(account, "eerste")
    Session.end(Session.start(account, "afgemeld"))
    clock(start + HOUR + MINUTE)
    Session.start(account, "tweede")
    clock(start + HOUR + 2 * MINUTE)
    Session.find(first)
    assert [session.device for session in Session.of(account)] == ["eerste", "tweede"]


def test_a_session_can_only_be_ended_by_its_own_account(cast):
    own, here = Session.start(cast.ploeg.account), Session.start(cast.ploeg.account)
    elsewhere = Session.find(Session.start(cast.outsider.account))
    assert not Session.end_one(Session.find(here), elsewhere.session_id)
    assert Session.end_one(Session.find(here), Session.find(own).session_id)
    assert Session.find(own) is None
    assert Session.find(here)
    assert Session.of(cast.outsider.account).count() == 1
    assert events()[-1] == "session-ended"


def test_all_sessions_or_all_but_one_can_be_ended(cast):
    account = cast.ploeg.account
    tokens = [Session.start(account) for _ in range(3)]
    outsider = Session.start(cast.outsider.account)
    assert Session.end_all(account, except_=Session.find(tokens[0]).session_id) == 2
    assert [bool(Session.find(token)) for token in tokens] == [True, False, False]
    assert Session.end_all(account) == 1
    assert Session.find(tokens[0]) is None
    assert Session.find(outsider)


def test_a_session_waits_ten_minutes_for_the_second_factor_and_opens_nothing(cast, clock, start):
    token = Session.start(cast.administrator, awaits_factor=True)
    assert Session.find(token) is None
    assert Session.of(cast.administrator).count() == 0
    clock(start + 10 * MINUTE - SECOND)
    waiting = Session.find_waiting(token)
    assert (waiting.account_id, waiting.role, waiting.province) == (
        cast.administrator.id, "arbeidszorg:administrator", "oost-vlaanderen")
    for moment in (start + 10 * MINUTE, start - SECOND):
        clock(moment)
        assert Session.find_waiting(token) is None
    assert events() == []


def test_the_second_factor_starts_another_session_with_another_token(cast):
    waiting = Session.start(cast.administrator, awaits_factor=True)
    found = Session.find_waiting(waiting)
    token = Session.complete(found, "Firefox op Windows")
    assert Session.find(token).session_id != found.session_id
    assert Session.find_waiting(token) is None
    assert (Session.find(waiting), Session.find_waiting(waiting)) == (None, None)
    assert events() == ["signed-in"]
    assert refusal(Session.complete, found) == "waited_too_long"


@pytest.mark.parametrize("meanwhile", [
    lambda account, token: Session.end(token),
    lambda account, token: Session.end_all(account),
    lambda account, token: Account.update(blocked=True).execute(),
])
def test_a_waiting_session_ends_as_any_session_does(cast, meanwhile):
    token = Session.start(cast.administrator, awaits_factor=True)
    other = Session.start(cast.other_administrator, awaits_factor=True)
    assert Session.find_waiting(other)
    meanwhile(cast.administrator, token)
    assert Session.find_waiting(token) is None


def test_a_full_session_is_not_a_waiting_one(cast):
    token = Session.start(cast.administrator)
    assert Session.find_waiting(token) is None
    assert refusal(Session.complete, Session.find(token)) == "waited_too_long"
    assert Session.find(token)


def test_a_long_device_name_is_cut(ploeg):
    Session.start(ploeg.account, "x" * 1000)
    assert len(Session.get().device) == 100


def test_the_next_sign_in_deletes_sessions_that_can_never_work_again(ploeg, clock, start):
    Session.start(ploeg.account)
    clock(start + 12 * HOUR + SECOND)
    Session.start(ploeg.account)
    assert Session.select().count() == 1


def test_beginning_to_sign_in_does_not_change_the_last_sign_in(cast, clock, start):
    Session.start(cast.administrator)
    clock(start + 9 * HOUR)
    Session.start(cast.administrator, awaits_factor=True)
    assert Session.last_start(cast.administrator) == start
    clock(start + 18 * HOUR)
    Session.start(cast.administrator, awaits_factor=True)
    assert Session.select().count() == 2
