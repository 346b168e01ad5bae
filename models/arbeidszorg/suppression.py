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
from models.arbeidszorg.suppression_moves import Moves
from models.arbeidszorg.suppression_tables import TOTAL, Tables, cells_above

SMALLEST_SHOWN = 5
ANYONE = None  # a reader who knows what is published; the others know a province besides


class Hidden:
    """What is hidden. `worlds` are the changes that show it to be enough, each with the province that it leaves."""

    def __init__(self, cells, sealed, worlds):
        self.cells, self.sealed, self.worlds = frozenset(cells), frozenset(sealed), worlds

    def is_hidden(self, cell):
        """Whether (variable, province, category, situation) is hidden. None is a total: no category has no variable."""
        return cell in self.cells or not self.sealed.isdisjoint(cells_above(cell))


def hide(counts):
    """What to hide of {(variable, province, category, situation): n}, or of the same without situations."""
    if not any(counts.values()):
        return Hidden((), (), [])
    cover = Cover(Tables(counts))
    cover.protect_all()
    cover.show_what_need_not_be_hidden()
    return cover.outcome()


class Cover:
    """The work of hiding: what is hidden so far, and for each small count and each reader the walk that protects it."""

    def __init__(self, tables):
        self.tables = tables
        self.hidden = bytearray(len(tables.counts))
        self.least = [SMALLEST_SHOWN if tables.is_total(cell) else 1 for cell in range(len(tables.counts))]
        self.moves = Moves(tables, self.hidden, self.least)
        self.sealed, self.walks = set(), {}
        small = (cell for cell, count in enumerate(tables.counts) if 0 < count < SMALLEST_SHOWN)
        self.small = sorted(small, key=lambda cell: (-tables.name(cell).count(TOTAL), tables.counts[cell], cell))
        for cell in self.small:
            self.hidden[cell] = True
            if tables.is_total(cell):
                self._seal(cell)

    def protect_all(self):
        """Hide what is needed for every small count to be 1 to 4."""
        for cell in self.small:
            for reader in self._readers(cell):
                walk = self._walk_at_hand(cell, reader, self.walks) or self.moves.walk(cell, reader)
                while walk is None:
                    self._seal_more(cell)
                    walk = self.moves.walk(cell, reader)
                self.walks[cell, reader] = walk

    def show_what_need_not_be_hidden(self):
        """Show again what the walks through later hidden counts can do without: the largest first."""
        counts, users = self.tables.counts, {}
        for key, walk in self.walks.items():
            for cell in walk.cells:
                users.setdefault(cell, []).append(key)
        helpers = [cell for cell, hidden in enumerate(self.hidden)
                   if hidden and counts[cell] >= SMALLEST_SHOWN and self.least[cell] and cell not in self.sealed]
        for helper in sorted(helpers, key=lambda cell: (-counts[cell], cell)):
            self.hidden[helper] = False
            others = self._walks_without(helper, users.get(helper, ()))
            self.hidden[helper] = others is None
            for key, walk in (others or {}).items():
                self.walks[key] = walk
                for cell in walk.cells:
                    users.setdefault(cell, []).append(key)

    def outcome(self):
        """The result, by the names of the cells."""
        name = self.tables.name
        worlds = [(reader, {name(cell): change for cell, change in world.items()})
                  for (_, reader), walk in self.walks.items() for world in walk.worlds]
        return Hidden((name(cell) for cell, hidden in enumerate(self.hidden) if hidden), map(name, self.sealed), worlds)

    def _readers(self, cell):
        own = self.tables.province(cell)
        return [ANYONE, *(() if own is TOTAL else (known for known in self.tables.axes[0] if known != own))]

    def _walk_at_hand(self, cell, reader, walks):
        """A walk of the same count against another reader that will do against this one."""
        for other in self._readers(cell):
            walk = walks.get((cell, other))
            if walk and (reader is ANYONE or all(self.tables.province(passed) != reader for passed in walk.cells)):
                return walk
        return None

    def _seal(self, total):
        """Show nothing of a total: for all that a reader knows it may then be 1, and each of its parts zero."""
        self.sealed.add(total)
        self.hidden[total] = True
        self.least[total] = min(self.least[total], 1)
        for part in self.tables.beneath(total):
            self.hidden[part] = True
            self.least[part] = 0

    def _seal_more(self, cell):
        """Seal the smallest open total that a count is part of. With all of Flanders sealed every walk is there."""
        unsealed = [total for total in self.tables.above(cell) if total not in self.sealed]
        self._seal(min(unsealed, key=lambda total: (self.tables.counts[total], total)))

    def _walks_without(self, helper, keys):
        """Walks through hidden cells for the keys that need the helper; None where one of them has no other."""
        found = {}
        for key in dict.fromkeys(keys):
            if helper in self.walks[key].cells:
                found[key] = self._walk_at_hand(*key, found) or self.moves.walk(*key, hide=False)
                if found[key] is None:
                    return None
        return found
