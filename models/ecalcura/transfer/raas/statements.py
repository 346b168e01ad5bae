"""Statements of the import, in SQL for SQLite and for PostgreSQL: building queries for each row would take longer."""
import contextlib
import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from models.database import database, is_sqlite, now

# Parameters of a statement; PostgreSQL takes 65,535.
MOST = 10_000


# Kilobytes of pages that SQLite keeps during an import: hashes of numbers are spread over the whole of their indexes.
CACHE = 24_000


@contextlib.contextmanager
def large_cache() -> Iterator[None]:
    """Within it, SQLite keeps more pages in memory."""
    if not is_sqlite():
        yield
        return
    before = database.pragma("cache_size")
    database.pragma("cache_size", -CACHE)
    try:
        yield
    finally:
        database.pragma("cache_size", before)
        database.execute_sql("PRAGMA shrink_memory")


def stored_now() -> datetime.datetime | str:
    """Return this moment as it is stored: SQLite's adapter would write it again for each column of each row."""
    return now().isoformat(" ") if is_sqlite() else now()


def run(statement: str, *values: Any) -> Any:
    """Run a statement with these values for its question marks, and return its cursor."""
    return database.execute_sql(statement if is_sqlite() else statement.replace("?", "%s"), values)


def run_each(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of values."""
    if rows:
        database.cursor().executemany(statement if is_sqlite() else statement.replace("?", "%s"), rows)


def insert(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; `columns` are their names with commas between."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    run_each(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def among(statement: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement in which AMONG stands for a list of these values."""
    found: list[tuple[Any, ...]] = []
    for some in _batches(values):
        found += run(statement.replace("AMONG", f"({', '.join('?' * len(some))})"), *some).fetchall()
    return found


def _batches(values: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(values)
    while some := list(itertools.islice(rest, MOST)):
        yield some


def reserve(table: str, count: int) -> list[int]:
    """Return new ids for rows of a table, in the transaction that inserts them."""
    if not count:
        return []
    if is_sqlite():
        # The transaction has the lock: nobody else gives ids out before it ends.
        last = run("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table).fetchone()[0]
        return list(range(last + 1, last + 1 + count))
    return [number for number, in run(
        "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)", table, count).fetchall()]
