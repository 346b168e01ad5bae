"""Files and merged clients: one column holds all old numbers, and each number and mark still finds its client."""
import csv
import io

import pytest

from models.arbeidszorg.doubles.undoing import undo
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file import old_numbers
from tests.factories import client_of, days, deleted, period_of
from tests.models.arbeidszorg.doubles.merges import merged, with_old_number
from tests.old_register import OPEN, counts, row


@pytest.fixture
def exported(ploeg, tmp_path):
    """Writes the export of De Ploeg; returns its path."""
    def exported(name="export.csv"):
        path = tmp_path / name
        path.write_bytes(Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv())
        return path

    return exported


def column(path, heading="Oud volgnummer"):
    text = path.read_text(encoding="utf-8-sig")
    return [line[heading] for line in csv.DictReader(io.StringIO(text), delimiter=";")]


def shown():
    return [(client.number, client.old_numbers()) for client in Client.select().order_by(Client.number)]


@pytest.mark.parametrize("numbers", [
    [], ["17"], ["17", "21"], ["17, 21"], ["17,21", "x"], ["a\\", "b"], ["a\\,", "b"], ["\\\\", ",,", "z"],
    ["a b", "c"]])
def test_old_numbers_come_back_from_their_cell_without_doubt(numbers):
    assert old_numbers.read(old_numbers.written(numbers) or "") == numbers


def test_a_cell_typed_by_hand_is_understood():
    assert old_numbers.read("17,21 ,, 17") == ["17", "21"]


def test_the_export_has_all_old_numbers_in_one_column_with_a_comma(ploeg, exported):
    kept, other = with_old_number(client_of(ploeg), "17"), with_old_number(client_of(ploeg), "21")
    merged(kept, other)
    assert column(exported()) == ["17, 21"]


def test_the_export_that_comes_back_changes_nothing(ploeg, exported, run):
    kept, other = with_old_number(client_of(ploeg), "9,5"), with_old_number(client_of(ploeg), "21")
    period_of(kept, ploeg, days(-900), days(-400))
    merged(kept, other)
    before = shown(), counts()
    result = run(path=exported())
    assert (result.refused, result.known, result.clients) == (0, 1, 0)
    assert (shown(), counts()) == before


def test_the_export_keeps_all_old_numbers_in_another_installation(ploeg, exported, run, start_anew):
    kept, other = with_old_number(client_of(ploeg), "17"), with_old_number(client_of(ploeg), "21")
    merged(kept, other)
    path = exported()
    start_anew()
    assert run(path=path).clients == 1
    assert shown() == [(kept.number, ["17", "21"])]
    # The old register's file finds it by either number.
    result = run(row(old_number="21", start_date="01/01/2015", end_date="01/02/2015"))
    assert result.clients == 0


def test_the_file_of_the_old_register_makes_no_new_client_after_a_merge(ploeg, run):
    rows = [row(old_number="17"), row(old_number="21", start_date="01/07/2020", **OPEN)]
    run(*rows)
    kept, other = Client.select().order_by(Client.number)
    merged(kept, other)
    result = run(*rows)
    assert (result.clients, result.periods, result.refused, result.known) == (0, 0, 0, 2)


def test_a_period_that_was_set_aside_is_not_added_again_in_silence(ploeg, run):
    rows = [row(old_number="17", income="Leefloon"), row(old_number="21", start_date="01/05/2020", **OPEN)]
    run(*rows)
    kept, other = Client.select().order_by(Client.number)
    merged(kept, other)
    result = run(*rows)
    assert (result.clients, result.periods, result.known) == (0, 0, 1)
    assert [(refusal.line, refusal.column) for refusal in result.refusals] == [(3, "Startdatum")]
    assert Period.select().count() == 1


def test_a_row_of_a_merged_client_with_another_answer_is_refused_with_its_line(ploeg, run):
    rows = [row(old_number="17"), row(old_number="21", gender="Man", start_date="01/07/2020", **OPEN)]
    run(*rows)
    kept, other = Client.select().order_by(Client.number)
    merged(kept, other)
    [refusal] = run(*rows).refusals
    assert (refusal.line, refusal.column) == (3, "Geslacht")


def test_an_export_from_before_the_merge_finds_the_client_by_its_mark(ploeg, exported, run):
    """Also a client without an old number."""
    kept, other = client_of(ploeg), client_of(ploeg)
    path = exported()
    merge = merged(kept, other)
    result = run(path=path)
    assert (result.clients, result.refused, result.known) == (0, 0, 2)
    undo(merge)
    assert run(path=path).known == 2
    assert shown() == [(kept.number, []), (other.number, [])]


def test_a_cell_whose_numbers_belong_to_two_clients_is_refused(ploeg, exported, run):
    kept, other = with_old_number(client_of(ploeg), "17"), with_old_number(client_of(ploeg), "21")
    merge = merged(kept, other)
    path = exported()
    undo(merge)
    [refusal] = run(path=path).refusals
    assert refusal.column == "Oud volgnummer"


def test_a_comma_in_an_export_of_an_earlier_version_is_part_of_the_number(ploeg, exported, run, start_anew):
    with_old_number(client_of(ploeg), "9")
    path = exported()
    heading, cells = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    of_before = {column.replace("(versie 3:", "(versie 2:"): cell for column, cell in zip(heading, cells, strict=True)
                 if column != "Vroegere uren"} | {"Oud volgnummer": "9, 5"}
    path.write_text("".join(";".join(line) + "\r\n" for line in (of_before, of_before.values())), encoding="utf-8-sig")
    start_anew()
    run(path=path)
    assert shown() == [(1, ["9, 5"])]
    assert FormerNumber.select().count() == 0


def test_a_merged_client_in_the_trash_is_not_made_again(ploeg, run):
    run(row(old_number="17"), row(old_number="21", start_date="01/07/2020", **OPEN))
    kept, other = Client.select().order_by(Client.number)
    merged(kept, other)
    deleted(kept)
    result = run(row(old_number="21"))
    assert (result.clients, [refusal.column for refusal in result.refusals]) == (0, ["Volgnummer"])
