"""The prestaties as a spreadsheet: the template, and reading it back, all rows or none."""
import io

import openpyxl
import pytest

from models.ecalcura.contracts import lists
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.performances import file
from models.ecalcura.performances.performances import save_row, stored
from models.errors import Refused, Stale
from models.files.reading.errors import FileCode
from tests.models.ecalcura.cast import facility, submitted
from tests.models.ecalcura.with_hours import nurse_with_premium, replacement, trimester

HEADINGS = ["Contract", "Rijksregisternummer", "Naam", "Voornaam", "Rol", "Uren per week", "Ten hoogste",
            "Gepresteerde uren", "Gelijkgestelde uren", "Versie"]


@pytest.fixture
def made(register):
    lists.store()
    return facility()


@pytest.fixture
def contracts(made):
    """Aerts, who replaces, and Vandamme, with a premium: the order of the grid."""
    return [replacement(made, "Aerts"), nurse_with_premium(made)]


def rows_in(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def filled(made, quarter, *hours):
    """The template with these hours, as (worked, equated) of each row, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(file.template(made, quarter)))
    for line, (worked, equated) in enumerate(hours, 2):
        book.active.cell(line, 8).value, book.active.cell(line, 9).value = worked, equated
    content = io.BytesIO()
    book.save(content)
    return content


def results(report):
    return [line.result.code if isinstance(line.result, Refused) else line.result for line in report.lines]


def hours_of(made, quarter):
    return {contract_id: dict(row.hours) for contract_id, row in stored(made, quarter.id).items()}


def test_the_template_has_a_row_for_each_contract_with_its_stored_hours(made, contracts):
    aerts, rita = contracts
    save_row(made, trimester(), rita.id, {"worked": 45650}, 0)
    headings, first, second = rows_in(file.template(made, trimester()))
    assert headings == HEADINGS
    assert first[0:1] + first[2:] == [aerts.id, "Aerts", "Grace", "vervanger", 4, 52.58, None, None, "2026/2 v0"]
    assert second[0:1] + second[2:] == [rita.id, "Vandamme", "Rita", "premie", 38, 499.43, 456.5, None, "2026/2 v1"]
    assert all(row[1].startswith("••.••.••-•••.") for row in (first, second))


@pytest.mark.parametrize(("worked", "equated"), [(456.5, 12), ("456,50", "12"), ("456.5", "12,00")])
def test_a_filled_in_template_is_saved(made, contracts, worked, equated):
    aerts, rita = contracts
    quarter = trimester()
    report = file.read(made, quarter, filled(made, quarter, (None, None), (worked, equated)))
    assert results(report) == [False, True]
    assert (report.changed, report.refused) == (1, 0)
    assert hours_of(made, quarter) == {rita.id: {"worked": 45650, "equated": 1200}}


def test_an_empty_cell_leaves_the_hours_as_they_are(made, contracts):
    _, rita = contracts
    quarter = trimester()
    save_row(made, quarter, rita.id, {"worked": 45650, "equated": 1200}, 0)
    report = file.read(made, quarter, filled(made, quarter, (None, None), (None, 13)))
    assert results(report) == [False, True]
    assert hours_of(made, quarter) == {rita.id: {"worked": 45650, "equated": 1300}}


@pytest.mark.parametrize(("wrong", "code"), [
    ("veel", EcalcuraCode.PERFORMANCE_WRITING), ("1.240", EcalcuraCode.PERFORMANCE_WRITING),
    (600, EcalcuraCode.PERFORMANCE_HOURS), (-1, EcalcuraCode.PERFORMANCE_HOURS)])
def test_one_wrong_row_and_nothing_is_saved(made, contracts, wrong, code):
    quarter = trimester()
    report = file.read(made, quarter, filled(made, quarter, (52, 0), (wrong, None)))
    assert results(report) == [True, code]
    assert [line.number for line in report.lines] == [2, 3]
    assert hours_of(made, quarter) == {}


def test_a_row_that_a_colleague_changed_since_the_template_is_refused(made, contracts):
    aerts, rita = contracts
    quarter = trimester()
    content = filled(made, quarter, (52, 0), (456, 12))
    save_row(made, quarter, rita.id, {"worked": 100}, 0)
    report = file.read(made, quarter, content)
    assert isinstance(report.lines[1].result, Stale)
    assert hours_of(made, quarter) == {rita.id: {"worked": 100}}


def test_the_template_of_another_trimester_is_refused(made, contracts):
    content = filled(made, trimester(2026, 3), (52, 0), (456, 12))
    report = file.read(made, trimester(), content)
    assert results(report) == [EcalcuraCode.PERFORMANCE_TRIMESTER] * 2


def test_a_contract_that_is_unknown_or_there_twice_is_refused(made, contracts):
    quarter = trimester()
    other = nurse_with_premium(facility("990002", name="De Brug"))
    headings = "Contract;Gepresteerde uren;Gelijkgestelde uren;Versie"
    rows = [f"{one};1;1;2026/2 v0" for one in (contracts[0].id, other.id, "x", contracts[0].id)]
    report = file.read(made, quarter, io.BytesIO("\r\n".join([headings, *rows]).encode()))
    assert results(report) == [True, EcalcuraCode.PERFORMANCE_CONTRACT, EcalcuraCode.PERFORMANCE_CONTRACT,
                               EcalcuraCode.PERFORMANCE_TWICE]
    assert hours_of(made, quarter) == {}


def test_a_file_that_is_no_template_is_refused(made, contracts):
    for content, code in ((b"", FileCode.FILE_EMPTY), (b"naam;uren\r\nx;1\r\n", FileCode.FILE_HEADING),
                          (b"Contract;Versie\r\n1;x\r\n", EcalcuraCode.PERFORMANCE_COLUMNS)):
        with pytest.raises(Refused) as refused:
            file.read(made, trimester(), io.BytesIO(content))
        assert refused.value.code == code
    assert refused.value.context == {"columns": "Gelijkgestelde uren, Gepresteerde uren"}


def test_a_file_with_more_rows_than_a_facility_has_is_refused_as_a_whole(made, contracts):
    head = "Contract;Gepresteerde uren;Gelijkgestelde uren;Versie\r\n"
    content = io.BytesIO((head + "1;1;;2026/2 v0\r\n" * (file.LINES + 1)).encode())
    with pytest.raises(Refused) as refused:
        file.read(made, trimester(), content)
    assert (refused.value.code, refused.value.context) == (EcalcuraCode.PERFORMANCE_LONG, {"most": 2000})


def test_a_submitted_trimester_takes_no_file(made, contracts):
    """V33."""
    quarter = trimester()
    content = filled(made, quarter, (52, 0), (456, 12))
    submitted(made, 2026, 2)
    with pytest.raises(Refused) as refused:
        file.read(made, quarter, content)
    assert refused.value.code == EcalcuraCode.TRIMESTER_SUBMITTED
