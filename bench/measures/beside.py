"""Measures the dashboard of this build beside that of the build before migration 0004: the folder OLD_BUILD.

Each answers within a process of its own, the whole way through Flask, on its own copy of the same register of 1,000,000
clients, in turns on one core.
"""
import statistics

from bench.tools import before_grants, builds, filled
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import OF_200, email_of
from bench.tools.servers import ROOT

SIZE = 1_000_000
ROUNDS = 40
# Request → its name in the table, how often in a row, and the most that it may take beside the old build.
ASKED = {"whole": ("Dashboard, whole page", 40, 1.03), "partial": ("Dashboard, partial", 80, 1.03),
         "find": ("  the session's statement alone", 1000, None)}


def run(workplace):
    """Measure, and return the figures."""
    before, log = before_grants.make(workplace, SIZE), workplace / "beside.log"
    registers = [filled.copy(before, workplace / name) for name in ("beside_old", "beside_new")]
    assert builds.init(registers[1], log).status == 0, f"the migration failed: see {log}"
    both = [builds.Build(folder, register, email_of(OF_200), log)
            for folder, register in zip((builds.old_build(), ROOT), registers, strict=True)]
    assert all(build.starts for build in both), f"a build does not start: see {log}"
    taken = {what: ([], []) for what in ASKED}
    for turn in range(ROUNDS + 1):
        for what, (_, times, _) in ASKED.items():
            for side in (0, 1) if turn % 2 else (1, 0):
                cost = both[side].microseconds(what, times)
                if turn:  # the first round warms up
                    taken[what][side].append(cost)
    for build in both:
        build.end()
    return [figure for what, sides in taken.items() for figure in _figures(*ASKED[what], *sides)]


def _figures(name, _, most, old, new):
    ratios = [mine / other for mine, other in zip(new, old, strict=True)]
    ratio, text = statistics.median(ratios), middle(ratios, 2)
    what = f"{name}, processor time as a multiple of the old build's"
    return [at_most(what, ratio, most, text) if most else Figure(what, text),
            Figure("  the same in µs", f"{statistics.median(new):,.0f} against {statistics.median(old):,.0f}")]
