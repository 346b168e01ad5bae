"""Safe to publish: what is hidden of a year, so that no count of 1 to 4 can be read or worked out.

Three rules, which a reader may know (docs/decisions/0071 says why):
1. A count of 1 to 4 is hidden.
2. Of a total of 1 to 4 nothing is shown, the zeros included: it is *sealed*. Every other zero is shown.
3. Other counts are hidden with the same mark until every hidden count of 1 to 4 can still be 1, 2, 3 and 4.
   Where no choice of counts does that, a larger total is sealed.

That a count can still be 1 to 4 is shown by a *walk*: the counts as they are, changed a step at a time in hidden
cells only, with every total still right and nothing below what a reader knows it to be, until the count was 4,
and until it was 1. An administrator knows all of one province: against each of these there is a walk that leaves
that province as it is.
"""
from disclosure.grid import TOTAL
from disclosure.rectangles import Moves
from disclosure.state import SMALLEST_SHOWN, Pattern
from disclosure.tables import Tables, names_above

ANYONE = None  # a reader who knows what is published; the others know a province besides


class Hidden:
    """What is hidden of a year. `walks` show that it is enough: for each small count, by number, reader → `Walk`."""

    def __init__(self, tables, hidden, sealed, walks):
        self._tables, self._hidden, self._sealed, self.walks = tables, hidden, frozenset(sealed), walks

    def is_hidden(self, cell):
        """Whether (variable, province, category, situation) is hidden. None is a total: no category has no variable."""
        number = self._tables.number(cell)
        if number is not None:
            return bool(self._hidden[number])
        return bool(self._sealed) and any(self._tables.number(total) in self._sealed for total in names_above(cell))

    def count(self, cell):
        """How many there are in a cell, whether it is hidden or not."""
        number = self._tables.number(cell)
        return 0 if number is None else self._tables.counts[number]

    @property
    def cells(self):
        """The hidden cells by name."""
        return {name for cell, hidden in enumerate(self._hidden) if hidden for name in self._tables.names(cell)}

    @property
    def sealed(self):
        """The sealed totals by name."""
        return {name for cell in self._sealed for name in self._tables.names(cell)}

    def worlds(self, cells=None):
        """(reader, changes by name) after each step of the walks; or of these cells alone, where they change."""
        numbers = None if cells is None else set(map(self._tables.number, cells))
        for walks in self.walks.values():
            for reader, walk in walks.items():
                if numbers is None or not walk.cells.isdisjoint(numbers):
                    for world in walk.worlds():
                        if changes := {name: change for cell, change in world.items()
                                       if numbers is None or (change and cell in numbers)
                                       for name in self._tables.names(cell) if cells is None or name in cells}:
                            yield reader, changes

    def most_less(self):
        """By how much the walks lower each cell at most: cell → number."""
        found = {}
        for walks in self.walks.values():
            for walk in _different(walks):
                walk.most_less(found)
        return {name: most for cell, most in found.items() for name in self._tables.names(cell)}

    def without_walks(self):
        """The same, small enough to be kept."""
        return Hidden(self._tables, self._hidden, self._sealed, {})


def hide(counts):
    """What to hide of {(variable, province, category, situation): n}, or of the same without situations."""
    cover = Cover(Tables(counts))
    cover.protect_all()
    cover.show_what_need_not_be_hidden()
    return cover.outcome()


class Cover:
    """The work of hiding: what is hidden so far, and for each small count and each reader the walk that protects it."""

    def __init__(self, tables):
        self.tables, self.pattern = tables, Pattern(tables)
        self.moves = Moves(self.pattern)
        self.sealed, self.walks = set(), {}
        small = (cell for cell, count in enumerate(tables.counts) if 0 < count < SMALLEST_SHOWN)
        self.small = sorted(small, key=lambda cell: (-tables.totals(cell), tables.counts[cell], cell))
        for cell in self.small:
            self.pattern.hide(cell)
            if tables.totals(cell):
                self._seal(cell)

    def protect_all(self):
        """Hide what is needed for every small count to be 1 to 4."""
        for cell in self.small:
            walks = self.walks[cell] = {}
            for reader in self._readers(cell):
                walk = self._at_hand(walks, reader) or self.moves.walk(cell, reader)
                while walk is None:
                    self._seal_more(cell)
                    walk = self.moves.walk(cell, reader)
                walks[reader] = walk

    def show_what_need_not_be_hidden(self):
        """Show again what the walks through later hidden counts can do without: what is worth most first."""
        counts, hidden, least = self.tables.counts, self.pattern.hidden, self.pattern.least
        users = {cell: {} for cell in range(len(counts))
                 if hidden[cell] and counts[cell] >= SMALLEST_SHOWN and least[cell] and cell not in self.sealed}
        for cell, walks in self.walks.items():
            _write_down(users, cell, walks)
        for helper in sorted(users, key=lambda cell: (-self.pattern.price[cell], cell)):
            stamps = list(self.pattern.stamps)
            self.pattern.show(helper)
            others = self._walks_without(helper, users[helper])
            if others is None:
                self.pattern.hide(helper)
                self.pattern.stamps = stamps
                continue
            for cell, walks in others.items():
                self.walks[cell] = walks
                _write_down(users, cell, walks)

    def outcome(self):
        """The result."""
        hidden = self.pattern.hidden
        # Where all are of one province its counts are Flanders' too, with the zeros of other provinces beneath them. A
        # zero that is shown there would tell that a hidden count is 5 at least.
        alone = (cell for cell in range(len(hidden)) if hidden[cell] and not self.tables.totals(cell))
        return Hidden(self.tables, bytes(hidden), self.sealed.union(alone if self.tables.two_names else ()), self.walks)

    def _readers(self, cell):
        own = self.tables.province(cell)
        return [ANYONE, *(() if own is TOTAL else (known for known in self.tables.provinces if known != own))]

    def _seal(self, total):
        """Show nothing of a total: for all that a reader knows it may then be 1, and each of its parts zero."""
        self.sealed.add(total)
        self.pattern.hide(total)
        self.pattern.may_be(total, min(self.pattern.least[total], 1))
        for part in self.tables.beneath(total):
            self.pattern.hide(part)
            self.pattern.may_be(part, 0)

    def _seal_more(self, cell):
        """Seal the smallest open total that a count is part of. With all of Flanders sealed every walk is there."""
        unsealed = [total for total in self.tables.above(cell) if total not in self.sealed]
        self._seal(min(unsealed, key=lambda total: (self.tables.counts[total], total)))

    def _walks_without(self, helper, cells):
        """Walks through hidden cells for those that need the helper; None where one of them has no other."""
        found = {}
        for cell in cells:
            walks = {reader: walk for reader, walk in self.walks[cell].items() if helper not in walk.cells}
            for reader in [reader for reader in self.walks[cell] if reader not in walks]:
                walk = self._at_hand(walks, reader) or self.moves.walk(cell, reader, hide=False)
                if walk is None:
                    return None
                walks[reader] = walk
                found[cell] = walks
        return found

    def _at_hand(self, walks, reader):
        """A walk of the same count against another reader that will do against this one."""
        known = self.tables.places.known_by[reader]
        return next((walk for walk in walks.values() if not walk.places & known), None)


def _write_down(users, cell, walks):
    """For each helper which counts need it."""
    for walk in _different(walks):
        for passed in walk.cells:
            if passed in users:
                users[passed][cell] = True


def _different(walks):
    """The walks of a count, one that does against several readers once."""
    return {id(walk): walk for walk in walks.values()}.values()
