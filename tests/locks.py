"""Holds every lock that a save needs, from another connection, as an import in another process does."""
import contextlib
import sqlite3

import psycopg

from models.database import database, is_sqlite


@contextlib.contextmanager
def held(url):
    """Hold the write lock of the database at `url`; on PostgreSQL, lock every table against writing."""
    if is_sqlite():
        with contextlib.closing(sqlite3.connect(database.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with psycopg.connect(url) as other:
        for table in database.get_tables():
            other.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
        yield
        other.rollback()
