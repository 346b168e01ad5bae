"""How long a statement waits for a lock, and how many requests of a process may wait at once.

SQLite has one write lock for all processes. Loket tries again by itself instead of waiting within SQLite, so that a
page that only reads never waits and that requests that wait leave threads to the others (docs/decisions/0105-locks.md).
"""
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

import peewee

Result = TypeVar("Result")

# Seconds that a statement waits: of a command or a chore, and of a request.
OF_COMMANDS = 30
OF_REQUESTS = 5
# Seconds from one try to the next: first, and at most.
SOON, LATER = 0.001, 0.05
# Seconds in which no request of this process could write: then another process has the lock.
STUCK = 0.2
# PostgreSQL's codes for a lock that was not given in time, and for a deadlock.
BUSY = ("55P03", "40P01")

pause = time.sleep


class _State:
    seconds: ClassVar[float] = OF_COMMANDS
    places: ClassVar[threading.Semaphore | None] = None
    # When a request of this process last got the lock.
    written: ClassVar[float] = 0


_of_thread = threading.local()


def for_requests(threads: int, seconds: float = OF_REQUESTS) -> None:
    """Let each statement of this process wait as a request may: for another process, at most half of its threads do."""
    _State.seconds = seconds
    _State.places = threading.Semaphore(max(1, threads // 2))


def for_commands() -> None:
    """Let each statement of this process wait as a command may, which is how every process starts."""
    _State.seconds = OF_COMMANDS
    _State.places = None


def queued(seconds: float) -> None:
    """Count the seconds that the request of this thread waited for a thread as part of what it may wait."""
    _of_thread.queued = seconds


@contextlib.contextmanager
def waiting(seconds: float) -> Iterator[None]:
    """Let statements of this thread wait for this long, 0 for not at all; they take no place of the requests."""
    before = getattr(_of_thread, "seconds", None)
    _of_thread.seconds = seconds
    try:
        yield
    finally:
        _of_thread.seconds = before


def is_busy(error: BaseException | None) -> bool:
    """Say whether this error, or one that it came from, is that another process or request held a lock."""
    while error is not None:
        code = getattr(error, "sqlite_errorcode", None)
        # The lowest byte is the kind of error; the rest says which of its kind.
        if (code is not None and code & 0xFF == sqlite3.SQLITE_BUSY) or getattr(error, "sqlstate", None) in BUSY:
            return True
        error = error.__cause__ or error.__context__
    return False


class Sqlite(peewee.SqliteDatabase):
    """SQLite, whose statements are tried again while another process holds the lock."""

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction."""
        try:
            super().begin(lock_type)
            # One that only reads took no lock.
            if lock_type is None:
                _State.written = time.monotonic()
        except peewee.OperationalError as error:
            _again(error, lambda: super(Sqlite, self).begin(lock_type))

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run a statement; within a transaction, which has the lock already, there is nothing to wait for."""
        try:
            return super().execute_sql(sql, params)
        except peewee.OperationalError as error:
            if self.in_transaction():
                raise
            return _again(error, lambda: super(Sqlite, self).execute_sql(sql, params))


class Postgresql(peewee.PostgresqlDatabase):
    """PostgreSQL, which ends a statement of a request that waits too long; a command waits as the server says."""

    def _initialize_connection(self, conn: Any) -> None:
        super()._initialize_connection(conn)
        if _State.places:
            conn.execute("SELECT set_config('lock_timeout', %s, false)", [f"{_State.seconds * 1000:.0f}ms"])


def _again(error: peewee.OperationalError, do: Callable[[], Result]) -> Result:
    """Call `do` until it finds no lock, and return its result; raises an error like `error` if it may not wait (on)."""
    own = getattr(_of_thread, "seconds", None)
    seconds, places = (_State.seconds, _State.places) if own is None else (own, None)
    if places:
        seconds = max(seconds - getattr(_of_thread, "queued", 0), min(seconds, STUCK))
    if not seconds or not is_busy(error):
        raise error
    started, between, has_place = time.monotonic(), SOON, places is None
    try:
        while True:
            has_place = has_place or bool(places and places.acquire(blocking=False))
            pause(between)
            try:
                result = do()
            except peewee.OperationalError as again:
                now = time.monotonic()
                stuck = now - max(started, _State.written) > STUCK and not has_place
                if stuck or now - started >= seconds or not is_busy(again):
                    raise
            else:
                _State.written = time.monotonic()
                return result
            between = min(2 * between, LATER)
    finally:
        if places and has_place:
            places.release()
