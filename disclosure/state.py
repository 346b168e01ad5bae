"""What is hidden of the cells of a year so far, and how far each count may go down (suppression.py)."""
from itertools import count as counting

SMALLEST_SHOWN = 5
STEPS = range(1, 4)  # from 1 to 4
# The cost of hiding a cell: its worth in the high bits, its count in the low ones. A zero is never hidden for another.
ONE, NEVER = 1 << 40, 1 << 60


class Pattern:
    """The work in hand. `least` is what a reader knows each cell to be at least, `world` the counts as changed so far.

    The same once more as bits, which answer for many cells at once: `hidden_at` and `can_fall_at` have for each place
    a bit for each column, `hidden_of` for each column a bit for each place.
    """

    def __init__(self, tables):
        self.tables = tables
        cells = range(len(tables.counts))
        self.hidden = bytearray(len(cells))
        self.least = [SMALLEST_SHOWN if tables.totals(cell) else 1 for cell in cells]
        self.world = list(tables.counts)
        # A number for each state that a variable was in, at its first column: what is worked out of it can be kept.
        self.stamps, self.states = [0] * len(tables.columns), counting(1)
        self._first = [0, *(columns[0] for columns in tables.of_variable.values() for _ in columns)]
        self.price = [self._price_of(cell) for cell in cells]
        self.cost = list(self.price)
        self.hidden_at, self.hidden_of = [0] * tables.width, [0] * len(tables.columns)
        room = [count - least for count, least in zip(tables.counts, self.least, strict=True)]
        self.can_fall_at = {steps: [
            sum(1 << column for column, falls in enumerate(room[place::tables.width]) if falls >= steps)
            for place in range(tables.width)] for steps in STEPS}

    def hide(self, cell):
        """Hide a cell."""
        if not self.hidden[cell]:
            self._turn(cell)
            self.cost[cell] = 0

    def hide_all(self, effect):
        """Hide what is changed."""
        for cell, _ in effect:
            if not self.hidden[cell]:
                self.hide(cell)

    def show(self, cell):
        """Show a cell again, one that is no zero."""
        if self.hidden[cell]:
            self._turn(cell)
            self.cost[cell] = self.price[cell]

    def may_be(self, cell, least):
        """From now on a reader knows of a cell that it is at least this."""
        self.least[cell] = least
        self._mark_fall(cell)

    def change(self, effect, times):
        """Change the world: `effect` has each cell with its change."""
        for cell, change in effect:
            self.world[cell] += change * times
            self._mark_fall(cell)

    def slack(self, effect):
        """How many times the world can be changed so; the cells that go up have no limit."""
        return min([(self.world[cell] - self.least[cell]) // -change for cell, change in effect if change < 0],
                   default=NEVER)

    def _price_of(self, cell):
        count = self.tables.counts[cell]
        return ONE * self.tables.worth(cell) + count if count else NEVER

    def _turn(self, cell):
        column, place = divmod(cell, self.tables.width)
        self.stamps[self._first[column]] = next(self.states)
        self.hidden[cell] ^= 1
        self.hidden_at[place] ^= 1 << column
        self.hidden_of[column] ^= 1 << place

    def _mark_fall(self, cell):
        column, place = divmod(cell, self.tables.width)
        self.stamps[self._first[column]] = next(self.states)
        room, bit = self.world[cell] - self.least[cell], 1 << column
        for steps in STEPS:
            if room >= steps:
                self.can_fall_at[steps][place] |= bit
            else:
                self.can_fall_at[steps][place] &= ~bit
