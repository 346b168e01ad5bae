"""What a report of today counts otherwise than an edition did: cell by cell, where both are shown."""
from typing import NamedTuple

from models.arbeidszorg.report.counting.variables import MISSING
from models.arbeidszorg.report.shape import LINE, Cell, Table


class Difference(NamedTuple):
    """A count of then and of now; None where there was, or is, no such row or column."""

    row: str
    column: str
    then: int | None
    now: int | None


class Changed(NamedTuple):
    """A table with what differs in it."""

    table: Table
    differences: list


class Since:
    """The changes from `then`, an edition's report, to `now`, one of the same year and scope.

    `totals` are (what, Difference) of what stands in no table; `hidden` is in how many cells nothing can be said.
    """

    def __init__(self, then, now):
        self.hidden = 0
        self.totals = [
            (what, difference) for what, *cells in self._whole(then, now)
            if (difference := self._difference("", "", *cells))]
        if then.mean_age.now != now.mean_age.now and None not in (then.mean_age.now, now.mean_age.now):
            self.totals.append(("mean_age", Difference("", "", then.mean_age.now, now.mean_age.now)))
        # What a table of changes counts stands in chapter 2 and in the series.
        tables = _by_code(table for report in (now, then) for table in report.tables if not table.changes)
        self.tables = [
            Changed(table, differences) for code, table in tables.items()
            if (differences := list(self._differences(then.table(code), now.table(code))))]

    @property
    def is_empty(self):
        """Whether everything that is shown then and now is the same."""
        return not self.totals and not self.tables

    def _whole(self, then, now):
        yield "clients", then.clients.now, now.clients.now
        yield "closings", then.closings.now, now.closings.now
        yield "incomplete", then.incomplete, now.incomplete

    def _differences(self, then, now):
        there = [table for table in (then, now) if table]
        rows = _by_code(row for table in there for row in table.rows)
        columns = _by_code(column for table in there for column in table.columns)
        grids = [_grid(table) for table in (then, now)]
        for row in rows.values():
            if then and (row.code,) not in grids[0] and then.picture == LINE:
                continue  # a year that came after it
            for column in columns.values():
                cells = (_cell(grid, row.code, column.code) for grid in grids)
                if difference := self._difference(row.label, column.label, *cells):
                    yield difference

    def _difference(self, row, column, then, now):
        if any(cell and cell.hidden for cell in (then, now)):
            self.hidden += 1
            return None
        counts = [cell and cell.count for cell in (then, now)]
        return None if counts[0] == counts[1] else Difference(row, column, *counts)


def _grid(table):
    """The cells by (row, column), and a mark (row,) for each row that there is."""
    grid = {}
    for row in table.rows if table else ():
        grid[row.code,] = True
        grid |= {(row.code, column.code): cell for column, cell in zip(table.columns, row.cells, strict=True)}
    return grid


def _cell(grid, row, column):
    """A table has no line for who gave no answer where there is nobody."""
    return grid.get((row, column), Cell(0) if grid and MISSING in (row, column) else None)


def _by_code(parts):
    """Each once, in the order of the first."""
    found = {}
    for part in parts:
        found.setdefault(part.code, part)
    return found
