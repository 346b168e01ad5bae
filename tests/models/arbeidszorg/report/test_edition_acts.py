"""Merges, moves and withdrawn periods as reasons why today's register gives other counts than an edition."""
import datetime

import pytest

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.transfer.undoing import undo
from models.database import database, now, today
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.report.test_edition_reasons import found
from tests.old_register import OPEN, row

OWN, OTHER, FLANDERS = "oost-vlaanderen", "limburg", "vlaanderen"
HOUR = datetime.timedelta(hours=1)
THIS = 2026


@pytest.fixture
def then(cast, clock):
    """The middle of a year: two clients of De Ploeg and one of De Winning, guided since the year before."""
    clock(datetime.datetime(THIS, 6, 15, 10, tzinfo=datetime.UTC))
    clients = [client_of(cast.ploeg), client_of(cast.ploeg), client_of(cast.elsewhere)]
    for client, login in zip(clients, (cast.ploeg, cast.ploeg, cast.elsewhere), strict=True):
        period_of(client, login, datetime.date(THIS - 1, 3, 1))
    return clients


@pytest.fixture
def publish(then, cast, clock):
    """Publishes an edition of a year, after which an hour passes."""
    def publish(year=THIS, scope=FLANDERS):
        edition = Edition.publish(year, scope, "", cast.administrator, today())
        clock(now().replace(tzinfo=datetime.UTC) + HOUR)
        return edition

    return publish


def move(client, cast):
    ClientMove.move_at_once(client.number, cast.ploeg.organisation, cast.elsewhere.organisation)


def insert(table, **values):
    """Insert a row round the application, as the database has it."""
    values = {name: f"'{value}'" if isinstance(value, (str, datetime.datetime)) else "NULL" if value is None else value
              for name, value in values.items()}
    database.execute_sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(map(str, values.values()))})")


def merge(kept, merged, **values):
    insert("client_merge", **{
        "organisation_id": kept.organisation_id, "kept_number": kept.number, "merged_number": merged.number,
        "first_year": THIS - 1, "last_year": None, "kept_rows": "{}", "registered_at": merged.created_at,
        "merged_at": now(), **values})


def withdraw(client, period=900, **values):
    insert("withdrawal", **{
        "period_id": period, "client_number": client.number, "organisation_id": client.organisation_id,
        "added_at": now() - 2 * HOUR, "first_year": THIS, "last_year": THIS, "kept_rows": "{}", "withdrawn_at": now(),
        **values})


def test_a_move_changes_the_running_year_in_both_provinces(publish, then, cast):
    edition = publish()
    move(then[0], cast)
    assert found(edition) == {"moved": {OWN: 1, OTHER: "1-4"}}
    assert found(edition, OTHER) == {"moved": {OWN: "1-4", OTHER: 1}}


def test_a_move_does_not_change_a_year_that_is_over(publish, then, cast, clock):
    past, running = publish(THIS - 1), publish()
    move(then[0], cast)
    assert found(past) == {}
    clock(datetime.datetime(THIS + 1, 1, 1, 9, tzinfo=datetime.UTC))
    move(then[1], cast)
    assert found(running) == {"moved": {OWN: 1, OTHER: "1-4"}}


def test_a_move_within_the_province_counts_once(publish, then, cast):
    edition = publish(scope=OWN)
    ClientMove.move_at_once(then[0].number, cast.ploeg.organisation, cast.outsider.organisation)
    assert found(edition) == {"moved": {OWN: 1}}


def test_a_client_that_is_new_or_was_not_guided_or_did_not_move_is_not_a_reason(publish, then, cast):
    bare = client_of(cast.ploeg)
    edition = publish(scope=OWN)
    late = client_of(cast.ploeg)
    period_of(late, cast.ploeg, datetime.date(THIS, 1, 1))
    for client in (bare, late):
        move(client, cast)
    ClientMove.propose(then[0].number, cast.outsider.organisation.id, "", cast.administrator)
    assert Period.select().count() == 4
    assert found(edition) == {}


def test_clients_that_were_merged_or_unmerged_since_count_if_guided_in_that_year(publish, then):
    merge(then[0], then[1], merged_at=now() - HOUR)
    edition = publish()
    database.execute_sql(f"UPDATE client_merge SET kept_rows = NULL, undone_at = '{now()}'")
    merge(then[0], then[1])
    merge(then[1], then[0], first_year=THIS - 3, last_year=THIS - 1)
    assert found(edition) == {"merged": {OWN: 1}, "unmerged": {OWN: 1}}


def test_a_merge_that_was_undone_since_is_not_a_reason(publish, then):
    edition = publish()
    merge(then[0], then[1], kept_rows=None, undone_at=now())
    assert found(edition) == {}


def test_a_withdrawn_period_counts_and_one_that_was_taken_back(publish, then):
    withdraw(then[0], withdrawn_at=now() - HOUR)
    edition = publish()
    database.execute_sql(f"UPDATE withdrawal SET kept_rows = NULL, restored_at = '{now()}'")
    withdraw(then[1], 901)
    withdraw(then[1], 902)
    withdraw(then[2], 903)
    withdraw(then[0], 904, added_at=now())
    withdraw(then[0], 905, first_year=THIS - 3, last_year=THIS - 2)
    withdraw(then[0], 906, kept_rows=None, restored_at=now())
    assert found(edition) == {"withdrawn": {OWN: 1, OTHER: "1-4"}, "taken-back": {OWN: 1}}


def test_an_import_that_was_taken_back_since_is_a_reason_with_the_clients_guided_in_the_year(then, cast, run, clock):
    before = Edition.publish(THIS, FLANDERS, "", cast.administrator, today())
    clock(now().replace(tzinfo=datetime.UTC) + HOUR)
    result = run(row(start_date=f"01/02/{THIS}", **OPEN), row(old_number="2"), row(old_number="3", province="Limburg",
                                                                                  start_date=f"01/02/{THIS}", **OPEN))
    assert result.clients == 3
    clock(now().replace(tzinfo=datetime.UTC) + HOUR)
    edition = Edition.publish(THIS, FLANDERS, "", cast.administrator, today())
    clock(now().replace(tzinfo=datetime.UTC) + HOUR)
    undo(result.import_id)
    assert found(edition) == {"import-undone": {OWN: 1, OTHER: "1-4"}}
    assert found(before) == {}
