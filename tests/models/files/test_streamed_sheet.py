"""The streamed rows of a spreadsheet, as two other readers read them, and as they are in the ZIP and the XML."""
import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.files import spreadsheet, streamed_sheet
from models.files.cells import Value
from models.files.spreadsheet import Sheet

SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = ["Nummer", "Naam", "Uren", "Start", "Leeg"]
ROW: list[Value] = [1, "Rosa", Decimal("12.50"), datetime.date(2024, 6, 3), None]
# Texts that XML or a spreadsheet would change: each must be read as it was written.
AWKWARD = ["0012", "9000", "1,5", "_x0041_", "_x0041_x0042_", "_x00e9_", "_x005F_", "een_x", "a\x01b", "a\rb",
           "één\nregel", " rand ", "<b>&amp;\"'", "]]>", "😀", "x" * 32_767]


def made(rows: Sequence[Sequence[Value]], headings: Sequence[str] = HEADINGS) -> bytes:
    return spreadsheet.in_memory(
        "Titel", lambda book: Sheet(book, "Cliënten", [9] * len(headings)).table(headings, iter(rows), frozen=1))


def xml(content: bytes, name: str = SHEET) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def calamine(content: bytes, name: str = "Cliënten") -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def texts(*values: str) -> list[str]:
    """Return the texts that calamine reads in a sheet with these texts in a column."""
    return [str(row[0]) for row in calamine(made([[value] for value in values], ["Tekst"]))[1:]]


def test_two_readers_read_the_same_rows() -> None:
    content = made([ROW, [2, None, None, None, "einde"]])
    assert calamine(content) == [
        HEADINGS, [1, "Rosa", 12.5, datetime.date(2024, 6, 3), ""], [2, "", "", "", "einde"]]
    for read_only in (False, True):
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=read_only).active
        assert list(sheet.iter_rows(values_only=True)) == [
            tuple(HEADINGS),
            (1, "Rosa", 12.5, datetime.datetime(2024, 6, 3), None),  # noqa: DTZ001 - as a day is read
            (2, None, None, None, "einde")]


def test_every_cell_has_its_address_and_the_dimension_is_right() -> None:
    content = made([ROW] * 250)
    assert '<dimension ref="A1:E251"/>' in xml(content)
    addresses = re.findall(r'<c r="([A-Z]+)(\d+)"', xml(content))
    assert addresses == [(letter, str(line)) for line in range(1, 252) for letter in ("ABCDE" if line == 1 else "ABCD")]
    assert xml(content).count("<c ") == len(addresses)
    assert '<dimension ref="A1:E1"/>' in xml(made([]))


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_is_read_as_it_was_written(text: str) -> None:
    assert texts(text) == [text]


@given(st.lists(st.text("aZ0_x41F&<>\r\n\t \x00\x1f", max_size=12), min_size=1, max_size=4))
def test_any_text_is_read_as_it_was_written(written: list[str]) -> None:
    assert texts(*("z" + text for text in written)) == ["z" + text for text in written]


def test_a_text_stays_a_text_and_no_cell_is_a_formula() -> None:
    content = made([[1, "=1+1", None, None, "0012"]])
    assert "<f>" not in xml(content)
    cells = openpyxl.load_workbook(io.BytesIO(content)).active[2]
    assert [(cell.value, cell.data_type) for cell in cells if cell.value] == [(1, "n"), ("'=1+1", "s"), ("0012", "s")]


@pytest.mark.parametrize(("text", "whole"), [
    ("x" * 32_767, True), ("x" * 32_768, False), ("😀" * 16_383, True), ("😀" * 16_384, False),
    ("'" + "x" * 32_766, False)])
def test_a_text_that_is_too_long_for_a_cell_says_that_it_goes_on_in_the_csv(text: str, whole: bool) -> None:
    read, = texts(text)
    assert len(read.encode("utf-16-le")) <= 2 * 32_767
    assert (read == text) == whole
    assert read.endswith("(afgekort: het CSV-bestand heeft de hele tekst)") != whole


def test_days_on_which_spreadsheets_disagree_are_texts() -> None:
    days = [datetime.date(*day) for day in ((1900, 1, 1), (1900, 2, 28), (1900, 3, 1), (9999, 12, 31))]
    content = made([[day] for day in days], ["Dag"])
    assert [row[0] for row in calamine(content)[1:]] == ["01/01/1900", "28/02/1900", *days[2:]]


def test_rows_for_which_a_sheet_has_no_line_go_on_in_a_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed_sheet, "LAST_LINE", 4)
    content = made([[number] for number in range(7)], ["Nummer"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Cliënten", "Cliënten (2)", "Cliënten (3)"]
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book] == [
        ["Nummer", 0, 1, 2], ["Nummer", 3, 4, 5], ["Nummer", 6]]
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    assert calamine(content, "Cliënten (3)") == [["Nummer"], [6]]


def test_rows_that_exactly_fill_a_sheet_make_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed_sheet, "LAST_LINE", 4)
    assert openpyxl.load_workbook(io.BytesIO(made([[1]] * 3, ["Nummer"]))).sheetnames == ["Cliënten"]


def test_a_sheet_ends_before_its_size_needs_the_64_bit_form_of_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed_sheet, "LARGEST", 10_000)
    content = made([["x" * 50]] * 1_000, ["Tekst"])
    book = zipfile.ZipFile(io.BytesIO(content))
    sheets = [entry for entry in book.infolist() if "worksheets" in entry.filename]
    assert len(sheets) > 3
    assert max(entry.file_size for entry in sheets) < 30_000
    rows = itertools.chain.from_iterable(sheet.to_python()[1:] for sheet in map(
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index, range(len(sheets))))
    assert list(rows) == [["x" * 50]] * 1_000


def test_the_zip_is_plain_and_each_checksum_is_right() -> None:
    book = zipfile.ZipFile(io.BytesIO(made([[*ROW[:4], f"tekst {number}"] for number in range(5_000)])))
    assert book.testzip() is None
    assert [entry.filename for entry in book.infolist() if entry.extract_version != 20 or entry.extra] == []


@given(st.binary(), st.binary(max_size=200_000))
def test_the_checksum_of_two_parts_is_that_of_both_together(first: bytes, second: bytes) -> None:
    crc = streamed_sheet.zlib.crc32
    assert streamed_sheet._checksum_of_both(crc(first), crc(second), len(second)) == crc(first + second)


def test_a_sheet_is_printed_on_its_side_across_one_page_with_its_headings_on_each() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made([ROW])))
    sheet = book.active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.auto_filter.ref, sheet.freeze_panes) == ("$1:$1", "A1:E2", "B2")
    assert (book.properties.title, book.properties.creator) == ("Titel", "Loket")
