"""The grid: the strata by which every variable is counted, and in which of them counts can be exchanged.

A *stratum* is a region with a status, or a region alone; either may be TOTAL. For every margin to stay the sum of its
parts, a change that adds to a stratum must take from another. A *rectangle* is the smallest set of strata, with signs,
that does so. A *layer* is the set of strata that a longer change can pass through.
"""
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

TOTAL = None  # in a name instead of a region, a category or a status: the sum over all of them
OUTSIDER = None  # an attacker who knows only the published cells
UP, DOWN = 1, -1

Index = str | None  # a region or a status, or TOTAL
Attacker = str | None  # an insider, by the region that they know, or OUTSIDER
Axes = tuple[tuple[str, ...], ...]  # the regions, and the statuses where there are any
Signed = tuple[Index, int]
Node = tuple[tuple[int, ...], tuple[int, ...]]  # the strata that go up, and those that go down


class Rectangle(NamedTuple):
    """Two regions by two statuses with a sign each, or two regions alone; either index of a pair may be TOTAL.

    If a region goes up, another region goes down, but TOTAL goes up. `strata` are the numbers of the strata, by sign in
    `up` and `down`; `mask` has a bit for each stratum.
    """

    mask: int
    strata: tuple[int, ...]
    up: tuple[int, ...]
    down: tuple[int, ...]


class Layer(NamedTuple):
    """All indices of one axis as nodes of a graph, at a pair of indices of the other axis if there is one.

    An exchange that goes up at a node goes down at another. The signs at the node of TOTAL are reversed, because TOTAL
    goes up with an index.
    """

    name: tuple[Attacker, int]
    nodes: tuple[Node, ...]


class Grid:
    """All strata and their margins, numbered in a fixed order.

    `above` has for each stratum the margins that it is part of, `beneath` the strata that it is the sum of; both have
    the stratum itself too. `known_by` has for each attacker a bit for each stratum that they know. `rectangles` has for
    (stratum, attacker) the rectangles that give the stratum a plus sign and do not change a stratum that they know.
    """

    def __init__(self, axes: Axes, regions: tuple[str, ...]) -> None:
        self.axes = axes
        self.names: list[tuple[Index, ...]] = list(product(*([*axis, TOTAL] for axis in axes)))
        self.numbers = {name: number for number, name in enumerate(self.names)}
        every = range(len(self.names))
        self.above = [[margin for margin in every if self._holds(margin, stratum)] for stratum in every]
        self.beneath = [[part for part in every if self._holds(stratum, part)] for stratum in every]
        self.known_by: dict[Attacker, int] = {OUTSIDER: 0}
        for region in regions:
            self.known_by[region] = bits(stratum for stratum in every if self.names[stratum][0] == region)
        self.rectangles: dict[tuple[int, Attacker], list[Rectangle]] = {}
        for stratum in every:
            rectangles = self._rectangles(stratum)
            for attacker, known in self.known_by.items():
                self.rectangles[stratum, attacker] = [
                    rectangle for rectangle in rectangles if not rectangle.mask & known]
        self._layers: dict[Attacker, list[Layer]] = {}
        self._layers_at: dict[tuple[int, Attacker], list[tuple[Layer, int, int]]] = {}

    def layers(self, stratum: int, attacker: Attacker) -> list[tuple[Layer, int, int]]:
        """Each layer through a stratum without the strata that an attacker knows, as (layer, node, sign there)."""
        if attacker not in self._layers:
            known = self.known_by[attacker]
            every = [nodes for along in range(len(self.axes)) for nodes in self._all_nodes(along, known)]
            self._layers[attacker] = [Layer((attacker, number), nodes) for number, nodes in enumerate(every)]
        if (stratum, attacker) not in self._layers_at:
            self._layers_at[stratum, attacker] = [
                (layer, node, UP if stratum in up else DOWN) for layer in self._layers[attacker]
                for node, (up, down) in enumerate(layer.nodes) if stratum in up + down]
        return self._layers_at[stratum, attacker]

    def _holds(self, stratum: int, part: int) -> bool:
        return all(own in (TOTAL, other)
                   for own, other in zip(self.names[stratum], self.names[part], strict=True))

    def _rectangles(self, stratum: int) -> list[Rectangle]:
        """The rectangles in which a stratum has a plus sign."""
        pairs = [_pairs(axis, index) for axis, index in zip(self.axes, self.names[stratum], strict=True)]
        return [self._rectangle(choice) for choice in product(*pairs)]

    def _rectangle(self, choice: tuple[tuple[Signed, Signed], ...]) -> Rectangle:
        signs = {self.numbers[tuple(index for index, _ in corner)]: prod(sign for _, sign in corner)
                 for corner in product(*choice)}
        return Rectangle(bits(signs), tuple(signs), *_by_sign(signs))

    def _all_nodes(self, along: int, known: int) -> Iterator[tuple[Node, ...]]:
        """The nodes of each layer along an axis; there is a layer for each two indices of the other axis."""
        pairs: list[tuple[Signed, Signed] | None] = [
            pair for number, axis in enumerate(self.axes) if number != along for pair in _all_pairs(axis)]
        for pair in pairs or [None]:
            every = (self._node(along, index, pair) for index in [*self.axes[along], TOTAL])
            nodes = tuple((up, down) for up, down in every if not bits(up + down) & known)
            if len(nodes) > 1:
                yield nodes

    def _node(self, along: int, index: Index, pair: tuple[Signed, Signed] | None) -> Node:
        signs = {}
        for other, sign in pair or [(None, UP)]:
            name = (index,) if pair is None else (index, other) if along == 0 else (other, index)
            signs[self.numbers[name]] = -sign if index is TOTAL else sign
        return _by_sign(signs)


@lru_cache(maxsize=16)
def grid_of(axes: Axes, regions: tuple[str, ...]) -> Grid:
    """The grid of these axes. It is kept, because tables of several periods mostly have the same axes."""
    return Grid(axes, regions)


def bits(numbers: Iterable[int]) -> int:
    """A bit for each of these numbers."""
    return sum(1 << number for number in numbers)


def _by_sign(signs: dict[int, int]) -> Node:
    return (tuple(stratum for stratum, sign in signs.items() if sign == UP),
            tuple(stratum for stratum, sign in signs.items() if sign == DOWN))


def _all_pairs(axis: tuple[str, ...]) -> list[tuple[Signed, Signed]]:
    """Each two indices of an axis once, with their signs."""
    indices = [*axis, TOTAL]
    return [pair for number, index in enumerate(indices) for pair in _pairs(axis, index)
            if pair[1][0] in indices[number + 1:]]


def _pairs(axis: tuple[str, ...], index: Index) -> list[tuple[Signed, Signed]]:
    """An index with each other index: against it, or along with it where one of both is TOTAL."""
    return [((index, UP), (other, UP if TOTAL in (index, other) else DOWN))
            for other in [*axis, TOTAL] if other != index]
