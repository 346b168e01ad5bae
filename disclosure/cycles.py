"""Longer changes than a rectangle or a cube: cycles through the cells of a variable (suppression.py).

Within a *lane* (suppression_places.py) the table of a variable is a graph: its nodes are the categories and the
lane's nodes, its edges the cells, and what enters a node must leave it again. The shared column is a category of every
variable, so a change may cross by it from one node to another if all other variables have a path back.
"""
from disclosure.state import NEVER
from disclosure.tables import SHARED

KEPT = 5000  # of variables in a state what is worked out; then it starts anew


class Cycles:
    """Finds the cheapest cycle through a cell."""

    def __init__(self, pattern):
        self.pattern, self.tables = pattern, pattern.tables
        self.kept = {}

    def cheapest(self, cell, direction, times, known, hide, enough=NEVER):
        """(cost, changes of cells) of the cheapest that costs less and can be made so often; None if there is none."""
        column, place = divmod(cell, self.tables.width)
        found = None
        for lane, node, sign in self.tables.places.lanes(place, known):
            search = _Search(self, lane, direction * sign, times, hide)
            cost, edges = (search.through_all(node, enough) if column == SHARED
                           else search.through_one(column, node, enough))
            if cost < enough:
                effect = _effect(edges, lane, direction * sign, self.tables.width)
                if self.pattern.slack(effect) >= times:
                    found, enough = (cost, effect), cost
        return found

    def hops(self, search, variable):
        """The `_Hops` of a variable; made anew when something of it has changed."""
        columns = self.tables.of_variable[variable]
        stamp = self.pattern.stamps[columns[0]]
        key = search.lane.name, search.sign, search.times, search.hide, columns[0], stamp
        if key not in self.kept:
            if len(self.kept) == KEPT:
                self.kept.clear()
            self.kept[key] = _Hops(search, columns)
        return self.kept[key]


class _Search:
    """In one lane, with the signs of the lane or against them."""

    def __init__(self, cycles, lane, sign, times, hide):
        self.pattern, self.cycles, self.variables = cycles.pattern, cycles, cycles.tables.of_variable
        self.lane, self.sign, self.times, self.hide = lane, sign, times, hide
        self.nodes = range(len(lane.nodes))

    def through_one(self, column, node, enough):
        """(cost, edges) of the cheapest cycle through a category's cell: within the variable, or by the shared column.

        An edge is (column, node, with or against the signs).
        """
        variable = self.cycles.tables.columns[column][0]
        own, hops = self.edge(column, node, 1), self.cycles.hops(self, variable)
        if own >= enough:
            return NEVER, []
        to, start = hops.to(column, node), hops.start(column, node)
        best, crossed = own + to[node][0], None
        enough = min(best, enough)
        for a, b, cost in self._crossings() if enough > own else ():
            cost = self._with_others(own + start[a][0] + cost + to[b][0], variable, a, b, enough)
            if cost < enough:
                best = enough = cost
                crossed = a, b
        if best >= NEVER:
            return NEVER, []
        edges = [(column, node, 1)]
        if not crossed:
            return best, edges + hops.followed(to, node)
        a, b = crossed
        before, after = hops.followed(start, a, backwards=True), hops.followed(to, b)
        return best, edges + before + self._crossing(variable, a, b) + after

    def through_all(self, node, enough):
        """The same through a cell of the shared column: every variable has a path."""
        best, edges = NEVER, []
        for a, b, cost in self._crossings():
            if a == node:
                cost = self._with_others(cost, None, a, b, enough)
                if cost < enough:
                    best = enough = cost
                    edges = self._crossing(None, a, b)
        return best, edges

    def edge(self, column, node, sign):
        """What it costs to change a cell of a column with the lane's signs or against them."""
        pattern, first, cost = self.pattern, column * self.cycles.tables.width, 0
        plus, minus = self.lane.nodes[node]
        for place in plus + minus:
            cost += pattern.cost[first + place]
        if cost and (cost >= NEVER or not self.hide):
            return NEVER
        for place in minus if sign == self.sign else plus:
            if pattern.world[first + place] - pattern.least[first + place] < self.times:
                return NEVER
        return cost

    def _crossings(self):
        """From which node to which the shared column may be crossed, and at what cost."""
        up, down = ([self.edge(SHARED, node, sign) for node in self.nodes] for sign in (1, -1))
        return [(a, b, up[a] + down[b]) for a in self.nodes for b in self.nodes if a != b and up[a] + down[b] < NEVER]

    def _with_others(self, cost, variable, a, b, enough):
        for other in self.variables:
            if cost >= enough:
                break
            if other != variable:
                cost += self.cycles.hops(self, other).cost(b, a)
        return cost

    def _crossing(self, variable, a, b):
        edges = [(SHARED, a, 1), (SHARED, b, -1)]
        for other in self.variables:
            if other != variable:
                edges += self.cycles.hops(self, other).edges(b, a)
        return edges


class _Hops:
    """From each node to each other through the categories of a variable: by one category, or by several.

    Whatever is asked for is worked out then, and kept.
    """

    def __init__(self, search, columns):
        self.search, self.nodes, self.columns = search, search.nodes, columns
        self.rows, self.two, self.costs, self.via = {}, {}, None, {}

    def cost(self, a, b):
        """What the cheapest path from a node to another costs."""
        direct = self.hops(a, b)
        if direct and not direct[0][0]:
            return 0
        if self.costs is None:
            self._close()
        return self.costs.get((a, b), NEVER)

    def edges(self, a, b):
        """Its edges."""
        if (a, b) in self.via:
            return self.edges(a, self.via[a, b]) + self.edges(self.via[a, b], b)
        column = self.hops(a, b)[0][1]
        return [(column, a, -1), (column, b, 1)]

    def to(self, column, node):
        """From each node to a category but by the cell in hand: (cost, next node, by which column)."""
        found = [(NEVER if a == node else self.search.edge(column, a, -1), None, column) for a in self.nodes]
        return self._relaxed(found, column, lambda a, b: (a, b))

    def start(self, column, node):
        """To each node from the cell in hand: (cost, node before it, by which column)."""
        found = [(0 if a == node else NEVER, None, None) for a in self.nodes]
        return self._relaxed(found, column, lambda a, b: (b, a))

    def followed(self, found, node, backwards=False):
        """The edges of a path that `to` or `start` found."""
        edges = []
        while True:
            _, other, column = found[node]
            if other is None:
                return edges if backwards else [*edges, (column, node, -1)]
            edges += [(column, other, -1), (column, node, 1)] if backwards else [(column, node, -1), (column, other, 1)]
            node = other

    def _relaxed(self, found, without, hop):
        """Shortest paths that do not pass a category."""
        changed = True
        while changed:
            changed = False
            for a in self.nodes:
                for b in self.nodes:
                    if a != b and found[b][0] < found[a][0]:
                        for cost, column in self.hops(*hop(a, b)):
                            if column != without and found[b][0] + cost < found[a][0]:
                                found[a] = found[b][0] + cost, b, column
                                changed = True
        return found

    def hops(self, a, b):
        """The two cheapest ways by one category: (cost, column)."""
        if (a, b) not in self.two:
            sums = map(int.__add__, self._row(a, -1), self._row(b, 1))
            self.two[a, b] = [hop for hop in sorted(zip(sums, self.columns, strict=True))[:2] if hop[0] < NEVER]
        return self.two[a, b]

    def _row(self, node, sign):
        if (node, sign) not in self.rows:
            self.rows[node, sign] = [self.search.edge(column, node, sign) for column in self.columns]
        return self.rows[node, sign]

    def _close(self):
        pairs = [(a, b) for a in self.nodes for b in self.nodes if a != b]
        self.costs = {pair: hops[0][0] for pair in pairs if (hops := self.hops(*pair))}
        for c in self.nodes:
            for a in self.nodes:
                first = self.costs.get((a, c))
                if first is None:
                    continue
                for b in self.nodes:
                    second = self.costs.get((c, b))
                    if second is not None and a != b and first + second < self.costs.get((a, b), NEVER):
                        self.costs[a, b] = first + second
                        self.via[a, b] = c


def _effect(edges, lane, sign, width):
    changes = {}
    for column, node, edge in edges:
        for change, places in zip((1, -1), lane.nodes[node], strict=True):
            for place in places:
                cell = column * width + place
                changes[cell] = changes.get(cell, 0) + change * edge * sign
    return [(cell, change) for cell, change in changes.items() if change]
