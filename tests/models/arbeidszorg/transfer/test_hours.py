"""Earlier hours and continuations go out with an export and come back as they were."""
import datetime
from decimal import Decimal

import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file.columns import VERSION
from models.organisations import Organisation
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.transfer.own_file import export

Day = datetime.date
COLUMN = "Vroegere uren"
CLOSING = ["Reden van stopzetting", "Perspectief na stopzetting"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "loket.csv"


@pytest.fixture
def lived(ploeg):
    """De Ploeg with a client whose first period was typed as closed, is continued, and had other hours before."""
    rosa = client_of(ploeg, "Rosa Vermeulen")
    first = period_of(rosa, ploeg, Day(2022, 1, 1), Day(2024, 12, 31), "3", "move", "lower")
    for until, hours in ((Day(2022, 6, 30), "12.25"), (Day(2023, 12, 31), "60")):
        PastHours.create(period_id=first.id, hours=Decimal(hours), until=until)
    period_of(rosa, ploeg, Day(2025, 1, 1))
    period_of(client_of(ploeg, "Jan Peeters"), ploeg)
    return ploeg


def stored():
    """The start, hours, reason and earlier hours of each period."""
    return [(period.start_date, period.hours, period.closing_reason,
             [(was.until, was.hours) for was in PastHours.of(period.id)])
            for period in Period.select().order_by(Period.client, Period.start_date)]


def as_version(rows, version):
    """Make the rows those of a file of an earlier version."""
    for one in rows:
        del one[COLUMN]
        mark = one.pop(next(heading for heading in one if heading.startswith("Kenmerk")))
        one["Kenmerk" if version == 1 else f"Kenmerk (versie {version}: 11 vragen)"] = mark


def test_each_row_has_the_earlier_hours_of_its_period_the_newest_first(lived, path):
    first, second, other = export(lived, path)
    assert first[COLUMN] == "60 (t.e.m. 31/12/2023) | 12,25 (t.e.m. 30/06/2022)"
    assert (second[COLUMN], other[COLUMN]) == ("", "")


def test_a_continued_period_goes_out_as_voortzetting_without_outlook(lived, path):
    first, second, _ = export(lived, path)
    assert [first[heading] for heading in CLOSING] == ["Voortzetting", ""]
    assert [second[heading] for heading in CLOSING] == ["", ""]


def test_an_empty_installation_gets_the_same_hours_and_the_same_export(run, lived, path, start_anew):
    before = stored()
    export(lived, path)
    start_anew()
    assert run(path=path).refused == 0
    assert stored() == [(start, hours, reason and "unknown", past) for start, hours, reason, past in before]
    assert Export.of(Organisation.get().id, "csv", by=None).csv() == path.read_bytes()


def test_the_same_file_again_changes_nothing(run, lived, path, start_anew, monkeypatch):
    before = stored()
    export(lived, path)
    assert run(path=path).known == 3
    assert stored() == before
    start_anew()
    monkeypatch.setattr(importing, "BATCH", 1)
    run(path=path)
    assert (run(path=path).known, PastHours.select().count()) == (3, 2)


def test_a_continuation_without_the_next_period_in_the_file_gets_onbekend(run, lived, path, start_anew):
    export(lived, path, lambda rows: rows.pop(1))
    start_anew()
    assert run(path=path).refused == 0
    first = Period.select().order_by(Period.start_date).get()
    assert (first.closing_reason, first.outlook) == ("unknown", "unknown")


def test_voortzetting_with_an_outlook_or_without_an_end_is_refused(run, lived, path, start_anew):
    def change(rows):
        rows[0][CLOSING[1]] = "Lagere trede"
        rows[2][CLOSING[0]] = "Voortzetting"

    export(lived, path, change)
    start_anew()
    assert [one.column for one in run(path=path).refusals] == [CLOSING[0], "Einddatum"]


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_earlier_version_is_still_read(run, lived, path, start_anew, version):
    export(lived, path, lambda rows: as_version(rows, version))
    assert run(path=path).known == 3
    start_anew()
    assert run(path=path).refused == 0
    assert (Client.select().count(), PastHours.select().count()) == (2, 0)


def test_a_file_of_this_version_without_the_column_is_refused(run, lived, path):
    export(lived, path, lambda rows: as_version(rows, VERSION))
    with pytest.raises(importing.Refused) as caught:
        run(path=path)
    assert caught.value.context["columns"] == [COLUMN]


@pytest.mark.parametrize(("cell", "reason"), [
    ("6", "Vroegere uren staan er als 'uren (t.e.m. dd/mm/jjjj)', de volgende na ' | '."),
    ("61 (t.e.m. 31/12/2022)", "Vroegere uren zijn geen aantal van meer dan 0 tot en met 60, met hoogstens twee "
                               "decimalen."),
    ("6 (t.e.m. 31/02/2022)", "Vroegere uren golden tot en met een dag die niet bestaat, nog moet komen, of niet vóór "
                              "de laatste dag van de periode ligt."),
    ("6 (t.e.m. 31/12/2021)", "Vroegere uren golden tot"), ("6 (t.e.m. 31/12/2024)", "Vroegere uren golden tot"),
    ("6 (t.e.m. 31/12/2022) | 7 (t.e.m. 31/12/2022)", "Er staan twee vroegere aantallen uren tot en met dezelfde dag."),
])
def test_a_cell_that_cannot_be_read_refuses_its_row_with_the_reason(run, lived, path, start_anew, cell, reason):
    export(lived, path, lambda rows: rows[0].update({COLUMN: cell}))
    start_anew()
    refusal, = run(path=path).refusals
    assert (refusal.column, refusal.value) == (COLUMN, "" if any(map(str.isalpha, cell)) else cell)
    assert refusal.reason.startswith(reason)


def test_two_rows_of_one_new_period_with_other_earlier_hours_are_refused(run, lived, path, start_anew):
    def change(rows):
        rows.append(rows[0] | {COLUMN: "7 (t.e.m. 31/12/2022)"})

    export(lived, path, change)
    start_anew()
    assert [(one.line, one.column) for one in run(path=path).refusals] == [(5, COLUMN)]


def test_a_period_in_the_register_keeps_its_own_earlier_hours(run, lived, path):
    before = stored()
    export(lived, path, lambda rows: rows[0].update({COLUMN: "7 (t.e.m. 31/12/2022)"}))
    assert run(path=path).known == 3
    assert stored() == before
