"""The messages of a spreadsheet that somebody sends."""
from models.files.reading.errors import FileCode
from views.ecalcura.file_messages import FILE_MESSAGES


def test_each_refusal_of_a_file_has_a_message():
    assert set(FILE_MESSAGES) == set(FileCode)
