"""Spreadsheets (XLSX): sheets with real dates and numbers, and no cell that is a formula."""
import contextlib
import io
import itertools
import re
import tempfile
import textwrap
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from models.files.cells import Value, disarm
from models.files.streamed_sheet import BLOCK, StreamedRows, join

A4 = 9  # a number of Excel's
LONGEST_NAME = 31  # of a sheet
_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Look(StrEnum):
    """The looks of a cell. A date always has that of a day."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    WRAPPED = "wrapped"
    COUNT = "count"
    DECIMAL = "decimal"
    SHARE = "share"
    POINTS = "points"
    DAY = "day"
    # For cells to type in: 007 stays the text 007.
    TYPED = "typed"


_FORMATS = {
    Look.TITLE: {"bold": True, "font_size": 14},
    Look.HEADING: {"bold": True, "text_wrap": True, "valign": "top"},
    Look.WRAPPED: {"text_wrap": True, "valign": "top"},
    Look.COUNT: {"num_format": "#,##0", "align": "right"},
    Look.DECIMAL: {"num_format": "0.0", "align": "right"},
    Look.SHARE: {"num_format": "0.0%", "align": "right"},
    Look.POINTS: {"num_format": "+0.0;-0.0;0.0", "align": "right"},
    Look.DAY: {"num_format": "dd/mm/yyyy", "align": "left"},
    Look.TYPED: {"num_format": "@"},
}


class Book(xlsxwriter.Workbook):
    """A spreadsheet in the making, for `Sheet` to add to."""

    def __init__(self, frame: BinaryIO, buffer: Callable[[], BinaryIO], title: str) -> None:
        """Make the frame in `frame`; the rows of each table are kept, compressed, in a file that `buffer` makes."""
        super().__init__(frame, {"in_memory": True})
        self.set_properties({"title": title, "author": "Loket"})
        self.looks = {Look.TEXT: None} | {look: self.add_format(found) for look, found in _FORMATS.items()}
        self.streamed: dict[str, StreamedRows] = {}
        self._buffer = buffer

    def rows_of_last_sheet(self, first: int, columns: int) -> StreamedRows:
        """Return the rows of the sheet that was added last, to be written from this line on."""
        # XlsxWriter numbers a style when it is first used.
        day_style = self.looks[Look.DAY]._get_xf_index()
        rows = StreamedRows(self._buffer(), first, columns, day_style)
        self.streamed[f"xl/worksheets/sheet{len(self.worksheets())}.xml"] = rows
        return rows


def in_memory(title: str, fill: Callable[[Book], object]) -> bytes:
    """Return the spreadsheet that `fill` puts sheets into. For rows with names: nothing of it is written to a file."""
    content = io.BytesIO()
    _make(title, fill, content, io.BytesIO)
    return content.getvalue()


def in_temporary_file(title: str, fill: Callable[[Book], object]) -> Generator[bytes, None, None]:
    """Return the pieces of the spreadsheet that `fill` puts sheets into. Only for rows without names.

    It is complete before the first piece is sent. Memory does not grow with it, and nothing is left behind: its files
    have no name.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its last piece is read
    try:
        with contextlib.ExitStack() as buffers:
            _make(title, fill, file, lambda: buffers.enter_context(tempfile.TemporaryFile()))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return blocks(file)


def _make(title: str, fill: Callable[[Book], object], file: BinaryIO, buffer: Callable[[], BinaryIO]) -> None:
    frame = io.BytesIO()
    with Book(frame, buffer, title) as book:
        fill(book)
    join(frame, book.streamed, file)


def blocks(file: BinaryIO) -> Generator[bytes, None, None]:
    """Yield a file from its position on, piece by piece; close it at the end, or when the reader stops."""
    with file:
        while block := file.read(BLOCK):
            yield block


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a name for a sheet about each title: as short as Excel wants it, without its own signs, each once."""
    names: list[str] = []
    for title in titles:
        name = short = textwrap.shorten(_REFUSED.sub(" ", title).strip("'"), LONGEST_NAME, placeholder="…")
        for number in itertools.count(2):
            # Excel does not tell capitals from small letters.
            if name.casefold() not in map(str.casefold, names):
                break
            name = f"{short[:LONGEST_NAME - 5]} ({number})"
        names.append(name)
    return names


class Sheet:
    """A sheet of a workbook, written from the top down. It is printed across the width of a page, on its side."""

    def __init__(self, book: Book, name: str, widths: Sequence[int]) -> None:
        """Add a sheet at the end; `widths` are those of its columns, in characters."""
        self._book, self._name, self._widths = book, name, widths
        self._sheet, self._line, self._looks, self._day = book.add_worksheet(name), 0, book.looks, book.looks[Look.DAY]
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Value]], frozen: int) -> None:
        """Write headings with a filter, always in view as the first `frozen` columns are, and the rows below them.

        Rows for which Excel has no more lines go on in a next sheet, with the same headings.
        """
        sheet, remaining = self, iter(rows)
        for number in itertools.count(2):
            sheet._part_of_table(headings, remaining, frozen)
            row = next(remaining, None)
            if row is None:
                return
            remaining = itertools.chain([row], remaining)
            sheet = Sheet(self._book, f"{self._name} ({number})", self._widths)

    def _part_of_table(self, headings: Sequence[str], rows: Iterator[Sequence[Value]], frozen: int) -> None:
        self.write(*((heading, Look.HEADING) for heading in headings))
        self.freeze(frozen)
        streamed = self._book.rows_of_last_sheet(self._line + 1, len(headings))
        streamed.add(rows)
        self._line = streamed.line - 1
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

    def type_in(self, column: int, look: Look | None) -> None:
        """Give the cells of a column, in the lines that are not written, this look."""
        self._sheet.set_column(column, column, self._widths[column], self._looks[look] if look else None)

    def choose(self, column: int, lines: int, sheet: str, options_in: int, options: int) -> None:
        """Let the next `lines` of a column offer the options that another sheet has in a column, below its heading."""
        place = xl_col_to_name(options_in, col_abs=True)
        self._sheet.data_validation(self._line, column, self._line + lines - 1, column, {
            "validate": "list", "source": f"='{sheet}'!{place}$2:{place}${options + 1}",
            "error_title": "Kies een antwoord", "error_message": f"Kies een antwoord uit de lijst (blad {sheet})."})

    def freeze(self, columns: int) -> None:
        """Keep what is written so far always in view, and on each page that is printed; and the first columns."""
        self._sheet.freeze_panes(self._line, columns)
        self._sheet.repeat_rows(0, self._line - 1)

    def _put(self, place: int, value: Value, look: Any) -> None:
        if isinstance(value, str):
            # A cell of text is not a formula, but it would become one in a CSV made from the sheet.
            self._sheet.write_string(self._line, place, disarm(value), look)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._line, place, value, self._day)
        elif value is not None:
            self._sheet.write_number(self._line, place, value, look)
