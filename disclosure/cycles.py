"""Exchanges where no rectangle will do: cycles through the cells of a variable.

Within a layer of the grid the table of a variable is a graph. Its nodes are the categories and the layer's nodes, its
edges are the cells. A cycle leaves each node that it enters, so every margin stays the sum of its parts. The shared
margin is a category of every variable: a cycle may cross by it from one node to another if every other variable has a
path back.
"""
from collections.abc import Callable, Iterator

from disclosure.grid import Attacker, Layer
from disclosure.state import INFINITE, Exchange, State
from disclosure.tables import SHARED

CACHE_SIZE = 5000  # entries, one for a variable in a state; a full cache is emptied

Edge = tuple[int, int, int]  # (category, node, with or against the signs of the layer)
Step = tuple[int, int | None, int | None]  # of a shortest path: (cost, the next node, by which category)


class Cycles:
    """Finds the cheapest cycle through a cell."""

    def __init__(self, state: State) -> None:
        self.state, self.tables = state, state.tables
        self._cache: dict[tuple[object, ...], _Hops] = {}

    def cheapest(self, cell: int, direction: int, times: int, attacker: Attacker, suppress: bool,
                 limit: int = INFINITE) -> tuple[int, Exchange] | None:
        """The cheapest cycle that costs less than the limit and can be made `times` times, as (cost, exchange)."""
        category, stratum = divmod(cell, self.tables.width)
        found = None
        for layer, node, sign in self.tables.grid.layers(stratum, attacker):
            search = _Search(self, _Edges(self.state, layer, direction * sign, times, suppress))
            cost, edges = (search.through_all(node, limit) if category == SHARED
                           else search.through_one(category, node, limit))
            if cost < limit:
                exchange = _exchange(edges, layer, direction * sign, self.tables.width)
                if self.state.slack(exchange) >= times:
                    found, limit = (cost, exchange), cost
        return found

    def hops(self, edges: "_Edges", variable: str | None) -> "_Hops":
        """The hops of a variable, from the cache while the state of the variable is the same."""
        categories = self.tables.of_variable[variable]
        version = self.state.versions[categories[0]]
        key = edges.layer.name, edges.sign, edges.times, edges.suppress, categories[0], version
        if key not in self._cache:
            if len(self._cache) == CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = _Hops(edges, categories)
        return self._cache[key]


class _Edges:
    """The edges of a layer, for a search with the signs of the layer (1) or against them (-1)."""

    def __init__(self, state: State, layer: Layer, sign: int, times: int, suppress: bool) -> None:
        self.state, self.width = state, state.tables.width
        self.layer, self.sign, self.times, self.suppress = layer, sign, times, suppress
        self.nodes = range(len(layer.nodes))

    def cost(self, category: int, node: int, sign: int) -> int:
        """The cost of changing a cell with the layer's signs or against them; INFINITE where that is not possible."""
        state, first, cost = self.state, category * self.width, 0
        plus, minus = self.layer.nodes[node]
        for stratum in plus + minus:
            cost += state.cost[first + stratum]
        if cost and (cost >= INFINITE or not self.suppress):
            return INFINITE
        for stratum in minus if sign == self.sign else plus:
            if state.feasible[first + stratum] - state.lower_bound[first + stratum] < self.times:
                return INFINITE
        return cost


class _Search:
    """A search for a cycle through these edges."""

    def __init__(self, cycles: Cycles, edges: _Edges) -> None:
        self.cycles, self.edges, self.variables = cycles, edges, cycles.tables.of_variable
        self.nodes = edges.nodes

    def through_one(self, category: int, node: int, limit: int) -> tuple[int, list[Edge]]:
        """The cheapest cycle through a cell of a category, as (cost, edges); INFINITE if it exceeds the limit.

        The cycle stays within the variable, or crosses by the shared margin.
        """
        variable = self.cycles.tables.categories[category][0]
        own, hops = self.edges.cost(category, node, 1), self.cycles.hops(self.edges, variable)
        if own >= limit:
            return INFINITE, []
        to, start = hops.to(category, node), hops.start(category, node)
        best, crossed = own + to[node][0], None
        limit = min(best, limit)
        for a, b, cost in self._crossings() if limit > own else ():
            cost = self._with_others(own + start[a][0] + cost + to[b][0], variable, a, b, limit)
            if cost < limit:
                best = limit = cost
                crossed = a, b
        if best >= INFINITE:
            return INFINITE, []
        edges = [(category, node, 1)]
        if not crossed:
            return best, edges + hops.followed(to, node)
        a, b = crossed
        before, after = hops.followed(start, a, backwards=True), hops.followed(to, b)
        return best, edges + before + self._crossing(variable, a, b) + after

    def through_all(self, node: int, limit: int) -> tuple[int, list[Edge]]:
        """The same for a cell of the shared margin: every variable has a path."""
        best, edges = INFINITE, []
        for a, b, cost in self._crossings():
            if a == node:
                cost = self._with_others(cost, None, a, b, limit)
                if cost < limit:
                    best = limit = cost
                    edges = self._crossing(None, a, b)
        return best, edges

    def _crossings(self) -> list[tuple[int, int, int]]:
        """Each two nodes between which a cycle may cross by the shared margin, as (from, to, cost)."""
        up, down = ([self.edges.cost(SHARED, node, sign) for node in self.nodes] for sign in (1, -1))
        return [(a, b, up[a] + down[b])
                for a in self.nodes for b in self.nodes if a != b and up[a] + down[b] < INFINITE]

    def _with_others(self, cost: int, variable: str | None, a: int, b: int, limit: int) -> int:
        for other in self.variables:
            if cost >= limit:
                break
            if other != variable:
                cost += self.cycles.hops(self.edges, other).cost(b, a)
        return cost

    def _crossing(self, variable: str | None, a: int, b: int) -> list[Edge]:
        edges = [(SHARED, a, 1), (SHARED, b, -1)]
        for other in self.variables:
            if other != variable:
                edges += self.cycles.hops(self.edges, other).edges(b, a)
        return edges


class _Hops:
    """Paths between the nodes through categories of a variable; a hop goes through one category, by two edges.

    Each path is found when it is needed, and kept.
    """

    def __init__(self, edges: _Edges, categories: list[int]) -> None:
        # Not the search: that would be a reference cycle through the cache, and wait for the collector.
        self.between, self.nodes, self.categories = edges, edges.nodes, categories
        self._rows: dict[tuple[int, int], list[int]] = {}
        self._cheapest_two: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._costs: dict[tuple[int, int], int] | None = None
        self._via: dict[tuple[int, int], int] = {}

    def cost(self, a: int, b: int) -> int:
        """The cost of the cheapest path from a node to another; INFINITE without a path."""
        direct = self.hops(a, b)
        if direct and not direct[0][0]:
            return 0
        if self._costs is None:
            self._costs = self._closure()
        return self._costs.get((a, b), INFINITE)

    def edges(self, a: int, b: int) -> list[Edge]:
        """The edges of the cheapest path from a node to another."""
        if (a, b) in self._via:
            return self.edges(a, self._via[a, b]) + self.edges(self._via[a, b], b)
        category = self.hops(a, b)[0][1]
        return [(category, a, -1), (category, b, 1)]

    def to(self, category: int, node: int) -> list[Step]:
        """The cheapest path from each node to a category, other than by its cell at this node."""
        found: list[Step] = [(INFINITE if a == node else self.between.cost(category, a, -1), None, category)
                             for a in self.nodes]
        return self._relaxed(found, category, lambda a, b: (a, b))

    def start(self, category: int, node: int) -> list[Step]:
        """The cheapest path to each node from a category by its cell at this node; the steps point back."""
        found: list[Step] = [(0 if a == node else INFINITE, None, None) for a in self.nodes]
        return self._relaxed(found, category, lambda a, b: (b, a))

    def followed(self, found: list[Step], node: int, backwards: bool = False) -> list[Edge]:
        """The edges of a path that `to` or `start` found."""
        return list(self._followed(found, node, backwards))

    def _followed(self, found: list[Step], node: int, backwards: bool) -> Iterator[Edge]:
        while True:
            _, other, category = found[node]
            if category is None:
                return
            if other is None:
                yield category, node, -1
                return
            yield category, other if backwards else node, -1
            yield category, node if backwards else other, 1
            node = other

    def _relaxed(self, found: list[Step], without: int, hop: Callable[[int, int], tuple[int, int]]) -> list[Step]:
        """The shortest paths that do not pass a category."""
        changed = True
        while changed:
            changed = False
            for a in self.nodes:
                for b in self.nodes:
                    if a != b and found[b][0] < found[a][0]:
                        for cost, category in self.hops(*hop(a, b)):
                            if category != without and found[b][0] + cost < found[a][0]:
                                found[a] = found[b][0] + cost, b, category
                                changed = True
        return found

    def hops(self, a: int, b: int) -> list[tuple[int, int]]:
        """The two cheapest hops from a node to another, each as (cost, category)."""
        if (a, b) not in self._cheapest_two:
            sums = map(int.__add__, self._row(a, -1), self._row(b, 1))
            self._cheapest_two[a, b] = [hop for hop in sorted(zip(sums, self.categories, strict=True))[:2]
                                        if hop[0] < INFINITE]
        return self._cheapest_two[a, b]

    def _row(self, node: int, sign: int) -> list[int]:
        if (node, sign) not in self._rows:
            self._rows[node, sign] = [self.between.cost(category, node, sign) for category in self.categories]
        return self._rows[node, sign]

    def _closure(self) -> dict[tuple[int, int], int]:
        """The costs of all paths, by Floyd and Warshall's algorithm."""
        pairs = [(a, b) for a in self.nodes for b in self.nodes if a != b]
        costs = {pair: hops[0][0] for pair in pairs if (hops := self.hops(*pair))}
        for c in self.nodes:
            for a in self.nodes:
                first = costs.get((a, c))
                if first is None:
                    continue
                for b in self.nodes:
                    second = costs.get((c, b))
                    if second is not None and a != b and first + second < costs.get((a, b), INFINITE):
                        costs[a, b] = first + second
                        self._via[a, b] = c
        return costs


def _exchange(edges: list[Edge], layer: Layer, sign: int, width: int) -> Exchange:
    changes: dict[int, int] = {}
    for category, node, edge in edges:
        for change, strata in zip((1, -1), layer.nodes[node], strict=True):
            for stratum in strata:
                cell = category * width + stratum
                changes[cell] = changes.get(cell, 0) + change * edge * sign
    return [(cell, change) for cell, change in changes.items() if change]
