"""The database enforces the rules itself, also on rows written by SQL instead of by the application."""
import datetime

import peewee
import pytest

from models.arbeidszorg.register.clients import Client
from models.database import database
from tests.factories import client_of, period_of

DAY = "'2024-01-01'"
MOMENT = "'2024-01-01 00:00:00'"
INSERT_CLIENT = f"""INSERT INTO client (organisation_id, old_number, old_number_rank, old_number_key, birth_date,
  birth_date_unknown, home_postcode, work_postcode, created_at, changed_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""
INSERT_PERIOD = f"""INSERT INTO period (client_number, hours, start_date, end_date, closing_reason, outlook,
  created_at, changed_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    return client


def refused(statement):
    """Return whether the database refuses the statement; an accepted one is rolled back."""
    with database.atomic() as transaction:
        try:
            database.execute_sql(statement)
        except (peewee.IntegrityError, peewee.DataError):
            return True
        finally:
            transaction.rollback()
    return False


@pytest.mark.parametrize("values", [
    "1, 'A', 2, '', NULL, FALSE, NULL, NULL",  # an old number without its rank
    "1, NULL, 0, '', NULL, FALSE, NULL, NULL",
    "1, '', 1, '', NULL, FALSE, NULL, NULL",
    "1, ' A', 1, '', NULL, FALSE, NULL, NULL",
    "1, NULL, 2, '', '1899-12-31', FALSE, NULL, NULL",
    "1, NULL, 2, '', '2020-02-31', FALSE, NULL, NULL",
    "1, NULL, 2, '', '1980-01-01', TRUE, NULL, NULL",
    "1, NULL, 2, '', NULL, FALSE, '0999', NULL",
    "1, NULL, 2, '', NULL, FALSE, '90000', NULL",
    "1, NULL, 2, '', NULL, FALSE, 'weg', NULL",
    "1, NULL, 2, '', NULL, FALSE, NULL, 'none'",
    "99, NULL, 2, '', NULL, FALSE, NULL, NULL"])
def test_an_invalid_client_is_refused(client, values):
    assert not refused(INSERT_CLIENT.format("1, NULL, 2, '', '1980-01-01', FALSE, 'none', 'unknown'"))
    assert refused(INSERT_CLIENT.format(values))


@pytest.mark.parametrize("change", [
    "birth_date = '2024-04-02'", "home_postcode = '12'", "work_postcode = 'abroad'", "birth_date = 'morgen'",
    "form_key = ''", "organisation_id = NULL"])
def test_an_invalid_change_of_a_client_is_refused(client, change):
    assert not refused(f"UPDATE client SET birth_date = '2024-04-01' WHERE number = {client.number}")
    assert refused(f"UPDATE client SET {change} WHERE number = {client.number}")


@pytest.mark.parametrize("values", [
    "0, '2024-08-01', NULL, NULL, NULL", "6001, '2024-08-01', NULL, NULL, NULL",
    "1000, '2024-02-30', NULL, NULL, NULL", "1000, '1899-12-31', '1899-12-31', 'other', 'same'",
    "1000, '3000-01-01', NULL, NULL, NULL", "1000, '2024-08-01', '3000-01-01', 'other', 'same'",
    "1000, '2024-08-02', '2024-08-01', 'other', 'same'",
    "1000, '2024-08-01', '2024-08-02', NULL, 'same'", "1000, '2024-08-01', '2024-08-02', 'other', NULL",
    "1000, '2024-08-01', NULL, 'other', 'same'",
    "1000, '2024-08-01', '2024-08-02', 'zin', 'same'", "1000, '2024-08-01', '2024-08-02', 'other', 'other'",
    "1000, '1980-01-01', '1980-01-02', 'other', 'same'",  # before the birth date
    "1000, '2024-06-30', NULL, NULL, NULL", "1000, '2024-01-01', '2024-04-01', 'other', 'same'",
    "1000, '2024-01-01', NULL, NULL, NULL", "1000, '2024-05-01', '2024-05-02', 'other', 'same'"])
def test_an_invalid_period_is_refused(client, values):
    for good in ("1000, '2024-07-01', NULL, NULL, NULL", "1000, '2024-01-01', '2024-03-31', 'other', 'same'"):
        assert not refused(INSERT_PERIOD.format(f"{client.number}, {good}"))
    assert refused(INSERT_PERIOD.format(f"{client.number}, {values}"))


def test_a_change_that_makes_periods_overlap_is_refused(client, ploeg):
    later = period_of(client, ploeg, datetime.date(2024, 7, 1))
    assert refused(f"UPDATE period SET start_date = '2024-06-30' WHERE id = {later.id}")
    assert refused("UPDATE period SET end_date = NULL, closing_reason = NULL, outlook = NULL")
    assert refused(f"UPDATE period SET start_date = '1980-01-01' WHERE id = {later.id - 1}")
    other = client_of(ploeg)
    assert not refused(f"UPDATE period SET client_number = {other.number} WHERE id = {later.id}")
    moved = period_of(other, ploeg, datetime.date(2024, 5, 1))
    assert refused(f"UPDATE period SET client_number = {client.number} WHERE id = {moved.id}")


@pytest.mark.parametrize("statement", [
    "INSERT INTO answer (client_number, question, option) VALUES (1, 'gender', 'kat')",
    "INSERT INTO answer (client_number, question, option) VALUES (1, 'gender', 'x')",  # already answered
    "UPDATE answer SET option = 'pension' WHERE question = 'gender'",
    "INSERT INTO past_answer (client_number, question, option, until, made_at)"
    f" VALUES (1, 'gender', 'kat', {DAY}, {MOMENT})",
    f"INSERT INTO past_answer (client_number, question, until, made_at) VALUES (1, 'gender', {DAY}, {MOMENT})",
    "DELETE FROM question_option WHERE question = 'gender' AND option = 'female'",
    "DELETE FROM client",
    "DELETE FROM organisation"])
def test_an_answer_outside_its_list_is_refused_and_rows_in_use_stay(client, statement):
    assert client.number == 1
    assert refused(statement)


def test_log_entries_cannot_be_changed_or_deleted(client):
    assert refused("UPDATE audit_entry SET event = 'x'")
    assert refused("DELETE FROM audit_entry")


def test_the_end_of_the_last_period_is_stored_on_the_client(client):
    def active_until():
        return Client.get_by_id(client.number).active_until

    assert active_until() == datetime.date(2024, 6, 30)
    database.execute_sql(INSERT_PERIOD.format(f"{client.number}, 1000, '2024-01-01', '2024-03-31', 'other', 'same'"))
    assert active_until() == datetime.date(2024, 6, 30)
    database.execute_sql(INSERT_PERIOD.format(f"{client.number}, 1000, '2025-01-01', NULL, NULL, NULL"))
    assert active_until() == datetime.date(9999, 12, 31)
    database.execute_sql("UPDATE period SET end_date = '2025-02-01', closing_reason = 'other', outlook = 'same'"
                         " WHERE start_date = '2025-01-01'")
    assert active_until() == datetime.date(2025, 2, 1)
    # Without a deletion the database refuses that the periods of a client disappear.
    database.execute_sql("INSERT INTO deletion (client_number, organisation_id, reason, registered_at, kept_rows,"
                         f" deleted_at) VALUES ({client.number}, 1, 'other', {MOMENT}, '{{}}', {MOMENT})")
    database.execute_sql("DELETE FROM period WHERE start_date > '2024-03-31'")
    assert active_until() == datetime.date(2024, 3, 31)
    database.execute_sql("DELETE FROM period")
    assert active_until() is None
