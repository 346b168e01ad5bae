"""An edition of the yearly report is kept as it was published, and says it when it is not."""
import datetime
import hashlib
import json

import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.report.editions import Edition, canonical
from models.arbeidszorg.report.report import Report
from models.audit import AuditEntry
from models.database import database, is_sqlite, now, today
from tests.factories import client_of, period_of
from tests.hall import refusal
from tests.models.arbeidszorg.register.test_constraints import refused

LAST = today().year - 1
OWN, FLANDERS = "oost-vlaanderen", "vlaanderen"


@pytest.fixture
def guided(cast):
    """Clients of two provinces, guided last year and still."""
    for login, clients in ((cast.ploeg, 7), (cast.elsewhere, 6)):
        for _ in range(clients):
            period_of(client_of(login), login, datetime.date(LAST, 3, 1))
    return cast


def publish(by, scope=OWN, remark="Definitief", **options):
    return Edition.publish(options.pop("year", LAST), scope, remark, by, today(), **options)


def test_an_edition_keeps_the_report_who_published_it_and_when(guided):
    edition = Edition.one(OWN, publish(guided.administrator, remark="  Na nazicht \n door  allen ").id)
    assert (edition.year, edition.scope, edition.remark) == (LAST, OWN, "Na nazicht\ndoor allen")
    assert edition.reference_day == datetime.date(LAST, 12, 31)
    assert edition.account.email == guided.administrator.email
    assert datetime.timedelta() <= now() - edition.published_at < datetime.timedelta(minutes=1)
    assert edition.is_intact
    report = Report.make(LAST, OWN, today())
    assert edition.report.data() | {"made_at": ""} == report.data() | {"made_at": ""}
    assert edition.report.clients.now.count == 7


def test_the_hash_is_the_sha256_of_the_contents(guided):
    edition = publish(guided.administrator)
    contents = json.loads(edition.contents)
    assert edition.contents == canonical(contents)
    assert edition.hash == hashlib.sha256(edition.contents.encode()).hexdigest()
    assert (contents["remark"], contents["account"]) == ("Definitief", guided.administrator.id)
    assert set(contents) == {"report", "remark", "account", "counted_at", "published_at"}


def test_conclusions_are_kept_with_the_edition_and_belong_to_its_hash(guided):
    by = guided.administrator
    edition, without = publish(by, conclusions=" Meer  vrouwen.\r\n\r\nMinder uren. "), publish(by)
    assert edition.conclusions == "Meer vrouwen.\n\nMinder uren."
    assert edition.is_intact
    assert without.conclusions == ""
    assert "conclusions" not in without.contents
    edition.contents = edition.contents.replace("Meer", "Evenveel")
    assert not edition.is_intact


def test_equal_contents_give_equal_text():
    assert canonical({"b": [1, "é"], "a": None}) == canonical({"a": None, "b": [1, "é"]}) == '{"a":null,"b":[1,"é"]}'


def test_later_entries_do_not_change_an_edition(guided):
    edition = publish(guided.administrator)
    period_of(client_of(guided.ploeg), guided.ploeg, datetime.date(LAST, 3, 1))
    later = Edition.one(OWN, edition.id)
    assert (later.contents, later.hash, later.is_intact) == (edition.contents, edition.hash, True)
    assert Report.make(LAST, OWN, today()).clients.now.count == 8


def test_publishing_is_recorded_in_the_log_of_the_province(guided):
    edition = publish(guided.administrator, FLANDERS)
    entry = AuditEntry.of_province(OWN).first()
    assert (entry.event, entry.account_id, entry.tenant_id, entry.subject) == (
        ArbeidszorgEvent.EDITION_PUBLISHED, guided.administrator.id, None, None)
    assert entry.details == {"edition": edition.id, "year": LAST, "scope": FLANDERS}


def test_the_operator_publishes_any_scope(guided):
    edition = Edition.one("limburg", publish(None, "limburg").id)
    assert edition.account is None
    assert edition.is_intact
    assert AuditEntry.of_province("limburg").first().event == ArbeidszorgEvent.EDITION_PUBLISHED
    publish(None, FLANDERS)


def test_an_unknown_year_a_foreign_scope_and_an_empty_report_are_refused(guided):
    by = guided.administrator
    assert refusal(lambda: publish(by, "limburg")) == "scope"
    assert refusal(lambda: publish(by, "wallonie")) == "scope"
    assert refusal(lambda: publish(by, year=today().year + 1)) == "year"
    assert refusal(lambda: publish(by, year=LAST - 1)) == "year"
    assert refusal(lambda: publish(None, "antwerpen")) == "edition_empty"
    assert refusal(lambda: publish(by, remark="x" * 501)) == "remark_long"
    assert refusal(lambda: publish(by, remark="85.07.30-033.28")) == "national_number"
    assert Edition.select().count() == 0


def test_a_province_reads_its_own_editions_and_those_of_flanders(guided):
    own, flanders = publish(guided.administrator), publish(guided.administrator, FLANDERS)
    foreign = publish(guided.other_administrator, "limburg")
    assert [edition.id for edition in Edition.readable_by(OWN)] == [flanders.id, own.id]
    assert [edition.id for edition in Edition.readable_by("limburg")] == [foreign.id, flanders.id]
    assert Edition.one(OWN, foreign.id) is None
    assert Edition.one("limburg", flanders.id).account.province == OWN
    assert list(Edition.of_year(OWN, LAST - 1)) == []
    assert [edition.id for edition in Edition.of_year(OWN, LAST)] == [flanders.id, own.id]


def test_a_list_of_editions_does_not_read_their_contents(guided):
    publish(guided.administrator)
    assert '"contents"' not in Edition.readable_by(OWN).sql()[0]
    assert "password" not in Edition.readable_by(OWN).sql()[0]


def test_a_form_sent_twice_makes_one_edition(guided):
    by = guided.administrator
    edition = publish(by, form_key="k")
    period_of(client_of(guided.ploeg), guided.ploeg, datetime.date(LAST, 3, 1))
    assert publish(by, form_key="k") == edition
    assert refusal(lambda: publish(by, form_key="k", remark="Anders")) == "already_saved"
    assert refusal(lambda: publish(by, FLANDERS, form_key="k")) == "already_saved"
    assert publish(guided.other_administrator, FLANDERS, form_key="k") != edition
    assert publish(by) != edition
    assert Edition.select().count() == 3


@pytest.mark.parametrize("statement", [
    "UPDATE edition SET remark = 'Anders'", "UPDATE edition SET hash = hash", "DELETE FROM edition",
    "UPDATE edition SET form_key = NULL"])
def test_the_database_refuses_to_change_or_delete_an_edition(guided, statement):
    publish(guided.administrator, form_key="k")
    assert refused(statement)
    assert refused("DELETE FROM account WHERE id IN (SELECT account_id FROM edition)")
    if not is_sqlite():
        assert refused("TRUNCATE edition CASCADE")


@pytest.mark.parametrize("instead", ["id, account_id, form_key", "id, account_id, 'x'", "id + 9, account_id, form_key"])
def test_the_database_refuses_to_replace_an_edition(guided, instead):
    publish(guided.administrator, form_key="k")
    columns = "year, scope, reference_day, remark, counted_at, published_at, contents, hash"
    insert = "INSERT OR REPLACE" if is_sqlite() else "INSERT"
    insert += f" INTO edition (id, account_id, form_key, {columns}) SELECT {{}}, {columns} FROM edition"
    assert refused(insert.format(instead))
    assert not refused(insert.format("id + 9, account_id, 'x'"))


@pytest.mark.parametrize("fault", [
    ("year", "1"), ("scope", "'wallonie'"), ("scope", "NULL"), ("hash", "'ab'"), ("reference_day", "'2020-02-31'"),
    ("remark", "'" + "x" * 501 + "'"), ("account_id", "99"), ("contents", "NULL")])
def test_a_faulty_edition_is_refused(guided, fault):
    good = {"year": "2024", "scope": "'limburg'", "reference_day": "'2024-12-31'", "remark": "''", "account_id": "NULL",
            "counted_at": "'2025-01-01 00:00:00'", "published_at": "'2025-01-01 00:00:00'", "contents": "'{}'",
            "hash": "'" + "a" * 64 + "'"}
    statement = "INSERT INTO edition ({}) VALUES ({})"
    assert not refused(statement.format(", ".join(good), ", ".join(good.values())))
    good |= dict([fault])
    assert refused(statement.format(", ".join(good), ", ".join(good.values())))


UNGUARD = (["DROP TRIGGER edition_kept_update"], ["DROP TRIGGER edition_is_kept ON edition"])


@pytest.mark.parametrize("change", [
    "contents = replace(contents, '\"remark\":\"Definitief\"', '\"remark\":\"Voorlopig\"')",
    "contents = replace(contents, '7', '8')", "contents = 'geen JSON'", "contents = contents || ' '",
    f"hash = '{'a' * 64}'", "remark = 'Anders'", "year = year - 1", "scope = 'vlaanderen'",
    "reference_day = '2001-12-31'", "account_id = NULL", "published_at = '2001-01-01 00:00:00'",
    "counted_at = '2001-01-01 00:00:00'"])
def test_a_tampered_edition_is_not_intact(guided, change):
    edition = publish(guided.administrator)
    for statement in UNGUARD[not is_sqlite()]:
        database.execute_sql(statement)
    database.execute_sql(f"UPDATE edition SET {change}")
    edition = Edition.one(OWN, edition.id)
    assert not edition.is_intact
