"""The audit: entries are written in the transaction of the change, and the database keeps them unchanged."""
import peewee
import pytest

from models import audit
from models.accounts.sessions import Session
from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import AuditEntry, Event, Outsider, record, record_reading, store_late
from models.database import database, is_sqlite, transaction
from tests.locks import held
from tests.tables import rows_of


def entries():
    return list(AuditEntry.select().order_by(AuditEntry.id))


def test_an_entry_holds_the_event_the_actor_and_the_organisation(ploeg):
    record(ArbeidszorgEvent.CLIENT_CHANGED, by=ploeg.account, subject=7, fields=["gender"])
    entry = entries()[-1]
    assert (entry.event, entry.actor, entry.account_id) == (
        "client-changed", "arbeidszorg:organisation", ploeg.account.id)
    assert (entry.tenant_id, entry.province) == (ploeg.organisation.id, "oost-vlaanderen")
    assert (entry.subject, entry.details) == ("7", {"fields": ["gender"]})


def test_the_actor_of_a_request_is_its_account(ploeg):
    record(Event.CONTACT_CHANGED, by=Session.find(Session.start(ploeg.account)))
    entry = entries()[-1]
    assert (entry.actor, entry.account_id, entry.tenant_id, entry.province) == (
        "arbeidszorg:organisation", ploeg.account.id, ploeg.organisation.id, "oost-vlaanderen")


def test_an_administrator_belongs_to_a_province_and_the_operator_to_none(cast):
    record(Event.SIGNED_IN, by=cast.administrator)
    record(Event.NAMES_ROTATED)
    administrator, operator = entries()[-2:]
    assert (administrator.actor, administrator.province) == ("arbeidszorg:administrator", "oost-vlaanderen")
    assert (operator.actor, operator.account_id, operator.province) == ("operator", None, None)


def test_an_entry_about_another_tenant_is_not_about_the_organisation_of_its_actor(cast):
    record(Event.GRANT_GIVEN, by=cast.ploeg.account, tenant_id=cast.elsewhere.organisation.id)
    assert AuditEntry.of_tenant(cast.elsewhere.organisation.id)[0].event == Event.GRANT_GIVEN
    record(Event.SIGNED_IN, by=cast.ploeg.account)
    assert entries()[-1].tenant_id == cast.ploeg.organisation.id


def test_an_actor_who_is_not_signed_in_is_recorded_as_nobody(register):
    record(Event.SIGN_IN_FAILED, by=Outsider("nobody"))
    assert entries()[-1].actor == "nobody"


def test_rolling_a_change_back_removes_its_entry(register):
    before = AuditEntry.select().count()
    with transaction() as change:
        record(ArbeidszorgEvent.CLIENT_CHANGED)
        change.rollback()
    assert AuditEntry.select().count() == before


ROW = "(id, made_at, event, actor) VALUES (1, '2026-01-05 10:00:00', 'x', 'nobody')"
CHANGES = ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_entry WHERE id = 1"]
ROUNDABOUT = {
    True: [f"INSERT OR REPLACE INTO audit_entry {ROW}", f"REPLACE INTO audit_entry {ROW}",
           "UPDATE OR REPLACE audit_entry SET id = 1 WHERE id = 2",
           f"INSERT INTO audit_entry {ROW} ON CONFLICT (id) DO UPDATE SET event = 'x'"],
    False: ["TRUNCATE audit_entry", "TRUNCATE audit_entry CASCADE",
            f"INSERT INTO audit_entry {ROW} ON CONFLICT (id) DO UPDATE SET event = 'x'",
            "MERGE INTO audit_entry a USING (SELECT 1 AS id) b ON a.id = b.id WHEN MATCHED THEN DELETE",
            "WITH gone AS (DELETE FROM audit_entry RETURNING id) SELECT count(*) FROM gone"],
}


def test_the_database_refuses_to_change_an_entry(register):
    """By every kind of statement: on SQLite, replacing a row does not fire the trigger of a deletion."""
    for _ in range(2):
        record(Event.SIGNED_IN, by=Outsider("nobody"))
    before = rows_of("audit_entry")
    for statement in CHANGES + ROUNDABOUT[is_sqlite()]:
        with pytest.raises(peewee.DatabaseError, match="audit_entry_append_only"), transaction():
            database.execute_sql(statement)
        assert rows_of("audit_entry") == before, statement


def test_a_typed_line_end_adds_no_line_to_the_audit(register):
    record(ArbeidszorgEvent.REGISTER_IMPORTED, file="a\nb")
    assert "\n" not in entries()[-1].detail


@pytest.fixture
def late(tmp_path):
    """The file of the entries that wait for the lock."""
    audit.use(tmp_path)
    return tmp_path / "late_audit_entries.jsonl"


def test_an_entry_made_during_a_lock_is_on_the_disk_first_and_in_the_log_afterwards(ploeg, late, database_url):
    with held(database_url):
        for number in (7, 8):
            record_reading(ArbeidszorgEvent.CLIENT_VIEWED, by=ploeg.account, subject=number, fields=["é"])
        assert "client-viewed" in late.read_text()
        assert store_late() == 0
    moment = entries()[-1].made_at
    assert store_late() == 2
    first, second = entries()[-2:]
    assert (first.event, first.subject, first.details) == ("client-viewed", "7", {"fields": ["é"]})
    assert (second.subject, second.account_id, second.tenant_id) == ("8", ploeg.account.id, ploeg.organisation.id)
    assert first.made_at >= moment
    assert late.read_bytes() == b""
    assert store_late() == 0


@pytest.mark.parametrize("part", ['{"event": "client-vie', '{"event": "client-viewed", "detail": "{}'])
def test_an_entry_that_a_power_cut_broke_off_does_not_spoil_the_next(ploeg, late, database_url, part):
    late.write_text(f"\n{part}")
    with held(database_url):
        record_reading(ArbeidszorgEvent.CLIENT_VIEWED, by=ploeg.account, subject=7)
    assert store_late() == 1
    assert entries()[-1].subject == "7"


def test_nothing_is_read_that_cannot_be_logged(ploeg, late, database_url):
    late.mkdir()
    with held(database_url), pytest.raises(OSError, match="directory"):
        record_reading(ArbeidszorgEvent.CLIENT_VIEWED, by=ploeg.account, subject=7)
