"""The rows of a sheet and the texts that cells share, read as a stream: memory does not grow with the sheet."""
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from models.files.reading.errors import FileCode
from models.files.reading.sheet_cells import CellTexts, plain

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
BLOCK = 64 * 1024
LETTERS, DIGITS = 26, "0123456789"
# A sheet of Excel's has 16,384 columns.
MOST_COLUMNS = 16_384


class SheetRow(NamedTuple):
    """A row: its number, its cells by their place from 0, the first fault in it and the place of that cell."""

    number: int
    cells: dict[int, str]
    fault: FileCode | None
    place: int | None
    position: int


def rows_of(sheet: IO[bytes], texts: CellTexts) -> Iterator[SheetRow]:
    """Yield each row of a sheet in XML; raises ExpatError, LookupError or ValueError where it is damaged."""
    reader = _Rows(texts)
    while block := sheet.read(BLOCK):
        reader.position += len(block)
        reader.parse(block)
        yield from reader.rows
        reader.rows.clear()
    reader.parse(b"", True)


def strings_of(part: IO[bytes]) -> list[str]:
    """Return the texts that cells share, in order."""
    reader = _Strings()
    while block := part.read(BLOCK):
        reader.parse(block)
    reader.parse(b"", True)
    return reader.strings


class _Parser:
    """Parses a part of XML; its elements may all have a prefix, such as `x:`."""

    def __init__(self, start: Start, end: End) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._root, end
        self._start_of_others = start
        # The pieces of the text that was met last.
        self._pieces: list[str] = []
        parser.CharacterDataHandler = self._pieces.append
        # The texts of `<t>`, and whether they only say how the text is spoken, as in Japanese.
        self._texts: list[str] = []
        self._spoken = False
        self.parse, self._parser = parser.Parse, parser

    def _refuse(self, *_: object) -> None:
        raise ValueError("a part of a spreadsheet has no document type")

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        prefix = name[:name.find(":") + 1]
        self._t, self._rph, self._c, self._v, self._f, self._row, self._si = (
            f"{prefix}{tag}" for tag in ("t", "rPh", "c", "v", "f", "row", "si"))
        self._parser.StartElementHandler = self._start_of_others

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        self._pieces.clear()
        if name == self._rph:
            self._spoken = True

    def _end_text(self, name: str) -> None:
        if name == self._t and not self._spoken:
            self._texts.append("".join(self._pieces))
        elif name == self._rph:
            self._spoken = False


class _Strings(_Parser):
    def __init__(self) -> None:
        super().__init__(self._start_text, self._end)
        self.strings: list[str] = []

    def _end(self, name: str) -> None:
        self._end_text(name)
        if name == self._si:
            self.strings.append(plain("".join(self._texts)))
            self._texts.clear()


class _Rows(_Parser):
    def __init__(self, texts: CellTexts) -> None:
        super().__init__(self._start, self._end)
        self.rows: list[SheetRow] = []
        self.position = 0
        self._text, self._inline = texts.text, texts.inline
        self._number, self._place = 0, -1
        self._cells: dict[int, str] = {}
        self._fault: tuple[FileCode, int] | None = None
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._has_formula = False
        self._places = _Places()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            self._cell, self._value = attributes, None
        elif name == self._row:
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._fault, self._place = {}, None, -1
        else:
            self._start_text(name, attributes)

    def _end(self, name: str) -> None:
        if name == self._v:
            self._value = "".join(self._pieces)
        elif name == self._c:
            self._take()
        elif name == self._row:
            fault, place = self._fault or (None, None)
            self.rows.append(SheetRow(self._number, self._cells, fault, place, self.position))
        elif name == self._f:
            self._has_formula = True
        else:
            self._end_text(name)

    def _take(self) -> None:
        """Add the cell that ends here to its row."""
        cell, value = self._cell, self._value
        address, kind = cell.get("r"), cell.get("t", "n")
        self._place = place = self._places[address.rstrip(DIGITS)] if address else self._place + 1
        if value and kind != "e":
            self._cells[place] = self._text(kind, cell.get("s", "0"), value)
        elif kind == "inlineStr":
            self._cells[place] = self._inline("".join(self._texts))
            self._texts.clear()
        elif kind == "e" or (self._has_formula and kind != "str"):
            self._fault = self._fault or (FileCode.CELL_ERROR if kind == "e" else FileCode.CELL_FORMULA, place)
        self._has_formula = False


class _Places(dict[str, int]):
    """Letters of columns → their places from 0."""

    def __missing__(self, letters: str) -> int:
        place = 0
        for letter in letters:
            place = place * LETTERS + ord(letter) - ord("A") + 1
        if not (letters.isascii() and letters.isupper() and place <= MOST_COLUMNS):
            raise ValueError("an address of a cell that does not exist")
        self[letters] = place - 1
        return place - 1
