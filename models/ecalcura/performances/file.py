"""The prestaties of a trimester as a spreadsheet: a template with a row for each contract, and reading it back."""
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from models.audit import Actor
from models.ecalcura.contracts import lists
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.grid import GridRow, rows_of
from models.ecalcura.performances.hours import parse_hours
from models.ecalcura.performances.needed import REPLACEMENT
from models.ecalcura.performances.performances import Typed, save_rows
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused
from models.files import spreadsheet
from models.files.cells import Value
from models.files.reading.sources import Source
from models.files.reading.table import Row, open_table
from models.files.spreadsheet import Book, Sheet

CONTRACT, VERSION = "Contract", "Versie"
ABOUT = ("Rijksregisternummer", "Naam", "Voornaam", "Rol", "Uren per week", "Ten hoogste")
ROLES = {True: "vervanger", False: "premie"}
WIDTH, NAME_WIDTH = 20, 28
# The largest facility has some hundreds of rows; each refused one is a row of the report.
LINES = 2000


class Line(NamedTuple):
    """A row of a file: its contract, None if it names none of the grid, and whether it changes or why it is refused."""

    number: int
    row: GridRow | None
    result: bool | Refused


class Report(NamedTuple):
    """The outcome of reading a file. Nothing of it is saved if one row is refused."""

    lines: list[Line]

    @property
    def refused(self) -> int:
        """The number of rows that are refused."""
        return sum(1 for line in self.lines if isinstance(line.result, Refused))

    @property
    def changed(self) -> int:
        """The number of rows that change."""
        return sum(1 for line in self.lines if line.result is True)

    @property
    def same(self) -> int:
        """The number of rows that are as they were."""
        return sum(1 for line in self.lines if line.result is False)


def template(facility: Facility, trimester: Trimester) -> bytes:
    """Return the rows of the grid as XLSX, with the hours that are stored; its last column says of which version."""
    headings = [CONTRACT, *ABOUT, *lists.performance_kinds().values(), VERSION]

    def fill(book: Book) -> None:
        sheet = Sheet(book, "Prestaties", [NAME_WIDTH if heading in ABOUT[1:3] else WIDTH for heading in headings])
        sheet.table(headings, (_cells(row, trimester) for row in rows_of(facility, trimester)), 3)

    return spreadsheet.in_memory("Prestaties", fill)


def _cells(row: GridRow, trimester: Trimester) -> list[Value]:
    need = row.need
    return [row.contract_id, row.number, row.person.family, row.person.first, ROLES[need.contract.role == REPLACEMENT],
            _decimal(round(need.mean(trimester.days))), _decimal(need.most),
            *(_decimal(row.stored.hours.get(kind)) for kind in lists.performance_kinds()),
            _version(trimester, row.stored.version)]


def _decimal(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


def _version(trimester: Trimester, version: int) -> str:
    """Of which trimester and version the hours are: a template of another trimester is not read."""
    return f"{trimester.period}/{trimester.number} v{version}"


def read(facility: Facility, trimester: Trimester, source: Source, by: Actor | None = None) -> Report:
    """Save the hours of a filled-in template, all rows or none. An empty cell leaves the hours as they are.

    Raises `Refused` for a file that cannot be read, has other columns or too many rows, and if the trimester takes no
    hours.
    """
    kinds = lists.performance_kinds()
    needed = {CONTRACT, VERSION, *kinds.values()}
    table = open_table(source, lambda heading: CONTRACT in heading)
    if not needed <= set(table.headings):
        raise Refused(EcalcuraCode.PERFORMANCE_COLUMNS, columns=", ".join(sorted(needed - set(table.headings))))
    rows = {row.contract_id: row for row in rows_of(facility, trimester)}
    found = list(itertools.islice(_read(table.rows(), table.headings, trimester, rows), LINES + 1))
    if len(found) > LINES:
        raise Refused(EcalcuraCode.PERFORMANCE_LONG, most=LINES)
    typed = [result for *_, result in found if isinstance(result, Typed)]
    saved = save_rows(facility, trimester, typed, by, together=True, dry=len(typed) < len(found))
    return Report([Line(number, row, _result(result, row, saved)) for number, row, result in found])


def _result(result: Typed | Refused, row: GridRow | None, saved: Mapping[int, int | Refused]) -> bool | Refused:
    if isinstance(result, Refused):
        return result
    outcome = saved[result.contract_id]
    if isinstance(outcome, Refused) or row is None:
        return outcome if isinstance(outcome, Refused) else False
    return {kind: value for kind, value in result.hours.items() if value is not None} != row.stored.hours


def _read(rows: Iterator[Row], headings: list[str], trimester: Trimester, known: Mapping[int, GridRow],
          ) -> Iterator[tuple[int, GridRow | None, Typed | Refused]]:
    """Yield (line, row of the grid, what the row says or why it cannot be read) of each row of a file."""
    met: set[int] = set()
    for line, texts, fault, *_ in rows:
        if fault or texts is None:
            yield line, None, Refused(fault or EcalcuraCode.PERFORMANCE_CONTRACT)
            continue
        cells = dict(zip(headings, texts, strict=True))
        row = known.get(_whole(cells[CONTRACT]))
        if row is None or row.contract_id in met:
            code = EcalcuraCode.PERFORMANCE_TWICE if row else EcalcuraCode.PERFORMANCE_CONTRACT
            yield line, row, Refused(code)
            continue
        met.add(row.contract_id)
        try:
            yield line, row, _typed(cells, trimester, row)
        except Refused as refused:
            yield line, row, refused


def _typed(cells: Mapping[str, str], trimester: Trimester, row: GridRow) -> Typed:
    version = _whole(cells[VERSION].strip().rpartition(" v")[2])
    # Not a date, nor a number, that a spreadsheet would write in another way.
    if cells[VERSION].strip() != _version(trimester, version):
        raise Refused(EcalcuraCode.PERFORMANCE_TRIMESTER)
    hours: dict[str, int | None] = {}
    for kind, label in lists.performance_kinds().items():
        found = parse_hours(cells[label])
        hours[kind] = row.stored.hours.get(kind) if found is None else found
    return Typed(row.contract_id, hours, version)


def _whole(text: str) -> int:
    """A whole number of at most nine digits; -1 for another text."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
