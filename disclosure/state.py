"""The state of a suppression in progress: which cells are suppressed, and how far each count may go down."""
from itertools import count as counting
from random import Random

from disclosure.rules import LARGEST_UNSAFE, THRESHOLD
from disclosure.tables import Tables

Exchange = list[tuple[int, int]]  # (cell, by how much it changes): every margin stays the sum of its parts

STEPS = range(1, LARGEST_UNSAFE)  # from 1 to 4
# The cost of suppressing a cell: its information loss in the high bits, its count in the low ones. A zero is never
# suppressed for the sake of another cell.
UNIT, INFINITE = 1 << 40, 1 << 60


class State:
    """The suppression pattern so far, and a feasible table on the path of a proof.

    By cell: `suppressed`; `lower_bound`, the lower bound known to the attacker; `feasible`, the feasible table, which
    starts as the true counts; `full_cost` of suppressing the cell, and `cost`, which is 0 once it is suppressed.

    Bits tell the same of many cells at once: `suppressed_at` and `can_fall_at` have for each stratum a bit for each
    category, `suppressed_of` has for each category a bit for each stratum.

    With `random` each cell costs up to one cell's loss more, so that another pattern comes out.
    """

    def __init__(self, tables: Tables, random: Random | None = None) -> None:
        self.tables = tables
        cells = range(len(tables.counts))
        self.suppressed = bytearray(len(cells))
        self.lower_bound = [THRESHOLD if tables.totals(cell) else 1 for cell in cells]
        self.feasible = list(tables.counts)
        # A number for each state of a variable, at its first category: results of a search are cached by state.
        self.versions, self._next_version = [0] * len(tables.categories), counting(1)
        self._first = [0, *(categories[0] for categories in tables.of_variable.values() for _ in categories)]
        self.full_cost = [self._cost_of(cell, random) for cell in cells]
        self.cost = list(self.full_cost)
        self.suppressed_at, self.suppressed_of = [0] * tables.width, [0] * len(tables.categories)
        room = [count - bound for count, bound in zip(tables.counts, self.lower_bound, strict=True)]
        self.can_fall_at = {steps: [
            sum(1 << category for category, falls in enumerate(room[stratum::tables.width]) if falls >= steps)
            for stratum in range(tables.width)] for steps in STEPS}

    def suppress(self, cell: int) -> None:
        """Suppress a cell."""
        if not self.suppressed[cell]:
            self._turn(cell)
            self.cost[cell] = 0

    def suppress_all(self, exchange: Exchange) -> None:
        """Suppress the cells that an exchange changes."""
        for cell, _ in exchange:
            if not self.suppressed[cell]:
                self.suppress(cell)

    def publish(self, cell: int) -> None:
        """Publish a suppressed cell after all; the cell is not zero."""
        if self.suppressed[cell]:
            self._turn(cell)
            self.cost[cell] = self.full_cost[cell]

    def set_lower_bound(self, cell: int, bound: int) -> None:
        """Set the lower bound known to the attacker."""
        self.lower_bound[cell] = bound
        self._mark_fall(cell)

    def apply(self, exchange: Exchange, times: int) -> None:
        """Make an exchange in the feasible table."""
        for cell, change in exchange:
            self.feasible[cell] += change * times
            self._mark_fall(cell)

    def slack(self, exchange: Exchange) -> int:
        """How many times an exchange can be made. A cell that goes up has no upper bound."""
        return min([(self.feasible[cell] - self.lower_bound[cell]) // -change
                    for cell, change in exchange if change < 0], default=INFINITE)

    def _cost_of(self, cell: int, random: Random | None) -> int:
        count = self.tables.counts[cell]
        more = int(UNIT * random.random()) if random else 0
        return UNIT * self.tables.loss(cell) + more + count if count else INFINITE

    def _turn(self, cell: int) -> None:
        category, stratum = divmod(cell, self.tables.width)
        self.versions[self._first[category]] = next(self._next_version)
        self.suppressed[cell] ^= 1
        self.suppressed_at[stratum] ^= 1 << category
        self.suppressed_of[category] ^= 1 << stratum

    def _mark_fall(self, cell: int) -> None:
        category, stratum = divmod(cell, self.tables.width)
        self.versions[self._first[category]] = next(self._next_version)
        room, bit = self.feasible[cell] - self.lower_bound[cell], 1 << category
        for steps in STEPS:
            if room >= steps:
                self.can_fall_at[steps][stratum] |= bit
            else:
                self.can_fall_at[steps][stratum] &= ~bit
