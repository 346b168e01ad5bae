"""Measures the import of the old register against reading the CSV and writing it with plain sqlite3.

Each run is its own process, `python -m bench.measures.register_import loket|plain|beside FILE FOLDER`, which prints its
seconds, memory and bytes; 'beside' is Loket's import while somebody else saves all the time.
"""
import contextlib
import csv
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import xlsxwriter

from bench.against.plain_import import plain_import
from bench.tools import old_register
from bench.tools.figures import Figure, at_most, middle
from models.accounts import roles
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.roles import ROLES
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.database import connect, database, empty_log, migrate
from models.days import parse_date

REAL = Path(__file__).parents[3] / "shared" / "data" / "oud_register.csv"
LIKE_THE_REAL = 20_000
DAY = re.compile(r"\d{2}/\d{2}/\d{4}")
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
        for how, runs in taken.items():
            runs.append(_measured(how, source, workplace))
    _check_same(workplace)
    spreadsheet = _as_spreadsheet(source, workplace)
    taken["spreadsheet"] = [_measured("loket", spreadsheet, workplace) for _ in range(ROUNDS)]
    beside = [_measured("beside", source, workplace)["waited"] for _ in range(ROUNDS)]
    small, large = (_measured("loket", path, workplace) for path in (once, tenfold))
    return [*_of_the_real(source, taken, beside), *_of_ten_times(once, tenfold, small, large)]


def _of_the_real(source, taken, beside):
    loket, plain = _processor(taken["loket"]), _processor(taken["plain"])
    ratios = [one / other for one, other in zip(loket, plain, strict=True)]
    written, by_plain = ([one["written"] for one in taken[how]] for how in ("loket", "plain"))
    return [
        Figure(f"Import of {_size(source)}, {_lines(source):,} rows, in s", middle(_seconds(taken["loket"]), 2)),
        Figure("The same rows with csv and sqlite3 alone, in s", middle(_seconds(taken["plain"]), 2)),
        Figure("Import, processor seconds", middle(loket, 2)),
        Figure("  csv and sqlite3 alone", middle(plain, 2)),
        at_most("Import, times as much processor time", statistics.median(ratios), 1.5, middle(ratios, 2)),
        at_most("The same rows as XLSX, times the processor time of the CSV",
                statistics.median(_processor(taken["spreadsheet"])) / statistics.median(loket), 3,
                f"{statistics.median(_processor(taken['spreadsheet'])) / statistics.median(loket):.2f}"),
        at_most("Bytes written, times the size of the database", max(written), 4, middle(written, 2)),
        Figure("  csv and sqlite3 alone", middle(by_plain, 2)),
        at_most("The longest that a save of somebody else waited, in s", max(beside), 5, middle(beside, 2)),
    ]


def _of_ten_times(once, tenfold, small, large):
    processor = large["processor"] / small["processor"]
    peaks = [one["peak"] / 2**20 for one in (small, large)]
    return [
        at_most(f"Processor time for {_size(tenfold)} against {_size(once)}, times as much", processor, 11,
                f"{processor:.2f} ({large['processor']:.1f} s against {small['processor']:.1f} s)"),
        at_most("Memory at its highest for these, times as much", peaks[1] / peaks[0], 1.15,
                f"{peaks[1] / peaks[0]:.2f} ({peaks[1]:.0f} MB against {peaks[0]:.0f} MB)"),
        Figure("  the ten times larger file, in s", f"{large['seconds']:.1f}"),
    ]


def _seconds(runs):
    return [one["seconds"] for one in runs]


def _processor(runs):
    return [one["processor"] for one in runs]


def _as_spreadsheet(source, workplace):
    """Write the rows of a register as a spreadsheet, with real dates; returns its path."""
    path = workplace / "register.xlsx"
    with source.open(encoding="cp1252", newline="") as file, xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for line, cells in enumerate(csv.reader(file, delimiter=";")):
            for place, cell in enumerate(cells):
                if DAY.fullmatch(cell):
                    sheet.write_datetime(line, place, parse_date(cell), day)
                elif cell:
                    sheet.write_string(line, place, cell)
    return path


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
    path = folder / "loket.db"
    for old in folder.glob("loket.db*"):
        old.unlink()
    connect(f"sqlite:///{path}")
    migrate()
    roles.use(ROLES)
    roles.store()
    clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
    with Saver(path) if how == "beside" else contextlib.nullcontext() as saver:
        started, processor, written = time.perf_counter(), time.process_time(), _written()
        if how == "plain":
            database.close()
            plain_import(source, path)
        else:
            with Report(source, folder) as report:
                assert import_register(source, report).refused == 0
        done = {"seconds": time.perf_counter() - started, "processor": time.process_time() - processor}
        written = _written() - written
    empty_log()
    done |= {"written": written / path.stat().st_size, "waited": saver.longest if saver else 0}
    # Not getrusage: its maximum includes the memory of the process that started this one.
    done["peak"] = int(re.search(r"^VmHWM:\s+(\d+) kB", _of_process("status"), re.MULTILINE)[1]) * 1024
    os.write(1, json.dumps(done).encode())


def _written():
    """The bytes that this process has written so far, to any file."""
    return int(re.search(r"^wchar: (\d+)$", _of_process("io"), re.MULTILINE)[1])


def _of_process(name):
    return Path("/proc/self", name).read_text(encoding="utf-8")


class Saver:
    """Somebody else who takes SQLite's write lock a hundred times a second; `longest` is the longest wait for it."""

    def __init__(self, path):
        self.path, self.longest, self.stop = path, 0, threading.Event()
        self.thread = threading.Thread(target=self._save)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()

    def _save(self):
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=600)
        while not self.stop.wait(0.01):
            started = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            self.longest = max(self.longest, time.perf_counter() - started)
            connection.execute("ROLLBACK")
        connection.close()


if __name__ == "__main__":
    _once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
