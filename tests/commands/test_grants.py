"""`flask grant` shows, gives and ends the roles of a login."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.audit import AuditEntry

ADMINISTRATOR, ORGANISATION = "arbeidszorg:administrator", "arbeidszorg:organisation"


@pytest.fixture
def newcomer(cast):
    """A login without a grant, as it is when its last one ended."""
    return Account.create(email="nieuw@voorbeeld.be")


def give(run, email, *words):
    return run("grant", "give", "--email", email, *words)


def test_grants_are_listed_with_those_that_ended(rows_of_list, run, cast):
    number = cast.ploeg.account.grants[0].id
    assert [row[:3] for row in rows_of_list("grant", "list", "--email", "ploeg@voorbeeld.be")] == [
        [str(number), ORGANISATION, f"tenant {cast.ploeg.organisation.id}"]]
    assert run("grant", "end", number, "--email", "ploeg@voorbeeld.be") == (0, "ended\n")
    assert run("grant", "end", number, "--email", "ploeg@voorbeeld.be") == (0, "had ended already\n")
    assert rows_of_list("grant", "list", "--email", "ploeg@voorbeeld.be")[0][4]


def test_a_grant_that_is_ended_signs_the_login_out(run, cast):
    token = Session.start(cast.administrator)
    run("grant", "end", cast.administrator.grants[0].id, "--email", cast.administrator.email)
    assert Session.find(token) is None


def test_an_administrator_and_a_login_of_an_organisation_are_given(run, newcomer, cast):
    code, output = give(run, newcomer.email, "--role", ADMINISTRATOR, "--province", "limburg", "--days", "90")
    assert (code, output.partition(": ")[2]) == (0, f"{ADMINISTRATOR} limburg\n")
    [grant] = Grant.of(newcomer.id)
    assert grant.until - grant.since == datetime.timedelta(days=90)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.actor, entry.province) == ("grant-given", "operator", "limburg")
    cast.ploeg.account.grants[0].end()
    other = Account.create(email="ander@voorbeeld.be")
    code, _ = give(run, other.email, "--role", ORGANISATION, "--province", "oost-vlaanderen",
                   "--organisation", "De Ploeg")
    assert code == 0
    assert Account.of(cast.ploeg.organisation).get() == other


@pytest.mark.parametrize(("email", "words", "message"), [
    ("ploeg@voorbeeld.be", ["--role", ADMINISTRATOR, "--province", "limburg"], "a role that excludes this one"),
    ("nieuw@voorbeeld.be", ["--role", ORGANISATION, "--province", "oost-vlaanderen", "--organisation", "De Ploeg"],
     "only one at a time"),
    ("beheer.limburg@voorbeeld.be", ["--role", ADMINISTRATOR, "--province", "limburg"], "has this role there already"),
    ("nieuw@voorbeeld.be", ["--role", ADMINISTRATOR], "no province given"),
    ("nieuw@voorbeeld.be", ["--role", ORGANISATION, "--province", "limburg"], "no organisation of that name"),
    ("nieuw@voorbeeld.be", ["--role", "arbeidszorg:baas"], f"there are {ADMINISTRATOR}, {ORGANISATION}"),
    ("niemand@voorbeeld.be", ["--role", ADMINISTRATOR, "--province", "limburg"], "no login with that address"),
])
def test_a_grant_that_breaks_a_rule_is_refused_with_the_reason(run, newcomer, email, words, message):
    before = Grant.select().count()
    code, output = give(run, email, *words)
    assert code == 1
    assert message in output
    assert Grant.select().count() == before


@pytest.mark.parametrize("words", [
    ["--role", ADMINISTRATOR, "--province", "limburg", "--tenant", "1"],
    ["--role", ADMINISTRATOR, "--province", "limburg", "--organisation", "De Ploeg"],
    ["--role", ADMINISTRATOR, "--province", "limburg", "--days", "3000000"],
    ["--role", ORGANISATION, "--tenant", "99999999999999999999"],
])
def test_an_option_that_does_not_fit_the_role_is_an_error(run, newcomer, words):
    assert give(run, newcomer.email, *words)[0] == 2
    assert not Grant.of(newcomer.id)


def test_a_grant_of_another_login_is_not_ended(run, cast):
    number = cast.administrator.grants[0].id
    code, output = run("grant", "end", number, "--email", "ploeg@voorbeeld.be")
    assert (code, output) == (1, "Error: There is no grant with that id.\n")
    assert Grant.get_by_id(number).counts
