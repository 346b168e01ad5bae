"""A reader who works out what is hidden, by integer programming: from everything shown, and from the rules of hiding.

Nothing here comes from the code that hides: only the counts, and whether a cell is hidden.
"""
from collections import defaultdict
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

TOTAL = None
NOTHING = "nothing"
SMALL = range(1, 5)


def with_totals(counts):
    """Every cell of {(variable, province, category, …): n} and every total; one over the categories has no variable."""
    first = min(cell[0] for cell in counts)
    places = product(*(sorted(set(axis)) for axis in zip(*((cell[1], *cell[3:]) for cell in counts), strict=True)))
    cells = defaultdict(int)
    for (province, *others), (variable, category) in product(places, sorted({(cell[0], cell[2]) for cell in counts})):
        count = counts.get((variable, province, category, *others), 0)
        for p, k, *s in product(*((index, TOTAL) for index in (province, category, *others))):
            cells[TOTAL if k is TOTAL else variable, p, k, *s] += 0 if k is TOTAL and variable != first else count
    return dict(cells)


def with_nobody_elsewhere(counts):
    """The counts, and a nought in another province and another situation: these have the same tables."""
    (variable, province, category, *situation), *_ = counts
    never = ["never" for _ in situation]
    noughts = [(variable, "elsewhere", category, *situation), (variable, province, category, *never)]
    return counts | {cell: counts.get(cell, 0) for cell in noughts}


class Reader:
    """Somebody to whom all is shown but what `is_hidden`, and who may know all of one province besides."""

    def __init__(self, cells, is_hidden, knows=NOTHING):
        self.cells, self.knows = cells, knows
        self.covered = {cell for cell in cells if is_hidden(cell)}
        unknown = [cell for cell in cells if cell in self.covered and cell[1] != knows]
        self.number = {cell: number for number, cell in enumerate(unknown)}
        self.small = [cell for cell, count in cells.items() if count in SMALL and self._is_asked(cell)]
        self.seen = {(cell, cells[cell]) for cell in self.small}
        self.solves = 0
        self.closed = self._totals_of_which_nothing_is_shown()
        self.low = [self._least(cell) for cell in unknown]
        self.most = 2 * max(cells.values()) + 50
        self.high = [self.most] * len(unknown)
        self.rows = [self._row(total, parts) for total, parts in _sums(cells)]

    def hears_of_ages(self, variable, bands, ages, means):
        """The reader also knows the bands of the ages and {province: mean in tenths}; `ages` are the true sums."""
        everywhere = [TOTAL] * (len(min(self.cells, key=str)) - 3)
        provinces = sorted({cell[1] for cell in self.cells} - {TOTAL})
        for province in provinces:
            sure = province == self.knows
            self.number["ages", province] = len(self.low)
            self.low.append(ages[province] if sure else 0)
            self.high.append(ages[province] if sure else 120 * self.most)
            held = {category: (variable, province, category, *everywhere) for category in bands}
            for end, (low, high) in enumerate([(0, np.inf), (-np.inf, 0)]):
                terms = [(1, ("ages", province)), *((-bands[category][end], cell) for category, cell in held.items())]
                self.rows.append(self._linear(terms, low, high))
        for place, mean in means.items():
            told = [place] if place is not TOTAL else provinces
            people = [(variable, province, category, *everywhere) for province in told for category in bands]
            ages_told = [(20, ("ages", province)) for province in told]
            self.rows.append(self._linear([*ages_told, *((-(2 * mean - 1), cell) for cell in people)], 0, np.inf))
            self.rows.append(self._linear([*ages_told, *((-(2 * mean + 1), cell) for cell in people)], -np.inf, -1))

    def ruled_out(self):
        """The (cell, value) that cannot be, of every count of 1 to 4 and the values 1 to 4."""
        for cell, value in product(self.small, SMALL):
            if (cell, value) not in self.seen and not self.can_be(cell, value):
                yield cell, value

    def can_be(self, cell, value):
        """Whether a count can have a value; whatever else is seen to be possible with it is remembered."""
        if cell not in self.number or value < self.low[self.number[cell]]:
            return False
        low, high = np.array(self.low, dtype=float), np.array(self.high, dtype=float)
        low[self.number[cell]] = high[self.number[cell]] = value
        # Without asking for whole numbers is faster, and mostly gives them. What cannot be is asked once more without
        # presolving: with it HiGHS 1.12 said so of counts that can. And what is found is checked by `learn`.
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
        self.learn(np.rint(answer.x).astype(int))
        return (cell, value) in self.seen

    def learn(self, counts):
        """Remember what is possible, from counts that are checked here to agree with all that the reader knows."""
        matrix, low, high = self._matrix()
        sums = matrix @ counts
        assert (sums >= low).all()
        assert (sums <= high).all()
        assert (counts >= self.low).all()
        self.seen |= {(cell, int(counts[self.number[cell]])) for cell in self.small if cell in self.number}

    def learn_of_changes(self, changes):
        """The same, from changes of the true counts."""
        assert changes.keys() <= self.number.keys()
        self.learn(np.array([self.cells[cell] + changes.get(cell, 0) for cell in self.number]))

    def _is_asked(self, cell):
        """An administrator knows part of every total; what the other provinces count is asked."""
        return self.knows == NOTHING or cell[1] not in (TOTAL, self.knows)

    def _totals_of_which_nothing_is_shown(self):
        of_these_something = {total for shown in self.cells.keys() - self.covered for total in _above(shown)}
        return {cell for cell in self.covered - of_these_something if TOTAL in cell}

    def _least(self, cell):
        if any(total in self.closed for total in _above(cell) if total != cell):
            return 0  # a zero is hidden only in a total of which nothing is shown
        return 5 if TOTAL in cell and cell not in self.closed else 1  # of a total of 1 to 4 nothing is shown

    def _towards_the_unseen(self):
        objective = np.zeros(len(self.low))
        for cell in self.small:
            if cell in self.number:
                objective[self.number[cell]] = ((cell, 1) not in self.seen) - ((cell, 4) not in self.seen)
        return objective

    def _row(self, total, parts):
        return self._linear([(-1, total), *((1, part) for part in parts)], 0, 0)

    def _linear(self, terms, low, high):
        """({number: factor}, low, high): what is known goes to the other side."""
        known = sum(factor * self.cells.get(cell, 0) for factor, cell in terms if cell not in self.number)
        return {self.number[cell]: factor for factor, cell in terms if cell in self.number}, low - known, high - known

    def _matrix(self):
        if getattr(self, "matrix", None) is None or self.matrix[0].shape[0] != len(self.rows):
            entries = [(factor, row, number)
                       for row, (terms, *_) in enumerate(self.rows) for number, factor in terms.items()]
            factors, rows, numbers = zip(*entries, strict=True) if entries else ((), (), ())
            matrix = csr_array((factors, (rows, numbers)), shape=(len(self.rows), len(self.low)))
            self.matrix = matrix, np.array([row[1] for row in self.rows]), np.array([row[2] for row in self.rows])
        return self.matrix


def _sums(cells):
    """(total, its parts) along each axis; over the categories once for each variable."""
    lines = defaultdict(list)
    for cell in cells:
        for axis in range(1, len(cell)):
            if cell[axis] is not TOTAL:
                total = (TOTAL if axis == 2 else cell[0], *cell[1:axis], TOTAL, *cell[axis + 1:])
                lines[axis, cell[0], total].append(cell)
    return [(total, parts) for (_, _, total), parts in lines.items()]


def _above(cell):
    """The cell and every total that it is part of."""
    for choice in product(*({index, TOTAL} for index in cell[1:])):
        yield (TOTAL if choice[1] is TOTAL else cell[0], *choice)
