"""Changes of hidden counts that leave every total right, and walks made of them (suppression.py).

A column that follows the signs of a plane (suppression_places.py), with another of the same variable that goes
against them, is a *move*: it keeps every total. So is the shared column that follows them, with one column of every
variable beside it.
"""
from math import ceil
from typing import NamedTuple

from disclosure.cycles import Cycles
from disclosure.grid import DOWN, UP, bits
from disclosure.state import NEVER, ONE
from disclosure.tables import SHARED, WORTH_OF_SHARED

LARGEST_SMALL = 4
# So much that looking for a cycle is worth the time: the number of all clients is among what is hidden.
DEAR = WORTH_OF_SHARED[2] * ONE


class Walk(NamedTuple):
    """The cells that a walk passes through, a bit for each of their places, and its ways: to 4 and to 1.

    A way is a list of steps: (the changes of cells, how many times these are made).
    """

    cells: frozenset
    places: int
    ways: list

    def worlds(self):
        """By how much each cell is changed, after each step."""
        for way in self.ways:
            changes = {}
            for effect, times in way:
                for _ in range(times):
                    _add(changes, effect, 1)
                    yield dict(changes)

    def most_less(self, found):
        """By how much each cell is lowered at most, where that is more than `found` has already."""
        for way in self.ways:
            changes = {}
            for effect, times in way:
                _add(changes, effect, times)
                for cell, _ in effect:
                    if changes[cell] < -found.get(cell, 0):
                        found[cell] = -changes[cell]


class Moves:
    """Finds the cheapest walks, given what is hidden and the least that a reader knows each cell to be."""

    def __init__(self, pattern):
        self.pattern, self.tables, self.cycles = pattern, pattern.tables, Cycles(pattern)
        self.thorough = len(self.tables.places.axes) == 1
        self.variables = [sum(1 << column for column in columns) for columns in self.tables.of_variable.values()]
        self.others = {column: bits ^ 1 << column for bits, columns in zip(
            self.variables, self.tables.of_variable.values(), strict=True) for column in columns}
        self.siblings = {column: [other for other in columns if other != column]
                         for columns in self.tables.of_variable.values() for column in columns}

    def walk(self, cell, known=None, hide=True):
        """The cheapest steps to 4 and to 1 outside the known province, None if there are none.

        What they pass through is hidden; or else (hide=False) they pass only through what is hidden already.
        """
        count, ways = self.tables.counts[cell], []
        for direction, steps in ((UP, LARGEST_SMALL - count), (DOWN, count - 1)):
            way = self._way(cell, direction, steps, known, hide)
            if way is None:
                return None
            ways.append(way)
        cells = frozenset([passed for way in ways for effect, _ in way for passed, _ in effect])
        return Walk(cells, bits({passed % self.tables.width for passed in cells}), ways)

    def _way(self, cell, direction, steps, known, hide):
        """So many steps up or down; None where there are none."""
        way, stamps = [], None if hide else list(self.pattern.stamps)
        while steps and (effect := self._step(cell, direction, steps, known, hide)):
            times = min(steps, self.pattern.slack(effect))
            if hide:
                self.pattern.hide_all(effect)
            way.append((effect, times))
            steps -= times
            if steps:
                self.pattern.change(effect, times)
        for effect, times in way if steps else way[:-1]:
            self.pattern.change(effect, -times)
        if stamps:
            self.pattern.stamps = stamps
        return None if steps else way

    def _step(self, cell, direction, steps, known, hide):
        """The changes of cells of the cheapest change of a count by one; None where there is none."""
        if move := self._through_hidden(cell, direction, steps, known):
            return self._effect(*move)
        if self.thorough and (best := self._cycle(cell, direction, steps, known, False, NEVER)):
            return best
        if not hide:
            return None
        price, move = (NEVER, None) if self.thorough else self._cheapest(cell, direction, steps, known)
        if price >= DEAR and (best := self._cycle(cell, direction, steps, known, True, price)):
            return best
        return move and self._effect(*move)

    def _cycle(self, cell, direction, steps, known, hide, enough):
        """The changes of the cheapest cycle, if one that can be made once only is not cheaper for all that."""
        best = self.cycles.cheapest(cell, direction, steps, known, hide, enough)
        enough = best[0] if best else enough
        once = self.cycles.cheapest(cell, direction, 1, known, hide, enough) if steps > 1 and enough else None
        if once and once[0] * ceil(steps / self.pattern.slack(once[1])) < enough:
            best = once
        return best and best[1]

    def _effect(self, columns, plane):
        width = self.tables.width
        return ([(column * width + place, sign) for column, sign in columns for place in plane.up]
                + [(column * width + place, -sign) for column, sign in columns for place in plane.down])

    def _through_hidden(self, cell, direction, steps, known):
        """A move that hides nothing, if it can be one that can be made so often: its columns and plane, or None."""
        column, place = divmod(cell, self.tables.width)
        shown, planes = ~self.pattern.hidden_of[column], []
        for plane in self.tables.places.planes[place, known]:
            if not plane[0] & shown:  # its mask; by name would take longer
                if columns := self._hidden_columns(column, direction, plane, steps):
                    return columns, plane
                planes.append(plane)
        for plane in planes if steps > 1 else ():
            if columns := self._hidden_columns(column, direction, plane, 1):
                return columns, plane
        return None

    def _hidden_columns(self, column, direction, plane, times):
        """The columns of a move that hides nothing."""
        _, _, rising, falling = plane if direction == UP else (*plane[:2], plane.down, plane.up)
        hidden_at, can_fall_at = self.pattern.hidden_at, self.pattern.can_fall_at[times]
        own = 1 << column
        with_own = against = -1
        for passed in falling:
            with_own &= hidden_at[passed] & can_fall_at[passed]
            against &= hidden_at[passed]
        if not with_own & own:
            return None
        for passed in rising:
            with_own &= hidden_at[passed]
            against &= hidden_at[passed] & can_fall_at[passed]
        if against := against & self.others.get(column, 0):
            return (column, direction), (_lowest(against), -direction)
        if with_own & 1 << SHARED and all(with_own & columns for columns in self.variables):
            chosen = (own if columns & own else with_own & columns for columns in self.variables)
            return ((SHARED, direction), *((_lowest(columns), direction) for columns in chosen))
        return None

    def _cheapest(self, cell, direction, steps, known):
        column, place = divmod(cell, self.tables.width)
        best, lowest = None, NEVER
        planes = self.tables.places.planes[place, known]
        weights = [self._weight(column, plane, direction, NEVER) for plane in planes]
        for own, plane in sorted(zip(weights, planes, strict=True), key=lambda pair: pair[0][0]):
            if own[0] >= lowest:
                break
            for price, columns in self._moves(own, column, plane, direction, steps, lowest):
                if price < lowest:
                    best, lowest = (columns, plane), price
        return lowest, best

    def _moves(self, own, column, plane, direction, steps, lowest):
        """The changes that a column can take part in on a plane, with what each costs."""
        for other in self.siblings.get(column, ()):
            price = _price(_both(own, self._weight(other, plane, -direction, lowest)), steps)
            if price < lowest:
                yield price, ((column, direction), (other, -direction))
                lowest = price
        shared = self._weight(SHARED, plane, direction, lowest)
        if _price(shared, steps) < lowest:
            yield from self._through_all_variables(own, shared, column, plane, direction, steps, lowest)

    def _through_all_variables(self, own, shared, column, plane, direction, steps, lowest):
        weight, columns = shared, [(SHARED, direction)]
        for of_variable in self.tables.of_variable.values():
            if column in of_variable:
                found, chosen = own, column
            else:
                weights = ((self._weight(other, plane, direction, lowest), other) for other in of_variable)
                found, chosen = min(weights, key=lambda pair: (_price(pair[0], steps), pair[1]))
            weight = _both(weight, found)
            if weight[0] >= lowest:
                return
            columns.append((chosen, direction))
        yield _price(weight, steps), tuple(columns)

    def _weight(self, column, plane, sign, enough):
        """What it costs that a column goes with a plane's signs, or against them, and how many times it can."""
        first, cost = column * self.tables.width, 0
        for place in plane.places:
            cost += self.pattern.cost[first + place]
        if cost >= enough:
            return NEVER, 1
        slack = LARGEST_SMALL
        for place in plane.down if sign == UP else plane.up:
            room = self.pattern.world[first + place] - self.pattern.least[first + place]
            if room < slack:
                slack = room
        return (cost, slack) if slack > 0 else (NEVER, 1)


def _price(weight, steps):
    """For comparing: a change that cannot be made often enough will need others beside it."""
    cost, slack = weight
    return cost + (ceil(steps / slack) - 1) * (cost // ONE * ONE)


def _add(changes, effect, times):
    for cell, change in effect:
        changes[cell] = changes.get(cell, 0) + change * times


def _both(one, other):
    return one[0] + other[0], min(one[1], other[1])


def _lowest(bits):
    return (bits & -bits).bit_length() - 1
