"""The numbers of clients beside each organisation in the hall's list."""
import pytest

from models import names
from models.accounts import organisation_list
from models.accounts.organisation_list import OrganisationList
from models.arbeidszorg.without_names.overview import ACTIVE, INCOMPLETE
from models.database import database, is_sqlite
from tests.factories import client_of, days, deleted, period_of

PROVINCE = "oost-vlaanderen"
COUNTS = (ACTIVE, INCOMPLETE)


def counts_of(**options):
    """(active, incomplete) of the whole province."""
    return OrganisationList(PROVINCE, COUNTS, **options).counts


def test_each_organisation_of_the_province_is_shown_with_its_numbers_of_clients(cast):
    period_of(client_of(cast.ploeg, "Roos Peeters"), cast.ploeg)
    period_of(client_of(cast.ploeg), cast.ploeg, start=days(9))
    period_of(client_of(cast.ploeg, income=None), cast.ploeg, days(-9), days(-1))
    client_of(cast.ploeg)
    client_of(cast.elsewhere, income=None)
    province = OrganisationList(PROVINCE, COUNTS)
    assert [(row.id, row.name, row.counts) for row in province.rows] == [
        (cast.ploeg.organisation.id, "De Ploeg", (2, 1)), (cast.outsider.organisation.id, "Het Atelier", (0, 0))]
    assert (province.organisations, province.total, province.counts) == (2, 2, (2, 1))


def test_a_client_is_active_through_the_last_day_of_its_period(cast):
    client = client_of(cast.ploeg)
    period_of(client, cast.ploeg, days(-9), days(0))
    assert counts_of() == (1, 0)
    assert counts_of(today=days(1)) == (0, 0)


def test_a_deleted_client_is_not_counted(cast):
    client = client_of(cast.ploeg, income=None)
    assert counts_of() == (0, 1)
    deleted(client)
    assert counts_of() == (0, 0)


def test_organisations_sort_by_their_numbers_of_clients(cast):
    for _ in range(2):
        client_of(cast.outsider, income=None)
    period_of(client_of(cast.ploeg, income=None), cast.ploeg)
    orders = {sort: [row.name for row in OrganisationList(PROVINCE, COUNTS, sort=sort).rows]
              for sort in ("active", "incomplete")}
    assert orders == {"active": ["De Ploeg", "Het Atelier"], "incomplete": ["Het Atelier", "De Ploeg"]}


def test_the_list_with_its_counts_takes_one_statement_which_selects_no_name(cast, statements):
    names.use(None)
    OrganisationList(PROVINCE, COUNTS, sort="active")
    assert len(statements) == 1
    assert "sealed_name" not in statements[0]


def test_the_counts_are_read_from_indexes(register):
    if not is_sqlite():
        pytest.skip("PostgreSQL's planner goes by how many rows there are")
    sql, _ = organisation_list._statement(COUNTS)._compiled_for(database.obj)
    plan = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?")).fetchall()]
    assert any("client_tab" in step and "COVERING" in step for step in plan)
    assert any("client_incomplete" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]
