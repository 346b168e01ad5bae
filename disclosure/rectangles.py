"""Exchanges on a rectangle of the grid, as in the hypercube method.

There are two kinds, and both leave every margin the sum of its parts. Either a category changes by the signs of a
rectangle, and another category of the same variable against them. Or the shared margin changes by the signs, and one
category of each variable along with it.
"""
from collections.abc import Iterator

from disclosure.grid import UP, Attacker, Rectangle
from disclosure.rules import LARGEST_UNSAFE
from disclosure.state import INFINITE, UNIT, Exchange, State
from disclosure.tables import SHARED

Part = tuple[int, int]  # of a category in an exchange: the cost of suppressing it, and how many times it can be made
Signs = tuple[tuple[int, int], ...]  # (category, with or against the signs of the rectangle)


class Rectangles:
    """Finds exchanges on the rectangles of the grid."""

    def __init__(self, state: State) -> None:
        self.state, self.tables = state, state.tables
        of_variable = self.tables.of_variable.values()
        self.variables = [sum(1 << category for category in categories) for categories in of_variable]
        self.others = {category: bits ^ 1 << category
                       for bits, categories in zip(self.variables, of_variable, strict=True) for category in categories}
        self.siblings = {category: [other for other in categories if other != category]
                         for categories in of_variable for category in categories}

    def without_cost(self, cell: int, direction: int, steps: int, attacker: Attacker) -> Exchange | None:
        """An exchange within suppressed cells, if possible one that can be made `steps` times; None without any."""
        category, stratum = divmod(cell, self.tables.width)
        published, rectangles = ~self.state.suppressed_of[category], []
        for rectangle in self.tables.grid.rectangles[stratum, attacker]:
            if not rectangle[0] & published:  # its mask; by name would take longer
                if signs := self._suppressed(category, direction, rectangle, steps):
                    return self._exchange(signs, rectangle)
                rectangles.append(rectangle)
        for rectangle in rectangles if steps > 1 else ():
            if signs := self._suppressed(category, direction, rectangle, 1):
                return self._exchange(signs, rectangle)
        return None

    def cheapest(self, cell: int, direction: int, steps: int, attacker: Attacker) -> tuple[int, Exchange | None]:
        """The cheapest exchange, as (cost, exchange); (INFINITE, None) without any."""
        category, stratum = divmod(cell, self.tables.width)
        best, lowest = None, INFINITE
        rectangles = self.tables.grid.rectangles[stratum, attacker]
        parts = [self._part(category, rectangle, direction, INFINITE) for rectangle in rectangles]
        for own, rectangle in sorted(zip(parts, rectangles, strict=True), key=lambda pair: pair[0][0]):
            if own[0] >= lowest:
                break
            for cost, signs in self._exchanges(own, category, rectangle, direction, steps, lowest):
                if cost < lowest:
                    best, lowest = (signs, rectangle), cost
        return lowest, best and self._exchange(*best)

    def _exchange(self, signs: Signs, rectangle: Rectangle) -> Exchange:
        width = self.tables.width
        return ([(category * width + stratum, sign) for category, sign in signs for stratum in rectangle.up]
                + [(category * width + stratum, -sign) for category, sign in signs for stratum in rectangle.down])

    def _suppressed(self, category: int, direction: int, rectangle: Rectangle, times: int) -> Signs | None:
        """The categories of an exchange within suppressed cells that can be made `times` times; None without any."""
        _, _, rising, falling = rectangle if direction == UP else (*rectangle[:2], rectangle.down, rectangle.up)
        suppressed_at, can_fall_at = self.state.suppressed_at, self.state.can_fall_at[times]
        own = 1 << category
        along = against = -1
        for stratum in falling:
            along &= suppressed_at[stratum] & can_fall_at[stratum]
            against &= suppressed_at[stratum]
        if not along & own:
            return None
        for stratum in rising:
            along &= suppressed_at[stratum]
            against &= suppressed_at[stratum] & can_fall_at[stratum]
        if against := against & self.others.get(category, 0):
            return (category, direction), (_lowest(against), -direction)
        if along & 1 << SHARED and all(along & categories for categories in self.variables):
            chosen = (own if categories & own else along & categories for categories in self.variables)
            return ((SHARED, direction), *((_lowest(categories), direction) for categories in chosen))
        return None

    def _exchanges(self, own: Part, category: int, rectangle: Rectangle, direction: int, steps: int,
                   lowest: int) -> Iterator[tuple[int, Signs]]:
        """Exchanges on a rectangle with a category, each cheaper than `lowest` and than the last, as (cost, signs)."""
        for other in self.siblings.get(category, ()):
            cost = _cost(_both(own, self._part(other, rectangle, -direction, lowest)), steps)
            if cost < lowest:
                yield cost, ((category, direction), (other, -direction))
                lowest = cost
        shared = self._part(SHARED, rectangle, direction, lowest)
        if _cost(shared, steps) < lowest:
            yield from self._through_all_variables(own, shared, category, rectangle, direction, steps, lowest)

    def _through_all_variables(self, own: Part, shared: Part, category: int, rectangle: Rectangle, direction: int,
                               steps: int, lowest: int) -> Iterator[tuple[int, Signs]]:
        whole, signs = shared, [(SHARED, direction)]
        for of_variable in self.tables.of_variable.values():
            if category in of_variable:
                part, chosen = own, category
            else:
                parts = ((self._part(other, rectangle, direction, lowest), other) for other in of_variable)
                part, chosen = min(parts, key=lambda pair: (_cost(pair[0], steps), pair[1]))
            whole = _both(whole, part)
            if whole[0] >= lowest:
                return
            signs.append((chosen, direction))
        yield _cost(whole, steps), tuple(signs)

    def _part(self, category: int, rectangle: Rectangle, sign: int, lowest: int) -> Part:
        """The part of a category that changes with (UP) or against (DOWN) the signs; INFINITE where it cannot."""
        first, cost = category * self.tables.width, 0
        for stratum in rectangle.strata:
            cost += self.state.cost[first + stratum]
        if cost >= lowest:
            return INFINITE, 1
        slack = LARGEST_UNSAFE
        for stratum in rectangle.down if sign == UP else rectangle.up:
            room = self.state.feasible[first + stratum] - self.state.lower_bound[first + stratum]
            if room < slack:
                slack = room
        return (cost, slack) if slack > 0 else (INFINITE, 1)


def _cost(part: Part, steps: int) -> int:
    """The cost to compare by: an exchange that cannot be made often enough takes others beside it."""
    cost, slack = part
    return cost + (steps - 1) // slack * (cost // UNIT * UNIT)


def _both(one: Part, other: Part) -> Part:
    return one[0] + other[0], min(one[1], other[1])


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
