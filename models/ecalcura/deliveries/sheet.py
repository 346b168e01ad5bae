"""A delivery as a spreadsheet: a template with its rows and the numbers that are stored, and reading it back."""
import itertools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.ecalcura.deliveries.fields import parse_count
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused, Stale
from models.files import spreadsheet
from models.files.reading.sources import Source
from models.files.reading.table import Row, open_table
from models.files.spreadsheet import Book, Sheet

VERSION = "Versie"
# The largest template has a row for each care profile.
LINES = 100
WIDTHS, WIDTH = (16, 40), 24
# (row, column) → number.
Numbers = dict[tuple[str, str], int]


class Shape(NamedTuple):
    """A template: its name, the headings of the first two columns, its rows and columns, and what it is of."""

    name: str
    headings: tuple[str, str]
    # Key → label of each row, and code → heading of each column with numbers.
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    # The year or the trimester: a template of another one is not read.
    of: str


class Line(NamedTuple):
    """A row of a file: its number, the label of its row ('' if the template lacks it), and why it is refused."""

    number: int
    label: str
    refused: Refused | None


class Read(NamedTuple):
    """The outcome of reading a file: each row, and the stored numbers with those of the file over them."""

    lines: list[Line]
    numbers: Numbers

    @property
    def refused(self) -> int:
        """The number of rows that are refused: then nothing is saved."""
        return sum(1 for line in self.lines if line.refused)


def template(shape: Shape, stored: Numbers, version: int) -> bytes:
    """Return a template as XLSX, with the numbers that are stored; its last column says of which version they are."""
    headings = [*shape.headings, *shape.columns.values(), VERSION]

    def fill(book: Book) -> None:
        sheet = Sheet(book, shape.name, [*WIDTHS, *[WIDTH] * (len(headings) - 2)])
        sheet.table(headings, ([key, label, *(stored.get((key, column)) for column in shape.columns),
                                _version(shape, version)] for key, label in shape.rows.items()), 2)

    return spreadsheet.in_memory(shape.name, fill)


def _version(shape: Shape, version: int) -> str:
    return f"{shape.of} v{version}"


def read(shape: Shape, stored: Numbers, version: int, source: Source) -> Read:
    """Read a filled-in template of this version. An empty cell leaves its number as it is.

    Raises `Refused` for a file that cannot be read, lacks a column or has too many rows.
    """
    needed = [shape.headings[0], *shape.columns.values(), VERSION]
    table = open_table(source, lambda heading: shape.headings[0] in heading)
    if missing := [heading for heading in needed if heading not in table.headings]:
        raise Refused(EcalcuraCode.DELIVERY_COLUMNS, columns=", ".join(missing))
    rows = list(itertools.islice(table.rows(), LINES + 1))
    if len(rows) > LINES:
        raise Refused(EcalcuraCode.DELIVERY_LONG, most=LINES)
    numbers, lines = dict(stored), []
    for row, key, result in _rows(shape, stored, version, table.headings, rows):
        lines.append(Line(row.line, shape.rows.get(key, ""), result if isinstance(result, Refused) else None))
        if not isinstance(result, Refused):
            numbers |= result
    return Read(lines, numbers)


def _rows(shape: Shape, stored: Numbers, version: int, headings: list[str],
          rows: list[Row]) -> Iterator[tuple[Row, str, Numbers | Refused]]:
    """Yield each row with its key, and its numbers or why it is refused."""
    met: set[str] = set()
    for row in rows:
        if row.fault or row.cells is None:
            yield row, "", Refused(row.fault or EcalcuraCode.DELIVERY_ROW)
            continue
        cells = dict(zip(headings, row.cells, strict=True))
        key = cells[shape.headings[0]].strip()
        try:
            if key not in shape.rows or key in met:
                raise Refused(EcalcuraCode.DELIVERY_TWICE if key in met else EcalcuraCode.DELIVERY_ROW)
            met.add(key)
            yield row, key, _numbers(shape, stored, version, key, cells)
        except Refused as refused:
            yield row, key, refused


def _numbers(shape: Shape, stored: Numbers, version: int, key: str, cells: Mapping[str, str]) -> Numbers:
    written = cells[VERSION].strip()
    if not written.startswith(f"{shape.of} v"):
        raise Refused(EcalcuraCode.DELIVERY_OTHER)
    typed = {(key, column): parse_count(cells[heading]) for column, heading in shape.columns.items()}
    found = {place: number for place, number in typed.items() if number is not None}
    # A file that is sent twice is of an older version the second time, and says what is stored.
    if written != _version(shape, version) and not found.items() <= stored.items():
        raise Stale(None)
    return found
