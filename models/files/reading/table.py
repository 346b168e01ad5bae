"""One reader for the tables that people have: text in any usual form, and spreadsheets (docs/decisions/0109, 0110).

A message never repeats text of the file: a file without a heading begins with somebody's data.
"""
from collections.abc import Iterator
from typing import NamedTuple

from models.errors import Refused
from models.files.reading.delimited import Delimited
from models.files.reading.errors import FileCode
from models.files.reading.package import OLE, refuse_ole
from models.files.reading.sources import KnowsHeading, Record, Source, check_exists, opened, without_tail
from models.files.reading.workbook import Workbook

# How a spreadsheet in Dutch or English writes that a formula failed.
ERRORS = frozenset((
    "#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?", "#DIV/0!", "#DEEL/0!", "#NUM!",
    "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!", "#CALC!", "#BEREKENEN!", "#GETTING_DATA"))


class Row(NamedTuple):
    """A row that is not blank: its line or row number as people see it, and its cells, one for each heading.

    The cells are None with a `fault`; `column` is then the heading of the cell that is at fault, if it is one cell.
    `added` is the number of cells that the row lacked at its end; `position` is how far the file was read.
    """

    line: int
    cells: list[str] | None
    fault: FileCode | None
    position: int
    column: str = ""
    added: int = 0


class Table:
    """A table whose heading is known."""

    def __init__(self, content: Delimited | Workbook) -> None:
        """Read the rows of this file."""
        self._content = content
        self.headings = content.headings
        self.size = content.size
        self.is_spreadsheet = content.is_spreadsheet

    def rows(self) -> Iterator[Row]:
        """Yield each row below the heading that is not blank; may be called again."""
        for record in self._content.records():
            if record.fault or any(map(str.strip, record.cells)):
                yield self._row(record)

    def _row(self, record: Record) -> Row:
        line, cells, fault, position, place = record
        width = len(self.headings)
        if fault is None and len(cells) > width:
            fault = FileCode.ROW_COLUMNS if without_tail(cells[width:]) else None
            del cells[width:]
        if fault is None and not ERRORS.isdisjoint(cells):
            fault = FileCode.CELL_ERROR
            place = next(place for place, cell in enumerate(cells) if cell in ERRORS)
        if fault:
            return Row(line, None, fault, position, self.headings[place] if place is not None and place < width else "")
        added = width - len(cells)
        return Row(line, cells + [""] * added, None, position, added=added)


def open_table(source: Source, knows_heading: KnowsHeading) -> Table:
    """Check a whole file and find its heading, the first of its first lines for which `knows_heading` is true.

    Raises `Refused` with a `FileCode` where it is not a table that can be read. A stream has to stay open.
    """
    check_exists(source)
    try:
        with opened(source) as file:
            start = file.read(len(OLE))
            if not start:
                raise Refused(FileCode.FILE_EMPTY)
            if start.startswith(OLE):
                refuse_ole(file)
        return Table((Workbook if start.startswith(b"PK") else Delimited)(source, knows_heading))
    except OSError as error:
        raise Refused(FileCode.FILE_UNREADABLE, why=error.strerror) from error
