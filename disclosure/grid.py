"""The places of the tables of a year (suppression_tables.py), and the planes that they span.

A *plane* is what a change of counts needs to leave every total right. Take two indices of an axis. Of two provinces,
what one gains the other loses; with a province its total gains. Two such pairs, of provinces and of situations, span
a plane of four places with a sign each.
"""
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

TOTAL = None  # instead of a province, a category or a situation
UP, DOWN = 1, -1


class Plane(NamedTuple):
    """Places with a sign: a bit for each in `mask`, their numbers in `places`, and by sign in `up` and `down`."""

    mask: int
    places: tuple
    up: tuple
    down: tuple


class Lane(NamedTuple):
    """All indices of one axis as nodes, at a pair of indices of the other if there is one: (places up, places down).

    What goes up at a node goes down at the next; the total's signs are turned, for what an index gains it gains too.
    """

    name: tuple
    nodes: tuple


class Places:
    """All pairs of a province and a situation, or the provinces alone, with their totals: numbered, in a fixed order.

    `above` and `beneath` give the places that a place is part of and those it is made of, itself included; `known_by`
    has for a province a bit for each of its places; `planes` those in which a place has a plus sign, by that place and
    the province that they leave as it is, or None.
    """

    def __init__(self, axes, provinces):
        self.axes = axes
        self.names = list(product(*([*axis, TOTAL] for axis in axes)))
        self.numbers = {name: number for number, name in enumerate(self.names)}
        every = range(len(self.names))
        self.above = [[total for total in every if self._holds(total, place)] for place in every]
        self.beneath = [[part for part in every if self._holds(place, part)] for place in every]
        self.known_by = {None: 0} | {province: bits(place for place in every if self.names[place][0] == province)
                                     for province in provinces}
        self.planes = {}
        for place in every:
            planes = self._planes(place)
            for reader, known in self.known_by.items():
                self.planes[place, reader] = [plane for plane in planes if not plane.mask & known]
        self._lanes, self._lanes_at = {}, {}

    def lanes(self, place, known):
        """(lane, node, sign) of each lane through a place that leaves a province as it is; it has that sign there."""
        if known not in self._lanes:
            nodes = [nodes for along in range(len(self.axes)) for nodes in self._all_nodes(along, self.known_by[known])]
            self._lanes[known] = [Lane((known, number), own) for number, own in enumerate(nodes)]
        if (place, known) not in self._lanes_at:
            self._lanes_at[place, known] = [
                (lane, node, UP if place in up else DOWN) for lane in self._lanes[known]
                for node, (up, down) in enumerate(lane.nodes) if place in up + down]
        return self._lanes_at[place, known]

    def _holds(self, place, part):
        return all(mine in (TOTAL, its) for mine, its in zip(self.names[place], self.names[part], strict=True))

    def _planes(self, place):
        """The planes in which a place takes part with a plus sign."""
        pairs = [_pairs(axis, index) for axis, index in zip(self.axes, self.names[place], strict=True)]
        return [self._plane(choice) for choice in product(*pairs)]

    def _all_nodes(self, along, known):
        """The nodes of each lane along an axis: one lane for each two indices of the other axis."""
        pairs = [pair for number, axis in enumerate(self.axes) if number != along for pair in _all_pairs(axis)]
        for pair in pairs or [None]:
            nodes = [self._node(along, index, pair) for index in [*self.axes[along], TOTAL]]
            nodes = [(up, down) for up, down in nodes if not bits(up + down) & known]
            if len(nodes) > 1:
                yield tuple(nodes)

    def _node(self, along, index, pair):
        signs = {}
        for other, sign in pair or [(None, UP)]:
            name = (index,) if pair is None else (index, other) if along == 0 else (other, index)
            signs[self.numbers[name]] = -sign if index is TOTAL else sign
        return _by_sign(signs)

    def _plane(self, choice):
        signs = {self.numbers[tuple(index for index, _ in corner)]: prod(sign for _, sign in corner)
                 for corner in product(*choice)}
        return Plane(bits(signs), tuple(signs), *_by_sign(signs))


@lru_cache(maxsize=16)
def places_of(axes, provinces):
    """The `Places` of these provinces and situations; most years of a register have the same."""
    return Places(axes, provinces)


def bits(places):
    """A bit for each of these places."""
    return sum(1 << place for place in places)


def _by_sign(signs):
    return tuple(tuple(place for place, sign in signs.items() if sign == which) for which in (UP, DOWN))


def _all_pairs(axis):
    """Each two indices once."""
    indices = [*axis, TOTAL]
    return [pair for place, index in enumerate(indices) for pair in _pairs(axis, index)
            if pair[1][0] in indices[place + 1:]]


def _pairs(axis, index):
    """An index with each other one: against it, or with it where one of both is the total."""
    return [((index, UP), (other, UP if TOTAL in (index, other) else DOWN))
            for other in [*axis, TOTAL] if other != index]
