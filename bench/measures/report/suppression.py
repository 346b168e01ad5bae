"""Measures how much is suppressed: in made-up tables beside the fewest cells possible, and in a register's size."""
import statistics
import time

from bench.against import tauargus
from bench.against.fewest_cells import fewest_cells
from bench.measures.report import made_up_tables
from bench.tools.figures import Figure, at_most, middle
from disclosure import protect
from tests.disclosure.attacker import OUTSIDER, TOTAL, Attacker, with_margins
from tests.disclosure.once import in_one_trial
from tests.disclosure.random_counts import random_counts

NUMBER, SECONDS, ROUNDS = 50, 120, 5
# In percent of a count.
SAFETY_RANGE = 100
REGISTER = {"contributors": 7000, "variables": 14, "categories": 12, "regions": 5, "statuses": 4}


def run(workplace):
    """Measure, and return the figures."""
    python = tauargus.make(workplace)
    return [*(figure for shape in made_up_tables.SHAPES for figure in _of_shape(shape, python)), *_of_register()]


def _of_shape(shape, python):
    judged, skipped, seconds = [], 0, []
    for counts in made_up_tables.tables(shape):
        start = time.process_time()
        fewest = fewest_cells(counts, SECONDS)
        seconds.append(time.process_time() - start)
        if fewest and fewest.is_proven:
            judged.append((counts, fewest.cells))
        skipped += not (fewest and fewest.is_proven)
        if len(judged) == NUMBER:
            break
    all_counts = [counts for counts, _ in judged]
    ways = {
        "the fewest possible": [cells for _, cells in judged],
        "one trial": [in_one_trial(counts) for counts in all_counts],
        "Loket": [set(filter(protect(counts).is_suppressed, with_margins(counts))) for counts in all_counts],
        f"τ-Argus, optimal, range {SAFETY_RANGE} %": tauargus.suppressed(python, all_counts, SAFETY_RANGE),
    }
    lost = {name: _lost(all_counts, patterns) for name, patterns in ways.items()}
    fewest, one, loket = (lost[name] for name in ("the fewest possible", "one trial", "Loket"))
    yield Figure(f"{NUMBER} tables of {shape}: the exact program, in s of processor time",
                 f"{middle(seconds, 1)}; {skipped} not proven or not possible, left out")
    for name, patterns in ways.items():
        yield Figure(f"  {name}: cells, of which totals; people in them; counts that can be worked out",
                     "{:,}, {:,}; {:,}; {:,}".format(*lost[name], _attackable(all_counts, patterns, name)))
    yield at_most("  Loket's cells as a multiple of the fewest", loket[0] / fewest[0], 1.1,
                  f"{loket[0] / fewest[0]:.3f}")
    yield at_most("  Loket's people as a multiple of those of one trial", loket[2] / one[2], 1,
                  f"{loket[2] / one[2]:.3f}")


def _lost(all_counts, patterns):
    cells = totals = people = 0
    for counts, pattern in zip(all_counts, patterns, strict=True):
        true = with_margins(counts)
        cells += len(pattern)
        totals += sum(TOTAL in cell for cell in pattern)
        people += sum(true[cell] for cell in pattern)
    return cells, totals, people


class _ReaderOfOthers(Attacker):
    """An attacker who knows no rule of Loket's, only that zeros are published."""

    def _lower_bound(self, cell):
        return min(1, self.cells[cell])


def _attackable(all_counts, patterns, name):
    """The counts of 1 to 4 of which a reader or an administrator of a region can rule out 1, 2, 3 or 4."""
    found, attacker = set(), _ReaderOfOthers if name.startswith("τ") else Attacker
    for number, (counts, pattern) in enumerate(zip(all_counts, patterns, strict=True)):
        cells = with_margins(counts)
        for knows in (OUTSIDER, *sorted({name[1] for name in counts})):
            found.update((number, cell) for cell, _ in attacker(cells, pattern.__contains__, knows).ruled_out())
    return len(found)


def _of_register():
    counts, _ = random_counts(8, **REGISTER)
    seconds = {protect: [], in_one_trial: []}
    for _ in range(ROUNDS):
        for way, measured in seconds.items():
            start = time.process_time()
            way(counts)
            measured.append(time.process_time() - start)
    several, one = (statistics.median(measured) for measured in seconds.values())
    cells = len(with_margins(counts))
    yield Figure(f"A year of {REGISTER['contributors']:,} clients, {cells:,} cells, in ms of processor time",
                 f"{several * 1000:,.0f}, one trial {one * 1000:,.0f}")
