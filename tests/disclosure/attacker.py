"""An attacker with integer programming, who knows everything that is published and the rules of suppression.

Nothing here comes from the code under test: only the counts, and whether a cell is suppressed.
"""
from collections import defaultdict
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

TOTAL = None
OUTSIDER = "outsider"
UNSAFE = range(1, 5)


def with_margins(counts):
    """Every cell of {(variable, region, category, …): n} and every margin; the shared margin has no variable."""
    first = min(name[0] for name in counts)
    strata = product(*(sorted(set(axis)) for axis in zip(*((name[1], *name[3:]) for name in counts), strict=True)))
    cells = defaultdict(int)
    for (region, *status), (variable, category) in product(strata, sorted({(name[0], name[2]) for name in counts})):
        count = counts.get((variable, region, category, *status), 0)
        for r, c, *s in product(*((index, TOTAL) for index in (region, category, *status))):
            cells[TOTAL if c is TOTAL else variable, r, c, *s] += 0 if c is TOTAL and variable != first else count
    return dict(cells)


def with_empty_strata(counts):
    """The counts, and zeros in another region and another status: the same tables are published of these."""
    (variable, region, category, *status), *_ = counts
    never = ["never" for _ in status]
    zeros = [(variable, "elsewhere", category, *status), (variable, region, category, *never)]
    return counts | {name: counts.get(name, 0) for name in zeros}


class Attacker:
    """Knows every published cell; an insider knows all of a region besides.

    `unsafe` are the cells under attack, `seen` the (cell, value) that were found to be possible.
    """

    def __init__(self, cells, is_suppressed, knows=OUTSIDER):
        self.cells, self.knows = cells, knows
        self.suppressed = {cell for cell in cells if is_suppressed(cell)}
        unknown = [cell for cell in cells if cell in self.suppressed and cell[1] != knows]
        self.number = {cell: number for number, cell in enumerate(unknown)}
        self.unsafe = [cell for cell, count in cells.items() if count in UNSAFE and self._is_attacked(cell)]
        self.seen = {(cell, cells[cell]) for cell in self.unsafe}
        self.solves = 0
        self.fully_suppressed = self._fully_suppressed()
        self.low = [self._lower_bound(cell) for cell in unknown]
        self.most = 2 * max(cells.values()) + 50
        self.high = [self.most] * len(unknown)
        self.constraints = [self._linear([(-1, margin), *((1, part) for part in parts)], 0, 0)
                            for margin, parts in sums_of(cells)]

    def learn_means(self, variable, bins, sums, means):
        """Also know the bins of the values and {region: mean in tenths}; `sums` are the true sums of the values."""
        every_status = [TOTAL] * (len(min(self.cells, key=str)) - 3)
        regions = sorted({cell[1] for cell in self.cells} - {TOTAL})
        for region in regions:
            is_known = region == self.knows
            self.number["sum", region] = len(self.low)
            self.low.append(sums[region] if is_known else 0)
            self.high.append(sums[region] if is_known else 120 * self.most)
            held = {category: (variable, region, category, *every_status) for category in bins}
            for end, (low, high) in enumerate([(0, np.inf), (-np.inf, 0)]):
                self.learn_sum([(1, ("sum", region)),
                                *((-bins[category][end], cell) for category, cell in held.items())], low, high)
        for index, mean in means.items():
            over = [index] if index is not TOTAL else regions
            counted = [(variable, region, category, *every_status) for region in over for category in bins]
            values = [(20, ("sum", region)) for region in over]
            self.learn_sum([*values, *((-(2 * mean - 1), cell) for cell in counted)], 0, np.inf)
            self.learn_sum([*values, *((-(2 * mean + 1), cell) for cell in counted)], -np.inf, -1)

    def learn_sum(self, terms, low, high):
        """Also know bounds of a sum; `terms` are (factor, cell)."""
        self.constraints.append(self._linear(terms, low, high))

    def learn_minimum(self, cell, count):
        """Also know that a cell is at least this."""
        if cell in self.number:
            self.low[self.number[cell]] = max(self.low[self.number[cell]], count)

    def ruled_out(self):
        """The (cell, value) that cannot be, of every count of 1 to 4 and the values 1 to 4."""
        for cell, value in product(self.unsafe, UNSAFE):
            if (cell, value) not in self.seen and not self.can_be(cell, value):
                yield cell, value

    def can_be(self, cell, value):
        """Whether a count can have a value; other values that are possible along with it are remembered."""
        if cell not in self.number or value < self.low[self.number[cell]]:
            return False
        low, high = np.array(self.low, dtype=float), np.array(self.high, dtype=float)
        low[self.number[cell]] = high[self.number[cell]] = value
        # Solving without integrality is faster, and mostly gives whole numbers. An infeasible answer is asked once more
        # without presolving: with it HiGHS 1.12 gave that answer for counts that are feasible. A solution is checked by
        # `add_feasible`.
        for whole, presolve in ((0, True), (1, True), (1, False)):
            self.solves += 1
            answer = milp(self._towards_the_unseen(), integrality=np.full(len(low), whole), bounds=Bounds(low, high),
                          constraints=LinearConstraint(*self._matrix()), options={"presolve": presolve})
            if answer.status != 2:
                assert answer.x is not None, answer.message
                if np.abs(answer.x - np.rint(answer.x)).max() < 1e-6:
                    break
        if answer.status == 2:
            return False
        self.add_feasible(np.rint(answer.x).astype(int))
        return (cell, value) in self.seen

    def add_feasible(self, counts):
        """Remember what is possible by a feasible table; it is checked to agree with all that the attacker knows."""
        matrix, low, high = self._matrix()
        sums = matrix @ counts
        assert (sums >= low).all()
        assert (sums <= high).all()
        assert (counts >= self.low).all()
        self.seen |= {(cell, int(counts[self.number[cell]])) for cell in self.unsafe if cell in self.number}

    def add_feasible_changes(self, changes):
        """The same, by the differences from the true counts."""
        assert changes.keys() <= self.number.keys()
        self.add_feasible(np.array([self.cells[cell] + changes.get(cell, 0) for cell in self.number]))

    def _is_attacked(self, cell):
        """An insider knows part of every margin over the regions; under attack are the cells of other regions."""
        return self.knows == OUTSIDER or cell[1] not in (TOTAL, self.knows)

    def _fully_suppressed(self):
        published = self.cells.keys() - self.suppressed
        with_something_published = {margin for cell in published for margin in margins_above(cell)}
        return {cell for cell in self.suppressed - with_something_published if TOTAL in cell}

    def _lower_bound(self, cell):
        if any(margin in self.fully_suppressed for margin in margins_above(cell) if margin != cell):
            return 0  # a zero is suppressed only beneath a fully suppressed margin
        return 5 if TOTAL in cell and cell not in self.fully_suppressed else 1  # an unsafe margin is fully suppressed

    def _towards_the_unseen(self):
        objective = np.zeros(len(self.low))
        for cell in self.unsafe:
            if cell in self.number:
                objective[self.number[cell]] = ((cell, 1) not in self.seen) - ((cell, 4) not in self.seen)
        return objective

    def _linear(self, terms, low, high):
        """({number: factor}, low, high), with the known terms moved to the other side."""
        known = sum(factor * self.cells.get(cell, 0) for factor, cell in terms if cell not in self.number)
        return {self.number[cell]: factor for factor, cell in terms if cell in self.number}, low - known, high - known

    def _matrix(self):
        if getattr(self, "matrix", None) is None or self.matrix[0].shape[0] != len(self.constraints):
            entries = [(factor, row, number)
                       for row, (terms, *_) in enumerate(self.constraints) for number, factor in terms.items()]
            factors, rows, numbers = zip(*entries, strict=True) if entries else ((), (), ())
            matrix = csr_array((factors, (rows, numbers)), shape=(len(self.constraints), len(self.low)))
            self.matrix = (matrix, np.array([one[1] for one in self.constraints]),
                           np.array([one[2] for one in self.constraints]))
        return self.matrix


def sums_of(cells):
    """(margin, its parts) along each axis; over the categories once for each variable."""
    lines = defaultdict(list)
    for cell in cells:
        for axis in range(1, len(cell)):
            if cell[axis] is not TOTAL:
                margin = (TOTAL if axis == 2 else cell[0], *cell[1:axis], TOTAL, *cell[axis + 1:])
                lines[axis, cell[0], margin].append(cell)
    return [(margin, parts) for (_, _, margin), parts in lines.items()]


def margins_above(cell):
    """The cell and every margin that it is part of."""
    for choice in product(*({index, TOTAL} for index in cell[1:])):
        yield (TOTAL if choice[1] is TOTAL else cell[0], *choice)
