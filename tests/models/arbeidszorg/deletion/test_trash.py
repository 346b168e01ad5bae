"""A deleted client is gone everywhere at once, and for 30 days comes back as it was, row by row."""
import datetime
from concurrent.futures import ThreadPoolExecutor

import peewee
import pytest

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import clients
from models.arbeidszorg.register.clients import Client, likely_duplicates
from models.arbeidszorg.register.dashboard import ListedClient, Listing
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber
from models.arbeidszorg.register.questionnaire import QuestionnaireError
from models.arbeidszorg.transfer.exporting import Export
from models.audit import AuditEntry
from models.database import database, is_sqlite, now
from tests.conftest import QUESTIONNAIRE
from tests.factories import ANSWERS, ask, client_of, days, deleted, period_of
from tests.hall import refusal
from tests.models.arbeidszorg.register.test_questionnaire import HOBBY, edited
from tests.tables import rows_of, tables

__all__ = ["edited"]
TABLES = ("client", "answer", "past_answer", "period", "past_hours", "former_number", "past_organisation")
# Tables with a row for each client or each of its periods.
OF_CLIENT = {"client", "period"}
DAY = datetime.date(2024, 1, 1)


@pytest.fixture
def client(ploeg):
    """A client with everything that a client can have: a name, an old number, a past, periods open and closed."""
    client = client_of(ploeg, "Roos Peeters")
    Client.update(old_number="17", old_number_rank=0, old_number_key="17".zfill(50),
                  created_at=now() - datetime.timedelta(days=400)).where(Client.number == client.number).execute()
    client = client.change({"income": "pension", "home_postcode": "8000", "birth_date": datetime.date(1984, 2, 29)},
                           None, 1, by=ploeg.account)
    period_of(client, ploeg, DAY, datetime.date(2024, 12, 31), hours="15.25")
    running = period_of(client, ploeg)
    rows = {
        "past_hours": {"period_id": running.id, "hours": 600, "until": running.start_date, "made_at": now()},
        "former_number": {"client_number": client.number, "organisation_id": ploeg.organisation.id, "kind": "old",
                          "number": "21", "rank": 0, "sort_text": "21".zfill(50)},
        "past_organisation": {"client_number": client.number, "organisation_id": ploeg.organisation.id, "until": DAY},
    }
    for table, row in rows.items():
        peewee.Table(table, tuple(row)).bind(database).insert(row).execute()
    return Client.get_by_id(client.number)


def kept():
    """The rows of all clients, as the database has them."""
    return {table: sorted(rows_of(table), key=repr) for table in TABLES}


def test_every_column_of_every_table_that_refers_to_a_client_is_kept(register):
    hanging = {table for table in tables() for key in database.get_foreign_keys(table) if key.dest_table in OF_CLIENT}
    assert set(kept_rows.TABLES) == set(TABLES) == hanging | {"client"}
    for table, columns in kept_rows.TABLES.items():
        there = {column.name for column in database.get_columns(table)}
        assert set(columns) == there - {"reason_question", "outlook_question", "sealed_name"}


def test_a_deleted_client_is_gone_from_every_list_count_and_export(client, ploeg, cast):
    other = client_of(ploeg, "Ward Claes", income=None)
    deleted(client, cast.administrator)
    for table in TABLES[1:]:
        assert not [row for row in rows_of(table) if row.get("client_number") == client.number]
    assert not rows_of("past_hours")
    assert [row["number"] for row in rows_of("client")] == [other.number]
    for tab in ("active", "inactive"):
        listing = Listing(ploeg.organisation.id, tab=tab)
        assert listing.counts == {"active": 0, "inactive": 1}
        assert client.number not in [ListedClient(*row).number for row in listing.rows]
    assert Listing(ploeg.organisation.id, search="17").total == 0
    assert Listing(ploeg.organisation.id, name="Roos").total == 0
    assert likely_duplicates(ploeg.organisation, client.answers() | ANSWERS) == [other]
    exported = Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv().decode()
    assert "Roos" not in exported
    assert "Ward" in exported


def test_a_deletion_records_who_why_and_the_years(client, cast, ploeg):
    deletion = Deletion.get_by_id(deleted(client, cast.administrator, "not-guided").id)
    assert (deletion.client_number, deletion.organisation_id, deletion.account_id, deletion.reason) == (
        client.number, ploeg.organisation.id, cast.administrator.id, "not-guided")
    assert (deletion.registered_at, deletion.first_year, deletion.last_year) == (client.created_at, 2024, None)
    bare = Deletion.get_by_id(deleted(client_of(ploeg)).id)
    assert (bare.first_year, bare.last_year, bare.account_id) == (None, None, None)
    past = client_of(ploeg)
    period_of(past, ploeg, datetime.date(2022, 1, 8), datetime.date(2023, 1, 8))
    past = Deletion.get_by_id(deleted(past).id)
    assert (past.first_year, past.last_year) == (2022, 2023)


def test_the_sealed_name_is_moved_within_the_database_and_never_read(client, cast, statements):
    """ASVS 8.2.3: it is an administrator who deletes and restores."""
    kept_name = {"client_number": client.number, "sealed_name": bytes(client.sealed_name)}
    statements.clear()
    deletion = deleted(client, cast.administrator)
    assert "Roos" not in Deletion.get_by_id(deletion.id).kept_rows
    assert rows_of("deleted_name") == [kept_name]
    deletion.restore(cast.administrator)
    naming = [sql for sql in statements if "sealed_name" in sql]
    assert [sql.split()[0] for sql in naming if not sql.startswith("SELECT * FROM")] == ["INSERT", "UPDATE"]
    assert rows_of("deleted_name") == []


def test_a_client_without_a_name_is_restored_without_one(ploeg, cast):
    client = client_of(ploeg)
    deleted(client, cast.administrator).restore(cast.administrator)
    assert Client.get_by_id(client.number).sealed_name is None


def test_a_restored_client_is_back_row_by_row(client, ploeg, cast):
    client_of(ploeg, "Ward Claes")
    before = kept()
    deletion = deleted(client, cast.administrator)
    assert kept() != before
    later = client_of(ploeg)
    deletion.restore(cast.administrator)
    after = kept()
    for table in TABLES:
        number = "number" if table == "client" else "client_number"
        after[table] = [row for row in after[table] if row.get(number) != later.number]
    assert after == before
    assert Client.get_by_id(client.number).name == "Roos Peeters"
    # The series, too, goes on where it was.
    assert client_of(ploeg).number == later.number + 1
    assert period_of(later, ploeg, DAY, DAY).id > max(row["id"] for row in before["period"])
    deletion = Deletion.get_by_id(deletion.id)
    assert deletion.kept_rows is None
    assert deletion.restored_at is not None
    last = [(entry.event, entry.subject, entry.tenant_id) for entry in AuditEntry.select()][-3:]
    assert (ArbeidszorgEvent.CLIENT_RESTORED, str(client.number), ploeg.organisation.id) in last


def test_a_restored_client_can_be_deleted_again(client, cast):
    deleted(client).restore(cast.administrator)
    again = deleted(client, cast.administrator)
    assert Client.select().count() == 0
    assert Deletion.of_client("oost-vlaanderen", client.number).id == again.id


def test_a_client_cannot_be_restored_after_thirty_days_even_before_the_purge(client, clock):
    deletion = deleted(client)
    end = Deletion.get_by_id(deletion.id).deleted_at + KEPT
    clock(end - datetime.timedelta(days=1))
    assert deletion.days_left == 1
    clock(end - datetime.timedelta(seconds=1))
    assert deletion.days_left == 1
    clock(end)
    assert deletion.days_left == 0
    assert refusal(deletion.restore) == "restore_late"
    clock(end - datetime.timedelta(seconds=1))
    deletion.restore()
    assert refusal(deletion.restore) == "already_restored"
    assert Client.select().count() == 1


@pytest.mark.parametrize(("column", "code"), [("old_number", "restore_taken"), ("form_key", "restore_sent_again")])
def test_a_client_whose_old_number_is_taken_is_not_restored_and_stays_kept(client, ploeg, column, code):
    deletion = deleted(client)
    other = client_of(ploeg)
    values = {"old_number": "17", "old_number_rank": 0} if column == "old_number" else {"form_key": client.form_key}
    Client.update(values).where(Client.number == other.number).execute()
    before = rows_of("deletion"), kept()
    assert refusal(deletion.restore) == code
    assert (rows_of("deletion"), kept()) == before
    Client.update(old_number=None, old_number_rank=2, form_key=None).where(Client.number == other.number).execute()
    deletion.restore()
    assert Client.select().count() == 2


def test_an_option_chosen_only_by_a_deleted_client_stays_in_use(client, ploeg, edited):
    """As an answer, as what was answered before, or as the reason of a period."""
    client.change({"marital_status": "married"}, None, client.version, by=ploeg.account)
    period_of(client, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 2, 1), reason="death", outlook="lower")
    deletion = deleted(client)
    lines = QUESTIONNAIRE.read_text(encoding="utf-8").splitlines()
    for code in ("judicial", "married", "legally-cohabiting", "death", "lower"):
        line = next(line for line in lines if f'code = "{code}"' in line and "label" in line)
        with pytest.raises(QuestionnaireError, match=code):
            clients.apply_questionnaire(edited(f"{line}\n"), kept_rows.options_in_use)
    deletion.restore()
    assert Client.get_by_id(client.number).answers()["marital_status"] == "married"


def test_a_client_restored_after_a_question_was_added_is_incomplete(client, edited):
    deletion = deleted(client)
    assert not client.incomplete
    asked = edited(added=HOBBY)
    ask(asked)
    deletion.restore()
    assert Client.get_by_id(client.number).incomplete


def test_deleting_a_client_approves_its_pending_request(client, ploeg, cast):
    request = DeletionRequest.ask(client, "double", "", ploeg.account)
    deletion = deleted(client, cast.administrator, "other")
    assert deletion.request_id == request.id
    request = DeletionRequest.get_by_id(request.id)
    assert (request.status, request.decided_by) == ("approved", cast.administrator.id)


def test_a_deleted_client_and_a_decided_request_are_refused(client, ploeg, cast):
    request = DeletionRequest.ask(client, "double", "", ploeg.account)
    request.refuse("Cliënt 3 is iemand anders.", cast.administrator)
    assert refusal(Deletion.make, client, "double", cast.administrator, request) == "request_decided"
    assert Client.select().count() == 1
    assert refusal(Deletion.make, client, "zin", cast.administrator) == "reason"
    deleted(client)
    assert refusal(Deletion.make, client, "double", cast.administrator) == "client_gone"
    assert Deletion.select().count() == 1


def test_one_of_several_simultaneous_decisions_counts(client, ploeg, cast):
    request = DeletionRequest.ask(client, "double", "", ploeg.account)

    def decide(turn):
        try:
            if turn % 2:
                request.refuse("Neen.", cast.administrator)
            else:
                Deletion.make(client, "double", cast.administrator, request)
        except Exception as error:  # noqa: BLE001 - what it is, is judged below
            return getattr(error, "code", repr(error))
        finally:
            database.close()
        return "done"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(decide, range(6)))
    assert sorted(found) == ["done"] + 5 * ["request_decided"]
    assert Deletion.select().count() == (DeletionRequest.get().status == "approved")
    assert Deletion.select().count() + Client.select().count() == 1


def test_one_of_several_simultaneous_restores_counts(client, cast):
    deletion = deleted(client)

    def restore(_):
        try:
            deletion.restore(cast.administrator)
        except Exception as error:  # noqa: BLE001
            return getattr(error, "code", repr(error))
        finally:
            database.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(restore, range(4))) == 3 * ["already_restored"] + ["done"]


def test_another_provinces_deletions_are_absent(client, cast):
    deletion = deleted(client)
    for query in (Deletion.of_province, Deletion.in_trash, Deletion.purged):
        assert list(query("limburg")) == []
    assert Deletion.one("limburg", deletion.id) is None
    assert Deletion.of_client("limburg", client.number) is None
    assert [one.id for one in Deletion.in_trash("oost-vlaanderen")] == [deletion.id]


def test_a_list_of_deletions_does_not_select_the_kept_rows(register):
    for query in (Deletion.in_trash("limburg"), Deletion.purged("limburg"), Deletion.of_province("limburg")):
        assert "kept_rows" not in query.sql()[0].partition(" FROM ")[0]


def test_kept_moments_have_the_format_of_the_database(client):
    """Rows restored after a change of server or driver still read the same."""
    deleted(client).restore()
    found = rows_of("client")[0]["created_at"]
    assert found == (f"{client.created_at}" if is_sqlite() else client.created_at)
    assert days(0) <= Client.get().active_until


def test_a_client_whose_old_numbers_another_merged_client_has_by_now_is_not_restored(ploeg):
    def numbered(*numbers):
        client = client_of(ploeg)
        for number in numbers:
            FormerNumber.add(client.number, ploeg.organisation.id, OLD, number)
        return client

    deletion = deleted(numbered("17", "21"))
    numbered("21")
    assert refusal(deletion.restore) == "restore_taken"
    assert Client.select().count() == 1
