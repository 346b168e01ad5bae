"""Spreadsheets (XLSX): sheets with real dates and numbers, and no cell that is a formula."""
import io
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO

import xlsxwriter

from models.files.cells import Value, disarm

BLOCK = 64 * 1024  # bytes of a piece


class Look(StrEnum):
    """The looks of a cell. A date always has that of a day."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    WRAPPED = "wrapped"
    COUNT = "count"
    DECIMAL = "decimal"
    POINTS = "points"
    DAY = "day"


_FORMATS = {
    Look.TITLE: {"bold": True, "font_size": 14},
    Look.HEADING: {"bold": True, "text_wrap": True, "valign": "top"},
    Look.WRAPPED: {"text_wrap": True, "valign": "top"},
    Look.COUNT: {"num_format": "#,##0", "align": "right"},
    Look.DECIMAL: {"num_format": "0.0", "align": "right"},
    Look.POINTS: {"num_format": "+0.0;-0.0;0.0", "align": "right"},
    Look.DAY: {"num_format": "dd/mm/yyyy", "align": "left"},
}


class Book(xlsxwriter.Workbook):
    """A spreadsheet in the making, for `Sheet` to add to."""

    def __init__(self, file: BinaryIO, options: dict[str, Any]) -> None:
        super().__init__(file, options)
        self.looks = {Look.TEXT: None} | {look: self.add_format(found) for look, found in _FORMATS.items()}


def in_memory(fill: Callable[[Book], object]) -> bytes:
    """Return the spreadsheet that `fill` puts sheets into. For rows with names: nothing of it is written to a file."""
    content = io.BytesIO()
    with Book(content, {"in_memory": True}) as book:
        fill(book)
    return content.getvalue()


def in_temporary_file(fill: Callable[[Book], object]) -> Generator[bytes, None, None]:
    """Return the pieces of the spreadsheet that `fill` puts sheets into. Only for rows without names.

    It is complete before the first piece is sent. Memory does not grow with it, and nothing is left behind: its file
    has no name, and the files that XlsxWriter makes on the way are deleted with their folder.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its last piece is read
    try:
        with (tempfile.TemporaryDirectory(prefix="loket-") as folder,
              Book(file, {"constant_memory": True, "tmpdir": folder}) as book):
            fill(book)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return blocks(file)


def blocks(file: BinaryIO) -> Generator[bytes, None, None]:
    """Yield a file from its position on, piece by piece; close it at the end, or when the reader stops."""
    with file:
        while block := file.read(BLOCK):
            yield block


class Sheet:
    """A sheet of a workbook, written from the top down."""

    def __init__(self, book: Book, name: str, widths: Iterable[int]) -> None:
        """Add a sheet at the end; `widths` are those of its columns, in characters."""
        self._sheet, self._line, self._looks, self._day = book.add_worksheet(name), 0, book.looks, book.looks[Look.DAY]
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)

    def table(self, headings: Sequence[str], rows: Iterable[Iterable[Value]], frozen: int) -> None:
        """Write headings with a filter, always in view as the first `frozen` columns are, and the rows below them."""
        self.write(*((heading, Look.HEADING) for heading in headings))
        self.freeze(frozen)
        for row in rows:
            for place, value in enumerate(row):
                self._put(place, value, None)
            self._line += 1
        self._sheet.autofilter(0, 0, max(1, self._line - 1), len(headings) - 1)
        # Postcodes and years are meant to be texts: Excel shows no warning.
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._line}"})

    def write(self, *cells: tuple[Value, Look]) -> None:
        """Write the next line: of each cell its value, None for an empty one, and its look."""
        for place, (value, look) in enumerate(cells):
            self._put(place, value, self._looks[look])
        self._line += 1

    def write_over(self, sentence: str, columns: int, height: int) -> None:
        """Write the next line: a sentence over the first columns, in a line of this height in points."""
        self._sheet.merge_range(
            self._line, 0, self._line, columns - 1, disarm(sentence), self._looks[Look.WRAPPED])
        self._sheet.set_row(self._line, height)
        self._line += 1

    def link(self, sheet: str, text: str) -> None:
        """Write the next line: a link to another sheet."""
        self._sheet.write_url(self._line, 0, f"internal:'{sheet}'!A1", string=disarm(text))
        self._line += 1

    def freeze(self, columns: int) -> None:
        """Keep what is written so far, and the first columns, always in view."""
        self._sheet.freeze_panes(self._line, columns)

    def _put(self, place: int, value: Value, look: Any) -> None:
        if isinstance(value, str):
            # A cell of text is not a formula, but it would become one in a CSV made from the sheet.
            self._sheet.write_string(self._line, place, disarm(value), look)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._line, place, value, self._day)
        elif value is not None:
            self._sheet.write_number(self._line, place, value, look)
