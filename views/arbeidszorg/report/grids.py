"""The tables of a report as they are shown: lines of counts, each with what stands small beside it."""
import math
import re
from typing import NamedTuple

from models.arbeidszorg.report.shape import LINE
from views.arbeidszorg.report import charts
from views.arbeidszorg.report.charts import HIDDEN
from views.shell.filters import percentage, signed

# Years that stand beside each other in a table, at most; and columns of a table that stands beside its picture.
ABREAST, FEW = 10, 2


class Line(NamedTuple):
    """A row of a table: of each cell the count and what stands small beside it."""

    label: str
    cells: list
    total: bool = False
    points: str = ""
    larger: bool = False


class Grid(NamedTuple):
    """A table as it is shown; `wide` has too many columns for a small screen."""

    caption: str
    first: str
    columns: list
    lines: list
    wide: bool


def grids(table):
    """The tables that one table is shown as: one, or of a long series some."""
    make = _by_year if table.picture == LINE else _in_one if len(table.columns) == 1 else _side_by_side
    return list(make(table))


def is_wide(table):
    """Whether a table has no room beside its picture."""
    return len(table.columns) > FEW or table.picture == LINE


def read(cell):
    """The count, and the percentage that it is."""
    return charts.count(cell), percentage(cell.share)


def _in_one(table):
    """One count a row, with its percentage in a column of its own."""
    shares = any(row.cells[0].share is not None for row in table.rows)
    columns = [table.columns[0].label, *(["Aandeel"] if shares else [])]
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [(text, "") for text in read(row.cells[0])[:len(columns)]], row.total)
        for row in table.rows], wide=False)


def _side_by_side(table):
    columns = [column.label for column in table.columns]
    if table.changes:
        columns.append("Verschil in procentpunten")
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [read(cell) for cell in row.cells], row.total, _points(row), row.larger)
        for row in table.rows], wide=True)


def _by_year(table):
    """The years beside each other, as many as fit, for a category has a longer name than a year."""
    blocks = math.ceil(len(table.rows) / ABREAST) or 1
    size = math.ceil(len(table.rows) / blocks)
    for first in range(0, len(table.rows), size):
        years = table.rows[first:first + size]
        caption = f"{table.title}, {years[0].label}–{years[-1].label}" if blocks > 1 else table.title
        yield Grid(caption, _first(table), [year.label for year in years], [
            Line(column.label, [read(year.cells[place]) for year in years], column.code == charts.TOTAL)
            for place, column in enumerate(table.columns)], wide=True)


def _first(table):
    """What stands above the labels of the rows."""
    return re.split(" per | naar | door ", table.title)[0]


def _points(row):
    if row.points is not None:
        return signed(row.points)
    return "" if row.total else HIDDEN if any(cell.hidden for cell in row.cells) else "–"
