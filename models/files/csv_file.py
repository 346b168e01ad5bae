"""CSV files that Excel in Dutch opens with a double click."""
import io
import re
from collections.abc import Generator, Iterable
from typing import Protocol

from models.files.cells import Cells, Value, in_csv

DELIMITER = ";"
LINE_END = "\r\n"
# Without this mark Excel reads UTF-8 as Windows-1252.
BYTE_ORDER_MARK = "\ufeff"

_QUOTED = re.compile(r'[";\r\n]')


class Writable(Protocol):
    def write(self, text: str, /) -> object:
        """Add this text at the end."""


class Csv:
    """Headings and rows in UTF-8 with its mark, with semicolons, dates as dd/mm/jjjj, decimal commas and no formula."""

    def __init__(self, file: Writable, headings: Iterable[str]) -> None:
        """Write the headings; `file` was opened for text in UTF-8 with newline=''."""
        self._write = file.write
        self._cells = Cells(_cell)
        self._write(BYTE_ORDER_MARK)
        self.write([headings])

    def write(self, rows: Iterable[Iterable[Value]]) -> None:
        """Write these rows below those before."""
        write, cell = self._write, self._cells.__getitem__
        for row in rows:
            # A line of one empty cell has its quotes, for readers skip empty lines.
            write((DELIMITER.join(map(cell, row)) or '""') + LINE_END)

    @classmethod
    def whole(cls, headings: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
        """Return the whole file, made in memory."""
        content = io.BytesIO()
        text = io.TextIOWrapper(content, encoding="utf-8", newline="")
        cls(text, headings).write(rows)
        text.flush()
        return content.getvalue()

    @classmethod
    def pieces(cls, headings: Iterable[str],
               batches: Iterable[Iterable[Iterable[Value]]]) -> Generator[bytes, None, None]:
        """Yield the file while it is made: a piece for the headings, and one for each batch of rows."""
        piece = _Piece()
        table = cls(piece, headings)
        yield piece.taken()
        for rows in batches:
            table.write(rows)
            yield piece.taken()


class _Piece:
    """The lines since the last piece; a StringIO that is emptied and used again takes twice as long."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.write = self._lines.append

    def taken(self) -> bytes:
        """Return the lines, and forget them."""
        content = "".join(self._lines).encode()
        self._lines.clear()
        return content


def _cell(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(in_csv(value))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
