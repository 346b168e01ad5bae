"""The fewest cells that can be suppressed, by an exact integer program, under the three rules of 0071.

It takes nothing from the code that suppresses. For each unsafe count, each attacker and each end of 1 to 4 the program
holds a feasible table; a cell may differ from the truth in one of them only where it is suppressed.
"""
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tests.disclosure.attacker import TOTAL, UNSAFE, margins_above, sums_of, with_margins

# In a table of two dimensions a feasible table needs no change of more than 3: it is 3 cycles at most. With a third
# dimension more may help; twice as much is allowed.
LARGEST_CHANGE = {2: 3, 3: 6}


class Fewest(NamedTuple):
    """The suppressed cells, and whether they are proven to be the fewest."""

    cells: frozenset
    is_proven: bool


def fewest_cells(counts, seconds):
    """The fewest cells for the counts of one variable; None when fully suppressing small margins is not enough."""
    program = _Program(with_margins(counts))
    answer = milp(program.objective(), integrality=program.integrality(), bounds=Bounds(program.low, program.high),
                  constraints=program.constraints(), options={"time_limit": seconds, "mip_rel_gap": 0})
    return None if answer.x is None else Fewest(program.suppressed(answer.x), answer.status == 0)


class _Program:
    def __init__(self, cells):
        self.cells, self.sums = cells, sums_of(cells)
        self.most = LARGEST_CHANGE[len(next(iter(cells))) - 1]
        unsafe = [cell for cell, count in cells.items() if count in UNSAFE]
        self.fully = {cell for cell in unsafe if TOTAL in cell}
        self.beneath = {cell for cell in cells if self.fully.intersection(margins_above(cell)) - {cell}}
        self.forced = self.beneath.union(unsafe)
        self.free = {cell: number for number, cell in enumerate(
            cell for cell, count in cells.items() if cell not in self.forced and count >= self._lower_bound(cell))}
        self.low, self.high, self.rows = [0.0] * len(self.free), [1.0] * len(self.free), []
        for cell in unsafe:
            for knows, value in product(self._attackers(cell), {1, 4} - {cells[cell]}):
                self._add_feasible_table(cell, value, knows)

    def objective(self):
        """One for each cell that is suppressed though it need not be."""
        return np.array([1.0] * len(self.free) + [0.0] * (len(self.low) - len(self.free)))

    def integrality(self):
        """Only whether a cell is suppressed has to be a whole number."""
        return self.objective()

    def constraints(self):
        entries = [(factor, row, number) for row, (terms, *_) in enumerate(self.rows)
                   for number, factor in terms.items()]
        factors, rows, numbers = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((factors, (rows, numbers)), shape=(len(self.rows), len(self.low)))
        return LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])

    def suppressed(self, solution):
        return frozenset(self.forced.union(cell for cell, number in self.free.items() if solution[number] > 0.5))

    def _attackers(self, cell):
        """Insiders of other regions; whoever knows no region knows less than they do."""
        return {name[1] for name in self.cells} - {TOTAL, cell[1]} if cell[1] is not TOTAL else {TOTAL}

    def _lower_bound(self, cell):
        if cell in self.beneath:
            return 0
        return 1 if cell in self.fully or TOTAL not in cell else 5

    def _add_feasible_table(self, attacked, value, knows):
        change = {}
        for cell, count in self.cells.items():
            if (knows is TOTAL or cell[1] != knows) and (cell in self.forced or cell in self.free):
                change[cell] = len(self.low)
                fall = min(self.most, count - self._lower_bound(cell))
                self.low.append(value - count if cell == attacked else -fall)
                self.high.append(value - count if cell == attacked else self.most)
                if cell in self.free:
                    self.rows += [({change[cell]: 1, self.free[cell]: -self.most}, -np.inf, 0),
                                  ({change[cell]: 1, self.free[cell]: fall}, 0, np.inf)]
        for margin, parts in self.sums:
            terms = {change[part]: 1 for part in parts if part in change}
            if margin in change:
                terms[change[margin]] = -1
            if terms:
                self.rows.append((terms, 0, 0))
