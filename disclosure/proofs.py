"""Proofs that an unsafe count is protected: feasible tables in which it has each value from 1 to 4."""
from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple

from disclosure.cycles import Cycles
from disclosure.grid import DOWN, UP, Attacker, bits
from disclosure.rectangles import Rectangles
from disclosure.rules import LARGEST_UNSAFE
from disclosure.state import INFINITE, UNIT, Exchange, State
from disclosure.tables import LOSS_OF_SHARED

# From this cost on, the search for a cycle is worth its time: the number of all contributors would be suppressed.
EXPENSIVE = LOSS_OF_SHARED[2] * UNIT

Path = list[tuple[Exchange, int]]  # exchanges, one after another, each with how many times it is made


class Proof(NamedTuple):
    """Exchanges from the true counts through feasible tables, on a path to the largest unsafe count and a path to 1.

    `cells` are the cells that change, `strata` has a bit for each of their strata.
    """

    cells: frozenset[int]
    strata: int
    paths: list[Path]

    def feasible_tables(self) -> Iterator[dict[int, int]]:
        """The difference of each cell from its true count, in each feasible table on the paths."""
        for path in self.paths:
            changes: dict[int, int] = {}
            for exchange, times in path:
                for _ in range(times):
                    _add(changes, exchange, 1)
                    yield dict(changes)

    def note_decreases(self, largest: dict[int, int]) -> None:
        """Raise the numbers in `largest` to the largest decrease of each cell on the paths."""
        for path in self.paths:
            changes: dict[int, int] = {}
            for exchange, times in path:
                _add(changes, exchange, times)
                for cell, _ in exchange:
                    if changes[cell] < -largest.get(cell, 0):
                        largest[cell] = -changes[cell]


Proofs = dict[Attacker, Proof]  # of one unsafe cell


def distinct(proofs: Proofs) -> Iterable[Proof]:
    """The proofs of a cell; a proof that holds against several attackers comes once."""
    return {id(proof): proof for proof in proofs.values()}.values()


class Prover:
    """Finds the proofs with the least information loss."""

    def __init__(self, state: State) -> None:
        self.state, self.tables = state, state.tables
        self.rectangles, self.cycles = Rectangles(state), Cycles(state)
        self.has_one_axis = len(self.tables.grid.axes) == 1

    def proof(self, cell: int, attacker: Attacker, suppress: bool = True) -> Proof | None:
        """Find the cheapest proof for a cell against an attacker, and suppress the cells that it changes.

        With suppress=False it changes only cells that are suppressed already. None if there is no proof.
        """
        count, paths = self.tables.counts[cell], []
        for direction, steps in ((UP, LARGEST_UNSAFE - count), (DOWN, count - 1)):
            path = self._path(cell, direction, steps, attacker, suppress)
            if path is None:
                return None
            paths.append(path)
        cells = frozenset([changed for path in paths for exchange, _ in path for changed, _ in exchange])
        return Proof(cells, bits({changed % self.tables.width for changed in cells}), paths)

    def _path(self, cell: int, direction: int, steps: int, attacker: Attacker, suppress: bool) -> Path | None:
        """A path of this number of steps up or down, None if there is no path. The feasible table ends as it began."""
        path: Path = []
        versions = None if suppress else list(self.state.versions)
        while steps and (exchange := self._exchange(cell, direction, steps, attacker, suppress)):
            times = min(steps, self.state.slack(exchange))
            if suppress:
                self.state.suppress_all(exchange)
            path.append((exchange, times))
            steps -= times
            if steps:
                self.state.apply(exchange, times)
        for exchange, times in path if steps else path[:-1]:
            self.state.apply(exchange, -times)
        if versions:
            self.state.versions = versions
        return None if steps else path

    def _exchange(self, cell: int, direction: int, steps: int, attacker: Attacker, suppress: bool) -> Exchange | None:
        """The cheapest exchange that changes a count by one, None if there is no exchange."""
        if exchange := self.rectangles.without_cost(cell, direction, steps, attacker):
            return exchange
        if self.has_one_axis and (cycle := self._cycle(cell, direction, steps, attacker, False, INFINITE)):
            return cycle
        if not suppress:
            return None
        cost, best = (INFINITE, None) if self.has_one_axis else self.rectangles.cheapest(
            cell, direction, steps, attacker)
        if cost >= EXPENSIVE and (cycle := self._cycle(cell, direction, steps, attacker, True, cost)):
            return cycle
        return best

    def _cycle(self, cell: int, direction: int, steps: int, attacker: Attacker, suppress: bool,
               limit: int) -> Exchange | None:
        """The cheapest cycle that costs less than the limit, or a cheaper one that takes others beside it."""
        best = self.cycles.cheapest(cell, direction, steps, attacker, suppress, limit)
        limit = best[0] if best else limit
        once = self.cycles.cheapest(cell, direction, 1, attacker, suppress, limit) if steps > 1 and limit else None
        if once and once[0] * ceil(steps / self.state.slack(once[1])) < limit:
            best = once
        return best and best[1]


def _add(changes: dict[int, int], exchange: Exchange, times: int) -> None:
    for cell, change in exchange:
        changes[cell] = changes.get(cell, 0) + change * times
