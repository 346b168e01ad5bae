"""A province's organisations, each with what is registered there and where its login stands."""
import datetime

import pytest

from models import names
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.arbeidszorg.without_names import overview
from models.arbeidszorg.without_names.overview import Overview
from models.database import database, is_sqlite
from models.organisations import Organisation
from tests.factories import client_of, days, deleted, period_of

PROVINCE = "oost-vlaanderen"


@pytest.fixture
def statements(register, monkeypatch):
    """The statements that the database gets."""
    seen, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: seen.append(sql) or execute(self, sql, params))
    return seen


@pytest.fixture
def sixty(register):
    """Sixty organisations of Oost-Vlaanderen."""
    for number in range(1, 61):
        Organisation.create_new(f"Organisatie {number:02}", PROVINCE)


def names_of(found):
    return [row.name for row in found.rows]


def one(found, name):
    row, = (row for row in found.rows if row.name == name)
    return row


def test_each_organisation_of_the_province_is_there_with_what_is_registered(cast):
    period_of(client_of(cast.ploeg, "Roos Peeters"), cast.ploeg)
    period_of(client_of(cast.ploeg), cast.ploeg, start=days(9))
    period_of(client_of(cast.ploeg, income=None), cast.ploeg, days(-9), days(-1))
    client_of(cast.ploeg)
    client_of(cast.elsewhere, income=None)
    found = Overview(PROVINCE)
    assert names_of(found) == ["De Ploeg", "Het Atelier"]
    ploeg = one(found, "De Ploeg")
    assert (ploeg.id, ploeg.active, ploeg.incomplete) == (cast.ploeg.organisation.id, 2, 1)
    assert one(found, "Het Atelier")[3:5] == (0, 0)
    assert (found.organisations, found.active, found.incomplete, found.total) == (2, 2, 1, 2)


def test_active_is_until_and_with_the_last_day(cast):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-9), days(0))
    assert Overview(PROVINCE).active == 1
    assert Overview(PROVINCE, today=days(1)).active == 0


def test_what_was_deleted_counts_no_more(cast):
    client = client_of(cast.ploeg, income=None)
    assert Overview(PROVINCE).incomplete == 1
    deleted(client)
    assert Overview(PROVINCE).incomplete == 0


def test_the_state_of_each_login_is_told(cast, start):
    Session.start(cast.ploeg.account)
    cast.outsider.account._save(blocked=True)
    for name in ("Nieuw", "Uitgenodigd", "Verlopen"):
        made = Organisation.create_new(name, PROVINCE)
        if name != "Nieuw":
            login = Account.create(role="organisation", organisation=made, email=f"{name.lower()}@voorbeeld.be")
            OneTimeLink.make(login, "invitation")
    OneTimeLink.update(expires_at=start).where(OneTimeLink.account_id == login.id).execute()
    found = Overview(PROVINCE)
    assert {row.name: (row.state, row.last_sign_in) for row in found.rows} == {
        "De Ploeg": ("active", start), "Het Atelier": ("blocked", None), "Nieuw": ("new", None),
        "Uitgenodigd": ("invited", None), "Verlopen": ("expired", None)}


def test_a_second_login_which_the_hall_allows_makes_no_second_row(cast):
    Account.create(role="organisation", organisation=cast.ploeg.organisation, email="tweede@voorbeeld.be")
    assert [row.state for row in Overview(PROVINCE).rows] == ["active", "active"]


@pytest.mark.parametrize(("search", "expected"), [
    ("ploeg", ["De Ploeg"]), ("  ATELIER het ", ["Het Atelier"]), ("cafe", ["Café Zorg"]),
    ("é", ["Café Zorg", "De Ploeg", "Het Atelier"]), ("%", []), ("winning", []), ("\x00ploeg", ["De Ploeg"])])
def test_organisations_are_found_by_the_words_of_their_name(cast, search, expected):
    Organisation.create_new("Café Zorg", PROVINCE)
    found = Overview(PROVINCE, search=search)
    assert (names_of(found), found.total) == (expected, len(expected))
    assert found.organisations == 3


def test_they_are_sorted_in_each_way_and_by_name_where_they_are_equal(cast, start, clock):
    made = {name: Organisation.create_new(name, PROVINCE) for name in ("émile", "Zon", "anker")}
    for hour, name in enumerate(("Zon", "anker")):
        login = Account.create(role="organisation", organisation=made[name], email=f"{name}@voorbeeld.be".lower())
        clock(start + datetime.timedelta(hours=hour))
        Session.start(login)
    clock(start + datetime.timedelta(hours=9))
    for _ in range(2):
        client_of(cast.outsider, income=None)
    period_of(client_of(cast.ploeg, income=None), cast.ploeg)
    orders = {sort: names_of(Overview(PROVINCE, sort=sort)) for sort in overview.SORTS}
    assert orders == {
        "name": ["anker", "De Ploeg", "émile", "Het Atelier", "Zon"],
        "active": ["De Ploeg", "anker", "émile", "Het Atelier", "Zon"],
        "incomplete": ["Het Atelier", "De Ploeg", "anker", "émile", "Zon"],
        "signed-in": ["anker", "Zon", "De Ploeg", "émile", "Het Atelier"],
        "not-signed-in": ["De Ploeg", "émile", "Het Atelier", "Zon", "anker"],
    }
    assert Overview(PROVINCE, sort="email").sort == "name"


def test_a_page_has_25_and_a_number_that_is_too_high_gives_the_last(sixty):
    found = Overview(PROVINCE, page=2)
    assert (names_of(found)[0], len(found.rows), found.pages) == ("Organisatie 26", 25, 3)
    assert names_of(Overview(PROVINCE, page=99))[-1] == "Organisatie 60"
    assert Overview(PROVINCE, page=-3).page == 1
    assert names_of(Overview("limburg")) == []


def test_one_statement_however_many_organisations_and_no_name_in_it(sixty, statements):
    names.use(None)
    Overview(PROVINCE, sort="active")
    assert len(statements) == 1
    assert "sealed_name" not in statements[0]


def test_the_counts_come_from_the_indexes(register):
    if not is_sqlite():
        pytest.skip("PostgreSQL's planner goes by how many rows there are")
    sql, _ = overview._organisations._for(database.obj)
    plan = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?")).fetchall()]
    assert any("client_tab" in step and "COVERING" in step for step in plan)
    assert any("client_incomplete" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]
