"""Spreadsheets: real dates and numbers, no formula, and no name in a temporary file."""
import datetime
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from models.files import spreadsheet
from models.files.cells import Value
from models.files.spreadsheet import Book, Look, Sheet, sheet_names

HEADINGS = ["Nummer", "Naam", "Uren", "Start"]
ROWS: list[list[Value]] = [
    [1, "Rosa", Decimal("12.50"), datetime.date(2024, 6, 3)],
    [2, "=1+1", None, None], [3, "9000", None, None]]


def fill(book: Book) -> None:
    Sheet(book, "Cliënten", [9, 28, 11, 12]).table(HEADINGS, ROWS, frozen=2)


def opened(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_table_has_real_dates_and_numbers_and_no_formula() -> None:
    sheet = opened(spreadsheet.in_memory("Titel", fill))
    assert list(sheet.iter_rows(values_only=True)) == [
        tuple(HEADINGS), (1, "Rosa", 12.5, datetime.datetime(2024, 6, 3)),  # noqa: DTZ001 - as a day is read
        (2, "'=1+1", None, None), (3, "9000", None, None)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet["D2"].number_format == "dd/mm/yyyy"


def test_headings_and_first_columns_stay_in_view_and_every_column_has_a_filter() -> None:
    sheet = opened(spreadsheet.in_memory("Titel", fill))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:D4")
    assert sheet["A1"].font.b
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABCD"] == [10, 29, 12, 13]


def test_a_table_without_rows_can_be_opened() -> None:
    content = spreadsheet.in_memory("Titel", lambda book: Sheet(book, "Leeg", []).table(["=A", "B"], [], frozen=0))
    assert list(opened(content).iter_rows(values_only=True)) == [("'=A", "B")]


def test_lines_have_the_look_that_they_are_given() -> None:
    def lines(book: Book) -> None:
        sheet = Sheet(book, "Blad", [44, 13])
        sheet.write(("=Titel", Look.TITLE))
        sheet.write(("Man", Look.TEXT), (704, Look.COUNT), (Decimal("70.4"), Look.DECIMAL), ("*", Look.COUNT))
        sheet.write_over("-" * 90, columns=3, height=30)
        sheet.link("Blad", "+hier")
        sheet.write(("onderaan", Look.TEXT))

    sheet = opened(spreadsheet.in_memory("Titel", lines))
    assert [row[0].value for row in sheet.iter_rows()] == ["'=Titel", "Man", "'" + "-" * 90, "'+hier", "onderaan"]
    assert [cell.value for cell in sheet[2]] == ["Man", 704, 70.4, "*"]
    assert (sheet["A1"].font.sz, sheet["B2"].number_format, sheet["C2"].number_format) == (14, "#,##0", "0.0")
    assert sheet["D2"].alignment.horizontal == "right"
    assert ([str(area) for area in sheet.merged_cells.ranges], sheet.row_dimensions[3].height) == (["A3:C3"], 30)
    assert sheet["A4"].hyperlink.location == "'Blad'!A1"


def test_the_name_of_a_sheet_is_short_and_there_once_without_the_signs_that_excel_refuses() -> None:
    assert sheet_names(["2 Geslacht", "2 geslacht", "a/b: [c]*?", "'t Hof'", "3 Hoofdproblematiek naar situatie",
                        "3 Hoofdproblematiek naar situaties"]) == [
        "2 Geslacht", "2 geslacht (2)", "a b c", "t Hof", "3 Hoofdproblematiek naar…",
        "3 Hoofdproblematiek naar… (2)"]


def test_both_ways_to_make_a_spreadsheet_give_the_same_cells() -> None:
    rows = [list(opened(content).iter_rows(values_only=True)) for content in (
        spreadsheet.in_memory("Titel", fill), b"".join(spreadsheet.in_temporary_file("Titel", fill)))]
    assert rows[0] == rows[1]


def test_in_memory_no_file_is_made_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for maker in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, maker, lambda *args, **options: pytest.fail("a name may be in it"))
    assert spreadsheet.in_memory("Titel", fill).startswith(b"PK")


@pytest.mark.parametrize("broken", ["models.files.spreadsheet.Sheet._put", "xlsxwriter.Workbook._store_workbook"])
def test_a_temporary_file_is_gone_when_the_spreadsheet_cannot_be_made(
        temporary: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr(broken, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        spreadsheet.in_temporary_file("Titel", fill)
    assert list(temporary.iterdir()) == []


def test_a_temporary_file_has_no_name_while_its_pieces_are_sent(temporary: Path) -> None:
    pieces = spreadsheet.in_temporary_file("Titel", fill)
    assert next(pieces).startswith(b"PK")
    assert list(temporary.iterdir()) == []


def test_the_file_is_closed_when_nobody_reads_on(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    file = path.open("rb")
    pieces = spreadsheet.blocks(file)
    assert len(next(pieces)) == 65_536
    pieces.close()
    assert file.closed
