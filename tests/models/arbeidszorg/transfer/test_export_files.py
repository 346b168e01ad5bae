"""The files of an organisation's export: no file on the way, and the same cells in another reader."""
import csv
import datetime
import io
import os
import sys
import tempfile
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from models.arbeidszorg.transfer.exporting import Export
from tests.factories import client_of, days, period_of


@pytest.fixture(scope="module")
def opened_for_writing():
    """A list of the files that Python opens for writing while the list is emptied and read; SQLite opens its own."""
    opened = []

    def note(event, arguments):
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            opened.append(arguments[0])

    sys.addaudithook(note)
    return opened


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_no_file_is_opened_for_writing_while_names_are_exported(register, ploeg, opened_for_writing, file_format):
    client_of(ploeg, "Kanarievogel")
    opened_for_writing.clear()
    content = getattr(Export.of(ploeg.organisation.id, file_format, by=ploeg.account), file_format)()
    assert opened_for_writing == []
    with tempfile.TemporaryFile():
        assert opened_for_writing
    if file_format == "xlsx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"Kanarievogel" in content


def test_two_readers_read_the_same_register(register, ploeg):
    rosa = client_of(ploeg, "Rosa Vermeulen")
    period_of(rosa, ploeg, days(-900), days(-400), "15.25")
    client_of(ploeg, 'Jan; "Jef" Peeters', birth_date="unknown", home_postcode="none", education=None)
    book = Export.of(ploeg.organisation.id, "xlsx", by=ploeg.account).xlsx()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Cliënten").to_python()
    plain = Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv().decode("utf-8-sig")
    texts = [[f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else f"{cell:g}".replace(".", ",")
              if isinstance(cell, float) else cell for cell in row] for row in rows]
    assert texts == list(csv.reader(io.StringIO(plain, newline=""), delimiter=";"))
    assert len(texts) == 3
