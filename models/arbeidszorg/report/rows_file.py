"""The anonymous rows as files: CSV, and a spreadsheet with a second sheet that tells how they came about."""
import csv
import io
import itertools
import tempfile

import xlsxwriter

from models.arbeidszorg.transfer.columns import DELIMITER, disarm

SHEET, NOTES = "Anonieme rijen", "Uitleg"
YEAR, ALIKE = "Jaar", "Aantal gelijke rijen"
AT_A_TIME = 2000
BLOCK = 64 * 1024
WIDTH, WIDE = 24, 110


def as_csv(rows):
    """Pieces of the CSV, as Excel in Dutch opens it: UTF-8 with its mark, semicolons."""
    yield "\ufeff".encode()
    lines = itertools.chain([_headings(rows)], _lines(rows))
    while some := list(itertools.islice(lines, AT_A_TIME)):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=DELIMITER).writerows(some)
        yield text.getvalue().encode()


def as_xlsx(rows, notes):
    """Pieces of the spreadsheet, made in a file that has no name, with `notes`, sentences, on the second sheet."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory(prefix="loket-") as folder:
        with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
            _write_rows(book, rows)
            _write_notes(book, notes)
        file.seek(0)
        yield from iter(lambda: file.read(BLOCK), b"")


def _write_rows(book, rows):
    sheet = book.add_worksheet(SHEET)
    headings = _headings(rows)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, WIDTH)
    sheet.write_row(0, 0, headings, book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
    for line, values in enumerate(_lines(rows), 1):
        for place, value in enumerate(values):
            write = sheet.write_string if isinstance(value, str) else sheet.write_number
            write(line, place, value)
    sheet.autofilter(0, 0, max(1, rows.count), len(headings) - 1)


def _write_notes(book, notes):
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 0, WIDE)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, sentence in enumerate(notes):
        sheet.write_string(line, 0, disarm(sentence), wrapped)


def _headings(rows):
    return [YEAR, *(disarm(heading.label) for heading in rows.headings), ALIKE]


def _lines(rows):
    for words, number in rows.words():
        yield [rows.year, *map(disarm, words), number]
