"""New clients that equal another one, wherever their rows are in the file."""
import pytest

from models.arbeidszorg.transfer import importing
from tests.old_register import OPEN, row

LATER = {"start_date": "01/09/2021", **OPEN}


@pytest.mark.parametrize("size", [1, 1000])
def test_rows_of_clients_that_are_alike_may_be_far_apart(run, monkeypatch, size):
    monkeypatch.setattr(importing, "BATCH", size)
    result = run(row(old_number="007"), row(old_number="7", **LATER), row(old_number="007", **LATER))
    assert [(noted.line, noted.value, noted.reason[:27]) for noted in result.remarks] == [
        (3, "7", "Lijkt op een andere cliënt ")]


def test_a_client_that_equals_one_here_and_one_in_the_file_is_remarked_upon_once(run):
    run(row(old_number="007"))
    result = run(row(old_number="7"), row(old_number="07"))
    assert [(noted.line, noted.reason[:18]) for noted in result.remarks] == [
        (2, "Lijkt op cliënt 1 "), (3, "Lijkt op cliënt 1 ")]
