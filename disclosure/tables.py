"""What is published of a year, numbered: each count, and each total over provinces, categories and situations.

A *column* is a category of a variable; column 0 is the total over the categories, which all variables share. A
*place* is a province and a situation (or a province alone), each of which may be the total. A cell is a column at
a place, and its number is `column * width + place`.
"""
from itertools import product

from disclosure.grid import TOTAL, places_of

SHARED = 0  # the column that all variables share
# What a reader loses with such a cell, compared with one of a category: of a province and situation, of one of these,
# and of all, which nearly every table and sentence goes by.
WORTH_OF_SHARED = 10, 20, 500


def names_above(cell):
    """The totals that a cell (variable, province, category, ...) is part of, without itself."""
    variable, province, category, *others = cell
    choices = product(*({index, TOTAL} for index in (province, category, *others)))
    found = {(variable if choice[1] is not TOTAL else TOTAL, *choice) for choice in choices}
    return found - {cell}


class Tables:
    """The counts of all cells, by number; made from those of cells that are no totals.

    Of a single province, or a single situation, the count and its total are one and the same: one cell with two names.
    """

    def __init__(self, counts):
        self._axes = _axes(counts)
        self.two_names = any(len(axis) == 1 for axis in self._axes)
        self.provinces = self._axes[0] if self._axes and len(self._axes[0]) > 1 else ()
        self.places = places_of(tuple(axis for axis in self._axes if len(axis) > 1), self.provinces)
        self.width = len(self.places.names)
        self.columns = [(TOTAL, TOTAL), *sorted({(cell[0], cell[2]) for cell in counts})]
        self.column_numbers = {name: number for number, name in enumerate(self.columns)}
        self.of_variable = {}
        for column, (variable, _) in enumerate(self.columns[1:], start=1):
            self.of_variable.setdefault(variable, []).append(column)
        self.counts = self._added_up(counts)

    def names(self, number):
        """The cell (variable, province, category, ...) with a number: all the names that it has."""
        column, place = divmod(number, self.width)
        (variable, category), indices = self.columns[column], iter(self.places.names[place])
        choices = [(next(indices),) if len(axis) > 1 else (*axis, TOTAL) for axis in self._axes]
        return [(variable, province, category, *others) for province, *others in product(*choices)]

    def number(self, cell):
        """The number of a cell by its name; None where no count has that category, or that place."""
        variable, province, category, *others = cell
        column = self.column_numbers.get((variable, category))
        place = self.places.numbers.get(self._place(province, *others))
        return None if column is None or place is None else column * self.width + place

    def province(self, number):
        """The province of a cell, TOTAL for Flanders and where there is but one."""
        return self.places.names[number % self.width][0] if self.provinces else TOTAL

    def beneath(self, number):
        """The numbers of the cells that a total is made of, over all variables and to the last part."""
        column, place = divmod(number, self.width)
        columns = range(len(self.columns)) if column == SHARED else [column]
        return [cell for cell in self._numbers(columns, self.places.beneath[place]) if cell != number]

    def above(self, number):
        """The numbers of the totals that a cell is part of."""
        column, place = divmod(number, self.width)
        return [cell for cell in self._numbers({column, SHARED}, self.places.above[place]) if cell != number]

    def worth(self, number):
        """What a reader loses with a cell."""
        column, place = divmod(number, self.width)
        totals = len(self._axes) - len(self.places.axes) + self.places.names[place].count(TOTAL)
        return WORTH_OF_SHARED[totals] if column == SHARED else 1

    def totals(self, number):
        """How many times a cell is a total: over the categories, the provinces, the situations."""
        column, place = divmod(number, self.width)
        return (column == SHARED) + self.places.names[place].count(TOTAL)

    def _place(self, *indices):
        """The name of a place without the axes that have but one index; None where that is another."""
        name = []
        for index, axis in zip(indices, self._axes, strict=False):
            if len(axis) > 1:
                name.append(index)
            elif index not in (*axis, TOTAL):
                return None
        return tuple(name)

    def _numbers(self, columns, places):
        return [column * self.width + place for column in columns for place in places]

    def _added_up(self, counts):
        sums = [0] * (len(self.columns) * self.width)
        once = next(iter(self.of_variable), None)  # every variable counts the same people
        for cell, count in counts.items():
            column, place = divmod(self.number(cell), self.width)
            for total in self.places.above[place]:
                sums[column * self.width + total] += count
                if cell[0] == once:
                    sums[total] += count
        self._refuse_variables_that_differ(sums)
        return sums

    def _refuse_variables_that_differ(self, sums):
        for variable, columns in self.of_variable.items():
            for place in range(self.width):
                if sum(sums[column * self.width + place] for column in columns) != sums[place]:
                    raise ValueError(f"{variable} counts others than the other variables at {self.places.names[place]}")


def _axes(counts):
    """The provinces, and the situations where there are any, in a fixed order."""
    keys = {(cell[1], *cell[3:]) for cell in counts}
    return [tuple(sorted(set(axis))) for axis in zip(*keys, strict=True)]
