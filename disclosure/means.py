"""Which means may be published beside the counts of a suppression pattern (docs/decisions/0071).

Together with the bins in which the values are counted, a mean tells something of the number of values in each bin. So
for each feasible table of a proof there must be values that fit the bins of that table and that have the published
means, of each region and of all regions together.
"""
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from disclosure.grid import TOTAL, Attacker, Index
from disclosure.rules import THRESHOLD
from disclosure.suppression import Pattern
from disclosure.tables import Counts, Name

Binned = Mapping[tuple[str, str], int]  # how many values there are, by region and bin
Bounds = tuple[int, int]


class Magnitude(NamedTuple):
    """A variable with a value for each contributor. The values are counted in bins; their mean may be published.

    `sums` has the sum of the values in each region. `bins` has the lowest and highest value of each category that is a
    bin; a contributor in another category has no value.
    """

    variable: str
    sums: Mapping[str, int]
    bins: Mapping[str, Bounds]


def publishable_means(pattern: Pattern, counts: Counts, magnitude: Magnitude) -> dict[Index, int]:
    """The means that may be published, in tenths, by region or TOTAL."""
    if not counts:
        return {}
    means = _Means(counts, magnitude)
    means.drop(index for index in list(means.published)
               if pattern.is_suppressed((TOTAL, index, TOTAL, *means.every_status)))
    tables = means.feasible_tables(pattern)
    for attacker, numbers in tables:
        means.drop(region for region in means.regions if _is_empty(means.sums_of(region, numbers, attacker)))
    if any(_is_empty(means.sums_of_all(numbers, attacker)) for attacker, numbers in tables):
        means.drop([TOTAL])
    return means.published


def in_tenths(total: int, number: int) -> int:
    """A mean as it is published, in tenths; a half goes up."""
    return (20 * total + number) // (2 * number)


class _Means:
    """The means that may still be published, and which sums of values agree with them."""

    def __init__(self, counts: Counts, magnitude: Magnitude) -> None:
        self.variable, self.sums, self.bins = magnitude
        self.every_status = [TOTAL] * (len(min(counts)) - 3)
        self.regions = sorted({name[1] for name in counts})
        self.numbers = {(region, category): 0 for region in self.regions for category in self.bins}
        for (variable, region, category, *_), count in counts.items():
            if variable == self.variable and category in self.bins:
                self.numbers[region, category] += count
        self.published: dict[Index, int] = {}
        for index in (*self.regions, TOTAL):
            number = _number(index, self.numbers)
            if number >= THRESHOLD:
                total = sum(self.sums.values()) if index is TOTAL else self.sums.get(index, 0)
                self.published[index] = in_tenths(total, number)

    def drop(self, indices: Iterable[Index]) -> None:
        """Do not publish these means."""
        for index in list(indices):
            self.published.pop(index, None)

    def feasible_tables(self, pattern: Pattern) -> list[tuple[Attacker, Binned]]:
        """The numbers in the bins of each feasible table in which they differ, once each, as (attacker, numbers)."""
        bin_of: dict[Name, tuple[str, str]] = {
            (self.variable, region, category, *self.every_status): (region, category)
            for region, category in self.numbers}
        found = {(attacker, tuple((bin_of[name], change) for name, change in changes.items())): None
                 for attacker, changes in pattern.feasible_tables(bin_of)}
        return [(attacker, self.numbers | {key: self.numbers[key] + change for key, change in changes})
                for attacker, changes in found]

    def sums_of(self, region: str, numbers: Binned, attacker: Attacker) -> Bounds:
        """The lowest and highest sum of the values of a region, given its bins and its mean if that is published."""
        if region == attacker:
            return self.sums.get(region, 0), self.sums.get(region, 0)
        held = [(self.bins[category], count) for (own, category), count in numbers.items() if own == region]
        bounds = sum(low * count for (low, _), count in held), sum(high * count for (_, high), count in held)
        return self._with_the_mean(region, numbers, bounds)

    def sums_of_all(self, numbers: Binned, attacker: Attacker) -> Bounds:
        """The same for all regions together, from the sums of each."""
        each = [self.sums_of(region, numbers, attacker) for region in self.regions]
        return self._with_the_mean(TOTAL, numbers, (sum(low for low, _ in each), sum(high for _, high in each)))

    def _with_the_mean(self, index: Index, numbers: Binned, bounds: Bounds) -> Bounds:
        if index not in self.published:
            return bounds
        number, mean = _number(index, numbers), self.published[index]
        at_least, too_much = -(-number * (2 * mean - 1) // 20), -(-number * (2 * mean + 1) // 20)
        return max(bounds[0], at_least), min(bounds[1], too_much - 1)


def _number(index: Index, numbers: Binned) -> int:
    return sum(count for (region, _), count in numbers.items() if index in (TOTAL, region))


def _is_empty(bounds: Bounds) -> bool:
    return bounds[0] > bounds[1]
