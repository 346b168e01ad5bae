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


class Places:
    """All pairs of a province and a situation, or the provinces alone, with their totals: numbered, in a fixed order.

    `above` and `beneath` give the places that a place is part of and those it is made of, itself included; `known_by`
    has for a province a bit for each of its places; `planes` those in which a place has a plus sign, by that place and
    the province that they leave as it is, or None.
    """

    def __init__(self, axes):
        self.axes = axes
        self.names = list(product(*([*axis, TOTAL] for axis in axes)))
        self.numbers = {name: number for number, name in enumerate(self.names)}
        every = range(len(self.names))
        self.above = [[total for total in every if self._holds(total, place)] for place in every]
        self.beneath = [[part for part in every if self._holds(place, part)] for place in every]
        self.known_by = {None: 0} | {province: _bits(place for place in every if self.names[place][0] == province)
                                     for province in axes[0]}
        self.planes = {}
        for place in every:
            planes = self._planes(place)
            for reader, known in self.known_by.items():
                self.planes[place, reader] = [plane for plane in planes if not plane.mask & known]

    def _holds(self, place, part):
        return all(mine in (TOTAL, its) for mine, its in zip(self.names[place], self.names[part], strict=True))

    def _planes(self, place):
        """The planes in which a place takes part with a plus sign."""
        pairs = [_pairs(axis, index) for axis, index in zip(self.axes, self.names[place], strict=True)]
        return [self._plane(choice) for choice in product(*pairs)]

    def _plane(self, choice):
        signs = {self.numbers[tuple(index for index, _ in corner)]: prod(sign for _, sign in corner)
                 for corner in product(*choice)}
        up, down = (tuple(place for place, sign in signs.items() if sign == which) for which in (UP, DOWN))
        return Plane(_bits(signs), tuple(signs), up, down)


@lru_cache(maxsize=16)
def places_of(axes):
    """The `Places` of these provinces and situations; most years of a register have the same."""
    return Places(axes)


def _bits(places):
    return sum(1 << place for place in places)


def _pairs(axis, index):
    """An index with each other one: against it, or with it where one of both is the total."""
    return [((index, UP), (other, UP if TOTAL in (index, other) else DOWN))
            for other in [*axis, TOTAL] if other != index]
