"""The parts of a report: tables of counts from which unsafe counts are suppressed already.

Pages, pictures, sentences, downloads and kept editions read these parts and nothing else, so none of them can publish
too much.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

TOTAL = "total"
HIDDEN_MARK = "*"  # shown in place of a hidden count, on pages, in pictures and in files
BAR, STACKED, LINE = "bar", "stacked", "line"
OF_COLUMN, OF_ROW = "column", "row"


@dataclass(frozen=True)
class Cell:
    """A count, and its share of the table's total in percent, one decimal; a hidden cell has neither.

    A shown count has no share where the total is hidden or zero, or where the table shows no shares.
    """

    count: int | None
    hidden: bool = False
    share: Decimal | None = None

    def data(self) -> list[Any]:
        """Return the cell as JSON can store it."""
        return [self.count, self.hidden, _text(self.share)]

    @classmethod
    def of_data(cls, data: list[Any]) -> Self:
        """Make the cell from what `data` returned."""
        count, hidden, share = data
        return cls(count, hidden, _decimal(share))


@dataclass(frozen=True)
class Column:
    code: str
    label: str

    def data(self) -> list[str]:
        """Return the column as JSON can store it."""
        return [self.code, self.label]

    @classmethod
    def of_data(cls, data: Iterable[str]) -> Self:
        """Make the column from what `data` returned."""
        return cls(*data)


@dataclass(frozen=True)
class Row:
    """A cell for each column. `total` marks the row that sums the others.

    In a table of changes, `points` is the change of the share in percentage points (None where it may not be shown),
    and `larger` says that the change is larger than chance explains.
    """

    code: str
    label: str
    cells: tuple[Cell, ...]
    total: bool = False
    points: Decimal | None = None
    larger: bool = False

    def data(self) -> list[Any]:
        """Return the row as JSON can store it."""
        cells = [cell.data() for cell in self.cells]
        return [self.code, self.label, cells, self.total, _text(self.points), self.larger]

    @classmethod
    def of_data(cls, data: list[Any]) -> Self:
        """Make the row from what `data` returned."""
        code, label, cells, total, points, larger = data
        return cls(code, label, tuple(map(Cell.of_data, cells)), total, _decimal(points), larger)


@dataclass(frozen=True)
class Table:
    """A table with a stable, readable code: '2-gender', '3-gender-by-situation', '4-gender', '4-series-gender'.

    `picture`: BAR draws the first column, one bar a row; STACKED draws one bar a row, one part a column; LINE draws one
    line a column, over rows that are years; None draws nothing. Only LINE draws totals.
    `share_of`: a share is of its column's total, of its row's total, or absent (None).
    `changes`: the columns are the year before and the year itself, and the rows have `points` and `larger`.
    """

    code: str
    chapter: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    picture: str | None = BAR
    share_of: str | None = OF_COLUMN
    changes: bool = False

    def cell(self, row: str, column: str) -> Cell:
        """Return the cell in the row and the column with these codes."""
        index = [one.code for one in self.columns].index(column)
        return next(one.cells[index] for one in self.rows if one.code == row)

    def data(self) -> dict[str, Any]:
        """Return the table as JSON can store it."""
        return {"code": self.code, "chapter": self.chapter, "title": self.title, "picture": self.picture,
                "share_of": self.share_of, "changes": self.changes,
                "columns": [column.data() for column in self.columns], "rows": [row.data() for row in self.rows]}

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Self:
        """Make the table from what `data` returned."""
        parts = {"columns": tuple(map(Column.of_data, data["columns"])), "rows": tuple(map(Row.of_data, data["rows"]))}
        return cls(**data | parts)


def _text(decimal: Decimal | None) -> str | None:
    return None if decimal is None else str(decimal)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
