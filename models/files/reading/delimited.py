"""Tables in a text file: cells between semicolons, commas, tabs or bars, with quotes around a cell that holds one."""
import csv
import io
import itertools
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from models.errors import Refused
from models.files.invisible import clean
from models.files.reading.encodings import LIMIT, encoding_of
from models.files.reading.errors import FileCode
from models.files.reading.sources import (
    HEADING_WITHIN,
    KnowsHeading,
    Record,
    Source,
    as_heading,
    opened,
    size_of,
    without_tail,
)

DELIMITERS = (";", "\t", ",", "|")
# Lines of a row whose cells hold line ends.
LINES = 20


class Delimited:
    """A text file of which the encoding, the delimiter and the heading are known."""

    is_spreadsheet = False

    def __init__(self, source: Source, knows_heading: KnowsHeading) -> None:
        """Find them; raises `Refused` for a file without them."""
        self._source, self._knows_heading = source, knows_heading
        with opened(source) as file:
            self.size = size_of(file)
            self._check_nulls(file)
            self._encoding = encoding_of(file)
            file.seek(0)
            with _Lines(file, self._encoding) as lines:
                self.headings, self._delimiter, self._heading_line = self._heading(lines)

    def _check_nulls(self, file: BinaryIO) -> None:
        """Tell UTF-16 without its mark, which holds a heading between null bytes, from a file that is no text."""
        file.seek(0)
        start = file.read(LIMIT)
        if b"\0" in start[:2]:
            lines = start.replace(b"\0", b"").decode("latin-1").splitlines()[:HEADING_WITHIN]
            if any(map(self._find, lines)):
                raise Refused(FileCode.FILE_WIDE)

    def _heading(self, lines: "_Lines") -> tuple[list[str], str, int]:
        for number, text in itertools.islice(iter(lines.take, None), HEADING_WITHIN):
            if found := self._find(text):
                return *found, number
        raise Refused(FileCode.FILE_HEADING)

    def _find(self, text: str) -> tuple[list[str], str] | None:
        """Return the heading in a line and the delimiter with which it is one."""
        for delimiter in DELIMITERS:
            headings = as_heading(_cells(text, delimiter) or [])
            if self._knows_heading(headings):
                return headings, delimiter
        return None

    def records(self) -> Iterator[Record]:
        """Yield each row below the heading."""
        with opened(self._source) as file, _Lines(file, self._encoding) as lines:
            while (taken := lines.take()) is not None:
                if taken[0] > self._heading_line:
                    yield self._record(lines, *taken)

    def _record(self, lines: "_Lines", number: int, text: str) -> Record:
        cells = _cells(text, self._delimiter)
        if cells is None:
            cells = self._over_lines(lines, text)
        return Record(number, cells or [], FileCode.ROW_QUOTES if cells is None else None, lines.position)

    def _over_lines(self, lines: "_Lines", text: str) -> list[str] | None:
        """Return the cells of a row that continues on the next lines; otherwise give those lines back, return None.

        Such a row has all its cells: two quotes too many, on two lines, would swallow the lines between.
        """
        taken: list[tuple[int, str]] = []
        width = len(self.headings)
        while len(taken) < LINES and (following := lines.take()) is not None:
            taken.append(following)
            text += following[1]
            cells = _cells(text, self._delimiter)
            if cells is not None and len(cells) >= width and len(without_tail(cells)) <= width:
                return cells
        lines.give_back(taken)
        return None


class _Lines:
    """The lines of a file, each with its number; any line end counts, also that of an old Mac."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._text = io.TextIOWrapper(file, encoding, newline="")
        self._number = 0
        self._waiting: deque[tuple[int, str]] = deque()

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self._text.detach()

    @property
    def position(self) -> int:
        return self._file.tell()

    def take(self) -> tuple[int, str] | None:
        """Return (number, text) of the next line, or None at the end."""
        if self._waiting:
            return self._waiting.popleft()
        line = self._text.readline(LIMIT)
        if not line:
            return None
        self._number += 1
        return self._number, line

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        """Let these lines be taken again."""
        self._waiting.extendleft(reversed(lines))


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a row without signs that cannot be seen; None where its quotes are not right."""
    if delimiter != "\t":
        text = clean(text)
    elif not text.isascii():
        text = "\t".join(map(clean, text.split("\t")))
    try:
        cells = next(csv.reader((text,), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
    return list(map(clean, cells)) if delimiter == "\t" and '"' in text else cells
