"""Databases of their own for the tests that run on PostgreSQL, copied from one that was migrated."""
import contextlib
import itertools
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

_numbers = itertools.count(1)


def url_of(url, name):
    """The address of database `name` on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextlib.contextmanager
def template(url, worker):
    """An empty database to migrate and copy."""
    name = f"loket_test_{worker}"
    _run(url, "DROP DATABASE IF EXISTS {}", name)
    _run(url, "CREATE DATABASE {}", name)
    yield name
    _drop(url, name)


@contextlib.contextmanager
def copy_of(url, original):
    """A database of one test's own."""
    name = f"{original}_{next(_numbers)}"
    _run(url, "DROP DATABASE IF EXISTS {}", name)
    _run(url, "CREATE DATABASE {} TEMPLATE {}", name, original)
    yield name
    _drop(url, name)


def _drop(url, name):
    """Drop it, whatever connections threads of the test left open.

    Not WITH (FORCE): that wants to end an autovacuum that is at work there too, which only a superuser may. Without
    it the server ends that by itself.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name])
    _run(url, "DROP DATABASE {}", name)


def _run(url, statement, *names):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
