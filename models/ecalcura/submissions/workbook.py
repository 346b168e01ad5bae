"""The overview of a submission: a spreadsheet with a sheet for each table."""
from collections.abc import Iterable, Sequence

from models.ecalcura.submissions import tables
from models.ecalcura.submissions.snapshot import Content
from models.files.spreadsheet import Book, Look, Sheet, in_memory

TITLE = "Overzicht van de indiening"
WIDTH, WIDE, FACTS = 20, 30, (36, 80)
EMPTY = "Niets aan te geven"


def make(content: Content, sha256: str) -> bytes:
    """Return the spreadsheet of a snapshot. Nothing of it is written to a file."""
    def fill(book: Book) -> None:
        _summary(book, content, sha256)
        _tables(book, content)

    return in_memory(TITLE, fill)


def of_rows(title: str, content: Content) -> bytes:
    """Return the spreadsheet of rows as they are now, which nobody submitted."""
    return in_memory(title, lambda book: _tables(book, content))


def _tables(book: Book, content: Content) -> None:
    performed, performances = tables.performances(content)
    for title, headings, rows in (
            ("Contracten", tables.CONTRACTS, tables.contracts(content)),
            ("Gewijzigde uren", tables.HOURS, tables.changed_hours(content)),
            ("Keuzes", tables.CHOICES_HEADINGS, tables.choices(content)),
            ("Vervangingen", tables.REPLACEMENTS, tables.replacements(content)),
            ("Prestaties", performed, performances),
            ("Hoeveelheden", ("Naam", "Nummer", *tables.QUANTITIES.values()), tables.quantities(content)),
            ("Controles", tables.CHECKS, tables.checks(content))):
        _table(book, title, headings, rows)
    if content.get("residents"):
        _table(book, "Bewonersgegevens", *tables.residents(content))


def _summary(book: Book, content: Content, sha256: str) -> None:
    sheet = Sheet(book, "Indiening", FACTS)
    sheet.write((TITLE, Look.TITLE))
    for label, value in tables.facts(content, sha256):
        sheet.write((label, Look.HEADING), (value, Look.WRAPPED))
    sheet.write(("Verklaring", Look.HEADING), (content["submitted"]["declaration"], Look.WRAPPED))
    if content["nothing_to_enter"]:
        sheet.write((EMPTY, Look.HEADING))


def _table(book: Book, title: str, headings: Sequence[str], rows: Iterable[tables.Row]) -> None:
    Sheet(book, title, [WIDE, *[WIDTH] * (len(headings) - 1)]).table(headings, rows, frozen=1)
