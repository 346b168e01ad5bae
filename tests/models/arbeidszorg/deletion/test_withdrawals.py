"""Withdrawn periods: gone from every count at once, restored as they were for 30 days, and following their client."""
import datetime
from decimal import Decimal

import pytest

from models import names
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.dashboard import ACTIVE, INACTIVE, Listing
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting.figures import figures
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.arbeidszorg.without_names.listing import Listing as ProvinceListing
from models.audit import AuditEntry
from models.database import database, is_sqlite, today
from tests.factories import client_of, days, deleted, period_of
from tests.hall import refusal
from tests.models.arbeidszorg.register.test_constraints import refused
from tests.tables import rows_of

START, END = datetime.date(2019, 3, 4), datetime.date(2021, 6, 30)
MOMENT = "'2024-01-01 00:00:00'"


@pytest.fixture
def client(ploeg):
    return client_of(ploeg, "Roos Peeters")


@pytest.fixture
def period(client, ploeg):
    """A closed period of 8 hours, of which the first year had 6."""
    period = period_of(client, ploeg, START, END, hours="8")
    database.execute_sql(
        f"INSERT INTO past_hours (period_id, hours, until, made_at) VALUES ({period.id}, 600, '2020-03-03', {MOMENT})")
    return Period.get_by_id(period.id)


def tables():
    return rows_of("period"), rows_of("past_hours")


def test_a_restored_period_is_what_it_was_with_its_earlier_hours(client, period, ploeg):
    before = tables()
    withdrawal = Withdrawal.make(period, ploeg.account)
    assert tables() == ([], [])
    shown = withdrawal.period
    assert (shown.start_date, shown.end_date, shown.hours, shown.closing_reason) == (
        START, END, Decimal(8), "paid-work")
    withdrawal.restore(ploeg.account)
    assert tables() == before
    events = [(entry.event, entry.subject, entry.details) for entry in AuditEntry.select().order_by(AuditEntry.id)]
    assert events[-2:] == [("period-withdrawn", str(client.number), {"period": period.id}),
                           ("period-restored", str(client.number), {"period": period.id})]


def test_a_withdrawn_period_leaves_number_years_and_moments(client, ploeg):
    running = period_of(client, ploeg, days(-30))
    Withdrawal.make(running, ploeg.account)
    [row] = rows_of("withdrawal")
    assert (row["period_id"], row["client_number"], row["organisation_id"], row["first_year"], row["last_year"]) == (
        running.id, client.number, ploeg.organisation.id, days(-30).year, None)
    assert Withdrawal.get().added_at == running.created_at


def test_no_list_no_export_and_no_count_has_a_withdrawn_period(client, ploeg, cast):
    running = period_of(client, ploeg)
    ended = period_of(client_of(ploeg), ploeg, START, END)

    def counted():
        listing = Listing(ploeg.organisation.id)
        province = ProvinceListing(Filters("oost-vlaanderen", {"status": "active"}))
        found = [figures(year, today()) for year in (today().year, 2021)]
        export = Export.of(ploeg.organisation.id, "csv", by=ploeg.account)
        starts = {row[export.headings.index("Startdatum")] for row in export.rows} - {None, ""}
        in_province = b"".join(ExportWithoutNames(Filters("oost-vlaanderen", {}), "csv", cast.administrator).csv())
        return (listing.counts[ACTIVE], listing.counts[INACTIVE], province.total, len(starts), b"2019" in in_province,
                [sum(one.clients_in.values()) for one in found], [sum(one.closings_in.values()) for one in found])

    before = counted()
    assert before == (1, 1, 1, 2, True, [1, 1], [0, 1])
    one, other = Withdrawal.make(running), Withdrawal.make(ended)
    assert counted() == (0, 2, 0, 0, False, [0, 0], [0, 0])
    one.restore()
    other.restore()
    assert counted() == before


def test_a_period_is_withdrawn_once(period, ploeg):
    Withdrawal.make(period, ploeg.account)
    assert refusal(Withdrawal.make, period) == "period_gone"
    withdrawal = Withdrawal.get()
    withdrawal.restore()
    assert refusal(withdrawal.restore) == "period_restored"
    Withdrawal.make(period)
    assert len(rows_of("withdrawal")) == 2


def test_restoring_ends_after_30_days_whether_or_not_the_purge_ran(period, clock):
    withdrawal = Withdrawal.make(period)
    moment = withdrawal.withdrawn_at
    clock(moment + KEPT - datetime.timedelta(seconds=1))
    assert withdrawal.days_left == 1
    clock(moment + KEPT)
    assert withdrawal.days_left == 0
    assert refusal(withdrawal.restore) == "period_restore_late"


def test_a_period_that_another_overlaps_by_now_is_not_restored(client, period, ploeg):
    withdrawal = Withdrawal.make(period)
    other = period_of(client, ploeg, END, None)
    assert refusal(withdrawal.restore) == "period_restore_overlap"
    other.change(other.hours, END + datetime.timedelta(days=1), None, None, None, 1, ploeg.account)
    withdrawal.restore()
    assert Period.select().count() == 2


def test_a_period_that_begins_before_the_birth_date_by_now_is_not_restored(client, period, ploeg):
    withdrawal = Withdrawal.make(period)
    client.change({"birth_date": START + datetime.timedelta(days=1)}, None, client.version, by=ploeg.account)
    assert refusal(withdrawal.restore) == "period_restore_birth"


def test_a_form_that_was_sent_again_keeps_its_key(client, ploeg):
    first = Period.add(client, Decimal(8), START, END, "health", "same", "sleutel", ploeg.account)
    withdrawal = Withdrawal.make(first)
    again = Period.add(client, Decimal(8), START, END, "health", "same", "sleutel", ploeg.account)
    again.change(again.hours, days(-9), None, None, None, 1, ploeg.account)
    withdrawal.restore()
    assert {(one.id, one.form_key) for one in Period.select()} == {(first.id, None), (again.id, "sleutel")}


def test_an_option_that_only_a_withdrawn_period_has_stays_in_use(period):
    Withdrawal.make(period)
    assert {("closing_reason", "paid-work"), ("outlook", "higher")} <= kept_rows.options_in_use()


def test_a_withdrawn_period_follows_its_deleted_client(client, period, ploeg):
    withdrawal = Withdrawal.make(period)
    deletion = deleted(client)
    assert refusal(withdrawal.restore) == "client_gone"
    deletion.restore()
    withdrawal.restore()
    assert Client.get().active_until == END


def test_withdrawing_and_restoring_need_no_names(period, cast, monkeypatch):
    """An administrator's request: without the key, and without selecting a sealed name."""
    statements, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: statements.append(sql) or execute(self, sql, params))
    names.use(None)
    Withdrawal.make(period, cast.administrator).restore(cast.administrator)
    assert statements
    assert not [sql for sql in statements if "sealed_name" in sql]


# Round the application


WITHDRAWAL = f"""INSERT INTO withdrawal (period_id, client_number, organisation_id, first_year, last_year, kept_rows,
  restored_at, purged_at, added_at, withdrawn_at) VALUES ({{}}, {MOMENT}, {MOMENT})"""
GOOD = "1, 1, 1, 2019, 2021, '{}', NULL, NULL"


@pytest.mark.parametrize("values", [
    "1, 1, 99, 2019, 2021, '{}', NULL, NULL",  # no such organisation
    "1, 1, 1, 2021, 2019, '{}', NULL, NULL",
    "1, 1, 1, 2019, 2021, NULL, NULL, NULL",  # neither kept nor restored nor purged
    f"1, 1, 1, 2019, 2021, '{{}}', {MOMENT}, NULL",
    f"1, 1, 1, 2019, 2021, NULL, {MOMENT}, {MOMENT}"])
def test_a_faulty_withdrawal_is_refused(period, values):
    assert not refused(WITHDRAWAL.format(GOOD))
    assert refused(WITHDRAWAL.format(values))


def test_no_period_disappears_without_being_withdrawn(period):
    database.execute_sql("DELETE FROM past_hours")
    assert refused("DELETE FROM period")
    database.execute_sql(WITHDRAWAL.format(GOOD))
    assert not refused("DELETE FROM period")
    database.execute_sql(f"UPDATE withdrawal SET kept_rows = NULL, restored_at = {MOMENT}")
    assert refused("DELETE FROM period")


def test_a_period_cannot_be_withdrawn_twice(period):
    database.execute_sql(WITHDRAWAL.format(GOOD))
    assert refused(WITHDRAWAL.format(GOOD))
    if is_sqlite():
        assert refused(WITHDRAWAL.format(GOOD).replace("INSERT", "INSERT OR REPLACE"))


@pytest.mark.parametrize("how", ["restored", "purged"])
def test_a_restored_or_purged_withdrawal_is_final_and_none_can_be_removed(period, how):
    Withdrawal.make(period)
    assert refused("DELETE FROM withdrawal")
    database.execute_sql(f"UPDATE withdrawal SET kept_rows = NULL, {how}_at = {MOMENT}")
    for change in ("kept_rows = '{}'", "first_year = 2018", f"{how}_at = NULL, kept_rows = '{{}}'"):
        assert refused(f"UPDATE withdrawal SET {change}")


def test_the_deletion_of_a_client_keeps_its_periods_and_those_withdrawn_apart(client, period, ploeg):
    other = period_of(client, ploeg)
    Withdrawal.make(period)
    deletion = deleted(client)
    assert kept_rows.period(Deletion.get().kept_rows)["id"] == other.id
    deletion.restore()
    assert Period.get().id == other.id
