"""The spreadsheets as LibreOffice and ExcelJS read them, where .ci/readers provides these (docs/decisions/0101)."""
import datetime
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.tools import awkward_spreadsheet
from bench.tools.awkward_spreadsheet import HEADINGS, VALUES
from models.files import spreadsheet, streamed_sheet
from models.files.cells import Value
from models.files.spreadsheet import Sheet
from tests.models.files import other_readers
from tests.models.files.other_readers import Cell, Sheets

READERS: dict[str, Callable[[Path], Sheets]] = {
    "LIBREOFFICE": other_readers.libreoffice, "EXCELJS": other_readers.exceljs}
CUT = " … (afgekort: het CSV-bestand heeft de hele tekst)"
# Every other text is read as it was written, every other day as a day.
CHANGED: dict[Value, str] = {
    "=1+1": "'=1+1", datetime.date(1900, 2, 28): "28/02/1900", "x" * 32_768: "x" * (32_767 - len(CUT)) + CUT,
    "😀" * 16_384: "😀" * ((32_767 - len(CUT)) // 2) + CUT}
if not READERS.keys() & os.environ.keys():
    pytest.skip("WITHOUT OTHER READERS OF SPREADSHEETS: .ci/readers provides them", allow_module_level=True)


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    """The name of a reader, and of the environment variable that says where it is."""
    if not os.environ.get(request.param):
        pytest.skip(f"without {request.param}: .ci/readers provides it")
    return request.param


@pytest.fixture(scope="module")
def sheets(reader: str, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """The awkward spreadsheet, as the reader reads it."""
    path = tmp_path_factory.mktemp("awkward") / "awkward.xlsx"
    awkward_spreadsheet.main(path)
    return READERS[reader](path)


def as_shown(text: str, reader: str) -> str:
    """Return how the reader shows a text: ExcelJS has the names of signs, in a cell with its own text, as written."""
    if reader == "EXCELJS":
        return re.sub("_(?=x[0-9A-F]{4}_)|[\x01\r\uffff]", lambda sign: f"_x{ord(sign[0]):04X}_", text)
    return text


@pytest.mark.parametrize(("line", "value"), list(enumerate(VALUES, 1)), ids=lambda value: f"{value!a:.20}")
def test_an_awkward_value_is_read_as_it_was_written(sheets: Sheets, reader: str, line: int, value: Value) -> None:
    number, read = sheets["Lastige cellen"][line]
    assert number == Cell("number", line)
    value = CHANGED.get(value, value)
    if isinstance(value, str):
        assert read == Cell("text", as_shown(value, reader))
    else:
        assert read == (Cell("day", str(value)) if value else None)


def test_the_headings_are_bold_and_no_line_is_lost_or_added(sheets: Sheets) -> None:
    lines = sheets["Lastige cellen"]
    assert lines[0] == [Cell("text", heading, bold=True) for heading in HEADINGS]
    assert len(lines) == 1 + len(VALUES)


def test_the_sheet_of_a_report_has_its_numbers_percentages_and_days(sheets: Sheets) -> None:
    assert list(sheets) == ["Lastige cellen", "Verslag"]
    assert sheets["Verslag"] == [
        [Cell("text", "Titel", bold=True), None],
        [Cell("text", "Man"), Cell("share", 0.704)],
        [Cell("number", 1234), Cell("number", -1.5)],
        [Cell("day", "2024-06-03"), Cell("text", "*")],
        [Cell("text", "'-zin"), None],
        [Cell("text", "Lastige cellen"), None]]


def test_rows_go_on_in_a_next_sheet(reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed_sheet, "LAST_LINE", 4)
    path = tmp_path / "long.xlsx"
    path.write_bytes(spreadsheet.in_memory(
        "Titel", lambda book: Sheet(book, "Cliënten", [9]).table(["Nummer"], ([number] for number in range(4)), 1)))
    heading = [Cell("text", "Nummer", bold=True)]
    assert READERS[reader](path) == {
        "Cliënten": [heading, *([Cell("number", number)] for number in range(3))],
        "Cliënten (2)": [heading, [Cell("number", 3)]]}
