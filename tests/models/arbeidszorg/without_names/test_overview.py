"""A province's organisations, each with its numbers of clients and the state of its login."""
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
    """Collect the statements that the database executes."""
    seen, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: seen.append(sql) or execute(self, sql, params))
    return seen


@pytest.fixture
def sixty(register):
    """Sixty organisations of Oost-Vlaanderen."""
    for number in range(1, 61):
        Organisation.create_new(f"Organisatie {number:02}", PROVINCE)


def names_of(overview):
    return [row.name for row in overview.rows]


def row_of(overview, name):
    """Return the row of the organisation with this name."""
    row, = (row for row in overview.rows if row.name == name)
    return row


def test_each_organisation_of_the_province_is_shown_with_its_numbers_of_clients(cast):
    period_of(client_of(cast.ploeg, "Roos Peeters"), cast.ploeg)
    period_of(client_of(cast.ploeg), cast.ploeg, start=days(9))
    period_of(client_of(cast.ploeg, income=None), cast.ploeg, days(-9), days(-1))
    client_of(cast.ploeg)
    client_of(cast.elsewhere, income=None)
    province = Overview(PROVINCE)
    assert names_of(province) == ["De Ploeg", "Het Atelier"]
    ploeg = row_of(province, "De Ploeg")
    assert (ploeg.id, ploeg.active, ploeg.incomplete) == (cast.ploeg.organisation.id, 2, 1)
    atelier = row_of(province, "Het Atelier")
    assert (atelier.active, atelier.incomplete) == (0, 0)
    assert (province.organisations, province.active, province.incomplete, province.total) == (2, 2, 1, 2)


def test_a_client_is_active_through_the_last_day_of_its_period(cast):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-9), days(0))
    assert Overview(PROVINCE).active == 1
    assert Overview(PROVINCE, today=days(1)).active == 0


def test_a_deleted_client_is_not_counted(cast):
    client = client_of(cast.ploeg, income=None)
    assert Overview(PROVINCE).incomplete == 1
    deleted(client)
    assert Overview(PROVINCE).incomplete == 0


def test_the_state_of_each_login_is_shown(cast, start):
    Session.start(cast.ploeg.account)
    cast.outsider.account._save(blocked=True)
    for name in ("Nieuw", "Uitgenodigd", "Verlopen"):
        made = Organisation.create_new(name, PROVINCE)
        if name != "Nieuw":
            login = Account.create(role="organisation", organisation=made, email=f"{name.lower()}@voorbeeld.be")
            OneTimeLink.make(login, "invitation")
    OneTimeLink.update(expires_at=start).where(OneTimeLink.account_id == login.id).execute()
    assert {row.name: (row.state, row.last_sign_in) for row in Overview(PROVINCE).rows} == {
        "De Ploeg": ("active", start), "Het Atelier": ("blocked", None), "Nieuw": ("new", None),
        "Uitgenodigd": ("invited", None), "Verlopen": ("expired", None)}


def test_a_second_login_does_not_make_a_second_row(cast):
    Account.create(role="organisation", organisation=cast.ploeg.organisation, email="tweede@voorbeeld.be")
    assert [row.state for row in Overview(PROVINCE).rows] == ["active", "active"]


@pytest.mark.parametrize(("search", "expected"), [
    ("ploeg", ["De Ploeg"]), ("  ATELIER het ", ["Het Atelier"]), ("cafe", ["Café Zorg"]),
    ("é", ["Café Zorg", "De Ploeg", "Het Atelier"]), ("%", []), ("winning", []), ("\x00ploeg", ["De Ploeg"])])
def test_organisations_are_found_by_the_words_of_their_name(cast, search, expected):
    Organisation.create_new("Café Zorg", PROVINCE)
    matching = Overview(PROVINCE, search=search)
    assert (names_of(matching), matching.total) == (expected, len(expected))
    assert matching.organisations == 3


def test_organisations_sort_in_each_order_and_equal_ones_by_name(cast, start, clock):
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


def test_a_page_has_25_organisations_and_a_missing_page_becomes_the_nearest(sixty):
    second = Overview(PROVINCE, page=2)
    assert (names_of(second)[0], len(second.rows), second.pages) == ("Organisatie 26", 25, 3)
    assert names_of(Overview(PROVINCE, page=99))[-1] == "Organisatie 60"
    assert Overview(PROVINCE, page=-3).page == 1
    assert names_of(Overview("limburg")) == []


def test_the_overview_takes_one_statement_which_selects_no_name(sixty, statements):
    names.use(None)
    Overview(PROVINCE, sort="active")
    assert len(statements) == 1
    assert "sealed_name" not in statements[0]


def test_the_counts_are_read_from_indexes(register):
    if not is_sqlite():
        pytest.skip("PostgreSQL's planner goes by how many rows there are")
    sql, _ = overview._organisations._compiled_for(database.obj)
    plan = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?")).fetchall()]
    assert any("client_tab" in step and "COVERING" in step for step in plan)
    assert any("client_incomplete" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]
