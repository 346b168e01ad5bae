"""Measures the import from RaaS against reading the CSV, hashing, sealing and writing the same rows with plain sqlite3.

Each run is its own process, `python -m bench.measures.raas_import loket|plain FOLDER WORKPLACE`, which prints its
processor seconds, memory and numbers of rows. The registers answer from a file, in the same process, for both.
"""
import functools
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.against.plain_raas import INSERTS, plain_raas
from bench.tools import raas
from bench.tools.figures import Figure, at_most, middle
from commands.ecalcura import preparing
from models import names
from models.accounts import roles
from models.database import connect, database, migrate, transaction, use_migrations
from models.ecalcura.contracts import steps
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers, registers
from models.ecalcura.transfer.raas.columns import FACILITIES, open_files
from models.ecalcura.transfer.raas.facility_data import take_facilities
from models.ecalcura.transfer.raas.importing import import_raas
from models.ecalcura.transfer.raas.rows import RaasImport
from wings.ecalcura import WING

CONTRACTS, ROUNDS = 100_000, 3


def run(workplace):
    """Measure, and return the figures."""
    once, half = raas.write(workplace / "raas", CONTRACTS), raas.write(workplace / "raas-half", CONTRACTS // 2)
    taken = {"loket": [], "plain": []}
    for _ in range(ROUNDS):
        for how, runs in taken.items():
            runs.append(_measured(how, once, workplace))
    for one, other in zip(*taken.values(), strict=True):
        assert one["rows"] == other["rows"], "the import wrote other rows than plain sqlite3"
    with_half = _measured("loket", half, workplace)
    loket, plain = ([one["processor"] for one in runs] for runs in taken.values())
    ratios = [one / other for one, other in zip(loket, plain, strict=True)]
    # The file of registers is in memory already, and is not part of the import.
    peaks = [one["grown"] / 2**20 for one in (with_half, taken["loket"][0])]
    return [
        Figure(f"Import from RaaS of {CONTRACTS:,} contracts, processor seconds", middle(loket, 1)),
        Figure("  csv and sqlite3 alone, with the same hashing and sealing", middle(plain, 1)),
        at_most("Import from RaaS, times as much processor time", statistics.median(ratios), 2, middle(ratios, 2)),
        Figure("Memory added at its highest, of which the cache of SQLite has 24 MB", f"{peaks[1]:.0f} MB"),
        Figure(f"  of {CONTRACTS // 2:,} contracts", f"{peaks[0]:.0f} MB"),
    ]


def _measured(how, source, workplace):
    command = [sys.executable, "-m", "bench.measures.raas_import", how, str(source), str(workplace / f"raas-{how}")]
    done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


def _once(how, source, folder):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "loket.db"
    for old in folder.glob("loket.db*"):
        old.unlink()
    connect(f"sqlite:///{path}")
    use_migrations([WING.migrations])
    migrate()
    roles.use([audience.role for audience in WING.audiences])
    roles.store()
    names.use(bytes(32))
    preparing.store()
    with transaction():
        take_facilities(list(open_files(source)[FACILITIES].rows()), RaasImport.create().id, may_add=True)
    people = source / "registers.json"
    registers.use(registers.FromFile(people))
    numbers.use(simulated=True)
    facilities = {facility.riziv: facility.id for facility in Facility.select()}
    for facility_id in facilities.values():
        names.make_ready(facility_id)
    database.execute_sql("DELETE FROM raas_row")
    database.execute_sql("DELETE FROM raas_import")
    by_number = {one["number"]: one for one in json.loads(people.read_text(encoding="utf-8"))}
    # The registers are in memory already: the highest mark is counted from here.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, processor = _memory(), time.process_time()
    if how == "plain":
        database.close()
        starts = {age: functools.partial(_start, age) for age in (45, 50, 55)}
        plain_raas(source, by_number, path, facilities, starts)
        processor = time.process_time() - processor
        connect(f"sqlite:///{path}")
    else:
        import_raas(source)
        processor = time.process_time() - processor
    done = {"processor": processor, "grown": _memory() - before, "rows": {
        table: _count(table) for table in INSERTS if table != "raas_row"}}
    os.write(1, json.dumps(done).encode())


def _count(table):
    statement = f"SELECT count(*) FROM {table}"
    return database.execute_sql(statement).fetchone()[0]


def _start(age, born):
    return steps.step_start(born, age)


def _memory():
    """The most memory that this process has had so far."""
    return int(re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"),
                         re.MULTILINE)[1]) * 1024


if __name__ == "__main__":
    _once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
