"""CSV files that Excel in Dutch opens with a double click."""
import csv
import datetime
import io
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.files import cells
from models.files.cells import Value, in_csv
from models.files.csv_file import Csv


def test_a_csv_has_a_mark_semicolons_and_the_line_ends_of_excel() -> None:
    rows: list[list[Value]] = [
        ["Rosa", Decimal("12.50"), datetime.date(2024, 6, 3)], ['Jan; "Jef"', None, 5], ["één\nregel", "", ""]]
    content = ("\ufeffNaam;Uren;Start\r\n"
               "Rosa;12,5;03/06/2024\r\n"
               '"Jan; ""Jef""";;5\r\n'
               '"één\nregel";;\r\n').encode()
    assert b"".join(Csv.pieces(["Naam", "Uren", "Start"], [rows])) == content
    assert Csv.whole(["Naam", "Uren", "Start"], rows) == content


def test_no_cell_of_a_csv_is_a_formula_not_even_a_heading() -> None:
    assert b"".join(Csv.pieces(["=A1", "b"], [[["+1", "-1"], ["@c", "'d"]]])).decode("utf-8-sig") == (
        "'=A1;b\r\n'+1;'-1\r\n'@c;''d\r\n")


def test_a_piece_leaves_before_the_next_rows_are_read() -> None:
    read = []

    def batches() -> Iterator[list[list[int]]]:
        for number in range(3):
            read.append(number)
            yield [[number], [number]]

    pieces = Csv.pieces(["Nummer"], batches())
    assert next(pieces) == b"\xef\xbb\xbfNummer\r\n"
    assert read == []
    assert next(pieces) == b"0\r\n0\r\n"
    assert read == [0]
    assert list(pieces) == [b"1\r\n1\r\n", b"2\r\n2\r\n"]


def test_a_csv_grows_row_by_row_in_a_file_that_is_open_already() -> None:
    file = io.StringIO(newline="")
    table = Csv(file, ["Regel", "Waarde"])
    table.write([[1, "=1"]])
    table.write([[2, "x"], [3, "y"]])
    assert file.getvalue() == "\ufeffRegel;Waarde\r\n1;'=1\r\n2;x\r\n3;y\r\n"


ANY = st.one_of(st.none(), st.integers(), st.dates(), st.text("ab;\"'=\r\n\t é", max_size=5),
                st.decimals(allow_nan=False, allow_infinity=False, places=2))


@given(st.lists(st.lists(ANY, min_size=1, max_size=3), max_size=6))
def test_the_bytes_are_those_of_python_s_own_module(rows: list[list[Value]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([["x"], *([in_csv(value) for value in row] for row in rows)])
    assert Csv.whole(["x"], rows) == b"\xef\xbb\xbf" + file.getvalue().encode()


def test_cells_that_no_longer_fit_in_memory_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "KEPT", 3)
    numbers: list[list[Value]] = [[number % 7, "=x" * 200] for number in range(50)]
    lines = Csv.whole(["a", "b"], numbers).decode().splitlines()[1:]
    assert lines == [f"{number % 7};'{'=x' * 200}" for number in range(50)]
