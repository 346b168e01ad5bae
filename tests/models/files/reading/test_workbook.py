"""Spreadsheets as people and programs make them: each kind of cell with its text, and damaged packages."""
import datetime
import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from models.errors import Refused
from models.files import spreadsheet
from models.files.reading import package
from models.files.reading import workbook as reader
from models.files.reading.table import open_table
from models.files.spreadsheet import Sheet
from tests.models.files.raw_workbook import MAIN, OFFICE, PACKAGE, PARTS, sheet_row, workbook

HEADING = sheet_row(1, "Naam", "Waarde", "Einde")
RATES = '<workbookPr date1904="1"/>'


def knows(cells):
    return cells[:1] == ["Naam"]


def read(content):
    table = open_table(io.BytesIO(content), knows)
    assert table.is_spreadsheet
    return [(row.line, row.fault or row.cells, row.column) for row in table.rows()]


def refusal(content):
    with pytest.raises(Refused) as refused:
        read(content)
    return refused.value.code


def number(value, style=0):
    return f' s="{style}"', f"<v>{value}</v>"


CELLS = {
    "12": (number("12"), "12"),
    "12.0": (number("12.0"), "12"),
    "12.5": (number("12.5"), "12,5"),
    "12.3, as a computer has it": (number("12.300000000000001"), "12,3"),
    "a tenth and two tenths": (number("0.30000000000000004"), "0,3"),
    "fifteen digits": (number("123456789012345"), "123456789012345"),
    "fifteen digits with an exponent": (number("1.23456789012345E14"), "123456789012345"),
    "100000 with an exponent": (number("1E5"), "100000"),
    "more digits than Excel keeps": (number("1.2345678901234567E20"), "1,23456789012346e+20"),
    "minus four": (number("-4"), "-4"),
    "a number with thousands": (number("1234.5", 6), "1234,5"),
    "a date": (number("25677", 1), "1970-04-19"),
    "a date in the long form of Windows": (number("25677", 4), "1970-04-19"),
    "a date in capitals": (number("25677", 5), "1970-04-19"),
    "a moment": (number("25677.4375", 2), "1970-04-19 10:30"),
    "a moment on midnight": (number("25677", 2), "1970-04-19 00:00"),
    "a moment that is shown as a date": (number("25677.4375", 1), "1970-04-19 10:30"),
    "a time": (number("0.4375", 3), "10:30:00"),
    "the first day of Excel": (number("1", 1), "1900-01-01"),
    "the day before the day that is not": (number("59", 1), "1900-02-28"),
    "the day that is not": (number("60", 1), "1900-02-29"),
    "the day after": (number("61", 1), "1900-03-01"),
    "a day after all days": (number("99999999", 1), "99999999"),
    "a day before all days": (number("-1000000", 1), "-1000000"),
    "a style that is not there": (number("25677", 99), "25677"),
    "a date in ISO form": ((' t="d" s="1"', "<v>1970-04-19</v>"), "1970-04-19"),
    "a moment in ISO form": ((' t="d" s="2"', "<v>1970-04-19T00:00:00</v>"), "1970-04-19 00:00"),
    "true": ((' t="b"', "<v>1</v>"), "WAAR"),
    "false": ((' t="b"', "<v>0</v>"), "ONWAAR"),
    "a shared text": ((' t="s"', "<v>0</v>"), "gedeeld"),
    "a shared text in two styles": ((' t="s"', "<v>1</v>"), "vet en mager"),
    "a shared text with how it is spoken": ((' t="s"', "<v>2</v>"), "東京"),
    "a text in two styles": ((' t="inlineStr"', "<is><r><t>vet</t></r><r><t> en mager</t></r></is>"), "vet en mager"),
    "a sign that XML cannot hold": ("a_x0007_b", "a\x07b"),
    "a text that looks like the name of a sign": ("a_x005F_x0007_b", "a_x0007_b"),
    "a space that does not break": ("a\xa0b", "a b"),
    "marks without width": ("a\u200bb\u00adc", "abc"),
    "a formula with its value": (("", "<f>6*7</f><v>42</v>"), "42"),
    "a formula with its text": ((' t="str"', '<f>"a"</f><v>a</v>'), "a"),
    "a formula with an empty text": ((' t="str"', '<f>""</f><v></v>'), ""),
    "an empty cell after a formula": ((' s="1"', ""), ""),
    "no number": (number("twaalf"), "twaalf"),
    "not a number": (number("NaN"), "NaN"),
}
STRINGS = ('<si><t>gedeeld</t></si><si><r><rPr><b/></rPr><t>vet</t></r><r><t xml:space="preserve"> en mager</t></r>'
           "</si><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>")


@pytest.mark.parametrize(("cell", "text"), CELLS.values(), ids=CELLS)
def test_a_cell_is_read_as_people_see_it(cell, text):
    content = workbook(HEADING + sheet_row(2, ("", "<f>6*7</f><v>42</v>"), cell, "einde"), STRINGS)
    assert read(content) == [(2, ["42", text, "einde"], "")]


@pytest.mark.parametrize(("cell", "fault"), [
    ((' t="e"', "<v>#N/A</v>"), "cell_error"), ((' t="e"', "<v>#FIELD!</v>"), "cell_error"),
    ((' t="e"', "<f>A1/0</f><v>#DIV/0!</v>"), "cell_error"),
    (("", "<f>A1</f>"), "cell_formula"), (("", "<f>A1</f><v></v>"), "cell_formula"), ("#N/B", "cell_error")])
def test_an_error_and_a_formula_without_a_value_refuse_their_row_and_name_the_column(cell, fault):
    content = workbook(HEADING + sheet_row(2, "x", cell, "e") + sheet_row(3, "y", "goed"))
    assert read(content) == [(2, fault, "Waarde"), (3, ["y", "goed", ""], "")]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    content = workbook(HEADING + sheet_row(2, "x", number("24215", 1)), settings=RATES)
    assert read(content) == [(2, ["x", "1970-04-19", ""], "")]


def test_rows_and_cells_are_where_their_addresses_say():
    content = workbook(
        HEADING + '<row r="7"><c r="C7" t="str"><v>c</v></c><c r="A7" t="inlineStr"><is><t>a</t></is></c></row><row>'
        '<c t="inlineStr"><is><t>zonder adres</t></is></c></row>')
    assert read(content) == [(7, ["a", "", "c"], ""), (8, ["zonder adres", "", ""], "")]


def test_a_text_beside_the_columns_refuses_its_row():
    content = workbook(HEADING + '<row r="2"><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>'
                       + '<row r="3"><c r="A3" t="inlineStr"><is><t>y</t></is></c><c r="E3" s="1"/></row>')
    assert read(content) == [(2, "row_columns", ""), (3, ["y", "", ""], "")]


def test_a_wrong_dimension_is_not_believed():
    content = workbook(HEADING + sheet_row(2, "x") + sheet_row(3, "y"), above='<dimension ref="A1:A1"/>')
    assert [line for line, _, _ in read(content)] == [2, 3]


def test_elements_may_have_a_prefix():
    sheet = f"""<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Naam</x:t>
        </x:is></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>12</x:v></x:c></x:row></x:sheetData></x:worksheet>"""
    assert read(workbook("", **{"xl/worksheets/sheet1.xml": sheet})) == [(2, ["12"], "")]


@pytest.mark.parametrize("absent", ["xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_workbook_may_lack_styles_or_shared_texts(absent):
    types = PARTS["[Content_Types].xml"].replace(f'<Override PartName="/{absent}"', "<!--").replace(
        f'{"styles" if "styles" in absent else "sharedStrings"}+xml"/>', "-->", 1)
    content = workbook(HEADING + sheet_row(2, "x"), **{absent: None, "[Content_Types].xml": types})
    assert read(content) == [(2, ["x", "", ""], "")]


def test_hidden_rows_and_columns_and_a_hidden_first_sheet_count():
    book = openpyxl.Workbook()
    for cells in (["Naam", "Waarde"], ["x", 1], ["y", 2]):
        book.active.append(cells)
    book.active.row_dimensions[2].hidden = book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Tweede").append(["Naam", "andere"])
    book.active.sheet_state, book.active = "hidden", 1
    assert read(saved(book)) == [(2, ["x", "1"], ""), (3, ["y", "2"], "")]


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_of_openpyxl_is_read():
    book = openpyxl.Workbook()
    rich = CellRichText("Rosa ", TextBlock(InlineFont(b=True), "Peeters"))
    for cells in (["Lijst"], [], ["Naam", "Dag", "Uren"], [rich, datetime.date(1970, 4, 19), 12.5]):
        book.active.append(cells)
    assert read(saved(book)) == [(4, ["Rosa Peeters", "1970-04-19", "12,5"], "")]


def test_our_own_spreadsheet_is_read():
    content = spreadsheet.in_memory("Titel", lambda book: Sheet(book, "Lijst", [9] * 4).table(
        ["Naam", "Dag", "Uren", "Tekst"],
        [["'t Hof", datetime.date(1970, 4, 19), 12, "a_x0007_b\nc"], [None, datetime.date(1900, 2, 1), 5, "=1"]], 1))
    assert read(content) == [
        (2, ["''t Hof", "1970-04-19", "12", "a_x0007_b\nc"], ""), (3, ["", "01/02/1900", "5", "'=1"], "")]


# Refused


def test_another_kind_of_spreadsheet_is_refused_by_its_name():
    for name in ("xl/workbook.bin", "content.xml"):
        assert refusal(workbook(HEADING, **{name: "x"})) == "file_excel"


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    bomb, large, plain = (
        workbook(HEADING, **{"media.bin": content}) for content in (bytes(20 * 1024**2), bytes(range(256)) * 100, b""))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal(bomb) == "file_large"
    monkeypatch.setattr(package, "MOST_UNPACKED", 10_000)
    assert refusal(large) == "file_large"
    monkeypatch.setattr(package, "MOST_PARTS", 5)
    assert refusal(plain) == "file_large"


def test_a_part_that_is_read_whole_is_bounded(monkeypatch):
    monkeypatch.setattr(package, "SMALL", 10_000)
    comments = "".join(f"<!--{number}-->" for number in range(2_000))
    assert refusal(workbook(HEADING, **{"xl/styles.xml": PARTS["xl/styles.xml"] + comments})) == "file_large"
    monkeypatch.setattr(reader, "LOADED", 10_000)
    assert refusal(workbook(HEADING, strings=comments)) == "file_large"


def test_a_package_behind_a_password_is_refused_as_such():
    content = workbook(HEADING)
    place = content.index(b"PK\x01\x02")
    assert refusal(content[:place + 8] + b"\x01" + content[place + 9:]) == "file_locked"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_no_part_may_declare_entities(part, encoding):
    content = workbook(HEADING + sheet_row(2, "x"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        whole = parts.read(part).decode()
    assert read(workbook(HEADING, **{part: whole})) == read(content)[:part.endswith("sheet1.xml")]
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]>{whole}'
    assert refusal(workbook(HEADING, **{part: declared.encode(encoding)})) == "file_spreadsheet"


def sheet(rows, end="</sheetData></worksheet>"):
    """The changed part of a workbook with these rows."""
    return {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{HEADING}{rows}{end}'}


DAMAGED = {
    "a sheet that breaks off": sheet("", end=""),
    "a shared text that is not there": sheet(sheet_row(2, "x", (' t="s"', "<v>7</v>"))),
    "an address that is none": sheet('<row r="2"><c r="ZZZZ2"><v>1</v></c></row>'),
    "no workbook": {"xl/workbook.xml": None},
    "no sheet": {"xl/worksheets/sheet1.xml": None},
    "a sheet that is a drawing": {"xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{OFFICE}/chartsheet" Target="worksheets/sheet1.xml"/></Relationships>"""},
}


@pytest.mark.parametrize("changed", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_workbook_is_refused(changed):
    assert refusal(workbook(HEADING, **changed)) == "file_spreadsheet"


def test_a_part_that_is_not_what_its_checksum_says_is_refused():
    content = workbook(HEADING + sheet_row(2, "x"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        last = parts.infolist()[-1]
    assert last.filename == "xl/worksheets/sheet1.xml"
    directory = content.rindex(b"PK\x01\x02")
    assert refusal(content[:directory + 16] + bytes(4) + content[directory + 20:]) == "file_spreadsheet"


def test_without_a_heading_nothing_of_the_sheet_is_repeated():
    with pytest.raises(Refused) as refused:
        read(workbook(sheet_row(1, "Rosa Vermeulen")))
    assert (refused.value.code, refused.value.context) == ("file_heading", {})
