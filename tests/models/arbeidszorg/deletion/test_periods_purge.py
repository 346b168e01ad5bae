"""Periods withdrawn more than 30 days ago are purged, and a restored backup does not bring them back."""
import datetime

import pytest

from models.arbeidszorg.deletion.merges_purge import empty_merges
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.purged_file import PurgedFile, PurgedPeriod
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import database, now
from models.upkeep.purged_lines import Register
from tests.factories import client_of, days, deleted, period_of
from tests.hall import refusal
from tests.models.arbeidszorg.deletion.test_purge import LATER, backup, lines, on_sqlite, path
from tests.models.arbeidszorg.deletion.test_purge_raw_files import raw
from tests.models.arbeidszorg.doubles import merges
from tests.tables import contents, rows_of

__all__ = ["backup", "path"]
START, END = datetime.date(2019, 3, 4), datetime.date(2021, 6, 30)


@pytest.fixture
def client(ploeg):
    return client_of(ploeg, "Roos Peeters")


@pytest.fixture
def period(client, ploeg):
    return period_of(client, ploeg, START, END)


def aged():
    """Let everything that is withdrawn have been withdrawn 30 days earlier."""
    for withdrawal in Withdrawal.select().where(Withdrawal.kept_rows.is_null(False)):
        Withdrawal.update(withdrawn_at=withdrawal.withdrawn_at - LATER).where(
            Withdrawal.id == withdrawal.id).execute()


def test_a_purge_leaves_client_organisation_years_and_moments(client, period, ploeg, path):
    young = Withdrawal.make(period_of(client, ploeg, days(-9)))
    withdrawal = Withdrawal.make(period, ploeg.account)
    assert purge(path).periods == 0
    Withdrawal.update(withdrawn_at=now() - KEPT).where(Withdrawal.id == withdrawal.id).execute()
    assert purge(path).periods == 1
    kept = Withdrawal.get_by_id(withdrawal.id)
    assert (kept.kept_rows, kept.period_id, kept.first_year, kept.last_year) == (None, period.id, 2019, 2021)
    [line] = lines(path)
    assert line == (f"{Register.get().id};period;{period.id};{client.number};{ploeg.organisation.id};"
                    f"{period.created_at};2019;2021;{kept.withdrawn_at};{kept.purged_at}")
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.actor, entry.subject, entry.details) == (
        "period-purged", "operator", str(client.number), {"period": period.id})
    assert refusal(kept.restore) == "period_restore_late"
    before = contents()
    assert (purge(path).periods, purge(path).periods_repeated, lines(path)) == (0, 0, [line])
    assert contents() == before
    young.restore()


def test_a_lost_list_is_written_again(period, path):
    Withdrawal.make(period)
    aged()
    purge(path)
    before = path.read_bytes()
    path.unlink()
    purge(path)
    assert path.read_bytes() == before


def test_the_withdrawn_periods_of_a_purged_client_are_purged_at_once(client, period, path):
    young = Withdrawal.make(period)
    deletion = deleted(client)
    type(deletion).update(deleted_at=now() - KEPT).execute()
    done = purge(path)
    assert (done.purged, done.periods, Withdrawal.get_by_id(young.id).kept_rows) == (1, 1, None)
    written = lines(path)
    assert len(written) == 2
    assert (purge(path).periods, lines(path)) == (0, written)


@on_sqlite
@pytest.mark.parametrize("when", ["live", "withdrawn", "restored before"])
def test_a_restored_backup_is_purged_again(client, period, ploeg, path, backup, when):
    if when == "restored before":
        Withdrawal.make(period).restore()
    if when != "withdrawn":
        backup.keep()
    Withdrawal.make(period, ploeg.account)
    if when == "withdrawn":
        backup.keep()
    aged()
    purge(path)
    gone = Withdrawal.get(Withdrawal.restored_at.is_null())
    written = lines(path)
    backup.put_back()
    done = purge(path)
    assert (done.periods, done.periods_repeated, done.repeated) == (0, 1, 0)
    assert (rows_of("period"), Client.get().active_until) == ([], None)
    again = Withdrawal.get(Withdrawal.restored_at.is_null())
    for field in ("period_id", "client_number", "added_at", "first_year", "last_year", "purged_at", "kept_rows"):
        assert getattr(again, field) == getattr(gone, field), field
    last = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (last.event, last.details) == ("period-purged", {"period": period.id, "repeated": True})
    assert (purge(path).periods_repeated, lines(path)) == (0, written)


def test_a_listed_period_that_is_there_is_purged(client, period, ploeg, path):
    """The rows that a backup would bring back, on PostgreSQL too."""
    database.execute_sql("INSERT INTO past_hours (period_id, hours, until, made_at) "
                         f"VALUES ({period.id}, 600, '2020-03-03', '2024-01-01 00:00:00')")
    trashed = Withdrawal.make(period_of(client, ploeg, days(-9)))
    entry = PurgedPeriod(Register.get().id, period.id, client.number, 1, period.created_at, 2019, 2021, now(), now())
    with PurgedFile(path).open() as file:
        file.append([entry, entry, entry._replace(period_id=trashed.period_id, added_at=trashed.added_at)])
    assert purge(path).periods_repeated == 2
    assert (rows_of("period"), rows_of("past_hours")) == ([], [])
    assert {row["kept_rows"] for row in rows_of("withdrawal")} == {None}
    assert purge(path).periods_repeated == 0


@pytest.mark.parametrize("how", ["added at another moment", "of another register"])
def test_another_period_with_a_listed_id_is_not_purged(client, period, path, how):
    entry = PurgedPeriod(Register.get().id, period.id, client.number, 1, period.created_at, 2019, 2021, now(), now())
    other = (entry._replace(added_at=period.created_at - datetime.timedelta(seconds=1))
             if how == "added at another moment" else entry._replace(register="f" * 32))
    with PurgedFile(path).open() as file:
        file.append([other])
    assert purge(path).periods_repeated == 0
    assert Period.get() == period
    Withdrawal.make(period)
    assert purge(path).periods_repeated == 0
    Withdrawal.get().restore()


@on_sqlite
def test_the_raw_files_hold_nothing_of_a_purged_period(client, ploeg, path, database_url):
    """ASVS 14.2.7: among others, so that the tree of each table and index has branches."""
    period = period_of(client, ploeg, datetime.date(1997, 11, 23), datetime.date(1998, 4, 17), hours="23.47")
    Period.update(form_key="KANARIE-1997").where(Period.id == period.id).execute()
    traces = [b"1997-11-23", b"1998-04-17", b"KANARIE-1997", b'"hours": 2347']
    for turn in range(120):
        period_of(client_of(ploeg, f"Cliënt {turn}"), ploeg)
    Withdrawal.make(period)
    assert {trace for trace in traces if trace in raw(database_url)} == set(traces)
    aged()
    assert purge(path).periods == 1
    assert {trace for trace in traces if trace in raw(database_url)} == set()
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


# Merges


def merged(client, other, moment):
    """A merge of these two, with their names; the registrations themselves are as they were."""
    database.execute_sql(f"""INSERT INTO client_merge (
        organisation_id, kept_number, merged_number, kept_rows, registered_at, merged_at)
      VALUES (1, {client.number}, {other.number}, '{{}}', '{moment}', '{moment}')""")
    number = max(row["id"] for row in rows_of("client_merge"))
    database.execute_sql("INSERT INTO merged_name (merge_id, client_number, sealed_name) "
                         f"SELECT {number}, number, sealed_name FROM client WHERE number = {client.number}")


def test_the_rows_and_names_of_a_merge_are_emptied_after_30_days(client, ploeg, path):
    merged(client, client_of(ploeg), now() - KEPT + datetime.timedelta(minutes=1))
    assert purge(path).merges == 0
    assert len(rows_of("merged_name")) == 1
    merged(client, client_of(ploeg), now() - KEPT)
    assert purge(path).merges == 1
    young, old = sorted(rows_of("client_merge"), key=lambda row: row["id"])
    assert (young["kept_rows"], old["kept_rows"], old["purged_at"] is None) == ("{}", None, False)
    assert [row["merge_id"] for row in rows_of("merged_name")] == [young["id"]]
    assert (empty_merges([]), lines(path)) == (0, [])


def test_the_rows_and_names_of_a_merge_of_a_purged_client_are_emptied_at_once(client, ploeg, path):
    merged(client, client_of(ploeg), now())
    deletion = deleted(client)
    type(deletion).update(deleted_at=now() - KEPT).execute()
    assert (purge(path).merges, rows_of("merged_name")) == (1, [])


def test_the_requests_of_merged_registrations_lose_their_remarks_too(client, ploeg, path):
    other, third = client_of(ploeg), client_of(ploeg)
    DeletionRequest.ask(third, "other", "Staat er al als kwikstaart", ploeg.account).withdraw(ploeg.account)
    merges.merged(other, third)
    merges.merged(client, Client.get_by_id(other.number))
    deletion = deleted(Client.get_by_id(client.number))
    assert DeletionRequest.get().remark
    type(deletion).update(deleted_at=now() - KEPT).execute()
    purge(path)
    assert DeletionRequest.get().remark == ""
    assert [line.split(";")[1] for line in lines(path)] == [str(one.number) for one in (client, other, third)]
    before = path.read_bytes()
    path.unlink()
    purge(path)
    assert path.read_bytes() == before


@on_sqlite
def test_a_backup_from_before_a_merge_is_purged_of_both_registrations(client, period, ploeg, path, backup):
    other = client_of(ploeg, income="pension")
    period_of(other, ploeg, days(-9))
    backup.keep()
    merges.merged(client, other)
    deletion = deleted(Client.get_by_id(client.number), reason="other")
    type(deletion).update(deleted_at=now() - KEPT).execute()
    purge(path)
    written = path.read_bytes()
    backup.put_back()
    assert Client.select().count() == 2
    assert purge(path).repeated == 2
    assert (Client.select().count(), rows_of("period")) == (0, [])
    again = Deletion.get(Deletion.client_number == other.number)
    assert (again.reason, again.first_year, again.last_year) == ("other", days(-9).year, None)
    assert (purge(path).repeated, path.read_bytes()) == (0, written)
