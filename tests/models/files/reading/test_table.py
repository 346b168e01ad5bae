"""Tables in text files as people have them, each with the rows that must come of it."""
import codecs
import csv
import html
import io
import os
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.files.reading.delimited import DELIMITERS
from models.files.reading.encodings import BLOCK, LIMIT
from models.files.reading.table import open_table
from tests.models.files.raw_workbook import sheet_row, workbook

HEADING = "Naam;Postcode;Uren"


def knows(cells):
    return cells[:2] == ["Naam", "Postcode"]


def opened(content):
    return open_table(io.BytesIO(content), knows)


def read(content):
    """[(line, cells or fault, heading of the cell at fault)] of each row."""
    return [(row.line, row.fault or row.cells, row.column) for row in opened(content).rows()]


def rows(content):
    return [(line, cells) for line, cells, _ in read(content)]


def text(*lines, end="\r\n", encoding="utf-8"):
    return "".join(line + end for line in lines).encode(encoding)


ROSA, JAN = ["Rosa", "9000", "12,5"], ["Jan", "8000", ""]
BOTH = [(2, ROSA), (3, JAN)]
LOWER = [(3, ROSA), (4, JAN)]
SEJLA = [(2, ["Šejla", "9000", ""]), (3, ["Café Željko", "8000", ""])]
WHOLE = workbook(sheet_row(1, "Naam", "Postcode", "Uren") + sheet_row(2, *ROSA) + sheet_row(3, *JAN))

FILES = {
    "semicolons": (text(HEADING, "Rosa;9000;12,5", "Jan;8000;"), BOTH),
    "tabs": (text("Naam\tPostcode\tUren", "Rosa\t9000\t12,5", "Jan\t8000\t"), BOTH),
    "commas": (text("Naam,Postcode,Uren", 'Rosa,9000,"12,5"', "Jan,8000,"), BOTH),
    "bars": (text("Naam|Postcode|Uren", "Rosa|9000|12,5", "Jan|8000|"), BOTH),
    "commas with a bare decimal comma": (
        text("Naam,Postcode,Uren", "Rosa,9000,12,5", "Jan,8000,"), [(2, "row_columns"), (3, JAN)]),
    "UTF-8 with its mark": (text(HEADING, "Rosa;9000;12,5", "Jan;8000;", encoding="utf-8-sig"), BOTH),
    "its mark twice, before a quote": (
        codecs.BOM_UTF8 * 2 + text('"Naam";Postcode;Uren', "Rosa;9000;12,5", "Jan;8000;"), BOTH),
    "UTF-16": (text(HEADING, "Rosa;9000;12,5", "Jan;8000;", encoding="utf-16"), BOTH),
    "UTF-16, big end first": (
        codecs.BOM_UTF16_BE + text(HEADING, "Rosa;9000;12,5", "Jan;8000;", encoding="utf-16-be"), BOTH),
    "UTF-16 without its mark": (text(HEADING, "Rosa;9000;12,5", encoding="utf-16-le"), "file_wide"),
    "UTF-16 that breaks off": (text(HEADING, "Rosa;9000;12,5", encoding="utf-16")[:-1], "file_encoding"),
    "UTF-32": (text(HEADING, "Rosa;9000;12,5", encoding="utf-32"), "file_wide"),
    "Windows-1252": (text(HEADING, "Zoë;9000;", encoding="cp1252"), [(2, ["Zoë", "9000", ""])]),
    "Š and Ž of Windows-1252": (text(HEADING, "Šejla;9000;", "Café Željko;8000;", encoding="cp1252"), SEJLA),
    "Š within a word": (text(HEADING, "MaŠa;9000;", encoding="cp1252"), "file_encoding"),
    "Š before a capital": (text(HEADING, "ŠEJLA;9000;", encoding="cp1252"), "file_encoding"),
    "Ž before a capital": (text(HEADING, "ŽELJKO;9000;", encoding="cp1252"), "file_encoding"),
    "è of DOS": (text(HEADING, "Eugène;9000;", encoding="cp850"), "file_encoding"),
    "é of an old Mac": (text(HEADING, "André;9000;", encoding="mac_roman"), "file_encoding"),
    "Š beside a byte of DOS": (text(HEADING, "Šejla;9000;", encoding="cp1252") + b"Ren\x82;1;", "file_encoding"),
    "UTF-8, and then Windows-1252": (
        text(HEADING, "Zoë;9000;") + text("Zoë;9000;", encoding="cp1252"), "file_encoding"),
    "line ends of Unix": (text(HEADING, "Rosa;9000;12,5", "Jan;8000;", end="\n"), BOTH),
    "line ends of an old Mac": (text(HEADING, "Rosa;9000;12,5", "Jan;8000;", end="\r"), BOTH),
    "line ends of all three": (b"Naam;Postcode;Uren\rRosa;9000;12,5\r\nJan;8000;\n", BOTH),
    "a line end within quotes": (
        text(HEADING, '"Ro', 'sa";9000;12,5', "Jan;8000;"), [(2, ["Ro\r\nsa", "9000", "12,5"]), (4, JAN)]),
    "a line end of an old Mac within quotes": (
        text(HEADING, '"Ro', 'sa";9000;12,5', "Jan;8000;", end="\r"), [(2, ["Ro\rsa", "9000", "12,5"]), (4, JAN)]),
    "a quote too many on each of two lines": (
        text(HEADING, '"Rosa;9000;12,5', "Jan;8000;", 'Ali";7000', "Jan;8000;"),
        [(2, "row_quotes"), (3, JAN), (4, ['Ali"', "7000", ""]), (5, JAN)]),
    "sep=; above": (text("sep=;", HEADING, "Rosa;9000;12,5", "Jan;8000;"), LOWER),
    "a title above": (text("Lijst van maart;;", HEADING, "Rosa;9000;12,5", "Jan;8000;"), LOWER),
    "a title with other delimiters": (text("Lijst, van; maart", HEADING, "Rosa;9000;12,5", "Jan;8000;"), LOWER),
    "a heading on line 21": (text(*["titel"] * 20, HEADING, "Rosa;9000;12,5"), "file_heading"),
    "empty columns at the right": (text(HEADING + ";;", "Rosa;9000;12,5;;", "Jan;8000;;; "), BOTH),
    "a text without a heading": (text(HEADING, "Rosa;9000;12,5;x", "Jan;8000;"), [(2, "row_columns"), (3, JAN)]),
    "without the empty cells at the end": (text(HEADING, "Rosa;9000;12,5", "Jan;8000"), BOTH),
    "blank rows": (text(HEADING, "", ";;", "Rosa;9000;12,5", " ; ;"), [(4, ROSA)]),
    "spaces that do not break": (text("Naam;Postcode;Uren\xa0", "Rosa\xa0Peeters;\u202f9000;12,5"),
                                 [(2, ["Rosa Peeters", " 9000", "12,5"])]),
    "marks without width": (text("Na\u200bam;Post\xadcode;Uren", "Ro\u2060sa;90\u200e00;\ufeff12,5"), [(2, ROSA)]),
    "a tab pasted into a cell": (text(HEADING, "Rosa\tPeeters;9000;12,5"), [(2, ["Rosa Peeters", "9000", "12,5"])]),
    "a tab within quotes, between tabs": (
        text("Naam\tPostcode\tUren", '"Rosa\tPeeters"\t9000\t12,5'), [(2, ["Rosa Peeters", "9000", "12,5"])]),
    "signs that only Python takes for a line end": (
        text(HEADING, "Ro\x1csa;9000;12,5", "Ro\u2028sa;9000;12,5"),
        [(2, ["Ro\x1csa", "9000", "12,5"]), (3, ["Ro sa", "9000", "12,5"])]),
    "empty": (b"", "file_empty"),
    "a null byte": (text(HEADING, "Rosa\0;9000;12,5"), "file_binary"),
    "null bytes": (bytes(100), "file_binary"),
    "a line without end": (text(HEADING) + b"x" * 10 * LIMIT, "file_line"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_excel"),
    "a spreadsheet behind a password": (
        b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
    "an archive that is no spreadsheet": (b"PK\x03\x04" + bytes(100), "file_spreadsheet"),
}


@pytest.mark.parametrize(("content", "outcome"), FILES.values(), ids=FILES)
def test_of_each_file_comes_what_must_come(content, outcome):
    if isinstance(outcome, str):
        with pytest.raises(Refused) as refused:
            rows(content)
        assert refused.value.code == outcome
    else:
        assert rows(content) == outcome


@pytest.mark.parametrize("error", ["#N/B", "#VERW!", "#REF!", "#N/A"])
def test_an_error_of_a_spreadsheet_refuses_its_row_and_names_its_column(error):
    assert read(text(HEADING, f"Rosa;{error};12,5", "Jan;# 8000;")) == [
        (2, "cell_error", "Postcode"), (3, ["Jan", "# 8000", ""], "")]


def test_a_row_tells_how_many_cells_it_lacked():
    assert [row.added for row in opened(text(HEADING, "Rosa;9000;12,5", "Jan;8000", "Ali")).rows()] == [0, 1, 2]


def test_the_line_of_a_wrong_byte_is_near_it(tmp_path):
    with pytest.raises(Refused) as refused:
        rows(text(HEADING, *["Rosa;9000;12,5"] * 50_000, "Ren\xe9;9000;", encoding="cp1252") + b"\x90")
    assert refused.value.context["line"] == 50_003


def test_positions_count_towards_the_size():
    for content in (text(HEADING, *["Rosa;9000;12,5"] * 9000), workbook(
            "".join(sheet_row(number, "Naam", "Postcode") for number in range(1, 9000)))):
        table = opened(content)
        positions = [row.position for row in table.rows()]
        assert positions == sorted(positions)
        assert table.size == positions[-1] == len(content)


def test_rows_can_be_read_again_and_the_stream_stays_open():
    stream = io.BytesIO(text(HEADING, "Rosa;9000;12,5"))
    table = open_table(stream, knows)
    assert list(table.rows()) == list(table.rows())
    assert not stream.closed


def test_a_path_is_read_as_a_stream_is(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_bytes(text(HEADING, "Rosa;9000;12,5"))
    assert [row.cells for row in open_table(path, knows).rows()] == [ROSA]
    for gone in (tmp_path / "weg.csv", tmp_path):
        with pytest.raises(Refused, match="file_none"):
            open_table(gone, knows)


@pytest.mark.parametrize("edge", range(BLOCK - 2, BLOCK + 2))
def test_a_line_end_on_the_edge_of_a_block_is_one_line_end(edge):
    before = text(HEADING, "x" * (edge % 2)) + b"\r\n" * (edge // 2)
    with pytest.raises(Refused) as refused:
        rows(before + b"Rosa;9000;\r\nRen\x90;9000;\r\n")
    assert refused.value.context["line"] == before.count(b"\n") + 2


def test_nothing_is_written_to_a_temporary_file(tmp_path, monkeypatch):
    opens = []
    monkeypatch.setattr(os, "open", lambda *arguments, **options: opens.append(arguments))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    for content in (text(HEADING, "Rosa;9000;12,5"), workbook(
            sheet_row(1, "Naam", "Postcode", "Uren") + sheet_row(2, *ROSA))):
        assert rows(content) == [(2, ROSA)]
    assert opens == []


def test_memory_does_not_grow_with_the_file():
    def row(number):
        return sheet_row(number, "Rosa", "9000", "12,5")

    for content in (text(HEADING, *["Rosa;9000;12,5"] * 100_000), workbook(
            sheet_row(1, "Naam", "Postcode", "Uren") + "".join(map(row, range(2, 30_000))))):
        stream = io.BytesIO(content)
        tracemalloc.start()
        assert sum(1 for _ in open_table(stream, knows).rows()) > 29_000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 3_000_000


# Random files


@given(st.binary(max_size=300),
       st.sampled_from([b"", text(HEADING), codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"PK\x03\x04"]))
def test_random_bytes_are_refused_or_read(content, before):
    try:
        for row in opened(before + content).rows():
            assert (row.cells is None) == (row.fault is not None)
            assert row.cells is None or len(row.cells) >= 2
    except Refused:
        pass


CELLS = st.lists(st.text("aé;,|\t\"'\n 1Š", max_size=6), min_size=3, max_size=3)


@given(st.lists(CELLS, max_size=8), st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n", "\r"]),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_random_table_is_read_as_it_was_written(table, delimiter, end, encoding):
    content = io.StringIO(newline="")
    # Python's writer leaves out the quotes around a line end that is not its own.
    quotes = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    csv.writer(content, delimiter=delimiter, lineterminator=end, quoting=quotes).writerows(
        [["Naam", "Postcode", "Uren"], *table])
    assert [cells for _, cells in rows(content.getvalue().encode(encoding))] == [
        [cell.replace("\t", " ") for cell in cells] for cells in table if "".join(cells).strip()]


@given(st.lists(CELLS, max_size=8))
def test_a_random_spreadsheet_is_read_as_it_was_written(table):
    written = "".join(sheet_row(number, *map(html.escape, cells)) for number, cells in enumerate(table, 2))
    assert [cells for _, cells in rows(workbook(sheet_row(1, "Naam", "Postcode", "Uren") + written))] == [
        [cell.replace("\t", " ") for cell in cells] for cells in table if "".join(cells).strip()]


@given(st.data())
def test_a_damaged_spreadsheet_is_refused_or_read(data):
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        for row in opened(bytes(content)).rows():
            assert (row.cells is None) == (row.fault is not None)
    except Refused:
        pass
