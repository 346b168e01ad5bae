"""The statements of the import, compiled once, in SQL for SQLite and for PostgreSQL.

Building queries for each of 25,000 rows would take longer than the rest of the import.
"""
import contextlib
import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.database import database, is_sqlite

# Words of the statements, each with its SQL for SQLite and for PostgreSQL. WANTED is a list of lists, as JSON.
DIALECT = {
    "WANTED_ID": ("json_extract(wanted.value, '$[0]')", "(wanted.value ->> 0)::bigint"),
    "WANTED_TEXT": ("json_extract(wanted.value, '$[1]')", "(wanted.value ->> 1)"),
    "WANTED": ("json_each(?) AS wanted", "jsonb_array_elements(?::jsonb) AS wanted (value)"),
    # The parts of a JSON text of a staged client, s: of an object as a.key and a.value, of a list as e.value.
    "EACH_ANSWER": ("json_each(s.answers) AS a", "jsonb_each_text(s.answers::jsonb) AS a"),
    "STAGED_GENDER": ("json_extract(s.answers, '$.gender')", "(s.answers::jsonb ->> 'gender')"),
    "EACH_PAST_HOURS": ("json_each(s.past_hours) AS e", "jsonb_array_elements(s.past_hours::jsonb) AS e (value)"),
    "EACH_PAST": ("json_each(s.past) AS e", "jsonb_array_elements(s.past::jsonb) AS e (value)"),
    "EACH_PERIOD": ("json_each(s.periods) AS e", "jsonb_array_elements(s.periods::jsonb) AS e (value)"),
    "FINAL_NUMBER": ("(s.number + CASE WHEN s.is_new THEN ? ELSE 0 END)",
                     "(s.number + CASE WHEN s.is_new THEN ?::bigint ELSE 0 END)::integer"),
    "AS_DAY": ("", "::date"),
    "AS_INTEGER": ("", "::integer"),
    "AS_MOMENT": ("", "::timestamp"),
    "THE_IMPORT": ("?", "?::integer"),
    "THE_DAY": ("?", "?::date"),
    "ROW_KEY": ("INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY"),
    "BYTES": ("BLOB", "BYTEA"),
    "?": ("?", "%s"),
}


# Kilobytes of pages that SQLite keeps while staged rows are moved. More makes a large import write less, and take more
# memory (docs/decisions/0111).
LARGE_CACHE = 24_000
# Kilobytes of pages of the temporary tables.
TEMPORARY_CACHE = 8_000


@functools.cache
def in_dialect(statement: str, sqlite: bool) -> str:
    """Return a statement with the words of DIALECT replaced."""
    for word, (on_sqlite, on_postgresql) in DIALECT.items():
        statement = statement.replace(word, on_sqlite if sqlite else on_postgresql)
    return statement


def select(statement: str, wanted: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows that a statement with WANTED finds."""
    if not wanted:
        return []
    return run(statement, json.dumps(wanted)).fetchall()


def run(statement: str, *values: Any) -> Any:
    """Run a statement with these values, and return its cursor."""
    return database.execute_sql(in_dialect(statement, is_sqlite()), values)


def run_each(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row of values."""
    if values := list(rows):
        database.cursor().executemany(in_dialect(statement, is_sqlite()), values)


def keep_beside_register() -> None:
    """Let SQLite make the file of the temporary tables, which has no name, in the folder of the register.

    Its rollback journal stays in memory: on the disk it would double the bytes that are written. Within a transaction,
    such as that of the demonstration, SQLite changes neither.
    """
    if is_sqlite() and not database.in_transaction():
        folder = str(Path(database.database).absolute().parent).replace("'", "''")
        database.pragma("temp_store_directory", f"'{folder}'")
        database.pragma("journal_mode", "memory", schema="temp")
        database.pragma("cache_size", -TEMPORARY_CACHE, schema="temp")


def forget_rollback() -> None:
    """Let SQLite keep nothing to roll back changes of the temporary tables: to remove them takes no memory then."""
    if is_sqlite() and not database.in_transaction():
        database.pragma("journal_mode", "off", schema="temp")


@contextlib.contextmanager
def large_cache() -> Iterator[None]:
    """Within it, SQLite keeps more pages in memory: a large transaction then writes few of them time and again."""
    if not is_sqlite():
        yield
        return
    before = database.pragma("cache_size")
    database.pragma("cache_size", -LARGE_CACHE)
    try:
        yield
    finally:
        database.pragma("cache_size", before)
        database.execute_sql("PRAGMA shrink_memory")
