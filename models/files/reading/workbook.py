"""Tables in a spreadsheet (XLSX): its first sheet, also if that is hidden (docs/decisions/0110).

openpyxl finds the sheet; the rows are read as a stream. Formulas are not computed: their stored values count.
"""
import warnings
from collections.abc import Iterator
from datetime import datetime

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from models.errors import Refused
from models.files.reading.errors import FileCode
from models.files.reading.package import DAMAGED, LOADED, Package
from models.files.reading.sheet_cells import CellTexts, kind_of
from models.files.reading.sheet_rows import SheetRow, rows_of, strings_of
from models.files.reading.sources import HEADING_WITHIN, KnowsHeading, Record, Source, as_heading, opened, size_of

MAIN = f"{{{SHEET_MAIN_NS}}}"
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
        self._sheet = [relation.target for _, relation in reader.parser.find_sheets()
                       if relation.Type.endswith("/worksheet")][0]
        self._sheet_size = max(1, package.getinfo(self._sheet).file_size)
        strings: list[str] = []
        if part := reader.package.find(SHARED_STRINGS):
            package.check_size(part.PartName[1:], LOADED)
            with package.open(part.PartName[1:]) as texts:
                strings = strings_of(texts)
        epoch: datetime = reader.wb.epoch
        self._texts = CellTexts(strings, _kinds(package), epoch)

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
                if row and max(row) >= width:
                    cells += [text for place, text in row.items() if place >= width]
                yield Record(number, cells, fault, self.size * position // self._sheet_size, place)


def _kinds(package: Package) -> dict[str, str]:
    """Return the styles that are for dates, by their number, each with the kind of date that it shows.

    openpyxl's reader of styles refuses some that other programs write, such as an empty fill.
    """
    if ARC_STYLE not in package.namelist():
        return {}
    styles = fromstring(package.read(ARC_STYLE))
    formats = dict(BUILTIN_FORMATS) | {
        int(own.get("numFmtId")): own.get("formatCode") for own in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
    kinds = (kind_of(formats.get(int(style.get("numFmtId", 0)), ""))
             for style in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
    return {str(number): kind for number, kind in enumerate(kinds) if kind}
