"""The reader of a register's CSV file: a file that is not a register is refused before a row is read.

The whole file is refused here, and no line is longer than LIMIT. A message never repeats text of the file: a file
without a heading begins with somebody's data.
"""
import codecs
import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.transfer.columns import OLD, OWN, columns, columns_in
from models.errors import Refused
from models.files.cells import restore
from models.files.csv_file import DELIMITER

# Bytes of a line, and lines of a row whose cells hold line ends.
LIMIT = 64 * 1024
LINES = 20
BLOCK = 256 * 1024
EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# In Windows-1252 these are nothing, or signs that no Dutch text holds (‚ ƒ „ † ‡ ˆ ‰ Š ‹ Ž ˜ ›); in DOS and Mac files
# they are é, è and the like. Ã followed by a sign is UTF-8.
NOT_WINDOWS = re.compile(rb"[\x81-\x84\x86-\x8b\x8d-\x90\x98\x9b\x9d]|\xc3[\x80-\xbf]")


class Row(NamedTuple):
    """A row: the number of its first line, its cells (None with a `fault`), and the bytes read so far."""

    line: int
    cells: list[str] | None
    fault: ImportCode | None
    position: int


@dataclass(frozen=True)
class RegisterFile:
    """A file whose heading and encoding are known; its columns are those of `kind`, OLD or OWN."""

    path: Path
    kind: str
    columns: dict[str, str]
    encoding: str
    size: int

    def rows(self) -> Iterator[Row]:
        """Yield each row that is not blank."""
        with self.path.open("rb") as file:
            lines = _Lines(file, self.encoding)
            lines.take()
            while (taken := lines.take()) is not None:
                row = self._row(lines, *taken)
                if row.cells is None or any(row.cells):
                    yield row

    def _row(self, lines: "_Lines", number: int, text: str) -> Row:
        cells, fault = _cells(text), None
        if cells is None:
            cells = self._over_lines(lines, text)
        if cells is None:
            fault = ImportCode.ROW_QUOTES
        elif any(cells) and len(cells) != len(self.columns):
            cells, fault = None, ImportCode.ROW_COLUMNS
        return Row(number, cells, fault, lines.position)

    def _over_lines(self, lines: "_Lines", text: str) -> list[str] | None:
        """Return the cells of a row that continues on the next lines; otherwise give those lines back, return None."""
        taken: list[tuple[int, str]] = []
        while len(taken) < LINES and (following := lines.take()) is not None:
            taken.append(following)
            text += following[1]
            cells = _cells(text)
            if cells is not None and len(cells) == len(self.columns):
                return cells
        lines.give_back(taken)
        return None


class _Lines:
    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.file = file
        self.encoding = encoding
        self.number = 0
        self.position = 0
        self.waiting: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        """Return (number, text) of the next line, or None at the end."""
        if self.waiting:
            return self.waiting.popleft()
        line = self.file.readline(LIMIT)
        if not line:
            return None
        self.number += 1
        self.position += len(line)
        return self.number, line.decode(self.encoding)

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self.waiting.extendleft(reversed(lines))


def _cells(text: str, delimiter: str = DELIMITER) -> list[str] | None:
    try:
        return next(csv.reader((text,), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def examine(path: Path | str) -> RegisterFile:
    """Check a whole file; raises `Refused` with the reason if it is not a register that can be read."""
    path = Path(path)
    try:
        if not path.is_file():
            raise Refused(ImportCode.FILE_NONE)
        with path.open("rb") as file:
            heading = _heading(file)
            kind, wanted = columns_in(heading)
            _compare(heading, list(wanted.values()))
            file.seek(0)
            encoding = _encoding(file)
    except OSError as error:
        raise Refused(ImportCode.FILE_UNREADABLE, why=error.strerror) from error
    return RegisterFile(path, kind, wanted, encoding, path.stat().st_size)


def _heading(file: BinaryIO) -> list[str]:
    line = file.readline(LIMIT)
    if not line:
        raise Refused(ImportCode.FILE_EMPTY)
    if line.startswith(EXCEL):
        raise Refused(ImportCode.FILE_EXCEL)
    if line.startswith(WIDE) or b"\0" in line:
        raise Refused(ImportCode.FILE_WIDE)
    text = line.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    for delimiter in (DELIMITER, ",", "\t", "|"):
        heading = [restore(cell.strip()) for cell in _cells(text, delimiter) or []]
        if len({*columns(OLD).values(), *columns(OWN).values()}.intersection(heading)) > 1:
            if delimiter != DELIMITER:
                raise Refused(ImportCode.FILE_DELIMITER, delimiter=delimiter)
            return heading
    raise Refused(ImportCode.FILE_HEADING)


def _compare(heading: list[str], expected: list[str]) -> None:
    doubled = [column for column in expected if heading.count(column) > 1]
    missing = [column for column in expected if column not in heading]
    unknown = [place for place, column in enumerate(heading, 1) if column not in expected]
    if doubled:
        raise Refused(ImportCode.COLUMNS_DOUBLED, columns=doubled)
    if missing:
        raise Refused(ImportCode.COLUMNS_MISSING, columns=missing)
    if unknown:
        raise Refused(ImportCode.COLUMNS_UNKNOWN, places=unknown)
    for place, (actual, column) in enumerate(zip(heading, expected, strict=True), 1):
        if actual != column:
            raise Refused(ImportCode.COLUMNS_ORDER, place=place, column=column, found=actual)


def _encoding(file: BinaryIO) -> str:
    """Return utf-8-sig, which reads UTF-8 without a mark too, or cp1252. Also refuses endless and binary lines."""
    marked = file.read(3) == codecs.BOM_UTF8
    file.seek(0)
    utf8 = windows = True
    for number, lines in _blocks(file):
        if max(map(len, lines.split(b"\n"))) >= LIMIT:
            raise Refused(ImportCode.FILE_LINE, line=_first(lines, number, lambda line: len(line) >= LIMIT))
        if b"\0" in lines:
            raise Refused(ImportCode.FILE_BINARY, line=_first(lines, number, lambda line: b"\0" in line))
        if lines.isascii():
            continue
        utf8 = utf8 and _is_utf8(lines)
        windows = windows and not NOT_WINDOWS.search(lines)
        if not utf8 and (marked or not windows):
            raise Refused(ImportCode.FILE_ENCODING, line=_first(lines, number, lambda line: not line.isascii()))
    return "utf-8-sig" if utf8 else "cp1252"


def _blocks(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield (number of its first line, whole lines) of each block; the text after the last line end is a block too."""
    number, rest = 1, b""
    while block := file.read(BLOCK):
        lines, end, rest = (rest + block).rpartition(b"\n")
        if len(rest) >= LIMIT:
            raise Refused(ImportCode.FILE_LINE, line=number + lines.count(b"\n") + len(end))
        yield number, lines
        number += lines.count(b"\n") + len(end)
    yield number, rest


def _first(lines: bytes, number: int, is_wrong: Callable[[bytes], bool]) -> int:
    return next(place for place, line in enumerate(lines.split(b"\n"), number) if is_wrong(line))


def _is_utf8(lines: bytes) -> bool:
    try:
        lines.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
