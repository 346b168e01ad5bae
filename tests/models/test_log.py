"""The log: which entries a reader gets, page by page, between two days in Flanders, read from an index."""
import datetime

import pytest

from models import log
from models.accounts.sessions import Session
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.audit import AuditEntry, Event, record
from models.database import database, is_sqlite
from models.log import PAGE_SIZE, Log
from tests.factories import client_of, period_of

DAY = datetime.date


def events(lines):
    return [line.event for line in lines]


def test_only_the_organisation_reads_that_a_name_was_changed(cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    own = events(Log(AuditEntry.of_organisation(cast.ploeg.organisation)).lines)
    assert own[:3] == [
        ArbeidszorgEvent.CLIENT_NAME_CHANGED, ArbeidszorgEvent.CLIENT_CHANGED, ArbeidszorgEvent.CLIENT_REGISTERED]
    for shown in (Log(AuditEntry.of_province("oost-vlaanderen")).lines, log.latest("oost-vlaanderen", 9)):
        assert events(shown) == [
            ArbeidszorgEvent.CLIENT_CHANGED, ArbeidszorgEvent.CLIENT_REGISTERED,
            Event.ORGANISATION_CREATED, Event.ORGANISATION_CREATED]


def test_an_entry_about_a_client_holds_no_name(cast):
    """Not as a field either: a name that is changed together with an answer has an entry of its own."""
    client = client_of(cast.ploeg, "Roos")
    client = client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    period_of(client, cast.ploeg)
    client.change({}, "", client.version, by=cast.ploeg.account)
    for entry in AuditEntry.of_province("oost-vlaanderen"):
        assert "name" not in entry.detail
        assert "naam" not in entry.detail


def test_a_province_reads_only_its_own_log(cast):
    client_of(cast.elsewhere)
    record(Event.NAMES_ROTATED)
    lines = Log(AuditEntry.of_province("oost-vlaanderen")).lines
    assert {line.organisation for line in lines} == {"De Ploeg", "Het Atelier"}
    assert Event.NAMES_ROTATED not in events(lines)


def test_the_log_is_filtered_by_events_and_organisation(cast):
    for login in (cast.ploeg, cast.outsider):
        period_of(client_of(login), login)
    province = AuditEntry.of_province("oost-vlaanderen")
    added = [ArbeidszorgEvent.PERIOD_ADDED]
    assert events(Log(province, added).lines) == [ArbeidszorgEvent.PERIOD_ADDED] * 2
    [line] = Log(province, added, organisation_id=cast.outsider.organisation.id).lines
    assert (line.organisation, line.login) == ("Het Atelier", "atelier@voorbeeld.be")
    assert Log(province, []).lines == []
    assert Log(province, organisation_id=cast.elsewhere.organisation.id).lines == []


@pytest.mark.parametrize(("moment", "day"), [
    (datetime.datetime(2026, 1, 14, 22, 59, 59, tzinfo=datetime.UTC), DAY(2026, 1, 14)),
    (datetime.datetime(2026, 1, 14, 23, 0, 0, tzinfo=datetime.UTC), DAY(2026, 1, 15)),
    # The nights in which the clock changes.
    (datetime.datetime(2026, 3, 28, 23, 0, 0, tzinfo=datetime.UTC), DAY(2026, 3, 29)),
    (datetime.datetime(2026, 3, 29, 21, 59, 59, tzinfo=datetime.UTC), DAY(2026, 3, 29)),
    (datetime.datetime(2026, 3, 29, 22, 0, 0, tzinfo=datetime.UTC), DAY(2026, 3, 30)),
    (datetime.datetime(2026, 10, 24, 22, 0, 0, tzinfo=datetime.UTC), DAY(2026, 10, 25)),
    (datetime.datetime(2026, 10, 25, 22, 59, 59, tzinfo=datetime.UTC), DAY(2026, 10, 25)),
    (datetime.datetime(2026, 10, 25, 23, 0, 0, tzinfo=datetime.UTC), DAY(2026, 10, 26)),
])
def test_an_entry_belongs_to_its_day_in_flanders(cast, clock, moment, day):
    clock(moment)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator)
    one_day, province = datetime.timedelta(days=1), AuditEntry.of_province("oost-vlaanderen")
    viewed = [ArbeidszorgEvent.CLIENT_VIEWED]
    for one, found in ((day, 1), (day - one_day, 0), (day + one_day, 0)):
        assert len(Log(province, viewed, since=one, until=one).lines) == found, one
    assert len(Log(province, viewed, until=DAY(9999, 12, 31)).lines) == 1


def test_an_export_of_a_province_is_in_the_log_of_each_of_its_organisations(cast):
    whole = Filters("oost-vlaanderen", {})
    one = Filters("oost-vlaanderen", {"organisation": str(cast.outsider.organisation.id)})
    for filters in (whole, one):
        ExportWithoutNames(filters, "csv", cast.administrator)
    for login, times in ((cast.ploeg, 1), (cast.outsider, 2), (cast.elsewhere, 0)):
        exports = Log(AuditEntry.of_organisation(login.organisation), [ArbeidszorgEvent.CLIENTS_EXPORTED]).lines
        assert len(exports) == times
        assert {line.login for line in exports} <= {cast.administrator.email}


def test_other_events_of_an_administrator_are_not_in_every_log(cast):
    Session.start(cast.administrator)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.outsider.organisation, subject=3)
    assert events(Log(AuditEntry.of_organisation(cast.ploeg.organisation)).lines) == [Event.ORGANISATION_CREATED]


def test_pages_of_the_log_follow_each_other_without_a_gap(cast):
    for number in range(2 * PAGE_SIZE + 1):
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, subject=number)
    viewed = [ArbeidszorgEvent.CLIENT_VIEWED]
    pages = [Log(AuditEntry.of_province("oost-vlaanderen"), viewed, page=page) for page in (1, 2, 3, 4)]
    assert [page.more for page in pages] == [True, True, False, False]
    shown = [line.subject for page in pages for line in page.lines]
    assert shown == [str(number) for number in range(2 * PAGE_SIZE, -1, -1)]


def test_a_line_does_not_show_the_number_of_its_entry(cast):
    assert "id" not in log.Line._fields


@pytest.mark.parametrize(("entries", "index"), [
    (AuditEntry.of_province("limburg"), "audit_entry_province"),
    (AuditEntry.of_province("limburg").where(AuditEntry.event == Event.SIGNED_IN), "audit_entry_province"),
])
def test_the_newest_entries_are_read_from_an_index_without_sorting(register, entries, index):
    if not is_sqlite():
        pytest.skip("EXPLAIN QUERY PLAN is SQLite's")
    sql, parameters = entries.limit(1).sql()
    explain = f"EXPLAIN QUERY PLAN {sql}"
    steps = [row[-1] for row in database.execute_sql(explain, parameters).fetchall()]
    assert len(steps) == 1
    assert f"USING INDEX {index} (" in steps[0]


def test_an_organisations_log_is_read_from_its_indexes(cast):
    if not is_sqlite():
        pytest.skip("EXPLAIN QUERY PLAN is SQLite's")
    sql, parameters = AuditEntry.of_organisation(cast.ploeg.organisation).limit(1).sql()
    explain = f"EXPLAIN QUERY PLAN {sql}"
    steps = " ".join(row[-1] for row in database.execute_sql(explain, parameters).fetchall())
    assert "INDEX audit_entry_tenant (tenant_id=?)" in steps
    assert "INDEX audit_entry_tenants (province=?)" in steps
    assert "SCAN" not in steps
    assert "TEMP B-TREE" not in steps
