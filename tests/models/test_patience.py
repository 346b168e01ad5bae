"""How long a statement waits for a lock that another holds."""
import threading
import time

import peewee
import pytest

from models import patience
from models.accounts.sessions import Session
from models.database import at_once, database, is_sqlite, reading
from models.organisations import Organisation
from tests.locks import held


@pytest.fixture
def in_a_server():
    """Lets statements wait as in a request of a server with this number of threads: `in_a_server(4, seconds=1)`."""
    def wait(threads, seconds):
        patience.for_requests(threads, seconds)
        database.close()

    return wait


@pytest.fixture
def pauses(monkeypatch):
    """The pauses between two tries, which take no time; `pauses.then(do)` does something during the third."""
    class Pauses(list):
        def then(self, do):
            self.do = do

        def __call__(self, seconds):
            self.append(seconds)
            if len(self) == 3:
                self.do()

    made = Pauses()
    monkeypatch.setattr(patience, "pause", made)
    return made


def add(name="De Brug"):
    return Organisation.create_new(name, "limburg")


def test_a_request_waits_5_seconds_and_a_command_30():
    assert (patience.OF_REQUESTS, patience.OF_COMMANDS) == (5, 30)


def test_a_save_that_gets_no_lock_in_time_gives_up_and_changes_nothing(register, database_url, in_a_server):
    in_a_server(4, seconds=0.05)
    with held(database_url), pytest.raises(peewee.OperationalError) as error:
        add()
    assert patience.is_busy(error.value)
    assert not Organisation.select().exists()
    assert not database.in_transaction()
    add()


@pytest.mark.parametrize("in_transaction", [True, False])
def test_a_save_goes_on_as_soon_as_the_lock_is_free(register, database_url, pauses, in_transaction):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    lock = held(database_url)
    lock.__enter__()
    pauses.then(lambda: lock.__exit__(None, None, None))
    if in_transaction:
        add()
    else:
        database.execute_sql("INSERT INTO tenant (wing, kind) VALUES ('arbeidszorg', 'organisation')")
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


def test_at_once_does_not_wait_and_puts_the_patience_back(register, database_url, monkeypatch):
    monkeypatch.setattr(patience, "pause", lambda _: pytest.fail("it waited"))
    with held(database_url):
        with pytest.raises(peewee.OperationalError) as error, at_once():
            add()
        assert patience.is_busy(error.value)
        with reading():
            assert not Organisation.select().exists()
    with at_once():
        add()
    if is_sqlite():
        with held(database_url), pytest.raises(pytest.fail.Exception, match="it waited"):
            add("Het Atelier")


def test_half_of_the_threads_wait_for_another_process_and_the_others_give_up_soon(
        register, database_url, in_a_server, monkeypatch):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    in_a_server(4, seconds=60)
    waiting, go_on, paused = threading.Semaphore(0), threading.Event(), []

    def pause(_):
        waiting.release()
        go_on.wait(60)

    def save(name):
        add(name)
        database.close()

    monkeypatch.setattr(patience, "pause", pause)
    savers = [threading.Thread(target=save, args=(name,)) for name in ("Een", "Twee")]
    with held(database_url):
        for saver in savers:
            saver.start()
            assert waiting.acquire(timeout=60)
        monkeypatch.setattr(patience, "pause", lambda _: None)
        monkeypatch.setattr(patience, "STUCK", 0.01)
        with pytest.raises(peewee.OperationalError):
            add("Drie")
        monkeypatch.setattr(patience, "pause", paused.append)
        with pytest.raises(peewee.OperationalError), patience.waiting(0.01):
            add("a chore takes no place")
        assert paused
        go_on.set()
    for saver in savers:
        saver.join(60)
    assert sorted(one.name for one in Organisation.select()) == ["Een", "Twee"]


def test_while_others_of_its_process_can_write_a_request_goes_on_trying(
        register, database_url, in_a_server, monkeypatch):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    in_a_server(1, seconds=60)
    monkeypatch.setattr(patience, "STUCK", 0.5)
    # The only place is taken.
    assert patience._State.places.acquire()
    locks, written = [held(database_url)], []

    def pause(_):
        time.sleep(0.2)
        locks[-1].__exit__(None, None, None)
        if len(written) < 5:
            other = threading.Thread(target=lambda: (written.append(add(f"Ander {len(written)}")), database.close()))
            other.start()
            other.join(60)
            locks.append(held(database_url))
            locks[-1].__enter__()

    locks[0].__enter__()
    monkeypatch.setattr(patience, "pause", pause)
    add("Eigen")
    assert Organisation.select().count() == 6


def test_whoever_only_reads_does_not_let_a_request_go_on_trying(register, database_url, in_a_server, monkeypatch):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    in_a_server(1, seconds=60)
    monkeypatch.setattr(patience, "STUCK", 0.5)
    assert patience._State.places.acquire()
    tries = []

    def read():
        with reading():
            Organisation.select().count()
        database.close()

    def pause(_):
        tries.append(1)
        assert len(tries) < 10, "it goes on trying"
        time.sleep(0.2)
        other = threading.Thread(target=read)
        other.start()
        other.join(60)

    monkeypatch.setattr(patience, "pause", pause)
    with held(database_url), pytest.raises(peewee.OperationalError):
        add()


def test_a_request_that_waited_for_a_thread_waits_less_for_the_lock(register, database_url, in_a_server, monkeypatch):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    in_a_server(4, seconds=600)
    monkeypatch.setattr(patience, "STUCK", 0.01)
    patience.queued(600)
    with held(database_url), pytest.raises(peewee.OperationalError):
        add()
    patience.queued(0)


def test_another_error_is_not_tried_again(register, monkeypatch):
    monkeypatch.setattr(patience, "pause", lambda _: pytest.fail("it waited"))
    with pytest.raises(peewee.DatabaseError) as error:
        database.execute_sql("no sql")
    assert not patience.is_busy(error.value)


def test_a_deadlock_and_a_lock_that_took_too_long_are_busy_too():
    for code in ("55P03", "40P01"):
        assert patience.is_busy(type("Postgres", (Exception,), {"sqlstate": code})())


def test_a_lock_keeps_nobody_from_reading_and_the_sign_of_life_is_written_later(
        ploeg, database_url, clock, start, monkeypatch):
    token = Session.start(ploeg.account)
    monkeypatch.setattr(patience, "pause", lambda _: pytest.fail("it waited"))
    clock(start + Session.find(token).limits.idle / 2)
    with held(database_url):
        assert Session.find(token)
        assert Session.get().seen_at == start
    assert Session.find(token)
    assert Session.get().seen_at > start


def test_an_open_transaction_that_reads_sees_one_moment_and_lets_others_save(register, database_url):
    if not is_sqlite():
        pytest.skip("on PostgreSQL each statement sees what is committed by then")
    with reading():
        before = Organisation.select().count()
        with held(database_url):
            pass
        other = threading.Thread(target=lambda: (add(), database.close()))
        other.start()
        other.join(60)
        assert Organisation.select().count() == before
    assert Organisation.select().count() == before + 1
