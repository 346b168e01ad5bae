"""Tables in a spreadsheet (XLSX): its first sheet, also if that is hidden (docs/decisions/0110).

openpyxl finds the sheet and its styles; the rows are read as a stream. Formulas are not computed: their stored values
count.
"""
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from models.errors import Refused
from models.files.reading.errors import FileCode
from models.files.reading.package import DAMAGED, LOADED, Package
from models.files.reading.sheet_cells import CellTexts, kind_of
from models.files.reading.sheet_rows import SheetRow, rows_of, strings_of
from models.files.reading.sources import HEADING_WITHIN, KnowsHeading, Record, Source, as_heading, opened, size_of

# Its warnings hold names of sheets.
warnings.filterwarnings("ignore", module="openpyxl")


class Workbook:
    """A spreadsheet of which the first sheet and its heading are known."""

    is_spreadsheet = True

    def __init__(self, source: Source, knows_heading: KnowsHeading) -> None:
        """Find them; raises `Refused` for a file without them."""
        self._source = source
        with opened(source) as file:
            self.size = size_of(file)
            with Package(file) as package:
                try:
                    self._load(package)
                except DAMAGED:
                    raise Refused(FileCode.FILE_SPREADSHEET) from None
        self.headings, self._heading_line = self._heading(knows_heading)

    def _load(self, package: Package) -> None:
        reader = ExcelReader(package.fp, read_only=True, data_only=True, keep_links=False)
        reader.archive = package
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(package, reader.wb)
        self._sheet = next(relation.target for _, relation in reader.parser.find_sheets()
                           if relation.Type.endswith("/worksheet"))
        self._sheet_size = max(1, package.getinfo(self._sheet).file_size)
        strings: list[str] = []
        if part := reader.package.find(SHARED_STRINGS):
            package.check_size(part.PartName[1:], LOADED)
            with package.open(part.PartName[1:]) as texts:
                strings = strings_of(texts)
        epoch: datetime = reader.wb.epoch
        self._texts = CellTexts(strings, _kinds(reader.wb), epoch)

    def _heading(self, knows_heading: KnowsHeading) -> tuple[list[str], int]:
        for row, _ in zip(self._rows(), range(HEADING_WITHIN), strict=False):
            headings = as_heading([row.cells.get(place, "") for place in range(max(row.cells, default=-1) + 1)])
            if knows_heading(headings):
                return headings, row.number
        raise Refused(FileCode.FILE_HEADING)

    def _rows(self) -> Iterator[SheetRow]:
        with opened(self._source) as file, Package(file) as package:
            try:
                with package.open(self._sheet) as sheet:
                    yield from rows_of(sheet, self._texts)
            except DAMAGED:
                raise Refused(FileCode.FILE_SPREADSHEET) from None

    def records(self) -> Iterator[Record]:
        """Yield each row below the heading; raises `Refused` where the sheet turns out to be damaged."""
        width = len(self.headings)
        places = range(width)
        for number, row, fault, place, position in self._rows():
            if number > self._heading_line:
                cells = [row.get(place, "") for place in places]
                if len(row) > width:
                    cells += [text for place, text in row.items() if place >= width]
                yield Record(number, cells, fault, self.size * position // self._sheet_size, place)


def _kinds(book: Any) -> dict[str, str]:
    """Return the styles of a workbook that are for dates, by their number, each with the kind of date that it shows."""
    return {str(number): kind_of(_number_format(book, book._cell_styles[number].numFmtId))
            for number in book._date_formats}


def _number_format(book: Any, number: int) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS[number])
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
