"""Copies of a register as the build before migration 0004 left it, to migrate: SQLite files or PostgreSQL databases."""
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.tools import builds
from bench.tools.registers import Register

# In this order each row refers to rows that are there.
TABLES = (
    "organisation", "account", "session", "one_time_link", "attempt", "mail", "audit_entry", "name_key",
    "question_option", "client", "answer", "past_answer", "period", "deletion_request", "deletion", "deleted_name",
    "register", "second_factor", "recovery_code", "login_move", "edition")


@dataclass(frozen=True)
class Filled:
    """A register to migrate: the folder with its keys, and the address of its database."""

    folder: Path
    address: str

    def environment(self):
        """The environment variables with which Loket runs on this register."""
        return Register(self.folder, 0).environment() | {"DATABASE_URL": self.address}

    def files(self):
        """The database's file and its write-ahead log, on SQLite."""
        path = Path(self.address.removeprefix("sqlite:///"))
        return path, path.with_name(path.name + "-wal")


def copy(before, folder, url=None):
    """Copy `before` to a folder, or with `url`, the address of a PostgreSQL server, to a database with its name."""
    shutil.rmtree(folder, ignore_errors=True)
    if not url:
        shutil.copytree(before.folder, folder)
        return Filled(folder, f"sqlite:///{Register(folder, 0).database}")
    shutil.copytree(before.folder / "keys", folder / "keys")
    name = f"before_{before.size}"
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(named("CREATE DATABASE {}", name))
            _into_postgresql(before, Filled(folder, beside(url, name)))
        server.execute(named("DROP DATABASE IF EXISTS {}", folder.name))
        server.execute(named("CREATE DATABASE {} TEMPLATE {}", folder.name, name))
    return Filled(folder, beside(url, folder.name))


def named(statement, *names):
    """An SQL statement with these names in it, quoted."""
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def beside(url, name):
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _into_postgresql(before, filled):
    """Let the old build make its tables, then copy every row."""
    folder = builds.old_build()
    subprocess.run([folder / ".venv/bin/python", "-m", "flask", "--app", "app", "init"], cwd=folder, check=True,
                   env=filled.environment())
    copy_tables(sqlite3.connect(before.database), filled.address, TABLES)


def copy_tables(source, url, tables):
    """Copy the rows of these tables from SQLite to the database at `url`, in place of the rows that are there."""
    with psycopg.connect(url) as target:
        for table in reversed(tables):
            target.execute(named("ALTER TABLE {} DISABLE TRIGGER USER", table))
            target.execute(named("DELETE FROM {}", table))
        for table in tables:
            _copy_table(source, target, table)
            target.execute(named("ALTER TABLE {} ENABLE TRIGGER USER", table))
        for table, last in source.execute("SELECT name, seq FROM sqlite_sequence"):
            key = "number" if table == "client" else "id"
            if table in tables:
                target.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, last])


def _copy_table(source, target, table):
    columns = target.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position", [table]).fetchall()
    names = ", ".join(name for name, _ in columns)
    flags = [index for index, (_, kind) in enumerate(columns) if kind == "boolean"]
    reading, writing = f"SELECT {names} FROM {table}", f"COPY {table} ({names}) FROM STDIN"
    with target.cursor() as cursor, cursor.copy(writing) as copying:
        for row in source.execute(reading):
            values = list(row)
            for index in flags:
                values[index] = bool(values[index])
            copying.write_row(values)
