"""Measures the exports against their own SQL statements, and an organisation's against another build.

The other build is the checkout at OLD_BUILD, with its own .venv; without it only this build is measured.
"""
import json
import os
import statistics
import subprocess
from pathlib import Path

from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import make
from bench.tools.servers import ROOT

SIZE = 1_000_000
WORKER = ROOT / "bench" / "against" / "export_of_either_build.py"
# Filters that match 79,531 of the province's 250,000 clients.
MANY = {"born_from": "1955", "born_to": "1972"}
TURNS = 3


def run(workplace):
    """Measure, and return the figures."""
    register = make(workplace, SIZE)
    return [*_of_province(register, "province-csv", 1.6), *_of_province(register, "province-xlsx", 3),
            *_of_organisation(register)]


def _of_province(register, export, most):
    printed = _printed(ROOT, register, export)
    rounds = printed["rounds"]
    ratios = [one["export"][1] / one["statements"][1] for one in rounds]
    yield Figure(f"{export}: {printed['bytes']:,} bytes, in s of processor time",
                 middle([one["export"][1] for one in rounds], 2))
    yield Figure("  in s", middle([one["export"][0] for one in rounds], 2))
    yield Figure("  its statements alone, in s of processor time", middle([one["statements"][1] for one in rounds], 2))
    yield at_most("  times as long as its statements", statistics.median(ratios), most, middle(ratios, 2))
    yield Figure("  memory added at its highest", f"{printed['added'] / 1e6:.0f} MB")


def _of_organisation(register):
    other = Path(os.environ["OLD_BUILD"]) if "OLD_BUILD" in os.environ else None
    turns = [{build: _printed(build, register, "organisation-xlsx") for build in (ROOT, other) if build}
             for _ in range(TURNS)]
    ours = [turn[ROOT] for turn in turns]
    seconds = middle([_processor(one) for one in ours], 2)
    yield Figure("organisation-xlsx: 5,000 clients, in s of processor time", seconds)
    yield Figure("  memory added at its highest", f"{max(one['added'] for one in ours) / 1e6:.0f} MB")
    if other:
        times = [_processor(turn[ROOT]) / _processor(turn[other]) for turn in turns]
        memory = [turn[ROOT]["added"] / turn[other]["added"] for turn in turns]
        yield at_most("  times as long as the other build", statistics.median(times), 0.3, middle(times, 2))
        yield at_most("  memory added, times that of the other build", statistics.median(memory), 0.4,
                      middle(memory, 2))


def _processor(printed):
    return statistics.median(one["export"][1] for one in printed["rounds"])


def _printed(build, register, export):
    """Make the export in a process of this build; return the figures that it prints."""
    return json.loads(subprocess.run(
        [build / ".venv/bin/python", "-P", WORKER, register.database, register.key_dir, export, json.dumps(MANY)],
        check=True, cwd=build, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(build), "PYTHONHASHSEED": "0"}).stdout)
