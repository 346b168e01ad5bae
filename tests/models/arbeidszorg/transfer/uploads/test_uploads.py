"""An uploaded list: sealed while it waits, imported once, and forgotten in time."""
import datetime
import threading

import peewee
import pytest

from models import names
from models.accounts.sessions import Session
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.uploads import uploads
from models.arbeidszorg.transfer.uploads.uploads import (
    DONE,
    EXPIRED,
    FAILED,
    KEPT,
    MOST_WAITING,
    OUTCOME_KEPT,
    RUNNING,
    SILENT,
    WAITING,
    ImportUpload,
    tidy,
)
from models.audit import AuditEntry
from models.database import database, now
from models.errors import Refused
from tests.models.arbeidszorg.transfer.lists import table
from tests.tables import contents, rows_of

SECOND = datetime.timedelta(seconds=1)
CANARY = "Kanarievogel"


@pytest.fixture
def by(register, ploeg):
    """De Ploeg's login, as the request of somebody who is signed in has it."""
    return Session.find(Session.start(ploeg.account))


def upload_of(by, *rows):
    return ImportUpload.store(table(*rows or [{"name": CANARY}]), by)


def again(upload):
    return ImportUpload.one(upload.organisation_id, upload.id)


def carried_out(upload, by, **options):
    """Start this upload and carry it out; returns it as it is then."""
    assert upload.start()
    upload.carry_out(lambda part: None, by, **options)
    return again(upload)


def row(upload):
    [found] = [one for one in rows_of("import_upload") if one["id"] == upload.id]
    return found


def test_a_waiting_file_is_sealed_and_its_dry_run_changes_nothing(by):
    upload = upload_of(by)
    assert CANARY.encode() not in bytes(row(upload)["content"])
    before = contents()
    outcome = upload.try_out(lambda part: None)
    assert (outcome.counts["clients"], outcome.reason) == (1, "")
    assert contents() == before
    assert not AuditEntry.select().where(AuditEntry.event == "register-imported").exists()


def test_a_file_that_is_no_list_is_refused_with_a_reason(by):
    assert ImportUpload.store(b"", by).try_out(print).reason == "Het bestand is leeg."
    assert "kolomnamen" in ImportUpload.store(b"Dit is geen lijst.", by).try_out(print).reason


def test_an_import_stores_its_outcome_and_forgets_the_file(by):
    upload = carried_out(upload_of(by, {"name": CANARY}, {"name": CANARY, "gender": "Veel"}), by)
    assert (upload.shown_state, row(upload)["content"]) == (DONE, None)
    assert (upload.numbers["clients"], upload.numbers["refused"]) == (1, 1)
    outcome = upload.result()
    assert [(note.line, note.column) for note in outcome.refusals] == [(3, "Geslacht")]
    assert b"Geslacht" not in bytes(row(upload)["outcome"])
    assert [client.name for client in Client.of(by.organisation_id)] == [CANARY]
    [entry] = AuditEntry.select().where(AuditEntry.event == "register-imported")
    assert (entry.account_id, entry.tenant_id) == (by.id, by.organisation_id)
    assert CANARY not in entry.detail


def test_progress_goes_from_0_to_1(by):
    parts = []
    upload = upload_of(by, *[{}] * 1200)
    upload.start()
    upload.carry_out(parts.append, by)
    assert parts == sorted(parts)
    assert 0 < parts[0] < 1
    assert parts[-1] == 1


def test_a_second_click_starts_nothing(by):
    upload = upload_of(by)
    assert upload.start()
    assert not upload.start()
    assert not again(upload).cancel()


def test_one_import_of_an_organisation_runs_at_a_time(by):
    first, second = upload_of(by), upload_of(by)
    first.start()
    with pytest.raises(Refused) as refused:
        second.start()
    assert refused.value.code == ArbeidszorgCode.IMPORT_RUNS
    assert again(second).shown_state == WAITING


def test_two_clicks_at_the_same_moment_start_one_import(by):
    upload, started = upload_of(by), []

    def click():
        started.append(upload.start())
        database.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(started) == [False, False, False, True]


def test_a_refused_file_fails_and_changes_nothing(by):
    upload = carried_out(ImportUpload.store(table({}).replace(b"Geslacht", b"Gemoed"), by), by)
    assert (upload.shown_state, row(upload)["content"]) == (FAILED, None)
    assert upload.result().reason == "Deze kolommen ontbreken: Geslacht."
    assert not Client.select().exists()


def test_a_fault_fails_changes_nothing_and_is_not_hidden(by, monkeypatch):
    monkeypatch.setattr(uploads, "import_register", lambda *_, **__: 1 / 0)
    upload = upload_of(by)
    upload.start()
    with pytest.raises(ZeroDivisionError):
        upload.carry_out(print, by)
    assert (again(upload).shown_state, again(upload).result().is_fault) == (FAILED, True)


def test_an_import_that_was_silent_too_long_has_broken_off_and_imports_nothing(by):
    """Also if it still runs after all, as in a server that stood still for a while."""
    upload = upload_of(by)
    upload.start()
    ImportUpload.update(alive_at=now() - SILENT - SECOND).execute()
    assert again(upload).shown_state == FAILED
    upload.beat(0, 50)
    assert again(upload).shown_state == FAILED
    before = contents()
    upload.carry_out(lambda part: None, by)
    assert contents() == before
    tidy()
    assert (again(upload).state, row(upload)["content"], again(upload).result()) == (FAILED, None, None)


def test_an_import_that_is_heard_of_goes_on(by):
    upload = upload_of(by)
    upload.start()
    ImportUpload.update(alive_at=now() - SILENT + 10 * SECOND).execute()
    upload.beat(2, 50)
    tidy()
    found = again(upload)
    assert (found.shown_state, found.place, found.percent) == (RUNNING, 2, 50)
    assert found.alive_at >= now() - SECOND


def test_a_file_expires_after_an_hour_and_is_forgotten(by):
    upload = upload_of(by)
    ImportUpload.update(uploaded_at=now() - KEPT - SECOND).execute()
    assert again(upload).shown_state == EXPIRED
    assert not upload.start()
    tidy()
    assert (row(upload)["state"], row(upload)["content"]) == (EXPIRED, None)
    ImportUpload.update(uploaded_at=now() - datetime.timedelta(days=2)).execute()
    tidy()
    assert rows_of("import_upload") == []


def test_a_file_is_kept_for_an_hour(by):
    upload = upload_of(by)
    ImportUpload.update(uploaded_at=now() - KEPT + 10 * SECOND).execute()
    tidy()
    assert again(upload).start()


def test_the_sixth_waiting_file_takes_the_place_of_the_oldest(by):
    first, *others = [upload_of(by) for _ in range(MOST_WAITING + 1)]
    assert again(first).shown_state == EXPIRED
    assert {again(one).shown_state for one in others} == {WAITING}


def test_an_outcome_is_kept_for_thirty_days_and_its_counts_longer(by):
    upload = carried_out(upload_of(by), by)
    tidy()
    assert again(upload).result()
    ImportUpload.update(ended_at=now() - OUTCOME_KEPT - SECOND).execute()
    tidy()
    assert (again(upload).result(), again(upload).numbers["clients"]) == (None, 1)


def test_nothing_is_written_when_nothing_is_due(by, monkeypatch):
    upload_of(by)
    monkeypatch.setattr(ImportUpload, "update", lambda **_: pytest.fail("the chore took the write lock"))
    tidy()


def test_a_cancelled_file_is_gone(by):
    upload = upload_of(by)
    assert upload.cancel()
    assert (row(upload)["state"], row(upload)["content"]) == (EXPIRED, None)
    assert not upload.start()


def test_a_form_that_is_posted_twice_keeps_one_file(by):
    first, second = (ImportUpload.store(table({}), by, "sleutel") for _ in range(2))
    assert first.id == second.id
    assert len(rows_of("import_upload")) == 1


def test_a_form_that_is_posted_twice_at_the_same_moment_keeps_one_file(by):
    together, kept, content = threading.Barrier(4), [], table({})

    def post():
        together.wait()
        kept.append(ImportUpload.store(content, by, "sleutel").id)
        database.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [row(ImportUpload.get())["id"]] * 4


def test_a_form_that_is_posted_again_with_another_file_keeps_both(by):
    wrong, better = (ImportUpload.store(table({"gender": gender}), by, "sleutel") for gender in ("Vrauw", "Vrouw"))
    assert (wrong.try_out(print).counts["refused"], better.try_out(print).counts["refused"]) == (1, 0)


def test_another_organisation_does_not_find_it(by, cast):
    assert ImportUpload.one(cast.outsider.organisation.id, upload_of(by).id) is None


def test_without_the_names_key_no_file_is_kept(by):
    names.use(None)
    with pytest.raises(Refused):
        upload_of(by)
    assert rows_of("import_upload") == []


@pytest.mark.parametrize("change", [
    "content = NULL", "state = 'running'", "state = 'done'", "import_id = 3", "state = 'unknown'", "percent = 101",
    "outcome = content"])
def test_the_database_refuses_a_row_that_cannot_be(by, change):
    upload_of(by)
    with pytest.raises(peewee.IntegrityError):
        database.execute_sql(f"UPDATE import_upload SET {change}")
