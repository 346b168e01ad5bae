"""Somebody whom another service signed in: the account, and grants that are what was sent."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.accounts.outside.arriving import OfWing, Sent, arrive
from models.accounts.outside.signing_in import Person
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.database import now
from tests.hall import events, in_threads, refusal

ISSUER = "https://aanmelden.voorbeeld.be"


def person(subject="a-17", issuer=ISSUER):
    """A person with this subject."""
    return Person(issuer, subject, {}, "/")


def sends(*grants, roles=(ADMINISTRATOR, ORGANISATION), arrived=lambda account, claims, withdrawn: None):
    """A wing that reads these grants in any claims."""
    return [OfWing(roles, lambda claims: Sent(grants), arrived)]


def held(account):
    return [(grant.role, grant.province or grant.tenant_id) for grant in Account.get_by_id(account.id).grants]


def test_of_several_first_sign_ins_at_the_same_moment_comes_one_account(cast):
    wings = sends((ADMINISTRATOR, "limburg"))
    found = in_threads([lambda: arrive(person(), wings)] * 4)
    assert len({arrival.account.id for arrival in found}) == 1
    assert Identity.select().count() == 1
    assert held(found[0].account) == [("administrator", "limburg")]


def test_grants_become_those_that_were_sent_whatever_their_scope(cast):
    account = arrive(person(), sends((ADMINISTRATOR, "limburg"))).account
    assert arrive(person(), sends((ADMINISTRATOR, "antwerpen"))).account == account
    assert held(account) == [("administrator", "antwerpen")]
    token = Session.start(account)
    assert arrive(person(), sends()).account is None
    assert Session.find(token) is None
    assert (events()[-2:], Grant.of(account.id).count()) == (["grant-withdrawn", "sessions-ended"], 2)


def test_a_grant_that_the_service_does_not_give_stays(cast):
    account = arrive(person(), sends((ADMINISTRATOR, "limburg"))).account
    arrive(person(), sends(roles=[ORGANISATION]))
    assert held(account) == [("administrator", "limburg")]


def test_a_grant_that_has_yet_to_begin_ends_too(cast):
    account = arrive(person(), sends((ADMINISTRATOR, "limburg"))).account
    Grant.give(account.id, ADMINISTRATOR, "antwerpen", since=now() + datetime.timedelta(days=9))
    for _ in range(2):
        arrive(person(), sends((ADMINISTRATOR, "limburg")))
    [later] = Grant.of(account.id).where(Grant.province == "antwerpen")
    assert later.until == later.since
    assert events().count("grant-withdrawn") == 1
    arrive(person(), sends((ADMINISTRATOR, "antwerpen")))
    assert held(account) == [("administrator", "antwerpen")]


def test_nothing_is_kept_of_a_sign_in_that_fails_half_way(cast):
    """A grant that the database refuses, and a wing that fails."""
    wings = sends((ADMINISTRATOR, "limburg"), (ORGANISATION, cast.ploeg.organisation))
    assert refusal(arrive, person(), wings) == "grant_excluded"

    def fail(account, claims, withdrawn):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        arrive(person(), sends((ADMINISTRATOR, "limburg"), arrived=fail))
    assert not Identity.select().exists()
    assert events() == []


def test_the_same_subject_of_another_service_is_somebody_else(cast):
    wings = sends((ADMINISTRATOR, "limburg"))
    first, second = (arrive(person(issuer=issuer), wings).account for issuer in (ISSUER, "https://x.voorbeeld.be"))
    assert first != second
