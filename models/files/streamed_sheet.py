"""The rows of a sheet, written as XML and compressed while they are read; XlsxWriter makes the frame around them.

Styles, widths, filter and print setup are XlsxWriter's. Its own ways to add rows keep every cell, or write the rows to
a file in clear (docs/decisions/0101).
"""
import itertools
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name

from models.files.cells import Cells, Value, day, disarm

LAST_LINE = 1_048_576  # Excel's sheets have no more.
# Bytes of XML from which the rows go on in a next sheet: from 2 GiB a ZIP file needs a form that some readers lack.
LARGEST = 2**30
DAY_ZERO = date(1899, 12, 30)
# Readers do not agree on the days before this one, for Excel has a 29 February 1900: those are written as texts.
FIRST_DAY = date(1900, 3, 1)
LONGEST = 32_767  # UTF-16 units in a cell
CUT = " … (afgekort: het CSV-bestand heeft de hele tekst)"
LEVEL = 5  # of zlib: it takes half the time of 6, its usual one, for a file that is 2 % larger
AT_A_TIME, BLOCK = 100, 64 * 1024

# Signs that XML cannot hold, and texts that look like the ones by which a spreadsheet names such a sign.
_UNSAYABLE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_DIMENSION = re.compile(rb'(<dimension ref=")[^"]*"')


class StreamedRows:
    """The rows of one sheet, from the line `first` on, compressed into `file`."""

    def __init__(self, file: BinaryIO, first: int, columns: int, day_style: int) -> None:
        """Let dates have the style with this number."""
        self.line = first
        self._file, self._day_style = file, day_style
        self._starts = [f'<c r="{xl_col_to_name(column)}' for column in range(columns)]
        self._last_column = xl_col_to_name(columns - 1)
        self._cells = Cells(self._cell)
        self._deflate = _deflating()
        self._checksum = self._size = 0

    def add(self, rows: Iterator[Sequence[Value]]) -> None:
        """Write rows until there are no more, or until this sheet is full."""
        while self._size < LARGEST and (
                xml := "".join(map(self._row, itertools.islice(rows, min(AT_A_TIME, LAST_LINE - self.line + 1))))):
            content = xml.encode()
            self._checksum = zlib.crc32(content, self._checksum)
            self._size += len(content)
            self._file.write(self._deflate.compress(content))

    def _row(self, row: Sequence[Value]) -> str:
        line, cells = str(self.line), self._cells
        pieces = ['<row r="', line, '">']
        for start, value in zip(self._starts, row, strict=True):
            if value is not None:
                pieces += (start, line, cells[value])
        pieces.append("</row>")
        self.line += 1
        return "".join(pieces)

    def _cell(self, value: Value) -> str:
        """Return a cell after its address: `" t="inlineStr">…` for a text, `" s="2">…` for a date."""
        if isinstance(value, int):
            return f'"><v>{value}</v></c>'
        if isinstance(value, date):
            if value >= FIRST_DAY:
                return f'" s="{self._day_style}"><v>{(value - DAY_ZERO).days}</v></c>'
            value = day(value)
        if isinstance(value, str):
            text = _sayable(_fitting(disarm(value)))
            spaces = ' xml:space="preserve"' if text != text.strip() else ""
            return f'" t="inlineStr"><is><t{spaces}>{text}</t></is></c>'
        return f'"><v>{value:f}</v></c>' if value is not None else '"/>'

    def compressed(self, name: str, frame: bytes) -> tuple[ZipInfo, Iterator[bytes]]:
        """Return the sheet as an entry of a ZIP file and its content: the frame with these rows below its own."""
        head, end, tail = _DIMENSION.sub(rf'\g<1>A1:{self._last_column}{self.line - 1}"'.encode(), frame).partition(
            b"</sheetData>")
        tail = end + tail
        # The three parts are compressed each by itself: only at the end is it known how many lines the head promises.
        first, last = _deflating(), _deflating()
        start = first.compress(head) + first.flush(zlib.Z_FULL_FLUSH)
        self._file.write(self._deflate.flush(zlib.Z_FULL_FLUSH) + last.compress(tail) + last.flush())
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED
        entry.file_size = len(head) + self._size + len(tail)
        entry.compress_size = len(start) + self._file.tell()
        entry.CRC = zlib.crc32(tail, _checksum_of_both(zlib.crc32(head), self._checksum, self._size))
        self._file.seek(0)
        return entry, itertools.chain([start], iter(lambda: self._file.read(BLOCK), b""))


def join(frame: BinaryIO, streamed: Mapping[str, StreamedRows], file: BinaryIO) -> None:
    """Write a spreadsheet to `file`: the frame, with the rows of each of these sheets in it."""
    with ZipFile(frame) as source, ZipFile(file, "w", ZIP_DEFLATED) as book:
        for part in source.infolist():
            if part.filename not in streamed:
                book.writestr(part, source.read(part))
                continue
            # For an entry that is compressed already zipfile has no method.
            entry, pieces = streamed[part.filename].compressed(part.filename, source.read(part))
            entry.header_offset = book.start_dir
            file.write(entry.FileHeader())
            file.writelines(pieces)
            book.filelist.append(entry)
            book.NameToInfo[entry.filename] = entry
            book.start_dir = file.tell()


def _checksum_of_both(first: int, second: int, length: int) -> int:
    """Return the CRC-32 of two texts in a row, from that of each and the length of the second."""
    # A CRC is linear: the first text adds what becomes of its checksum after as many zeros.
    ones = 0xFFFFFFFF
    added = first ^ ones
    for begin in range(0, length, BLOCK):
        added = zlib.crc32(bytes(min(BLOCK, length - begin)), added)
    return second ^ added ^ ones


def _deflating() -> "zlib._Compress":
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def _fitting(text: str) -> str:
    """Return the text, or the part that fits in a cell, ending with the words that it goes on in the CSV."""
    # A sign takes one unit, or two.
    if len(text) <= LONGEST // 2 or len(units := text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    return units[:2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _sayable(text: str) -> str:
    """Return a text as XML: `_x0001_` for a sign that XML cannot hold, `_x005F_` for the `_` of a text like that."""
    return _UNSAYABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))
