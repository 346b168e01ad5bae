"""The tables beside the register: nobody waits while a file is read, and somebody else's changes meanwhile count."""
import datetime
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models import names
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.arbeidszorg.transfer.staging import moving_over, staged
from models.arbeidszorg.transfer.staging.batches import Batch
from models.arbeidszorg.transfer.undoing import undo
from models.audit import AuditEntry
from models.database import database, is_sqlite, transaction
from models.errors import Refused
from models.organisations import Organisation
from models.patience import waiting
from tests.factories import ANSWERS, client_of, days, period_of
from tests.models.arbeidszorg.transfer.own_file import export
from tests.old_register import OPEN, counts, places, row, write
from tests.tables import contents

NEXT = {"start_date": "01/07/2021", **OPEN}
NAME = "Kanarie-Marieke Vogelaerts"


def elsewhere(act):
    """Do something on another connection, which never waits for a lock; return what it returns."""
    def there():
        try:
            with waiting(0):
                return act()
        finally:
            database.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(there).result()


class Meanwhile:
    """Does something elsewhere when a file was read, the first time or each time; `readings` counts them."""

    def __init__(self, act, each_time=False):
        self.act, self.each_time, self.readings = act, each_time, 0

    def __call__(self, position):
        self.readings += 1
        if self.each_time or self.readings == 1:
            elsewhere(self.act)


def change(number, **answers):
    client = Client.get_by_id(number)
    return client.change(answers, None, client.version)


# Others go on


def test_a_save_of_somebody_else_does_not_wait_while_a_file_is_read(run, ploeg, monkeypatch):
    saved, write_batch = [], Batch.write

    def write_beside_a_save(batch, asked):
        write_batch(batch, asked)
        saved.append(elsewhere(lambda: client_of(ploeg).number))

    monkeypatch.setattr(Batch, "write", write_beside_a_save)
    result = run(row())
    assert saved == [1]
    assert [client.old_number for client in Client.select().order_by(Client.number)] == [None, "1"]
    assert result.clients == 1


def test_a_number_that_was_given_meanwhile_is_not_given_again_and_the_file_is_read_once(run, ploeg):
    meanwhile = Meanwhile(lambda: client_of(ploeg))
    run(row(), row(old_number="2"), progress=meanwhile)
    assert meanwhile.readings == 1
    assert [(one.number, one.old_number) for one in Client.select().order_by(Client.number)] == [
        (1, None), (2, "1"), (3, "2")]
    assert client_of(ploeg).number == 4


def test_a_dry_run_writes_nothing_and_counts_the_same(run, ploeg):
    client_of(ploeg)
    rows = row(), row(**NEXT), row(old_number="2", gender="Q"), row(organisation="De Nieuwe")
    before, entries = contents(), AuditEntry.select().count()
    dry = run(*rows, dry_run=True)
    assert (contents(), AuditEntry.select().count()) == (before, entries)
    assert dry.import_id is None
    real = run(*rows)
    assert dry.counts() | {"dry_run": False} == real.counts() | {"dry_run": False}


def test_rows_are_staged_within_a_transaction_too_as_the_demonstration_does(run):
    with transaction():
        for old_number in "12":
            assert run(row(old_number=old_number)).clients == 1
    assert counts()[1] == 2


def test_a_change_of_a_client_that_the_file_is_not_about_does_not_matter(run, ploeg):
    run(row(old_number="8"))
    meanwhile = Meanwhile(lambda: change(1, income="pension"))
    run(row(), progress=meanwhile)
    assert (meanwhile.readings, Client.select().count()) == (1, 2)


# Changes between checking and moving


def test_a_change_of_a_client_of_the_file_has_it_read_again(run):
    run(row(income=""))
    meanwhile = Meanwhile(lambda: change(1, income="pension"))
    result = run(row(old_number="7"), row(**NEXT), progress=meanwhile)
    assert meanwhile.readings == 2
    assert places(result) == [(3, "Hoofdinkomen", "Leefloon")]
    assert (result.clients, counts()[1:3]) == (1, (2, 2))
    assert Client.get_by_id(1).answers()["income"] == "pension"


def test_an_answer_that_was_given_meanwhile_is_not_overwritten(run):
    run(row(birth_date=""))
    born = datetime.date(1990, 1, 1)
    meanwhile = Meanwhile(lambda: change(1, birth_date=born))
    result = run(row(**NEXT), progress=meanwhile)
    assert (meanwhile.readings, places(result)) == (2, [(2, "Geboortedatum", "14/07/1985")])
    assert Client.get_by_id(1).birth_date == born


def test_a_client_that_is_deleted_between_two_of_its_rows_is_refused_in_both(run, monkeypatch):
    run(row(income=""))
    monkeypatch.setattr(importing, "BATCH", 1)
    meanwhile = Meanwhile(lambda: Deletion.make(1, "other"))
    result = run(row(**NEXT), row(), progress=meanwhile)
    assert [(line, column) for line, column, _ in places(result)] == [(2, "Volgnummer"), (3, "Volgnummer")]
    assert counts()[1] == 0


def test_a_period_that_was_added_meanwhile_is_not_overlapped(run, ploeg):
    run(row())
    meanwhile = Meanwhile(lambda: period_of(Client.get_by_id(1), ploeg, days(-100)))
    result = run(row(**NEXT), progress=meanwhile)
    assert (meanwhile.readings, result.refused, Period.select().count()) == (2, 1, 2)


def test_an_organisation_that_was_made_meanwhile_gets_the_clients(run):
    meanwhile = Meanwhile(lambda: Organisation.create_new("De Ploeg", "oost-vlaanderen"))
    result = run(row(), progress=meanwhile)
    assert (meanwhile.readings, result.organisations, counts()[:2]) == (2, 0, (1, 1))


def test_of_two_imports_at_once_the_second_finds_the_rows_of_the_first(run, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    path = write(other, row(), row(old_number="2"))

    def import_too():
        with Report(path, other) as report:
            import_register(path, report)

    meanwhile = Meanwhile(import_too)
    result = run(row(), row(old_number="3", gender=""), progress=meanwhile)
    assert meanwhile.readings == 2
    assert (result.known, result.clients) == (1, 1)
    assert sorted(client.old_number for client in Client.select()) == ["1", "2", "3"]


def test_an_import_that_is_taken_back_meanwhile_has_the_file_read_again(run):
    first = run(row(gender=""))
    meanwhile = Meanwhile(lambda: undo(first.import_id))
    result = run(row(**NEXT), progress=meanwhile)
    assert (meanwhile.readings, result.clients, counts()[:3]) == (2, 1, (1, 1, 1))


def test_a_file_whose_clients_change_each_time_is_refused_and_nothing_changed(run):
    run(row(income=""))
    incomes = iter(["pension", "none", "living-wage"])
    meanwhile = Meanwhile(lambda: change(1, income=next(incomes)), each_time=True)
    with pytest.raises(Refused) as refused:
        run(row(income="", **NEXT), progress=meanwhile)
    assert (refused.value.code, meanwhile.readings) == (ImportCode.FILE_MEANWHILE, importing.TRIES)
    assert counts()[1:3] == (1, 1)
    assert AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.REGISTER_IMPORTED).count() == 1


def test_an_empty_installation_that_gave_a_number_meanwhile_gives_new_ones(run, ploeg, tmp_path, start_anew):
    for _ in range(3):
        client_of(ploeg)
    path = tmp_path / "loket.csv"
    export(ploeg, path, lambda rows: [one.update(Organisatie="De Nieuwe") for one in rows])
    start_anew()
    other = Organisation.create_new("De Kring", "limburg")
    meanwhile = Meanwhile(lambda: Client.register(other, ANSWERS))
    result = run(path=path, progress=meanwhile)
    assert (meanwhile.readings, result.renumbered) == (2, 3)
    assert sorted(client.number for client in Client.select()) == [1, 2, 3, 4]


def test_the_report_has_each_refused_row_once_after_a_second_reading(run, tmp_path):
    run(row(income=""))
    run(row(old_number="2", gender="Q"), row(**NEXT), progress=Meanwhile(lambda: change(1, income="pension")))
    lines = (tmp_path / "register.geweigerd.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3


# Cut off


def test_an_import_that_is_broken_off_while_it_reads_leaves_nothing(run):
    before = contents()
    with pytest.raises(KeyboardInterrupt):
        run(row(), progress=lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    assert contents() == before
    assert run(row()).clients == 1


@pytest.mark.parametrize("statement", ["ADD_CLIENTS", "ADD_ANSWERS", "ADD_PERIODS"])
def test_an_import_that_fails_while_it_moves_leaves_nothing(run, monkeypatch, statement):
    before = contents()
    run_statement = moving_over.run

    def run_and_fail(text, *values):
        done = run_statement(text, *values)
        if text == getattr(moving_over, statement):
            raise OSError("the disk is full")
        return done

    monkeypatch.setattr(moving_over, "run", run_and_fail)
    with pytest.raises(OSError, match="disk"):
        run(row())
    assert contents() == before


def test_an_import_that_is_killed_while_it_moves_leaves_nothing(run, tmp_path, monkeypatch, database_url):
    path = write(tmp_path, row(), row(old_number="2"))
    before = contents()
    database.close()
    if (process := os.fork()) == 0:
        monkeypatch.setattr(moving_over, "run_each", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        run(path=path)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert contents() == before
    assert run(path=path).clients == 2


# Names


def _temporary_files():
    """The files without a name that this process has open: (path, content)."""
    for link in Path("/proc/self/fd").iterdir():
        try:
            path = str(link.readlink())
            if "etilqs" in path:
                yield path, link.read_bytes()
        except FileNotFoundError:
            continue


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looks into the files of SQLite")
def test_no_name_is_in_the_temporary_tables_and_their_file_is_beside_the_register(
        run, ploeg, tmp_path, monkeypatch, start_anew):
    for _ in range(60):
        client_of(ploeg, NAME)
    path = tmp_path / "loket.csv"
    export(ploeg, path)
    start_anew()
    keep_beside = staged.keep_beside_register
    found = []

    def with_a_small_cache():
        keep_beside()
        database.pragma("cache_size", 1, schema="temp")

    monkeypatch.setattr(staged, "keep_beside_register", with_a_small_cache)
    move = importing.move
    monkeypatch.setattr(importing, "move", lambda *args: (move(*args), found.extend(_temporary_files())))
    run(path=path, progress=lambda _: found.extend(_temporary_files()))
    assert is_sqlite()
    assert {os.path.dirname(place) for place, _ in found} == {os.path.dirname(database.database)}
    content = b"".join(text for _, text in found)
    assert b"living_situation" in content
    for piece in (NAME, "Marieke", "Vogelaerts"):
        assert piece.encode() not in content
    assert names.open_names(1, [(one.number, one.sealed_name) for one in Client.select()]) == [NAME] * 60



