"""Measures pages of this build beside those of an earlier one: the folder OLD_BUILD (`make bench-against REV=…`).

Each answers within a process of its own, the whole way through Flask, on its own copy of the same register, in turns on
one core. The earlier build makes the register; this one migrates its copy.
"""
import sqlite3
import statistics
from typing import NamedTuple

from bench.measures.dashboard import PARTIAL
from bench.tools import builds, filled
from bench.tools.builds import Request
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import OF_200, OF_5000, email_of
from bench.tools.servers import ROOT

SIZE = 10_000
ROUNDS = 20


class Asked(NamedTuple):
    """A request to measure, how often in a row, and the most that it may take as a multiple of the earlier build's."""

    name: str
    request: Request
    times: int
    most: float | None = None


def run(workplace):
    """Measure, and return the figures."""
    old, log = builds.made_by_old(workplace / "against", SIZE), workplace / "against.log"
    registers = [filled.copy(old, workplace / "against" / name) for name in ("old", "new")]
    assert builds.init(registers[1], log).status == 0, f"the migration failed: see {log}"
    both = [builds.Build(folder, register, log)
            for folder, register in zip((builds.old_build(), ROOT), registers, strict=True)]
    assert all(build.starts for build in both), f"a build does not start: see {log}"
    figures = [figure for asked in requests(old) for figure in _figures(asked, *_in_turns(asked, both, log))]
    for build in both:
        build.end()
    return figures


def requests(register):
    """The requests to measure in a register of the bench: add a line to measure another."""
    small, large = email_of(OF_200), email_of(OF_5000)
    number, = sqlite3.connect(register.database).execute(
        "SELECT min(number) FROM client WHERE organisation_id = ? AND NOT incomplete", [OF_5000]).fetchone()
    return [
        Asked("Dashboard, whole page", Request(small, "/dashboard"), 40),
        Asked("Dashboard, partial", Request(small, "/dashboard", PARTIAL), 80),
        Asked("Client form, new", Request(large, "/clients/new"), 10, 0.45),
        Asked("Client form, of a client", Request(large, f"/clients/{number}/edit"), 10, 0.45),
        Asked("Client form, refused", Request(large, "/clients/new", form={"name": "An"}), 10),
        Asked("Period form", Request(large, f"/clients/{number}/periods/new"), 20),
        Asked("Search by name in 5,000", Request(large, "/dashboard/name", PARTIAL, {"name": "chloé cla"}), 4, 0.4),
    ]


def _in_turns(asked, both, log):
    """(µs, bytes) of each round, for the earlier build and for this one."""
    taken = [], []
    for turn in range(ROUNDS + 1):
        for side in (0, 1) if turn % 2 else (1, 0):
            answered = both[side].ask(asked.request, asked.times)
            assert answered, f"{asked.name}: no answer, see {log}"
            if turn:  # the first round warms up
                taken[side].append(answered)
    return taken


def _figures(asked, old, new):
    ratios = [mine / other for (mine, _), (other, _) in zip(new, old, strict=True)]
    ratio, text = statistics.median(ratios), middle(ratios, 2)
    what = f"{asked.name}, processor time as a multiple of the earlier build's"
    costs = [statistics.median(cost for cost, _ in side) for side in (new, old)]
    return [at_most(what, ratio, asked.most, text) if asked.most else Figure(what, text),
            Figure("  the same in µs; bytes of an answer",
                   f"{costs[0]:,.0f} against {costs[1]:,.0f}; {new[-1][1]:,} against {old[-1][1]:,}")]
