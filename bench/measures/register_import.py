"""Measures the import of the old register, and its memory, against reading the CSV and writing it with plain sqlite3.

Each run is its own process, `python -m bench.measures.register_import loket|plain FILE FOLDER`, which prints its
seconds and memory.
"""
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.against.plain_import import plain_import
from bench.tools import old_register
from bench.tools.figures import Figure, at_most, middle
from models.accounts import roles
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.roles import ROLES
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.database import connect, database, migrate

REAL = Path(__file__).parents[3] / "shared" / "data" / "oud_register.csv"
LIKE_THE_REAL = 20_000
ROUNDS = 7
TABLES = {
    "organisation": "SELECT name, province, email FROM organisation ORDER BY 1, 2",
    "client": """
        SELECT o.name, c.old_number, c.old_number_rank, c.old_number_key, c.birth_date, c.birth_date_unknown,
          c.home_postcode, c.work_postcode, c.incomplete, c.active_until
        FROM client c JOIN organisation o ON o.id = c.organisation_id
        ORDER BY 1, 2""",
    "answer": """
        SELECT o.name, c.old_number, a.question, a.option
        FROM answer a JOIN client c ON c.number = a.client_number JOIN organisation o ON o.id = c.organisation_id
        ORDER BY 1, 2, 3""",
    "period": """
        SELECT o.name, c.old_number, p.start_date, p.end_date, p.hours, p.closing_reason, p.outlook
        FROM period p JOIN client c ON c.number = p.client_number JOIN organisation o ON o.id = c.organisation_id
        ORDER BY 1, 2, 3""",
}


def run(workplace):
    """Measure, and return the figures."""
    once, tenfold = workplace / "once.csv", workplace / "tenfold.csv"
    old_register.write(once, LIKE_THE_REAL)
    old_register.write(tenfold, LIKE_THE_REAL * 10)
    source = REAL if REAL.exists() else once
    taken = {"loket": [], "plain": []}
    for _ in range(ROUNDS):
        for how, seconds in taken.items():
            seconds.append(_measured(how, source, workplace)["seconds"])
    _check_same(workplace)
    ratios = [one / other for one, other in zip(taken["loket"], taken["plain"], strict=True)]
    memory = {path: _measured("loket", path, workplace) for path in (once, tenfold)}
    small, large = (memory[path]["peak"] / 2**20 for path in (once, tenfold))
    return [
        Figure(f"Import of {_size(source)}, {_lines(source):,} rows, in s", middle(taken["loket"], 2)),
        Figure("The same rows with csv and sqlite3 alone, in s", middle(taken["plain"], 2)),
        at_most("Import, times as long", statistics.median(ratios), 4, middle(ratios, 2)),
        at_most(f"Memory at its highest, for {_size(tenfold)} against {_size(once)}, times as much",
                large / small, 1.15, f"{large / small:.2f} ({large:.0f} MB against {small:.0f} MB)"),
        Figure("  the ten times larger file, in s", f"{memory[tenfold]['seconds']:.1f}"),
    ]


def _size(path):
    return f"{path.stat().st_size / 1e6:.0f} MB"


def _lines(path):
    with path.open("rb") as file:
        return sum(1 for _ in file) - 1


def _measured(how, source, workplace):
    command = [
        sys.executable, "-m", "bench.measures.register_import", how, str(source), str(workplace / f"import-{how}")]
    done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


def _check_same(workplace):
    """Check that both wrote the same rows; only the order in which they gave numbers may differ."""
    registers = [sqlite3.connect(workplace / f"import-{how}" / "loket.db") for how in ("loket", "plain")]
    for name, query in TABLES.items():
        ours, plain = (list(register.execute(query)) for register in registers)
        assert ours == plain, f"the import wrote another {name} than plain sqlite3"


def _once(how, source, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("loket.db*"):
        old.unlink()
    connect(f"sqlite:///{folder / 'loket.db'}")
    migrate()
    roles.use(ROLES)
    roles.store()
    clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
    started = time.perf_counter()
    if how == "loket":
        with Report(source, folder) as report:
            result = import_register(source, report)
        assert result.refused == 0
    else:
        database.close()
        plain_import(source, folder / "loket.db")
    seconds = time.perf_counter() - started
    # Not getrusage: its maximum includes the memory of the process that started this one.
    peak = int(re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)[1]) * 1024
    os.write(1, json.dumps({"seconds": seconds, "peak": peak}).encode())


if __name__ == "__main__":
    _once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
