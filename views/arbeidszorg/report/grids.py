"""The tables of a report as a page shows them: lines of counts, each with its share in small print."""
import math
import re
from typing import NamedTuple

from models.arbeidszorg.report.shape import HIDDEN_MARK, LINE
from views.arbeidszorg.report import charts
from views.shell.filters import percentage, signed

# The most years in one table, and the most columns of a table that fits beside its picture.
MOST_YEARS, FEW_COLUMNS = 10, 2


class Line(NamedTuple):
    """A row of a table; `cells` are (count, share) as text, `points` is the change as text."""

    label: str
    cells: list
    total: bool = False
    points: str = ""
    larger: bool = False


class Grid(NamedTuple):
    """A table as a page shows it; a `wide` one has too many columns for a small screen."""

    caption: str
    first: str
    columns: list
    lines: list
    wide: bool


def grids(table):
    """The grids that show a table: one, or several for a long series of years."""
    make = _by_year if table.picture == LINE else _in_one if len(table.columns) == 1 else _side_by_side
    return list(make(table))


def is_wide(table):
    """Whether a table is too wide to be beside its picture."""
    return len(table.columns) > FEW_COLUMNS or table.picture == LINE


def count_and_share(cell):
    """A cell's count and its share of the total, as text."""
    return charts.count(cell), percentage(cell.share)


def _in_one(table):
    """A grid with one count in each row, and its share in a column of its own."""
    shares = any(row.cells[0].share is not None for row in table.rows)
    columns = [table.columns[0].label, *(["Aandeel"] if shares else [])]
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [(text, "") for text in count_and_share(row.cells[0])[:len(columns)]], row.total)
        for row in charts.in_order(table)], wide=False)


def _side_by_side(table):
    columns = [column.label for column in table.columns]
    if table.changes:
        columns.append("Verschil in procentpunten")
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [count_and_share(cell) for cell in row.cells], row.total, _points(row), row.larger)
        for row in charts.in_order(table)], wide=True)


def _by_year(table):
    """Grids with years as columns, at most MOST_YEARS each: a category's name is too long for a column."""
    blocks = math.ceil(len(table.rows) / MOST_YEARS) or 1
    size = math.ceil(len(table.rows) / blocks)
    for first in range(0, len(table.rows), size):
        years = table.rows[first:first + size]
        caption = f"{table.title}, {years[0].label}–{years[-1].label}" if blocks > 1 else table.title
        yield Grid(caption, _first(table), [year.label for year in years], [
            Line(column.label, [count_and_share(year.cells[index]) for year in years], column.code == charts.TOTAL)
            for index, column in enumerate(table.columns)], wide=True)


def _first(table):
    """The heading of the column of labels: the table's title up to ' per ', ' naar ' or ' door '."""
    return re.split(" per | naar | door ", table.title)[0]


def _points(row):
    if row.points is not None:
        return signed(row.points)
    return "" if row.total else HIDDEN_MARK if any(cell.hidden for cell in row.cells) else "–"
