"""A report as files: a spreadsheet with a sheet for each table, and CSV, one long table. A hidden count is a `*`."""
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from models.arbeidszorg.report.report import Report
from models.arbeidszorg.report.shape import HIDDEN_MARK, Cell, Table
from models.files import cells, spreadsheet
from models.files.cells import Value
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Look, Sheet, sheet_names

YES = "ja"
CHANGE = ("Verschil in procentpunten", "Groter dan toeval")
MEAN_AGE = "Gemiddelde leeftijd"
HEADINGS = ("Jaar", "Gebied", "Referentiedatum", "Antwoorden van", "Tabel", "Titel", "Rij", "Kolom", "Aantal",
            "Percentage", *CHANGE, MEAN_AGE)
SUMMARY, SUMMARY_TITLE = "0-summary", "In het kort"
NOTES, CONTENTS = "Hoe geteld is", "Tabellen"
WIDE, NARROW = 44, 13
# A note spans this number of columns, holds this number of characters a line, and a line has this height in points.
NOTE_COLUMNS, NOTE_LENGTH, LINE_HEIGHT = 5, 85, 15


def as_csv(report: Report) -> bytes:
    """Return the report as one long table."""
    of_all = (report.year, report.scope_label, cells.day(report.made_on), cells.day(report.reference_day))
    return Csv.whole(HEADINGS, ((*of_all, *line) for line in _lines(report)))


def as_xlsx(report: Report, notes: Sequence[str] = ()) -> bytes:
    """Return a spreadsheet that begins with what holds of the whole report, and `notes`, sentences on the count."""
    def fill(book: Book) -> None:
        names = sheet_names([SUMMARY_TITLE, *(f"{table.chapter} {table.title}" for table in report.tables)])
        tables = list(zip(names[1:], report.tables, strict=True))
        _summary_sheet(Sheet(book, names[0], [WIDE, *[NARROW] * (NOTE_COLUMNS - 1)]), report, notes, tables)
        for name, table in tables:
            headings = _headings(table)
            _table_sheet(Sheet(book, name, [WIDE, *[NARROW] * len(headings)]), report, table, headings)

    return spreadsheet.in_memory(f"Jaarrapport {report.year}, {report.scope_label}", fill)


def summary(report: Report) -> Iterator[tuple[str, int, Any]]:
    """Yield (label, year, cell or mean age) of the numbers that hold of the whole report."""
    years = report.year, report.year - 1
    for label, pair in (("Actieve arbeidszorgmedewerkers", report.clients), ("Stopzettingen", report.closings),
                        (MEAN_AGE, report.mean_age)):
        for year, value in zip(years, pair, strict=True):
            yield label, year, value
    yield "Onvolledige registraties", report.year, report.incomplete


def _lines(report: Report) -> Iterator[tuple[Value, ...]]:
    for label, year, value in summary(report):
        head = SUMMARY, SUMMARY_TITLE, label, year
        if label == MEAN_AGE:
            yield *head, "", "", "", "", _decimals(value)
        else:
            yield *head, *_count_and_share(value), "", "", ""
    for table in report.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                last = column is table.columns[-1]
                change = (_decimals(row.points), YES if row.larger else "") if last else ("", "")
                yield (table.code, table.title, row.label, column.label, *_count_and_share(cell), *change, "")


def _count_and_share(cell: Cell) -> tuple[Value, str]:
    return _count(cell), _decimals(cell.share)


def _decimals(value: Decimal | None) -> str:
    """Return the number with all its decimals, as the page shows it."""
    return "" if value is None else cells.decimal(value)


def _fraction(share: Decimal | None) -> Decimal | None:
    """Return a share as spreadsheets store percentages."""
    return None if share is None else share / 100


def _summary_sheet(sheet: Sheet, report: Report, notes: Sequence[str], tables: Sequence[tuple[str, Table]]) -> None:
    sheet.write((f"De Vlaamse arbeidszorgmedewerker in beeld: {report.year}, {report.scope_label}", Look.TITLE))
    sheet.write(("Referentiedatum", Look.TEXT), (report.made_on, Look.DAY))
    sheet.write(("Antwoorden van", Look.TEXT), (report.reference_day, Look.DAY))
    for label, year, value in summary(report):
        first = f"{label} in {year}", Look.TEXT
        if isinstance(value, Cell):
            sheet.write(first, (_count(value), Look.COUNT), (_fraction(value.share), Look.SHARE))
        else:
            sheet.write(first, (value, Look.DECIMAL))
    if notes:
        sheet.write((NOTES, Look.HEADING))
    for sentence in notes:
        sheet.write_over(sentence, NOTE_COLUMNS, LINE_HEIGHT * (1 + len(sentence) // NOTE_LENGTH))
    sheet.write((CONTENTS, Look.HEADING))
    for name, table in tables:
        sheet.link(name, f"{table.chapter} {table.title}")


def _table_sheet(sheet: Sheet, report: Report, table: Table, headings: list[str]) -> None:
    sheet.write((table.title, Look.TITLE))
    sheet.write((f"{report.year}, {report.scope_label}; referentiedatum {cells.day(report.made_on)}", Look.TEXT))
    sheet.write((None, Look.TEXT), *((heading, Look.HEADING) for heading in headings))
    sheet.freeze(1)
    for row in table.rows:
        counts = [
            one for cell in row.cells for one in ((_count(cell), Look.COUNT), (_fraction(cell.share), Look.SHARE))]
        change = [(row.points, Look.POINTS), (YES if row.larger else None, Look.TEXT)] if table.changes else []
        sheet.write(
            (row.label, Look.HEADING if row.total else Look.TEXT), *counts[::1 if table.share_of else 2], *change)


def _headings(table: Table) -> list[str]:
    shares = [heading for column in table.columns for heading in (column.label, f"{column.label} (%)")]
    return shares[::1 if table.share_of else 2] + (list(CHANGE) if table.changes else [])


def _count(cell: Cell) -> int | str | None:
    return HIDDEN_MARK if cell.hidden else cell.count
