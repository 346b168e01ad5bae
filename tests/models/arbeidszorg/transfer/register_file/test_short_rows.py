"""Rows that lack cells: without the empty ones at their end they are taken, after a lost cell they are refused."""
import io

import pytest

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.transfer.register_file.columns import FIRST_QUESTIONS, OLD, columns
from models.arbeidszorg.transfer.register_file.reading import examine
from models.arbeidszorg.transfer.register_file.rows import RowReader, RowRefused
from tests import old_register
from tests.factories import client_of
from tests.models.arbeidszorg.transfer.own_file import export
from tests.old_register import NO_PERIOD, OPEN, row

SHIPPED = questionnaire.load()
CODES = list(columns(OLD))
CHOICES = {question.code: list(question.codes) for question in (*SHIPPED.of_client, *SHIPPED.of_closing)}
FIRST = {code: labels[0] for code, labels in CHOICES.items() if code in CODES and code not in TYPED}
LAST = {code: labels[-1] for code, labels in CHOICES.items() if code in CODES}
NOTHING = dict.fromkeys(FIRST_QUESTIONS, "")
UNKNOWN = {code: "Onbekend" for code in FIRST_QUESTIONS if "Onbekend" in CHOICES[code]}


def filled(**changes):
    return row(**FIRST | changes)


ROWS = {
    "a closed period": filled(),
    "a closed period, everything unknown": filled(**LAST),
    "an open period": filled(**OPEN),
    "an open period without answers": filled(**NOTHING, **OPEN),
    "an open period without mail address and some answers": filled(email="", gender="", method="", **OPEN),
    "no period": filled(**NO_PERIOD),
    "no period, everything unknown": filled(**UNKNOWN, **NO_PERIOD),
    "no period, and the last answers missing": filled(subsidy="", agreement="", method="", **NO_PERIOD),
    "no period, and only the first answers": filled(
        **NOTHING | {"birth_date": "14/07/1985", "gender": "Vrouw"}, **NO_PERIOD),
    "no period, and two postcodes": filled(
        **NOTHING | {"home_postcode": "9000", "work_postcode": "9050"}, **NO_PERIOD),
    "no period, and the same answer twice": filled(
        **NOTHING | {"compensation": "Neen", "paid_work": "Neen"}, **NO_PERIOD),
    "no period and no answers": filled(**NOTHING, **NO_PERIOD),
}


@pytest.fixture
def shipped_questions():
    questionnaire.use(SHIPPED)


def trimmed(cells):
    last = max(place for place, cell in enumerate(cells, 1) if cell)
    return cells[:last]


def taken(cells):
    """The row as it is read, in a file beside a whole one; None if it is refused."""
    [found, _] = examine(io.BytesIO(old_register.text(cells, filled(old_number="2")).encode())).rows()
    if found.fault:
        assert found.fault == "row_columns"
        return None
    try:
        return RowReader(OLD, columns(OLD), questionnaire.current()).read(found.cells)
    except RowRefused:
        return None


@pytest.mark.usefixtures("shipped_questions")
@pytest.mark.parametrize("cells", ROWS.values(), ids=ROWS)
def test_a_row_without_its_empty_end_is_taken_as_the_whole_row(cells):
    whole = taken(cells)
    assert whole is not None
    short = taken(trimmed(cells))
    # Its last answer may also belong further on, so the row has to be written whole.
    assert short == whole or (short is None and trimmed(cells)[-1] in ("9050", "Neen"))


@pytest.mark.usefixtures("shipped_questions")
@pytest.mark.parametrize("cells", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("as_written", [list, trimmed])
@pytest.mark.parametrize("place", range(len(CODES)), ids=CODES)
def test_a_row_that_lost_a_cell_before_its_end_is_never_taken_for_another(cells, as_written, place):
    cells = as_written(cells)
    if place >= len(trimmed(cells)):
        return
    found = taken(cells[:place] + cells[place + 1:])
    # Without the last cell that is filled in, a row is like any that ends before it.
    is_last = place == len(trimmed(cells)) - 1
    assert found is None or (is_last and as_written is trimmed)


@pytest.mark.usefixtures("shipped_questions")
@pytest.mark.parametrize("lost", range(2, 6))
def test_a_row_that_lost_several_cells_is_not_taken_either(lost):
    for cells in (filled(), filled(**OPEN), filled(**NO_PERIOD)):
        for place in range(len(trimmed(cells)) - lost):
            assert taken(cells[:place] + cells[place + lost:]) is None


def test_a_short_row_with_a_wrong_answer_is_refused_for_the_answer(run):
    result = run(trimmed(row(method="Met z'n tweeën", **OPEN)), row(old_number="2"))
    assert old_register.places(result) == [(2, "Methodiek", "Met z'n tweeën")]


def test_a_row_of_lokets_own_file_is_never_short(run, ploeg, tmp_path):
    client_of(ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    export(ploeg, path)
    path.write_text(path.read_text("utf-8-sig").rstrip().rpartition(";")[0] + "x", "utf-8")
    assert old_register.places(run(path=path)) == [(2, "", "")]
