"""`python -m bench.tools.awkward_spreadsheet FILE`: write a spreadsheet of texts and days that readers get wrong.

The tests read it with LibreOffice and ExcelJS; the file is for readers that they do not have, such as Excel. In its
first sheet each line holds a number, and a text or a day that must look as it does in the list below.
"""
import datetime
import sys
from decimal import Decimal
from pathlib import Path

from models.files import spreadsheet
from models.files.spreadsheet import Look, Sheet

HEADINGS = ("Nummer", "Tekst of dag")
VALUES = ("0012", "9000", "1,5", "=1+1", "_x0041_", "_x0041_x0042_", "_x005F_", "een_x", "a\x01b", "a\rb", "één\nregel",
          " rand ", "<b>&amp;\"'", "]]>", "\uffff", "😀" * 16_384, "x" * 32_767, "x" * 32_768,
          datetime.date(1900, 2, 28), datetime.date(1900, 3, 1), datetime.date(2024, 6, 3), None)


def main(path):
    """Write the file."""
    Path(path).write_bytes(spreadsheet.in_memory("Lastige cellen", _fill))


def _fill(book):
    Sheet(book, "Lastige cellen", [9, 40]).table(HEADINGS, enumerate(VALUES, 1), frozen=1)
    report = Sheet(book, "Verslag", [9, 9])
    report.write(("Titel", Look.TITLE))
    report.write(("Man", Look.TEXT), (Decimal("0.704"), Look.SHARE))
    report.write((1234, Look.COUNT), (Decimal("-1.5"), Look.POINTS))
    report.write((datetime.date(2024, 6, 3), Look.DAY), ("*", Look.COUNT))
    report.write_over("-zin", columns=2, height=30)
    report.link("Lastige cellen", "Lastige cellen")


if __name__ == "__main__":
    main(*sys.argv[1:])
