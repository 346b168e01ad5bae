"""What is published of a year, numbered: each count, and each total over provinces, categories and situations.

A *column* is a category of a variable; column 0 is the total over the categories, which all variables share. A
*place* is a province and a situation (or a province alone), each of which may be the total. A cell is a column at
a place, and its number is `column * width + place`.
"""
from itertools import product

from models.arbeidszorg.suppression_places import TOTAL, places_of

SHARED = 0  # the column that all variables share


def names_above(cell):
    """The totals that a cell (variable, province, category, ...) is part of, without itself."""
    variable, province, category, *others = cell
    choices = product(*({index, TOTAL} for index in (province, category, *others)))
    found = {(variable if choice[1] is not TOTAL else TOTAL, *choice) for choice in choices}
    return found - {cell}


class Tables:
    """The counts of all cells, by number; made from those of cells that are no totals."""

    def __init__(self, counts):
        self.places = places_of(_axes(counts))
        self.width = len(self.places.names)
        self.columns = [(TOTAL, TOTAL), *sorted({(cell[0], cell[2]) for cell in counts})]
        self.column_numbers = {name: number for number, name in enumerate(self.columns)}
        self.of_variable = {}
        for column, (variable, _) in enumerate(self.columns[1:], start=1):
            self.of_variable.setdefault(variable, []).append(column)
        self.counts = self._added_up(counts)

    def name(self, number):
        """The cell (variable, province, category, ...) with a number."""
        column, place = divmod(number, self.width)
        (variable, category), (province, *others) = self.columns[column], self.places.names[place]
        return (variable, province, category, *others)

    def number(self, cell):
        """The number of a cell by its name; None where no count has that category, or that place."""
        variable, province, category, *others = cell
        column = self.column_numbers.get((variable, category))
        place = self.places.numbers.get((province, *others))
        return None if column is None or place is None else column * self.width + place

    def province(self, number):
        """The province of a cell, TOTAL for Flanders."""
        return self.places.names[number % self.width][0]

    def beneath(self, number):
        """The numbers of the cells that a total is made of, over all variables and to the last part."""
        column, place = divmod(number, self.width)
        columns = range(len(self.columns)) if column == SHARED else [column]
        return [cell for cell in self._numbers(columns, self.places.beneath[place]) if cell != number]

    def above(self, number):
        """The numbers of the totals that a cell is part of."""
        column, place = divmod(number, self.width)
        return [cell for cell in self._numbers({column, SHARED}, self.places.above[place]) if cell != number]

    def is_total(self, number):
        """Whether a cell is the sum of others."""
        column, place = divmod(number, self.width)
        return column == SHARED or TOTAL in self.places.names[place]

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
    return tuple(tuple(sorted(set(axis))) for axis in zip(*keys, strict=True)) or ((),)
