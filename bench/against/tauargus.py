"""Cell suppression by τ-Argus, the program of official statistics, from pytauargus in an environment of its own."""
import json
import subprocess
import sys
import tempfile

PACKAGE = "pytauargus==0.6.0"
# For each line with counts it prints a line with the cells that are suppressed. The safety range is a percentage.
SCRIPT = """
import json, sys, tempfile
from pytauargus import protect

for line in sys.stdin:
    counts = json.loads(line)
    names = ["Region", "Category", "Status"][:len(counts[0]) - 1]
    persons = [(*name, 1) for *name, count in counts for _ in range(count)]
    columns = {name: list(values) for name, values in zip([*names, "One"], zip(*persons))}
    with tempfile.TemporaryDirectory() as folder:
        [table] = protect(columns, names, response="One", safety_rules=f"FREQ(5,{sys.argv[1]})", suppress="OPT(1)",
                          workdir=folder).tables
        cells = [[row[name] for name in names] for row, status in zip(table.rows, table.status()) if status in "UM"]
    print("suppressed", json.dumps(cells), flush=True)
"""


def make(workplace):
    """The Python of the environment, made at the first call."""
    python = workplace / "tauargus" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "--quiet", "install", PACKAGE], check=True)
    return python


def suppressed(python, tables, safety_range):
    """The suppressed cells of each table with its margins, named as tests/disclosure/attacker.py names them."""
    lines = "\n".join(json.dumps([[*name[1:], count] for name, count in counts.items()]) for counts in tables)
    # It leaves files where it runs.
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run([python, "-c", SCRIPT, str(safety_range)], input=lines, check=True, cwd=folder,
                                capture_output=True, text=True)
    return [{_named(cell) for cell in json.loads(line.removeprefix("suppressed "))}
            for line in answer.stdout.splitlines() if line.startswith("suppressed ")]


def _named(cell):
    region, category, *status = (None if part == "Total" else part for part in cell)
    return (None if category is None else "kind", region, category, *status)
