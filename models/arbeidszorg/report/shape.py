"""What a report is made of: tables of counts that are covered already, so that whoever draws one cannot tell too much.

Page, pictures, text, downloads and kept editions read this and nothing else.
"""
from dataclasses import dataclass
from decimal import Decimal

TOTAL = "total"
BAR, STACKED, LINE = "bar", "stacked", "line"
OF_COLUMN, OF_ROW = "column", "row"


@dataclass(frozen=True)
class Cell:
    """A count, with the percentage it is of its table's total, one decimal; a hidden one has neither.

    A count that is shown has no share where the total is hidden or nought, or where the table has none.
    """

    count: int | None
    hidden: bool = False
    share: Decimal | None = None

    def data(self):
        """As JSON keeps it."""
        return [self.count, self.hidden, _text(self.share)]

    @classmethod
    def of_data(cls, data):
        """From what `data` gave."""
        count, hidden, share = data
        return cls(count, hidden, _decimal(share))


@dataclass(frozen=True)
class Column:
    code: str
    label: str

    def data(self):
        """As JSON keeps it."""
        return [self.code, self.label]

    @classmethod
    def of_data(cls, data):
        """From what `data` gave."""
        return cls(*data)


@dataclass(frozen=True)
class Row:
    """A cell for each column. `total` marks the sum of the others.

    Of a table of changes also: the change of the share in percentage points (None where it is not to be shown), and
    whether it is larger than chance would make it.
    """

    code: str
    label: str
    cells: tuple
    total: bool = False
    points: Decimal | None = None
    larger: bool = False

    def data(self):
        """As JSON keeps it."""
        cells = [cell.data() for cell in self.cells]
        return [self.code, self.label, cells, self.total, _text(self.points), self.larger]

    @classmethod
    def of_data(cls, data):
        """From what `data` gave."""
        code, label, cells, total, points, larger = data
        return cls(code, label, tuple(map(Cell.of_data, cells)), total, _decimal(points), larger)


@dataclass(frozen=True)
class Table:
    """A table with a stable code that speaks: '2-gender', '3-gender-by-situation', '4-gender', '4-series-gender'.

    `picture`: BAR draws the first column, a bar a row; STACKED a bar a row, a part a column; LINE a line a column, its
    rows are years; None draws nothing. What is a total (of rows or of columns) is not drawn but in a line.
    `share_of`: whether a share is of its column's total, of its row's, or there is none (None).
    `changes`: the columns are the year before and the year itself, and the rows have `points` and `larger`.
    """

    code: str
    chapter: int
    title: str
    columns: tuple
    rows: tuple
    picture: str | None = BAR
    share_of: str | None = OF_COLUMN
    changes: bool = False

    def cell(self, row, column):
        """The cell in the row and the column with these codes."""
        place = [one.code for one in self.columns].index(column)
        return next(one.cells[place] for one in self.rows if one.code == row)

    def data(self):
        """As JSON keeps it."""
        return {"code": self.code, "chapter": self.chapter, "title": self.title, "picture": self.picture,
                "share_of": self.share_of, "changes": self.changes,
                "columns": [column.data() for column in self.columns], "rows": [row.data() for row in self.rows]}

    @classmethod
    def of_data(cls, data):
        """From what `data` gave."""
        parts = {"columns": tuple(map(Column.of_data, data["columns"])), "rows": tuple(map(Row.of_data, data["rows"]))}
        return cls(**data | parts)


def _text(decimal):
    return None if decimal is None else str(decimal)


def _decimal(text):
    return None if text is None else Decimal(text)
