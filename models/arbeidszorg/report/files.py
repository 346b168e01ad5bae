"""A report as files: a spreadsheet with a sheet for each table, and CSV, one long table. What is hidden is a `*`."""
import csv
import datetime
import io

import xlsxwriter

from models.arbeidszorg.transfer.columns import DELIMITER, disarm

HIDDEN = "*"
YES = "ja"
CHANGE = ("Verschil in procentpunten", "Groter dan toeval")
MEAN_AGE = "Gemiddelde leeftijd"
HEADINGS = ("Jaar", "Gebied", "Referentiedatum", "Antwoorden van", "Tabel", "Titel", "Rij", "Kolom", "Aantal",
            "Percentage", *CHANGE, MEAN_AGE)
SUMMARY, SUMMARY_TITLE = "0-summary", "In het kort"
NOTES, CONTENTS = "Hoe geteld is", "Tabellen"
WIDE, NARROW = 44, 13
LOOKS = {
    None: {},
    "text": {},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "text_wrap": True, "valign": "top"},
    "long": {"text_wrap": True, "valign": "top"},
    "count": {"num_format": "#,##0", "align": "right"},
    "decimal": {"num_format": "0.0", "align": "right"},
    "points": {"num_format": "+0.0;-0.0;0.0", "align": "right"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
}


def as_csv(report):
    """As Excel in Dutch opens it with a double click: UTF-8 with its mark, semicolons, a decimal comma."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow(HEADINGS)
    of_all = (str(report.year), report.scope_label, _day(report.made_on), _day(report.reference_day))
    for line in _lines(report):
        writer.writerow([disarm(value) for value in (*of_all, *line)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(report, notes=()):
    """A spreadsheet that begins with what holds of the whole report, and `notes`, sentences on how it was counted."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _summary_sheet(_Sheet(book, SUMMARY_TITLE, 4, looks), report, notes)
        for table in report.tables:
            headings = _headings(table)
            _table_sheet(_Sheet(book, table.code, len(headings), looks), report, table, headings)
    return content.getvalue()


def summary(report):
    """(label, year, cell or mean age) of the numbers that hold of the whole report."""
    years = report.year, report.year - 1
    for label, pair in (("Actieve arbeidszorgmedewerkers", report.clients), ("Stopzettingen", report.closings),
                        (MEAN_AGE, report.mean_age)):
        for year, value in zip(years, pair, strict=True):
            yield label, year, value
    yield "Onvolledige registraties", report.year, report.incomplete


def _lines(report):
    for label, year, value in summary(report):
        head = SUMMARY, SUMMARY_TITLE, label, str(year)
        if label == MEAN_AGE:
            yield *head, "", "", "", "", _number(value)
        else:
            yield *head, *_count_and_share(value), "", "", ""
    for table in report.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                last = column is table.columns[-1]
                change = (_number(row.points), YES if row.larger else "") if last else ("", "")
                yield (table.code, table.title, row.label, column.label, *_count_and_share(cell), *change, "")


def _count_and_share(cell):
    return str(_count(cell)), _number(cell.share)


def _number(decimal):
    return "" if decimal is None else f"{decimal:f}".replace(".", ",")


def _day(date):
    return f"{date:%d/%m/%Y}"


class _Sheet:
    """A sheet that is written line by line."""

    def __init__(self, book, name, columns, looks):
        self.sheet, self.looks, self.line = book.add_worksheet(name), looks, 0
        self.sheet.set_column(0, 0, WIDE)
        self.sheet.set_column(1, columns, NARROW)

    def write(self, *cells):
        """The next line: of each cell its value, None for nothing, and its look."""
        for place, (value, look) in enumerate(cells):
            if isinstance(value, str):
                self.sheet.write_string(self.line, place, disarm(value), self.looks[look])
            elif isinstance(value, datetime.date):
                self.sheet.write_datetime(self.line, place, value, self.looks[look])
            elif value is not None:
                self.sheet.write_number(self.line, place, value, self.looks[look])
        self.line += 1

    def write_long(self, sentence):
        """The next line: a sentence over some columns, and so high that it is all there."""
        self.sheet.merge_range(self.line, 0, self.line, 4, disarm(sentence), self.looks["long"])
        self.sheet.set_row(self.line, 15 * (1 + len(sentence) // 85))
        self.line += 1

    def link(self, table):
        """The next line: a link to the sheet of a table."""
        self.sheet.write_url(self.line, 0, f"internal:'{table.code}'!A1", string=f"{table.code}: {table.title}")
        self.line += 1


def _summary_sheet(sheet, report, notes):
    sheet.write((f"De Vlaamse arbeidszorgmedewerker in beeld: {report.year}, {report.scope_label}", "title"))
    sheet.write(("Referentiedatum", "text"), (report.made_on, "day"))
    sheet.write(("Antwoorden van", "text"), (report.reference_day, "day"))
    for label, year, value in summary(report):
        count, share, mean = (None, None, value) if label == MEAN_AGE else (_count(value), value.share, None)
        sheet.write((f"{label} in {year}", "text"), (count, "count") if mean is None else (mean, "decimal"),
                    (share, "decimal"))
    if notes:
        sheet.write((NOTES, "heading"))
    for sentence in notes:
        sheet.write_long(sentence)
    sheet.write((CONTENTS, "heading"))
    for table in report.tables:
        sheet.link(table)


def _table_sheet(sheet, report, table, headings):
    sheet.write((table.title, "title"))
    sheet.write((f"{report.year}, {report.scope_label}; referentiedatum {_day(report.made_on)}", "text"))
    sheet.write((None, None), *((heading, "heading") for heading in headings))
    sheet.sheet.freeze_panes(sheet.line, 1)
    for row in table.rows:
        cells = [one for cell in row.cells for one in ((_count(cell), "count"), (cell.share, "decimal"))]
        change = [(row.points, "points"), (YES if row.larger else None, "text")] if table.changes else []
        sheet.write((row.label, "heading" if row.total else "text"), *cells[::1 if table.share_of else 2], *change)


def _headings(table):
    shares = [heading for column in table.columns for heading in (column.label, f"{column.label} (%)")]
    return shares[::1 if table.share_of else 2] + (list(CHANGE) if table.changes else [])


def _count(cell):
    return HIDDEN if cell.hidden else cell.count
