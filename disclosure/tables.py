"""The linked tables: every cell that is published, numbered, with every margin.

A cell is named (variable, region, category) or (variable, region, category, status); the name of a margin has TOTAL.
Inside the library a cell is a number, `category * width + stratum`, where the categories of all variables are numbered
together. Category 0 is the shared margin, the sum over the categories: it links the tables of all variables, because
each of them counts the same contributors.
"""
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from disclosure.grid import TOTAL, Index, grid_of

Name = tuple[str | None, ...]
Counts = Mapping[tuple[str, ...], int]  # by the names of inner cells

SHARED = 0  # the category that all variables share
# The information loss with a cell of the shared margin, where a cell of a category has 1: for a region with a status,
# for a region or a status, and for all contributors, a number on which most tables and texts depend.
LOSS_OF_SHARED = 10, 20, 500


def margins_of(name: Name) -> set[Name]:
    """The names of the margins that a cell is part of, without the cell itself."""
    variable, region, category, *status = name
    choices = product(*({index, TOTAL} for index in (region, category, *status)))
    found: set[Name] = {(variable if choice[1] is not TOTAL else TOTAL, *choice) for choice in choices}
    return found - {name}


class Tables:
    """The counts of all cells, added up from the counts of the inner cells.

    With a single region, or a single status, a count and its margin are the same cell, which has two names.
    """

    def __init__(self, counts: Counts) -> None:
        self._axes = _axes(counts)
        self.has_double_names = any(len(axis) == 1 for axis in self._axes)
        self.regions: tuple[str, ...] = self._axes[0] if self._axes and len(self._axes[0]) > 1 else ()
        self.grid = grid_of(tuple(axis for axis in self._axes if len(axis) > 1), self.regions)
        self.width = len(self.grid.names)
        self.categories: list[tuple[str | None, str | None]] = [
            (TOTAL, TOTAL), *sorted({(name[0], name[2]) for name in counts})]
        self.category_numbers = {category: number for number, category in enumerate(self.categories)}
        self.of_variable: dict[str | None, list[int]] = {}
        for number, (variable, _) in enumerate(self.categories[1:], start=1):
            self.of_variable.setdefault(variable, []).append(number)
        self.counts = self._added_up(counts)

    def names(self, cell: int) -> list[Name]:
        """All the names of a cell."""
        number, stratum = divmod(cell, self.width)
        (variable, category), indices = self.categories[number], iter(self.grid.names[stratum])
        choices: list[tuple[Index, ...]] = [(next(indices),) if len(axis) > 1 else (*axis, TOTAL)
                                            for axis in self._axes]
        return [(variable, region, category, *status) for region, *status in product(*choices)]

    def number(self, name: Name) -> int | None:
        """The number of a cell; None for a category, region or status without counts."""
        variable, region, category, *status = name
        number = self.category_numbers.get((variable, category))
        stratum = self._stratum(region, *status)
        return None if number is None or stratum is None else number * self.width + stratum

    def region(self, cell: int) -> Index:
        """The region of a cell; TOTAL for a sum over the regions, and if there is a single region."""
        return self.grid.names[cell % self.width][0] if self.regions else TOTAL

    def beneath(self, margin: int) -> list[int]:
        """The cells that a margin is the sum of, in all variables and down to the inner cells."""
        category, stratum = divmod(margin, self.width)
        categories = range(len(self.categories)) if category == SHARED else [category]
        return [cell for cell in self._numbers(categories, self.grid.beneath[stratum]) if cell != margin]

    def above(self, cell: int) -> list[int]:
        """The margins that a cell is part of."""
        category, stratum = divmod(cell, self.width)
        return [margin for margin in self._numbers({category, SHARED}, self.grid.above[stratum]) if margin != cell]

    def loss(self, cell: int) -> int:
        """The information loss if a cell is suppressed."""
        category, stratum = divmod(cell, self.width)
        totals = len(self._axes) - len(self.grid.axes) + self.grid.names[stratum].count(TOTAL)
        return LOSS_OF_SHARED[totals] if category == SHARED else 1

    def totals(self, cell: int) -> int:
        """The number of dimensions (categories, regions, statuses) that a cell is a sum over; 0 for an inner cell."""
        category, stratum = divmod(cell, self.width)
        return (category == SHARED) + self.grid.names[stratum].count(TOTAL)

    def _stratum(self, *indices: Index) -> int | None:
        """The number of a stratum, named by all axes; None for a region or status without counts."""
        name = []
        for index, axis in zip(indices, self._axes, strict=False):
            if len(axis) > 1:
                name.append(index)
            elif index not in (*axis, TOTAL):
                return None
        return self.grid.numbers.get(tuple(name))

    def _numbers(self, categories: Iterable[int], strata: list[int]) -> list[int]:
        return [category * self.width + stratum for category in categories for stratum in strata]

    def _added_up(self, counts: Counts) -> list[int]:
        sums = [0] * (len(self.categories) * self.width)
        first = next(iter(self.of_variable), None)  # each variable counts the same contributors: add up one of them
        for name, count in counts.items():
            category = self.category_numbers[name[0], name[2]]
            indices = zip((name[1], *name[3:]), self._axes, strict=True)
            stratum = self.grid.numbers[tuple(index for index, axis in indices if len(axis) > 1)]
            for margin in self.grid.above[stratum]:
                sums[category * self.width + margin] += count
                if name[0] == first:
                    sums[margin] += count
        self._refuse_variables_that_differ(sums)
        return sums

    def _refuse_variables_that_differ(self, sums: list[int]) -> None:
        for variable, categories in self.of_variable.items():
            for stratum in range(self.width):
                if sum(sums[category * self.width + stratum] for category in categories) != sums[stratum]:
                    raise ValueError(f"{variable} counts others than the other variables in {self.grid.names[stratum]}")


def _axes(counts: Counts) -> list[tuple[str, ...]]:
    """The regions, and the statuses where there are any, in a fixed order."""
    names: Iterator[tuple[str, ...]] = iter({(name[1], *name[3:]) for name in counts})
    return [tuple(sorted(set(axis))) for axis in zip(*names, strict=True)]
