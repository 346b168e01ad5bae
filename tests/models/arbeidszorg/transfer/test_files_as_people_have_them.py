"""Files as people have them, each with its outcome, in one table."""
import codecs
import datetime
import io
from typing import NamedTuple

import openpyxl
import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.errors import Refused
from models.organisations import Organisation
from tests.old_register import NO_PERIOD, OPEN, counts, row

HEADING = list(columns(OLD).values())
PLACE = {code: place for place, code in enumerate(columns(OLD))}
SECOND = {"old_number": "2", "birth_date": "23/11/1990"}
# Answers that two people seldom share.
ALIKE = {"birth_date": "23/11/1990", "home_postcode": "9030", "work_postcode": "9040"}


class Came(NamedTuple):
    """The outcome of a file: clients and periods, the lines that are refused, and lines with a remark."""

    clients: int
    periods: int
    refused: tuple[int, ...] = ()
    remarked: tuple[int, ...] = ()


def lines(*rows, heading=HEADING, delimiter=";", end="\r\n", above=()):
    """The text of a file."""
    return "".join(line + end for line in (*above, *(delimiter.join(cells) for cells in (heading, *rows))))


def quoted(*rows):
    """The same with commas, each cell in quotes."""
    return "".join(",".join(f'"{cell}"' for cell in cells) + "\r\n" for cells in (HEADING, *rows))


def without_tail(cells):
    """A row as a spreadsheet writes it: without the empty cells at its end."""
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def sheet(*rows, above=(), real=True):
    """A spreadsheet with these rows; with `real` its dates and hours are real ones."""
    book = openpyxl.Workbook()
    for line in above:
        book.active.append(list(line))
    book.active.append(HEADING)
    for cells in rows:
        book.active.append([_real(code, cell) if real else cell or None
                            for code, cell in zip(columns(OLD), cells, strict=True)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _real(code, cell):
    if isinstance(cell, str) and code in ("birth_date", "start_date", "end_date") and cell[:1].isdecimal():
        day, month, year = map(int, cell.split("/"))
        return datetime.date(year, month, day)
    if code == "hours" and isinstance(cell, str) and cell:
        return float(cell.replace(",", "."))
    return cell or None


def with_cell(place, value, *rows, number_format=None):
    """A spreadsheet with these rows, and another value in the cell at this address."""
    book = openpyxl.load_workbook(io.BytesIO(sheet(*rows)))
    book.active[place] = value
    if number_format:
        book.active[place].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def american(*rows):
    """Rows of which the dates have month and day exchanged, without zeros before them."""
    def exchanged(code, cell):
        if code not in ("birth_date", "start_date", "end_date") or not cell[:1].isdecimal():
            return cell
        day, month, year = map(int, cell.split("/"))
        return f"{month}/{day}/{year}"
    return [[exchanged(code, cell) for code, cell in zip(columns(OLD), cells, strict=True)] for cells in rows]


TWO = row(), row(**SECOND, **OPEN)
BOTH = Came(2, 2)
LOW = row(birth_date="04/09/1970", start_date="03/06/2019", end_date="05/08/2020")
MIDNIGHT = datetime.datetime.fromisoformat("2019-06-03")
HALF_PAST_TEN = datetime.datetime.fromisoformat("2019-06-03 10:30")
NAME = "Šejla en Željko"

FILES = {
    # Encodings
    "Windows-1252": (lines(*TWO).encode("cp1252"), BOTH),
    "UTF-8": (lines(*TWO).encode(), BOTH),
    "UTF-8 with its mark": (lines(*TWO).encode("utf-8-sig"), BOTH),
    "UTF-8 with its mark twice": (codecs.BOM_UTF8 + lines(*TWO).encode("utf-8-sig"), BOTH),
    "'Unicode-tekst' of Excel": (lines(*TWO, delimiter="\t").encode("utf-16"), BOTH),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + lines(*TWO).encode("utf-16-be"), BOTH),
    "Windows-1252 with Š and Ž at the start of words": (
        lines(row(organisation=NAME), row(**SECOND, organisation=NAME)).encode("cp1252"), BOTH),
    "DOS": (lines(row(organisation="Café")).encode("cp850"), "file_encoding"),
    "Mac": (lines(row(organisation="Créée")).encode("mac_roman"), "file_encoding"),
    "UTF-8 and Windows-1252 mixed": (
        lines(row(organisation="Café")).encode() + lines(row(organisation="één")).encode("cp1252"), "file_encoding"),
    # Line ends and delimiters
    "line ends of Unix": (lines(*TWO, end="\n").encode(), BOTH),
    "line ends of an old Mac": (lines(*TWO, end="\r").encode(), BOTH),
    "no end after the last line": (lines(*TWO).rstrip().encode(), BOTH),
    "blank lines between": (lines(TWO[0], [""], [""], TWO[1]).encode(), BOTH),
    "commas, every cell in quotes": (quoted(*TWO).encode(), BOTH),
    "tabs": (lines(*TWO, delimiter="\t").encode(), BOTH),
    # Above the heading, and at the right
    "sep=; above the heading": (lines(*TWO, above=["sep=;"]).encode(), BOTH),
    "a title above the heading": (lines(*TWO, above=["Register van De Ploeg"]).encode(), BOTH),
    "a title, its empty cells and a blank line": (lines(*TWO, above=["Register" + ";" * 23, ""]).encode(), BOTH),
    "no heading": (lines(*TWO).encode().partition(b"\r\n")[2], "file_heading"),
    "prose": (b"Geachte,\n\nHierbij het register.\n", "file_heading"),
    "empty columns at the right": (
        lines(*([*cells, "", ""] for cells in TWO), heading=[*HEADING, "", ""]).encode(), BOTH),
    "empty columns at the right, but for a word in a row": (
        lines([*TWO[0], "", "x"], [*TWO[1], "", ""], heading=[*HEADING, "", ""]).encode(), Came(1, 1, (2,))),
    "rows without the empty cells at their end": (
        lines(without_tail(row(**OPEN)), without_tail(row(**SECOND, **NO_PERIOD))).encode(), Came(2, 1)),
    "a row that lost a cell in the middle": (
        lines(row()[:10] + row()[11:], TWO[1]).encode(), Came(1, 1, (2,))),
    "an open row that lost a cell in the middle": (
        lines(without_tail(row(**OPEN)[:10] + row(**OPEN)[11:]), TWO[1]).encode(), Came(1, 1, (2,))),
    "a row with a cell too many": (lines([*row()[:10], "x", *row()[10:]], TWO[1]).encode(), Came(1, 1, (2,))),
    "a column of which the heading is gone": (
        lines(*TWO, heading=[*HEADING[:-1], ""]).encode(), "columns_missing"),
    "a column too many": (lines(*([*cells, "x"] for cells in TWO), heading=[*HEADING, "Opmerking"]).encode(),
                          "columns_unknown"),
    # Signs that cannot be seen
    "a non-breaking space in the heading": (
        lines(*TWO, heading=[cell.replace(" ", "\xa0") for cell in HEADING]).encode(), BOTH),
    "a non-breaking space in an answer": (
        lines(row(marital_status="Wettelijk\xa0samenwonend"), row(**SECOND)).encode(), BOTH),
    "a zero-width space in an answer": (lines(row(gender="Vrouw\u200b"), row(**SECOND)).encode(), BOTH),
    "a soft hyphen in the organisation's name": (
        lines(row(organisation="De Pl\xadoeg"), row(**SECOND)).encode(), BOTH),
    "a direction mark before a date": (lines(row(birth_date="\u200e14/07/1985"), row(**SECOND)).encode(), BOTH),
    "a non-breaking space in hours": (lines(row(hours="12,5\xa0"), row(**SECOND)).encode(), BOTH),
    "a narrow space in a postcode": (lines(row(home_postcode="\u202f9000"), row(**SECOND)).encode(), BOTH),
    "a byte-order mark within the file": (lines(row(province="\ufeffOost-Vlaanderen"), row(**SECOND)).encode(), BOTH),
    "a bell in the organisation's name": (lines(row(organisation="De\x07Ploeg"), row(**SECOND)).encode(),
                                          Came(1, 1, (2,))),
    # Dates of another order
    "4/19/1970 beside 4/9/1970": (
        lines(row(**NO_PERIOD, birth_date="4/19/1970"), row(**NO_PERIOD, old_number="2", birth_date="4/9/1970"))
        .encode(), "dates_swapped"),
    "every date the American way": (lines(*american(*TWO)).encode(), "dates_swapped"),
    "one date of which day and month are exchanged": (
        lines(row(), row(**SECOND, end_date="6/30/2020")).encode(), "dates_swapped"),
    "no day above 12": (lines(LOW).encode(), "dates_open"),
    "no day above 12, with real dates": (sheet(LOW), Came(1, 1)),
    "no day above 12, as texts in a spreadsheet": (sheet(LOW, real=False), "dates_open"),
    "no day above 12, but the same day and month": (
        lines(row(birth_date="05/05/1970", start_date="03/03/2019", end_date="08/08/2020")).encode(), Came(1, 1)),
    "one day above 12 in another row": (lines(LOW, row(**SECOND)).encode(), BOTH),
    "a day that exists in no order": (lines(row(birth_date="31/02/1985"), row(**SECOND)).encode(), Came(1, 1, (2,))),
    # Numbers that a spreadsheet changed
    "007 and 7": (lines(row(old_number="007"), row(**{**SECOND, "old_number": "7"})).encode(), BOTH),
    '="007"': (lines(row(old_number='"=""007"""'), row(**SECOND)).encode(), BOTH),
    "#REF!": (lines(row(old_number="#REF!"), row(**SECOND)).encode(), Came(1, 1, (2,))),
    "#N/B in an answer": (lines(row(gender="#N/B"), row(**SECOND)).encode(), Came(1, 1, (2,))),
    "1,00E+05": (lines(row(old_number="1,00E+05"), row(**SECOND)).encode(), "numbers_made"),
    "12/mei": (lines(row(old_number="12/mei"), row(**SECOND)).encode(), "numbers_made"),
    "10:30:00": (lines(row(old_number="10:30:00"), row(**SECOND)).encode(), "numbers_made"),
    "007 and 7 with the same answers": (
        lines(row(old_number="007", **ALIKE), row(old_number="7", **ALIKE), row()).encode(), Came(3, 3, (), (3,))),
    # Spreadsheets
    "a spreadsheet": (sheet(*TWO), BOTH),
    "a spreadsheet of texts": (sheet(*TWO, real=False), BOTH),
    "a spreadsheet with a title and a blank line": (sheet(*TWO, above=[["Register"], []]), BOTH),
    "a spreadsheet with a formula without a value": (with_cell("F2", "=A1", *TWO), Came(1, 1, (2,))),
    "a spreadsheet with #N/A": (with_cell("F2", "#N/A", *TWO), Came(1, 1, (2,))),
    "a spreadsheet with #N/A where a cell may be empty": (with_cell("V3", "#N/A", *TWO), Came(1, 1, (3,))),
    "a spreadsheet with a moment for a date": (
        with_cell("U2", HALF_PAST_TEN, *TWO, number_format="dd/mm/yyyy hh:mm"),
        Came(1, 1, (2,))),
    "a spreadsheet with a moment on midnight": (
        with_cell("U2", MIDNIGHT, *TWO, number_format="dd/mm/yyyy hh:mm"), Came(1, 1, (2,))),
    "a spreadsheet with a number as old number": (with_cell("D2", 17, *TWO), BOTH),
    "a spreadsheet with a number as postcode": (with_cell("H2", 9000, *TWO), BOTH),
    "a spreadsheet without a heading": (sheet()[:0] or with_cell("A1", "x"), "columns_missing"),
    "an archive that is no spreadsheet": (b"PK\x03\x04" + bytes(100), "file_spreadsheet"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_excel"),
    # Files that are nothing
    "empty": (b"", "file_empty"),
    "only the heading": (lines().encode(), "file_rows"),
    "null bytes": (bytes(1000), "file_binary"),
}


@pytest.mark.parametrize(("content", "outcome"), FILES.values(), ids=FILES)
@pytest.mark.usefixtures("register")
def test_of_each_file_comes_what_must_come(run, tmp_path, content, outcome):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    if isinstance(outcome, str):
        with pytest.raises(Refused) as refused:
            run(path=path)
        assert reason(refused.value).endswith(".")
        assert (refused.value.code, counts()) == (outcome, (0, 0, 0, 0))
        return
    result = run(path=path)
    found = Came(Client.select().count(), counts()[2], tuple(noted.line for noted in result.refusals),
                 tuple(noted.line for noted in result.remarks))
    assert found == outcome
    assert Organisation.select().count() == 1
