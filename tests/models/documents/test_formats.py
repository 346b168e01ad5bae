"""The content of a file decides its format, and what looks harmful is refused."""
import tracemalloc

import pytest

from models.documents.formats import format_of
from tests.hall import refusal
from tests.models.documents import files


@pytest.mark.parametrize("name", files.GOOD)
def test_the_content_decides_the_format(name):
    assert format_of(files.GOOD[name]) == name


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_wrong_or_harmful_file_is_refused(name):
    content, code = files.REFUSED[name]
    assert refusal(format_of, content) == code


def test_a_table_may_be_in_the_encoding_of_windows_and_begin_with_a_mark():
    assert format_of("Gemeente;Plaats\nGeraardsbergen é;1\n".encode("cp1252")) == "csv"
    assert format_of("\ufeffGemeente\tPlaats\n".encode()) == "csv"


def test_a_file_of_exactly_twenty_megabytes_is_taken():
    assert format_of(files.PDF + b"\n" * (20 * files.MEGABYTE - len(files.PDF))) == "pdf"


def test_a_file_that_unpacks_to_much_is_never_unpacked():
    """Its types are 300 MB of zeroes, in 300 kB."""
    content = files.compressed(types=b"\0" * 300 * files.MEGABYTE)
    tracemalloc.start()
    assert refusal(format_of, content) == "document_claims"
    assert tracemalloc.get_traced_memory()[1] < 10 * files.MEGABYTE
    tracemalloc.stop()
