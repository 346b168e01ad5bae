"""The database connection, the base class of every model, the migrations and the clock.

A day is stored as a date; a moment as UTC without a zone, to the second. Both are text on SQLite, and types of their
own on PostgreSQL.
"""
import contextlib
import datetime
import functools
import re
import sqlite3
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, TypeVar, overload
from zoneinfo import ZoneInfo

import peewee
from playhouse.db_url import parse
from playhouse.migrations import Runner

from models.errors import Refused, Unreachable
from models.patience import OF_COMMANDS, Postgresql, Sqlite, waiting

Model = TypeVar("Model", bound=peewee.Model)

database = peewee.DatabaseProxy()

BRUSSELS = ZoneInfo("Europe/Brussels")
END_OF_TIME = datetime.date(9999, 12, 31)
MIGRATIONS = Path(__file__).parent.parent / "migrations"
# Waits for the lock of PostgreSQL that a migrating process holds until its transaction ends.
LOCK_MIGRATIONS = "SELECT pg_advisory_xact_lock(1)"

# FULL, because NORMAL lost acknowledged commits in simulated power cuts. Transactions are IMMEDIATE, because one that
# reads before it writes otherwise fails when others write at the same time.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "FULL",
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}

# How often emptying the write-ahead log is tried, a second each time.
TRIES = 5

# Python's own adapters are deprecated from 3.12 on.
sqlite3.register_adapter(datetime.date, datetime.date.isoformat)
sqlite3.register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))


class BaseModel(peewee.Model):
    """The base of every model: bound to `database`, saves only the fields that changed."""

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True


def connect(url: str) -> peewee.Database:
    """Bind the models to the database at `url` (`sqlite:////path/file.db`, `postgresql://…`) and return it, closed.

    Raises `Unreachable` if it cannot be opened.
    """
    real: peewee.Database
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///")
        real = Sqlite(path, pragmas=PRAGMAS | {"busy_timeout": 0}, timeout=OF_COMMANDS, lock_type="IMMEDIATE")
    else:
        parameters = parse(url)
        real = Postgresql(parameters.pop("database"), prefer_psycopg3=True, **parameters)
    database.initialize(real)
    try:
        real.connect()
    except peewee.DatabaseError as error:
        raise Unreachable(str(error).splitlines()[0]) from error
    real.close()
    return real


def is_sqlite(db: peewee.Database | None = None) -> bool:
    """Say whether this database, by default the one of the models, is SQLite; else it is PostgreSQL."""
    return isinstance(getattr(db or database, "obj", db or database), peewee.SqliteDatabase)


class _State:
    folders: ClassVar[list[Path]] = []


def use_migrations(folders: Iterable[Path]) -> None:
    """Let `migrate` also apply the migrations in these folders: one for each wing that is on and has its own."""
    _State.folders = list(folders)


def migrate() -> list[str]:
    """Apply the pending migrations, those of the wings last, each in a transaction of its own; return their names.

    On SQLite a table is changed by building it again, so references are checked at the end of each migration only.
    """
    applied = []
    with _references_unchecked():
        for runner in _runners():
            for name in _pending(runner):
                with transaction():
                    _wait_for_others()
                    # It asks again whether the migration is pending: another process may have applied it meanwhile.
                    applied += runner.up(name)
                    _check_references()
    return applied


def _runners() -> list[Runner]:
    """A runner for each folder. A wing's history is a table of its own, which a database keeps when the wing is off."""
    return [Runner(database.obj, str(MIGRATIONS)),
            *(Runner(database.obj, str(folder), f"{folder.name}_migration") for folder in _State.folders)]


def _pending(runner: Runner) -> list[str]:
    return [entry.name for entry in runner.status() if not entry.applied]


def _wait_for_others() -> None:
    """On PostgreSQL, wait until no other process migrates; on SQLite the transaction has done so."""
    if not is_sqlite():
        # The server may limit how long a statement takes, for the sake of the pages.
        database.execute_sql("SET LOCAL statement_timeout = 0")
        database.execute_sql(LOCK_MIGRATIONS)


@contextlib.contextmanager
def _references_unchecked() -> Iterator[None]:
    if not is_sqlite():
        yield
        return
    database.pragma("foreign_keys", 0)
    try:
        yield
    finally:
        database.pragma("foreign_keys", 1)


def _check_references() -> None:
    if is_sqlite() and (broken := database.execute_sql("PRAGMA foreign_key_check").fetchone()):
        raise peewee.IntegrityError(f"a row of {broken[0]} refers to a row of {broken[2]} that is not there")


def pending_migrations() -> list[str]:
    """Return the names of the migrations that have not been applied to this database."""
    return [name for runner in _runners() for name in _pending(runner)]


def run_script(db: peewee.Database, script: str) -> None:
    """Run the SQL statements of a migration in the open transaction, translated for this kind of database."""
    for statement in _statements(_in_dialect(script, is_sqlite(db)), is_sqlite(db)):
        db.execute_sql(statement)


def _in_dialect(script: str, sqlite: bool) -> str:
    """Replace the words that migrations write for what SQLite and PostgreSQL say differently."""
    words = {
        r"\bKEY\b(?<!PRIMARY KEY)(?<!FOREIGN KEY)(?<!NO KEY)": (
            "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
        r"\bDAY\((\w+)\)": (r"TEXT CHECK (\1 IS NULL OR \1 IS date(\1, '+0 days'))", "DATE"),
        r"\bFLAG\((\w+)\) NOT NULL": (
            r"INTEGER NOT NULL DEFAULT 0 CHECK (\1 IN (0, 1))", "BOOLEAN NOT NULL DEFAULT false"),
        r"\bMOMENT\b": ("TEXT", "TIMESTAMP"),
        r"\bBYTES\b": ("BLOB", "BYTEA"),
        r"\bSTRICT_WITHOUT_ROWID\b": ("STRICT, WITHOUT ROWID", ""),
        r"\bSTRICT\b;": ("STRICT;", ";"),
    }
    script = re.sub(r"^\s*--.*\n", "", script, flags=re.MULTILINE)
    for word, (on_sqlite, on_postgresql) in words.items():
        script = re.sub(word, on_sqlite if sqlite else on_postgresql, script)
    return script


def _statements(script: str, sqlite: bool) -> list[str]:
    """Split a script for SQLite, which runs one statement at a time."""
    if not sqlite:
        return [script]
    statements: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement("\n".join(lines)):
            statements.append("\n".join(lines).strip())
            lines = []
    return [statement for statement in statements if statement]


def clock() -> datetime.datetime:
    """Return the time now, in UTC: the only place that asks, so that tests can set it."""
    return datetime.datetime.now(datetime.UTC)


def now() -> datetime.datetime:
    """Return this moment as moments are stored: in UTC without a zone, to the second."""
    return clock().replace(microsecond=0, tzinfo=None)


@overload
def as_moment(value: str | datetime.datetime) -> datetime.datetime: ...


@overload
def as_moment(value: None) -> None: ...


def as_moment(value: str | datetime.datetime | None) -> datetime.datetime | None:
    """Return a moment from a row that did not pass through peewee, in which SQLite gives moments as text."""
    return datetime.datetime.fromisoformat(value) if isinstance(value, str) else value


@overload
def as_day(value: str | datetime.date) -> datetime.date: ...


@overload
def as_day(value: None) -> None: ...


# The same days come back on every page: a kept one is found in a quarter of the time.
@functools.lru_cache(maxsize=4096)
def as_day(value: str | datetime.date | None) -> datetime.date | None:
    """Return a day from a row that did not pass through peewee, in which SQLite gives days as text."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def today() -> datetime.date:
    """Return today's date in Flanders."""
    return clock().astimezone(BRUSSELS).date()


def transaction() -> contextlib.AbstractContextManager[Any]:
    """Open a transaction, or a savepoint within one: all that is written in it is kept, or nothing.

    On SQLite it takes the write lock at once.
    """
    return database.atomic()


def reading() -> "contextlib.AbstractContextManager[Any]":
    """Return a transaction for what only reads: on SQLite it shows one moment, and never waits for the write lock."""
    return database.atomic("DEFERRED") if is_sqlite() else database.atomic()


@contextlib.contextmanager
def at_once() -> Iterator[None]:
    """Within it a statement that finds a lock gives up: `patience.is_busy` is true of its error."""
    with waiting(0):
        if is_sqlite() or database.in_transaction():
            yield
            return
        with transaction():
            database.execute_sql("SET LOCAL lock_timeout = '1ms'")
            yield


def locked(query: "peewee.ModelSelect[Model]") -> "peewee.ModelSelect[Model]":
    """Return the query that also locks its rows until the transaction ends.

    On SQLite it is the same query: there a transaction has locked the whole database.
    """
    return query if is_sqlite() else query.for_update()


def empty_log() -> bool:
    """Write SQLite's write-ahead log into the database file and empty it; return False if that is not possible now."""
    if not is_sqlite() or database.in_transaction():
        return not is_sqlite()
    # Nobody can save while this waits, so it waits a second at a time.
    database.execute_sql("PRAGMA busy_timeout = 1000")
    try:
        return any(_truncated() for _ in range(TRIES))
    finally:
        database.pragma("busy_timeout", 0)


def _truncated() -> bool:
    busy, *_ = database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


@contextlib.contextmanager
def refusing(**constraints: StrEnum) -> Iterator[None]:
    """Raise `Refused` when the database refuses a row: `with refusing(login_move=Code.MOVE_PENDING):`.

    Each keyword is a part of the database's message, and its value is the code. The first part that occurs decides;
    an error in which no part occurs is raised unchanged.
    """
    try:
        yield
    except peewee.IntegrityError as error:
        for piece, code in constraints.items():
            if piece in str(error):
                raise Refused(code) from error
        raise
