"""Measures pages beside a write lock of another process, and beside an import; and how long a save waits.

The sessions are made old, so that each request would write when it was.
"""
import contextlib
import sqlite3
import statistics
import threading
import time
from http.client import HTTPConnection

from bench.tools import old_register, real, servers
from bench.tools.figures import Figure, at_most, middle

SECONDS, QUIET = 60, 10
# Pages asked for in a second, each by somebody of their own; and saves that are tried at once, again and again.
EVERY = 0.1
SAVING = 4
MOST = 0.25
IMPORTED = 20_000


def run(workplace):
    """Measure, and return the figures."""
    register = real.copy(real.make(workplace), workplace / "locks")
    source = workplace / "beside.csv"
    old_register.write(source, IMPORTED)
    visitors = real.sign_in(register)
    asked = pages(visitors)
    with servers.loket(register, workplace / "servers.log") as server, servers.on_the_last_core():
        beside(server, register, asked, lambda: time.sleep(1))  # warms up
        quiet, _ = beside(server, register, asked, lambda: time.sleep(QUIET))
        locked, saves = beside(server, register, asked, lambda: held(register), visitors.organisation_id)
        process = []

        def wait():
            process.append(real.importing(register, source))
            process[0].wait()

        imported, _ = beside(server, register, asked, wait)
    assert process[0].returncode == 0, "the import failed"
    return [*_figures("quiet", quiet, None), *_figures(f"beside a lock of {SECONDS} s", locked, MOST),
            Figure("  a save beside it, in s until its 503", middle(saves, 1)),
            *_figures(f"beside an import of {IMPORTED:,} clients", imported, MOST)]


def pages(visitors):
    """Each page that is asked for → (path, cookie)."""
    return {
        "dashboard": ("/dashboard", visitors.organisation),
        "client": (f"/clients/{visitors.number}", visitors.organisation),
        "sign-in page": ("/login", ""),
        "administrator's list": ("/province/clients", visitors.administrator),
        "administrator's client, which is logged": (
            f"/province/clients/{visitors.seen_without_name}", visitors.administrator),
    }


def held(register):
    """Hold the write lock for SECONDS."""
    with contextlib.closing(sqlite3.connect(register.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(SECONDS)
        other.execute("ROLLBACK")


def beside(server, register, asked, work, saver=None):
    """Measure while `work()` runs: page → the seconds of each answer, and the seconds of each save as `saver`."""
    _make_old(register)
    ended, taken, saves = threading.Event(), {what: [] for what in asked}, []
    threads = [threading.Thread(target=_ask, args=(server, *one, taken[what], ended)) for what, one in asked.items()]
    if saver:
        threads += [threading.Thread(target=_save, args=(server, saver, saves, ended)) for _ in range(SAVING)]
    for thread in threads:
        thread.start()
    work()
    ended.set()
    for thread in threads:
        thread.join()
    return taken, saves


def _make_old(register):
    with contextlib.closing(sqlite3.connect(register.database)) as other, other:
        other.execute("UPDATE session SET seen_at = datetime(seen_at, '-5 minutes')")


def _ask(server, path, cookie, taken, ended):
    while not ended.is_set():
        started = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        taken.append(time.perf_counter() - started)
        assert answer.status == 200, (path, answer.status)
        ended.wait(EVERY)


def _save(server, organisation_id, taken, ended):
    """Sign in by the form, which writes, until the lock ends."""
    while not ended.is_set():
        started = time.perf_counter()
        with contextlib.suppress(AssertionError, OSError):
            server.sign_in(organisation_id)
        taken.append(time.perf_counter() - started)
        ended.wait(1)


def _figures(beside_what, taken, most):
    figures = []
    for what, seconds in taken.items():
        text = f"{statistics.median(seconds):.3f} · {_p99(seconds):.3f} · {max(seconds):.3f}"
        name = f"{what}, {beside_what}: median · p99 · longest, in s"
        figures.append(at_most(name, _p99(seconds), most, text) if most else Figure(name, text))
    return figures


def _p99(seconds):
    return sorted(seconds)[int(len(seconds) * 0.99)]
