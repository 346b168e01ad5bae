"""Measures migration 0004 on a register of 1,000,000 clients that the build before it made, and kills it midway.

OLD_BUILD is the folder of a checkout of that build. The register is migrated on SQLite, and with DATABASE_URL, the
address of a server on which databases may be made, on PostgreSQL too.
"""
import contextlib
import os
import threading
import time

import psycopg

from bench.tools import before_grants, builds, content, filled
from bench.tools.figures import Figure
from bench.tools.registers import OF_200, email_of
from bench.tools.servers import ROOT
from models.database import connect, database, pending_migrations

SIZE = 1_000_000
KILLS = 20
# The tables that signing in and the application's own chores write to.
BESIDE = ("account", "attempt", "audit_entry", "mail", "session")


def run(workplace):
    """Measure, and return the figures."""
    before = before_grants.make(workplace, SIZE)
    figures = []
    for name, url in (("SQLite", None), ("PostgreSQL", os.environ.get("DATABASE_URL"))):
        if name == "SQLite" or url:
            figures += _on(name, before, workplace, url)
    return figures


def _on(name, before, workplace, url):
    log = workplace / "upgrade.log"
    register = filled.copy(before, workplace / "upgraded", url)
    rows, size = content.of(register.address, before=True), _size(register)
    with _log_size(register) as most:
        used = builds.init(register, log)
    assert used.status == 0, f"the migration failed: see {log}"
    assert content.of(register.address, before=False) == rows, "the migration changed a row"
    killed = _killed(lambda: filled.copy(before, workplace / "killed", url), rows, used.seconds, log)
    return [
        Figure(f"{name}: migration, in s, and its processor time", f"{used.seconds:.1f} s, {used.processor:.1f} s"),
        Figure("  memory of the process at its highest", f"{used.memory / 1e6:.0f} MB"),
        Figure("  the database before and after", f"{size / 1e9:.2f} GB, {_size(register) / 1e9:.2f} GB"),
        Figure("  write-ahead log", f"{most[0] / 1e6:.0f} MB"),
        Figure(f"  rows compared in {len(rows)} tables", f"{sum(count for count, _ in rows.values()):,}, all the same"),
        Figure("  killed midway, and just after the end: anything between", f"{KILLS} times, {killed} times: 0"),
    ]


def _killed(copy, rows, seconds, log):
    """Kill the migration midway, KILLS times, ever later; return how often it had ended by then.

    After each kill the register is the old one or the new one. `seconds` is what the migration takes.
    """
    register, old, new = copy(), 0, 0
    while old < KILLS:
        builds.init(register, log, seconds * (old + 1) / (KILLS + 1 + new))
        pending = _pending(register)
        waits = "0004_grants" in pending
        if pending and not waits:
            # Killed in a migration after 0004, which is for other figures.
            assert builds.init(register, log).status == 0
        build = builds.old_build() if waits else ROOT
        assert builds.shows_dashboard(build, register, email_of(OF_200), log), f"{build} does not start: see {log}"
        old += waits
        if not waits:
            register, new = copy(), new + 1
    assert builds.init(register, log).status == 0
    now = content.of(register.address, before=False)
    changed = [table for table in rows if now[table] != rows[table] and table not in BESIDE]
    assert not changed, f"these tables have other rows: {changed}"
    return new


def _pending(register):
    connect(register.address)
    try:
        return pending_migrations()
    finally:
        database.close()


def _size(register):
    if register.address.startswith("sqlite"):
        return register.files()[0].stat().st_size
    with psycopg.connect(register.address) as connection:
        return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]


@contextlib.contextmanager
def _log_size(register):
    """Give a list whose item is, at the end, the largest size of SQLite's write-ahead log or what PostgreSQL wrote."""
    most = [0]
    if register.address.startswith("sqlite"):
        stop = threading.Event()
        watching = threading.Thread(target=_watch, args=(register.files()[1], most, stop))
        watching.start()
        yield most
        stop.set()
        watching.join()
    else:
        started = _written(register)
        yield most
        most[0] = _written(register) - started


def _watch(path, most, stop):
    while not stop.is_set():
        with contextlib.suppress(OSError):
            most[0] = max(most[0], path.stat().st_size)
        time.sleep(0.01)


def _written(register):
    with psycopg.connect(register.address) as connection:
        return int(connection.execute("SELECT pg_current_wal_lsn() - '0/0'").fetchone()[0])
