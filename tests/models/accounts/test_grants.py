"""Grants: the rules of the database, tried through the models, by going round them, and in a race."""

import pytest

from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import WHOLE, Role
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.audit import AuditEntry
from models.database import is_sqlite, now
from models.organisations import Organisation
from models.tenants import Tenant
from tests.hall import entries, in_threads, refusal
from tests.other_wing import DESK, LIMITS, MINUTE, OFFICE, PLACE, plug_in, refused
from tests.tables import rows_of


@pytest.fixture
def other_wing(cast):
    """A tenant of a second wing."""
    return plug_in()


def somebody(email="nieuw@voorbeeld.be"):
    return Account.create(email=email)


INSERT = ("INSERT INTO account_grant (account_id, wing, role, tenant_id, province, whole, since)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)")


def put(account, role, tenant=None, province=None, whole=False):
    """Insert a grant without the models; returns the rule that refuses it."""
    return refused(INSERT, (account.id, *role.code.split(":"), tenant, province, whole, now()))


# One scope

def test_a_grant_has_exactly_one_scope(other_wing):
    account = somebody()
    assert put(account, DESK, whole=True) == ""
    assert "account_grant_one_scope" in put(account, DESK)
    assert "account_grant_one_scope" in put(account, DESK, province="limburg", whole=True)
    assert "account_grant_one_scope" in put(account, PLACE, tenant=other_wing.id, province="limburg")
    assert put(account, OFFICE, province="vlaanderen")


def test_an_empty_scope_is_never_everything(other_wing):
    for role in (DESK, OFFICE, PLACE):
        assert "account_grant_one_scope" in put(somebody(f"{role.name}@voorbeeld.be"), role)


def test_a_role_has_its_own_kind_of_scope(cast, other_wing):
    account, organisation = somebody(), cast.ploeg.organisation
    assert refusal(Grant.give, account.id, DESK, "limburg") == "grant_scope"
    assert refusal(Grant.give, account.id, OFFICE, None) == "grant_scope"
    assert refusal(Grant.give, account.id, PLACE, organisation) == "grant_scope"
    assert refusal(Grant.give, account.id, OFFICE, "vlaanderen") == "province"
    assert "account_grant_kind" in put(account, PLACE, tenant=organisation.id)
    assert put(account, Role("andere", "baas", WHOLE, LIMITS), whole=True)


def test_a_tenant_has_one_wing_and_kind(cast, other_wing):
    assert "tenant_is_kept" in refused("UPDATE tenant SET kind = 'organisation' WHERE id = ?", (other_wing.id,))
    assert refused("INSERT INTO tenant (wing, kind) VALUES ('arbeidszorg', 'plaats')")
    assert refused("DELETE FROM tenant WHERE id = ?", (cast.ploeg.organisation.id,))
    moment = now()
    assert refused("INSERT INTO organisation (id, name, province, created_at, changed_at) VALUES (?, ?, ?, ?, ?)",
                   (other_wing.id, "De Brug", "limburg", moment, moment))
    assert refused("INSERT INTO organisation (id, name, province, created_at, changed_at) VALUES (?, ?, ?, ?, ?)",
                   (9999, "De Brug", "limburg", moment, moment))


def test_an_organisation_is_a_tenant_with_the_same_id(cast):
    made = Organisation.create_new("De Brug", "limburg")
    tenant = Tenant.get_by_id(made.id)
    assert (tenant.wing, tenant.kind) == ("arbeidszorg", "organisation")


# Roles that exclude each other

@pytest.mark.parametrize("turn", [1, -1])
def test_an_administrator_is_never_an_organisation_too(cast, turn):
    """Whoever administers can meet no name."""
    organisation = Organisation.create_new("De Brug", "oost-vlaanderen")
    first, second = [(ADMINISTRATOR, "oost-vlaanderen"), (ORGANISATION, organisation)][::turn]
    account = Account.new(*first, email="nieuw@voorbeeld.be")
    assert refusal(Grant.give, account.id, *second) == "grant_excluded"
    assert "account_grant_excluded" in put(
        account, second[0], **({"tenant": organisation.id} if turn == 1 else {"province": "limburg"}))
    assert [grant.role for grant in Grant.of(account.id)] == [first[0].name]


def test_of_two_excluding_grants_in_a_race_one_is_refused(cast):
    for number in range(10):
        organisation = Organisation.create_new(f"De Brug {number}", "limburg")
        account = somebody(f"nieuw{number}@voorbeeld.be")
        results = in_threads([
            lambda account=account, to=organisation: Grant.give(account.id, ORGANISATION, to),
            lambda account=account: Grant.give(account.id, ADMINISTRATOR, "limburg")])
        assert sorted(type(result).__name__ for result in results) == ["Grant", "Refused"]
        assert Grant.of(account.id).count() == 1


def test_a_role_that_ended_excludes_nothing(cast):
    cast.ploeg.account.grants[0].end()
    assert Grant.give(cast.ploeg.account.id, ADMINISTRATOR, "limburg")


def test_an_excluding_grant_that_begins_later_is_refused_while_the_other_has_no_end(cast):
    begins, ends = now() + 60 * MINUTE, now() + 59 * MINUTE
    assert refusal(Grant.give, cast.ploeg.account.id, ADMINISTRATOR, "limburg", None, begins) == "grant_excluded"
    other = somebody()
    Grant.give(other.id, ADMINISTRATOR, "limburg", until=ends)
    organisation = Organisation.create_new("De Brug", "limburg")
    assert refusal(Grant.give, other.id, ORGANISATION, organisation, None, ends - MINUTE) == "grant_excluded"
    assert Grant.give(other.id, ORGANISATION, organisation, since=begins)


# One login an organisation

def test_an_organisation_has_one_login(cast):
    account = somebody()
    assert refusal(Grant.give, account.id, ORGANISATION, cast.ploeg.organisation) == "grant_single"
    assert "account_grant_single" in put(account, ORGANISATION, tenant=cast.ploeg.organisation.id)
    cast.ploeg.account.grants[0].end()
    assert Grant.give(account.id, ORGANISATION, cast.ploeg.organisation)


def test_of_two_logins_for_one_organisation_in_a_race_one_is_refused(cast):
    for number in range(10):
        organisation = Organisation.create_new(f"De Brug {number}", "limburg")
        accounts = [somebody(f"{place}{number}@voorbeeld.be") for place in ("een", "twee")]
        results = in_threads([lambda account=account, to=organisation: Grant.give(account.id, ORGANISATION, to)
                              for account in accounts])
        assert sorted(type(result).__name__ for result in results) == ["Grant", "Refused"]


def test_a_tenant_of_another_wing_may_have_several_accounts(other_wing):
    for number in (1, 2):
        assert put(somebody(f"nieuw{number}@voorbeeld.be"), PLACE, tenant=other_wing.id) == ""


def test_a_grant_that_the_account_has_already_is_refused(cast):
    assert refusal(Grant.give, cast.administrator.id, ADMINISTRATOR, "oost-vlaanderen") == "grant_double"
    assert Grant.give(cast.administrator.id, ADMINISTRATOR, "limburg")


# Nobody grants wider than they hold

def test_an_administrator_grants_within_the_own_province_only(cast):
    account, by = somebody(), cast.administrator
    assert refusal(Grant.give, account.id, ADMINISTRATOR, "limburg", by) == "grant_wider"
    elsewhere = Organisation.create_new("De Brug", "limburg")
    assert refusal(Grant.give, account.id, ORGANISATION, elsewhere, by) == "grant_wider"
    assert refusal(logins.invite, elsewhere, "brug@voorbeeld.be", by) == "grant_wider"
    assert Account.by_email("brug@voorbeeld.be") is None
    assert Grant.give(account.id, ADMINISTRATOR, "oost-vlaanderen", by)


def test_an_organisation_makes_no_administrator(cast):
    assert refusal(Grant.give, somebody().id, ADMINISTRATOR, "oost-vlaanderen", cast.ploeg.account) == "grant_wider"


def test_a_role_of_another_wing_gives_nothing(cast, other_wing):
    Grant.give(cast.outsider.account.id, DESK, None)
    assert refusal(Grant.give, somebody().id, ADMINISTRATOR, "oost-vlaanderen", cast.outsider.account) == "grant_wider"


def test_the_whole_of_a_wing_holds_its_provinces(cast, other_wing):
    desk = Account.new(DESK, None, email="balie@voorbeeld.be")
    account = somebody()
    assert Grant.give(account.id, OFFICE, "limburg", desk)
    assert refusal(Grant.give, somebody("ander@voorbeeld.be").id, DESK, None, account) == "grant_wider"


def test_a_grant_that_ended_gives_nothing(cast):
    cast.administrator.grants[0].end()
    assert refusal(Grant.give, somebody().id, ADMINISTRATOR, "oost-vlaanderen", cast.administrator) == "grant_wider"


# A grant only ends

def test_a_grant_is_kept_and_never_widened(cast):
    number = cast.ploeg.account.grants[0].id
    before = rows_of("account_grant")
    assert "account_grant_is_kept" in refused("DELETE FROM account_grant")
    for change in ("role = 'administrator'", "province = 'limburg'", "until = NULL", f"account_id = {number + 1}",
                   "since = '2001-01-01 00:00:00'", "given_by = 1"):
        assert "account_grant_is_kept" in refused(f"UPDATE account_grant SET {change} WHERE id = {number}"), change
    ends = "UPDATE account_grant SET until = ? WHERE id = ?"
    assert refused(ends, (now(), number)) == ""
    assert "account_grant_order" in refused(ends, ("1999-01-01 00:00:00", number))
    cast.ploeg.account.grants[0].end()
    assert "account_grant_is_kept" in refused(ends, (now() + MINUTE, number))
    assert "account_grant_is_kept" in refused(ends, (None, number))
    if is_sqlite():
        assert "account_grant_is_kept" in refused(
            "INSERT OR REPLACE INTO account_grant (id, account_id, wing, role, province, since)"
            f" VALUES ({number}, 1, 'arbeidszorg', 'administrator', 'limburg', '2020-01-01 00:00:00')")
    else:
        assert "account_grant_is_kept" in refused("TRUNCATE account_grant CASCADE")
    assert [row for row in rows_of("account_grant") if row["id"] != number] == [
        row for row in before if row["id"] != number]


def test_a_grant_counts_from_its_first_to_its_last_moment(cast, clock):
    moment = now()
    grant = Grant.give(somebody().id, ADMINISTRATOR, "limburg", since=moment + MINUTE, until=moment + 3 * MINUTE)
    counted = []
    for minutes in range(5):
        clock(moment + minutes * MINUTE)
        found = Grant.current(Grant.id == grant.id).exists()
        assert Grant.get_by_id(grant.id).counts == found
        counted.append(found)
    assert counted == [False, True, True, False, False]


def test_giving_and_ending_are_in_the_log(cast):
    account = somebody()
    grant = Grant.give(account.id, ADMINISTRATOR, "oost-vlaanderen", cast.administrator)
    assert grant.end(cast.administrator)
    assert not grant.end(cast.administrator)
    whose = ("arbeidszorg:administrator", cast.administrator.id, None)
    assert entries() == [("grant-given", *whose), ("grant-ended", *whose)]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.province, entry.details) == (
        "oost-vlaanderen", {"account": account.id, "role": "arbeidszorg:administrator"})


def test_ending_a_grant_that_has_yet_to_begin_leaves_it_without_a_moment(cast):
    grant = Grant.give(somebody().id, ADMINISTRATOR, "limburg", since=now() + MINUTE)
    assert grant.end()
    kept = Grant.get_by_id(grant.id)
    assert kept.until == kept.since


def test_a_grant_that_ended_before_it_began_excludes_no_other(cast):
    account, later = somebody(), now() + 60 * MINUTE
    Grant.give(account.id, ADMINISTRATOR, "limburg", since=later).end()
    assert Grant.give(account.id, ADMINISTRATOR, "limburg")
    assert not Grant.get(Grant.since == later).counts


def test_the_rules_of_roles_are_kept(cast, mailing):
    assert "role_exclusion_is_kept" in refused("DELETE FROM role_exclusion")
    assert "wing_role_is_kept" in refused("UPDATE wing_role SET single = FALSE")
    cast.administrator.block()
    assert refusal(Grant.give, somebody().id, ADMINISTRATOR, "oost-vlaanderen", cast.administrator) == "grant_wider"
    if is_sqlite():
        values = (1, "arbeidszorg", "administrator", None, "limburg", 0, "zzzz")
        assert "account_grant_moment" in refused(INSERT, values)
