"""One-time links: random, stored hashed, valid once, for a limited time, until a newer one is made."""
import datetime

import pytest

from models.accounts.links import LIFETIMES, OneTimeLink
from models.database import now
from models.errors import Refused

SECOND = datetime.timedelta(seconds=1)


def test_a_link_can_be_found_often_and_used_once(ploeg):
    token = OneTimeLink.make(ploeg.account, "password")
    for _ in range(3):
        assert OneTimeLink.find("password", token).account_id == ploeg.account.id
    assert OneTimeLink.use("password", token).account_id == ploeg.account.id
    assert OneTimeLink.find("password", token) is None
    with pytest.raises(Refused, match="link"):
        OneTimeLink.use("password", token)


def test_the_token_has_256_bits_and_only_its_hash_is_stored(ploeg):
    token = OneTimeLink.make(ploeg.account, "invitation")
    assert len(token) == 43
    row = OneTimeLink.select().dicts().get()
    assert token not in str(row)
    with pytest.raises(Refused):
        OneTimeLink.use("invitation", row["token_hash"])


def test_an_invitation_works_for_a_week_and_other_links_for_an_hour():
    assert {kind: lifetime / datetime.timedelta(hours=1) for kind, lifetime in LIFETIMES.items()} == {
        "invitation": 7 * 24, "password": 1, "email": 1}


@pytest.mark.parametrize("kind", LIFETIMES)
def test_a_link_works_until_its_time_is_over(ploeg, clock, kind):
    start = now()
    clock(start)
    token = OneTimeLink.make(ploeg.account, kind, new_email="nieuw@voorbeeld.be" if kind == "email" else None)
    clock(start + LIFETIMES[kind] - SECOND)
    assert OneTimeLink.find(kind, token)
    clock(start + LIFETIMES[kind])
    assert OneTimeLink.find(kind, token) is None
    with pytest.raises(Refused):
        OneTimeLink.use(kind, token)


def test_a_link_that_was_made_in_the_future_does_not_work(ploeg, clock):
    start = now()
    clock(start)
    token = OneTimeLink.make(ploeg.account, "password")
    clock(start - SECOND)
    assert OneTimeLink.find("password", token) is None


def test_a_newer_link_revokes_only_the_older_link_of_its_kind(ploeg, cast):
    older = OneTimeLink.make(ploeg.account, "password")
    other_kind = OneTimeLink.make(ploeg.account, "invitation")
    other_account = OneTimeLink.make(cast.outsider.account, "password")
    newer = OneTimeLink.make(ploeg.account, "password")
    assert OneTimeLink.find("password", older) is None
    assert OneTimeLink.find("password", newer)
    assert OneTimeLink.find("invitation", other_kind)
    assert OneTimeLink.find("password", other_account)


def test_a_link_does_not_work_as_another_kind(ploeg):
    token = OneTimeLink.make(ploeg.account, "invitation")
    with pytest.raises(Refused):
        OneTimeLink.use("password", token)
    assert OneTimeLink.find("invitation", token)


def test_of_two_simultaneous_uses_of_a_link_one_is_refused(ploeg, monkeypatch):
    token = OneTimeLink.make(ploeg.account, "password")
    seen = OneTimeLink.find("password", token)
    monkeypatch.setattr(OneTimeLink, "find", lambda *_: seen)
    OneTimeLink.use("password", token)
    with pytest.raises(Refused):
        OneTimeLink.use("password", token)


def test_a_pretended_link_does_not_work(register):
    token = OneTimeLink.pretend("password")
    assert len(token) == 43
    assert OneTimeLink.find("password", token) is None
    assert OneTimeLink.select().count() == 0
