"""Making a calculation: of whom, with which parameters, and the same bytes each time."""
import datetime
import json

import pytest

from models import names
from models.ecalcura.calculations import calculating, counted, formula
from models.ecalcura.calculations.calculations import Calculation, Result
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.formula import HALF_EVEN, HALF_UP
from models.ecalcura.contracts import lists
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import RehabAgreement
from models.ecalcura.people.employees import Employee
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import REOPENED, TrimesterFile
from models.errors import Refused
from tests.models.ecalcura.calculations.made import (
    WZC,
    a_half_financed,
    calculation,
    confirmed,
    exempt,
    published,
    recorded,
)
from tests.models.ecalcura.cast import calculator, facility
from tests.models.ecalcura.submissions.snapshots import NUMBER, content, frozen

pytestmark = pytest.mark.usefixtures("register")


def code(call, *arguments, **values):
    with pytest.raises(Refused) as refused:
        call(*arguments, **values)
    return refused.value.code


def hcos(made):
    return [result.facility.hco for result in Result.of(made)]


def test_a_calculation_keeps_the_quantities_of_each_facility_that_submitted(home):
    submission = a_half_financed(home)
    facility("990002")
    made = calculation(by=calculator())
    [result] = Result.of(made)
    assert (result.facility.hco, result.submission_id) == ("990001", submission.id)
    assert [result.exempt, result.replaced, result.financed, result.surplus, result.premium] == [
        "2", "1", "1", "0", "0"]
    assert Result.one(made, home).parts["submission"] == {"number": 1, "sha256": submission.sha256}
    assert recorded()[-1] == ("calculation-made", str(made.id), None)


def test_without_parameters_there_is_no_amount(home):
    """A22."""
    a_half_financed(home)
    result = Result.one(calculation(), home)
    assert (result.amount, result.parts["lines"], result.payable) == (None, None, None)


def test_an_amount_is_quantity_times_parameters_line_by_line(home):
    a_half_financed(home)
    version = confirmed()
    made = calculation()
    result = Result.one(made, home)
    assert made.parameter_version_id == version.id
    # One financed hour of 38, times 1000 a year, times a quarter of a year.
    assert result.parts["lines"] == [{
        "line": "replacement", "qualification": "ZKD", "quantity": "1/38", "cents": 658,
        "factors": [["wage_cost", "1000"], ["index", "1"], ["part_of_year", "0.25"]]}]
    assert (result.amount, str(formula.euros(result.amount))) == (658, "6.58")


def test_an_advance_is_a_part_of_the_amount(home):
    a_half_financed(home)
    confirmed()
    [line] = Result.one(calculation("advance"), home).parts["lines"]
    assert line["factors"][-1] == ["advance", "0.8"]
    assert line["cents"] == 526


@pytest.mark.parametrize(("rounded", "cents"), [(HALF_UP, 13), (HALF_EVEN, 12)])
def test_half_a_cent_is_rounded_as_the_setting_says_and_the_calculation_keeps_it(home, rounded, cents):
    a_half_financed(home, number=2)
    confirmed(**{"wage_cost ZKD": "19"})
    formula.start({"CALCULATION_ROUNDING": rounded})
    try:
        made = calculation(number=2)
    finally:
        formula.start({"CALCULATION_ROUNDING": HALF_UP})
    # 1/38 × 19 × 0.25 is 12.5 cents.
    assert Result.one(made, home).amount == cents
    assert json.loads(made.settings) == {"kinds": WZC, "rounding": rounded}


def test_the_same_inputs_give_the_same_bytes_a_year_later_with_other_lists_and_registers(home, monkeypatch):
    """A22: the quantities are kept; the clock, the lists, the register and the rows of today change nothing."""
    a_half_financed(home)
    confirmed()
    first = calculation()
    before = Result.one(first, home)
    monkeypatch.setattr("models.database.clock", lambda: datetime.datetime(2027, 12, 1, tzinfo=datetime.UTC))
    shorter = {age: step._replace(hours=1) for age, step in lists.steps().items()}
    monkeypatch.setattr(lists, "steps", lambda: shorter)
    Employee.delete().execute()
    names.use(None)
    counted.count_missing()
    again = calculation()
    after = Result.one(again, home)
    assert (again.sha256, after.sha256, after.content) == (first.sha256, before.sha256, before.content)


def test_a_later_version_of_the_parameters_changes_nothing_that_was_made(home):
    """A23."""
    a_half_financed(home)
    first = confirmed()
    made = calculation()
    before = Result.one(made, home)
    second = confirmed(index="2")
    assert Calculation.one(made.id).parameter_version_id == first.id
    assert Result.one(made, home).content == before.content
    again = calculation()
    assert (again.parameter_version_id, Result.one(again, home).amount) == (second.id, 1316)
    assert again.sha256 != made.sha256


def test_whoever_calculates_never_comes_to_a_name(home, monkeypatch):
    a_half_financed(home)
    names.use(None)
    for cipher in ("open_names", "open_bytes", "seal", "seal_all", "seal_bytes"):
        monkeypatch.setattr(names, cipher, lambda *_: pytest.fail("a calculation came to the names"))
    made = calculation(by=calculator())
    text = "".join(result.content for result in Result.select()) + made.settings + CountedSubmission.get().content
    assert not [word for word in (NUMBER, "Tweede", "1957-01-01") if word in text]


def test_a_submission_that_is_not_counted_yet_is_waited_for(home):
    frozen(home, content(exempt()))
    assert code(calculation) == EcalcuraCode.CALCULATION_UNCOUNTED
    assert not Calculation.select().exists()
    assert counted.count_missing() == 1
    assert hcos(calculation()) == ["990001"]


def test_a_snapshot_that_does_not_open_is_logged_and_left_for_later(home, caplog):
    frozen(home, content(exempt()))
    names.use(None)
    assert (counted.count_missing(), counted.count_missing()) == (0, 0)
    assert [record.getMessage() for record in caplog.records] == ["submission 1 was not counted: names_key"]
    counted._State.failed.clear()


def test_two_processes_count_a_submission_once(home):
    submission = a_half_financed(home)
    assert not counted.count(submission)
    assert CountedSubmission.select().count() == 1


def test_a_trimester_that_is_reopened_or_of_another_kind_is_left_out(home):
    a_half_financed(home)
    assert code(calculation, kinds=["ibw"]) == EcalcuraCode.CALCULATION_EMPTY
    TrimesterFile.get().move(REOPENED, reopen_reason="Uren vergeten")
    assert code(calculation) == EcalcuraCode.CALCULATION_EMPTY


def test_a_facility_that_came_into_an_agreement_later_holds_nobody_up(home):
    RehabAgreement.create(number="7.71")
    first = facility("990011", "revalidatie", agreement="7.71", agreement_place=1)
    a_half_financed(first)
    assert hcos(published(kinds=["revalidatie"])) == ["990011"]
    a_half_financed(facility("990012", "revalidatie", agreement="7.71", agreement_place=2))
    confirmed()
    assert hcos(calculation("revision", kinds=["revalidatie"])) == ["990011"]
    assert hcos(calculation(kinds=["revalidatie"])) == ["990012"]


@pytest.mark.parametrize("days", [{"since": datetime.date(2026, 10, 1)}, {"until": datetime.date(2026, 6, 30)}])
def test_a_calculation_does_not_wait_for_a_facility_that_was_not_recognised_in_the_trimester(home, days):
    RehabAgreement.create(number="7.71")
    a_half_financed(facility("990011", "revalidatie", agreement="7.71", agreement_place=1))
    facility("990012", "revalidatie", agreement="7.71", agreement_place=2, **days)
    assert hcos(calculation(kinds=["revalidatie"])) == ["990011"]


def test_the_two_facilities_of_an_agreement_are_calculated_together(home):
    RehabAgreement.create(number="7.71")
    first, second = (facility(hco, "revalidatie", agreement="7.71", agreement_place=place)
                     for place, hco in enumerate(("990021", "990022"), 1))
    kind = [first.kind]
    a_half_financed(first)
    found = calculating.candidates("definitive", Trimester.known(2026, 1), kind)
    assert ([one.hco for one in found.ready], [one.hco for one in found.waiting]) == ([], ["990021"])
    assert code(calculation, kinds=kind) == EcalcuraCode.CALCULATION_EMPTY
    a_half_financed(second)
    made = calculation(kinds=kind)
    assert hcos(made) == ["990021", "990022"]
    assert {one.parts["agreement"] for one in (Result.one(made, first), Result.one(made, second))} == {"7.71"}


def test_a_form_that_is_sent_twice_makes_one_calculation(home):
    a_half_financed(home)
    ann = calculator()
    assert calculation(by=ann, form_key="a").id == calculation(by=ann, form_key="a").id
    assert Calculation.select().count() == 1


def test_progress_is_shown_up_to_the_end_and_a_stopped_calculation_leaves_nothing(home):
    a_half_financed(home)
    parts = []
    calculation(on_progress=parts.append)
    assert (parts[0], parts[-1]) == (0, 1)

    def stop(part):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        calculation(on_progress=stop)
    assert Calculation.select().count() == 1


def test_a_definitive_result_is_compared_with_the_advance(home):
    a_half_financed(home)
    confirmed()
    advance = published("advance")
    result = Result.one(calculation(), home)
    assert (result.former_id, result.former.amount, result.payable) == (advance.id, 526, 132)
    assert result.parts["former"] == result.former.sha256
