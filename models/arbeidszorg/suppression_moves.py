"""Changes of hidden counts that leave every total right, and walks made of them (suppression.py).

Take two indices of an axis. Of two provinces, what one gains the other loses; with a province its total gains. Two
such pairs, of provinces and of situations, span a *plane* of four places with a sign each. A column that follows
the signs, with another of the same variable that goes against them, is a *move*: it keeps every total. So is the
shared column that follows them, with one column of every variable beside it.
"""
from itertools import product
from math import ceil, prod
from typing import NamedTuple

from models.arbeidszorg.suppression_tables import SHARED, TOTAL

UP, DOWN = 1, -1
LARGEST_SMALL = 4


class Weight(NamedTuple):
    """What a change costs: cells newly hidden and the sum of their counts; and how many times it can be made."""
    new: int
    mass: int
    slack: int

    def __add__(self, other):
        return Weight(self.new + other.new, self.mass + other.mass, min(self.slack, other.slack))

    def price(self, steps):
        """For comparing: a change that cannot be made often enough will need others beside it."""
        return self.new * ceil(steps / self.slack), self.mass


class Move(NamedTuple):
    """A change: the columns that take part, each with or against the signs of a plane."""
    weight: Weight
    columns: tuple
    plane: tuple


class Walk(NamedTuple):
    """The cells that a walk passes through, and by how much each is changed after each of its steps."""
    cells: frozenset
    worlds: list


class Moves:
    """Finds the cheapest walks, given what is hidden and the least that a reader knows each cell to be."""

    def __init__(self, tables, hidden, least):
        self.tables, self.hidden, self.least = tables, hidden, least
        self.world = list(tables.counts)
        self.planes = {(place, known): _planes(tables, place, known)
                       for place in range(tables.width) for known in [None, *tables.axes[0]]}
        self.siblings = {column: [other for other in columns if other != column]
                         for columns in tables.of_variable.values() for column in columns}

    def walk(self, cell, known=None, hide=True):
        """The cheapest steps to 4 and to 1 outside the known province, None if there are none.

        What they pass through is hidden; or else (hide=False) they pass only through what is hidden already.
        """
        count, worlds = self.tables.counts[cell], []
        for direction, steps in ((UP, LARGEST_SMALL - count), (DOWN, count - 1)):
            changes = {}
            while steps and (move := self._cheapest(cell, direction, steps, known, hide)):
                for _ in range(min(steps, move.weight.slack)):
                    self._take(move, changes)
                    worlds.append(dict(changes))
                    steps -= 1
            for changed in changes:
                self.world[changed] = self.tables.counts[changed]
            if steps:
                return None
        return Walk(frozenset().union(*worlds), worlds)

    def _take(self, move, changes):
        for column, sign in move.columns:
            for place, towards in move.plane:
                cell = column * self.tables.width + place
                self.hidden[cell] = True
                self.world[cell] += sign * towards
                changes[cell] = self.world[cell] - self.tables.counts[cell]

    def _cheapest(self, cell, direction, steps, known, hide):
        column, place = divmod(cell, self.tables.width)
        best, lowest = None, (float("inf"),)
        for plane in self.planes[place, known]:
            own = self._weight(column, plane, direction, hide)
            if own is None or own.price(steps) >= lowest:
                continue
            for move in self._moves(own, column, plane, direction, steps, hide, lowest):
                price = move.weight.price(steps)
                if price < lowest:
                    best, lowest = move, price
            if lowest == (0, 0):
                break
        return best

    def _moves(self, own, column, plane, direction, steps, hide, lowest):
        """The changes that a column can take part in on a plane."""
        for other in self.siblings.get(column, ()):
            weight = self._weight(other, plane, -direction, hide)
            if weight:
                yield Move(own + weight, ((column, direction), (other, -direction)), plane)
                lowest = min(lowest, (own + weight).price(steps))
        shared = self._weight(SHARED, plane, direction, hide)
        if shared and shared.price(steps) < lowest:
            yield from self._through_all_variables(own, shared, column, plane, direction, steps, hide)

    def _through_all_variables(self, own, shared, column, plane, direction, steps, hide):
        weight, columns = shared, [(SHARED, direction)]
        for of_variable in self.tables.of_variable.values():
            if column in of_variable:
                weight, chosen = weight + own, column
            else:
                weights = [(found, other) for other in of_variable
                           if (found := self._weight(other, plane, direction, hide))]
                if not weights:
                    return
                found, chosen = min(weights, key=lambda pair: (pair[0].price(steps), pair[1]))
                weight += found
            columns.append((chosen, direction))
        yield Move(weight, tuple(columns), plane)

    def _weight(self, column, plane, sign, hide):
        """The weight of a column that goes with a plane's signs, or against them; None where it cannot."""
        new = mass = 0
        slack = LARGEST_SMALL
        first = column * self.tables.width
        for place, towards in plane:
            cell = first + place
            if not self.hidden[cell]:
                count = self.tables.counts[cell]
                if not (hide and count):
                    return None
                new += 1
                mass += count
            if towards != sign:
                room = self.world[cell] - self.least[cell]
                if room < 1:
                    return None
                if room < slack:
                    slack = room
        return Weight(new, mass, slack)


def _planes(tables, place, known):
    """The planes in which a place takes part, with a plus sign, and in which no place is in the known province."""
    numbers = {indices: number for number, indices in enumerate(tables.places)}
    pairs = [_pairs(axis, index) for axis, index in zip(tables.axes, tables.places[place], strict=True)]
    return [tuple((numbers[tuple(index for index, _ in corner)], prod(sign for _, sign in corner))
                  for corner in product(*choice))
            for choice in product(*pairs) if known is None or known not in dict(choice[0])]


def _pairs(axis, index):
    """An index with each other one: against it, or with it where one of both is the total."""
    return [((index, UP), (other, UP if TOTAL in (index, other) else DOWN))
            for other in [*axis, TOTAL] if other != index]
