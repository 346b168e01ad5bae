"""The anonymous rows as files: CSV, and a spreadsheet with a second sheet that tells how they came about."""
import itertools
from collections.abc import Generator, Iterator, Sequence

from models.arbeidszorg.report.rows import AnonymousRows
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Look, Sheet

SHEET, NOTES = "Anonieme rijen", "Uitleg"
YEAR, ALIKE = "Jaar", "Aantal gelijke rijen"
AT_A_TIME = 2000
WIDTH, WIDE = 24, 110


def as_csv(rows: AnonymousRows) -> Generator[bytes, None, None]:
    """Return pieces of the CSV."""
    return Csv.pieces(_headings(rows), _batches(_lines(rows)))


def as_xlsx(rows: AnonymousRows, notes: Sequence[str]) -> Generator[bytes, None, None]:
    """Return pieces of the spreadsheet, with `notes`, sentences, on the second sheet."""
    def fill(book: Book) -> None:
        headings = _headings(rows)
        Sheet(book, SHEET, [WIDTH] * len(headings)).table(headings, _lines(rows), frozen=0)
        explained = Sheet(book, NOTES, [WIDE])
        for sentence in notes:
            explained.write((sentence, Look.WRAPPED))

    return spreadsheet.in_temporary_file(f"Anonieme rijen {rows.year}, {rows.scope_label}", fill)


def _headings(rows: AnonymousRows) -> list[str]:
    return [YEAR, *(heading.label for heading in rows.headings), ALIKE]


def _lines(rows: AnonymousRows) -> Iterator[list[str | int]]:
    for words, number in rows.words():
        yield [rows.year, *words, number]


def _batches(lines: Iterator[list[str | int]]) -> Iterator[list[list[str | int]]]:
    while batch := list(itertools.islice(lines, AT_A_TIME)):
        yield batch
