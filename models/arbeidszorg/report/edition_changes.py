"""The differences between an edition and a report of today, cell by cell, where both counts are shown."""
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from models.arbeidszorg.report.counting.variables import MISSING
from models.arbeidszorg.report.report import Report
from models.arbeidszorg.report.shape import LINE, Cell, Column, Row, Table

Part = TypeVar("Part", Table, Row, Column)


class Difference(NamedTuple):
    """A count in the edition and the same count now; None where the row or column did or does not exist."""

    row: str
    column: str
    then: Any
    now: Any


class Changed(NamedTuple):
    """A table with the differences in it."""

    table: Table
    differences: list[Difference]


class Since:
    """The changes from `then`, an edition's report, to `now`, a report of the same year and scope.

    `totals` holds (code, Difference) of the figures outside the tables; `hidden` counts the cells that cannot be
    compared, because one of the two is hidden.
    """

    def __init__(self, then: Report, now: Report) -> None:
        self.hidden = 0
        self.totals = [
            (code, difference) for code, *cells in self._outside_tables(then, now)
            if (difference := self._difference("", "", *cells))]
        if then.mean_age.now != now.mean_age.now and None not in (then.mean_age.now, now.mean_age.now):
            self.totals.append(("mean_age", Difference("", "", then.mean_age.now, now.mean_age.now)))
        # A table of changes repeats counts of chapter 2 and of the series.
        tables = _by_code(table for report in (now, then) for table in report.tables if not table.changes)
        self.tables = [
            Changed(table, differences) for code, table in tables.items()
            if (differences := list(self._differences(then.table(code), now.table(code))))]

    @property
    def is_empty(self) -> bool:
        """Whether every count that is shown in both reports is the same."""
        return not self.totals and not self.tables

    def _outside_tables(self, then: Report, now: Report) -> Iterator[tuple[str, Cell, Cell]]:
        yield "clients", then.clients.now, now.clients.now
        yield "closings", then.closings.now, now.closings.now
        yield "incomplete", then.incomplete, now.incomplete

    def _differences(self, then: Table | None, now: Table | None) -> Iterator[Difference]:
        tables = [table for table in (then, now) if table]
        rows = _by_code(row for table in tables for row in table.rows)
        columns = _by_code(column for table in tables for column in table.columns)
        grids = [_grid(table) for table in (then, now)]
        for row in rows.values():
            if then and (row.code,) not in grids[0] and then.picture == LINE:
                continue  # a year after the edition
            for column in columns.values():
                cells = (_cell(grid, row.code, column.code) for grid in grids)
                if difference := self._difference(row.label, column.label, *cells):
                    yield difference

    def _difference(self, row: str, column: str, then: Cell | None, now: Cell | None) -> Difference | None:
        if any(cell and cell.hidden for cell in (then, now)):
            self.hidden += 1
            return None
        counts = [cell and cell.count for cell in (then, now)]
        return None if counts[0] == counts[1] else Difference(row, column, *counts)


def _grid(table: Table | None) -> dict[tuple[str, ...], Any]:
    """Return (row, column) → cell, and (row,) → True for each row of the table."""
    grid: dict[tuple[str, ...], Any] = {}
    if table is None:
        return grid
    for row in table.rows:
        grid[row.code,] = True
        grid |= {(row.code, column.code): cell for column, cell in zip(table.columns, row.cells, strict=True)}
    return grid


def _cell(grid: dict[tuple[str, ...], Any], row: str, column: str) -> Cell | None:
    """Return the cell; zero where a table left out 'not answered' because everybody answered."""
    return grid.get((row, column), Cell(0) if grid and MISSING in (row, column) else None)


def _by_code(parts: Iterable[Part]) -> dict[str, Part]:
    """Return code → part, the first part with each code, in their order."""
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.code, part)
    return found
