"""Makes a PostgreSQL database for each test, copied from a migrated one."""
import contextlib
import itertools
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

_numbers = itertools.count(1)


def url_of(url, name):
    """The URL of the database `name` on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextlib.contextmanager
def template(url, worker):
    """Make an empty database to migrate and copy; gives its name."""
    name = f"loket_test_{worker}"
    _run(url, "DROP DATABASE IF EXISTS {}", name)
    _run(url, "CREATE DATABASE {}", name)
    yield name
    _drop(url, name)


@contextlib.contextmanager
def copy_of(url, original):
    """Copy the database `original` for one test; gives the copy's name."""
    name = f"{original}_{next(_numbers)}"
    _run(url, "DROP DATABASE IF EXISTS {}", name)
    _run(url, "CREATE DATABASE {} TEMPLATE {}", name, original)
    yield name
    _drop(url, name)


def _drop(url, name):
    """Drop a database, after ending the connections that threads of the test left open.

    Not WITH (FORCE): that also ends an autovacuum, which only a superuser may do. Without it the server ends the
    autovacuum itself.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name])
    _run(url, "DROP DATABASE {}", name)


def _run(url, statement, *names):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
