"""The files of the demonstration: other programs read them, and the same text is the same file."""
import io
import xml.etree.ElementTree as ET
import zipfile

import openpyxl
import pytest

from models.documents.formats import format_of
from models.site.demonstration.papers import FORMATS

TEXT = "# Wanneer je komt\nOp deze dagen & uren: <…>\n\nTot later."
LINES = ["Wanneer je komt", "Op deze dagen & uren: <…>", "Tot later."]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("name", FORMATS)
def test_the_content_of_a_file_has_its_format(name):
    assert format_of(FORMATS[name]("Afspraken", TEXT)) == name


def test_no_moment_is_in_a_text_so_that_the_same_text_is_the_same_file():
    assert b"/CreationDate" not in FORMATS["pdf"]("Afspraken", TEXT)
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"]("Afspraken", TEXT))) as file:
        assert {member.date_time[0] for member in file.infolist()} == {1980}


def test_a_word_processor_finds_the_title_and_each_line():
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"]("Afspraken", TEXT))) as file:
        document = ET.fromstring(file.read("word/document.xml"))
        for part in ("[Content_Types].xml", "_rels/.rels"):
            ET.fromstring(file.read(part))
    assert [text.text for text in document.iter(f"{W}t")] == ["Afspraken", *LINES]
    assert len(list(document.iter(f"{W}b"))) == 2


def test_a_sheet_has_the_lines_as_headings():
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"]("Lijst", "Naam\nMaandag")))
    assert [[cell.value for cell in row] for row in book["Lijst"]] == [["Naam", "Maandag"]]
