"""The checks that are found in a trimester, and the number of them that is kept with the employee for the list."""
import datetime
import fcntl

import pytest

from models.alone import Alone
from models.database import today, transaction
from models.ecalcura.checks import checks
from models.ecalcura.checks.codes import WEIGHTS, Weight
from models.ecalcura.contracts import steps
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people import changes, persons
from models.ecalcura.people.employees import NOT_FOUND, SILENT, Employee
from models.ecalcura.performances.needed import needs, needs_of
from models.ecalcura.performances.performances import save_row
from models.ecalcura.trimesters import reopening, windows
from models.ecalcura.trimesters.calendar import Place, Trimester, place_of
from tests.models.ecalcura.cast import employee, facility, opened, submitted

# Of 2026 in the reference period 2026: July to September, which is over on the day of the tests below.
BEGIN, END = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)
START = datetime.date(2020, 1, 1)
DAY = datetime.timedelta(days=1)


def born(age, on=BEGIN):
    """The birth date of somebody who reaches this age on a day."""
    return on.replace(year=on.year - age)


@pytest.fixture
def autumn(home, registers):
    """The trimester July to September 2026, open."""
    return opened(2026, 1)


def contract(of, role="entitled", qualification="VPK", hours=3800, start=START, until=None, **values):
    made = Contract.add(of, Values(role, qualification, "arbeidsovereenkomst", start, until, hours, 3800, **values))
    # As if eCad had said that it is right.
    Contract.update(qualification_state="in_order").where(Contract.id == made.id).execute()
    return made


def chosen(of, step=45, kind="exemption", since=BEGIN, until=None):
    return Choice.add(of, step, kind, since, until)


def found(home, trimester):
    return [(check.code, check.employee_id) for check in checks.of_facility(home, trimester)]


def codes(home, trimester, of=None):
    return [code for code, employee_id in found(home, trimester) if of is None or employee_id == of.id]


def seal(of, **values):
    Employee.update(sealed=persons.seal(of.facility_id, of.id, of.person._replace(**values))).where(
        Employee.id == of.id).execute()


def test_an_entitled_nurse_with_a_choice_has_hours_that_nobody_replaces_and_nothing_that_blocks(home, autumn):
    nurse = employee(home, born=born(46))
    contract(nurse)
    chosen(nurse)
    assert codes(home, autumn) == ["V20"]
    [check] = checks.of_facility(home, autumn)
    assert (check.values, check.blocks_submission) == ({"balance": "short", "hours": 2}, False)


def test_a_silent_register_blocks_the_submission_until_it_answers(home, autumn):
    nurse = employee(home, born=born(46))
    contract(nurse)
    chosen(nurse)
    for state, code in ((SILENT, "V03"), (NOT_FOUND, "V02")):
        Employee.update(register_state=state).where(Employee.id == nurse.id).execute()
        assert codes(home, autumn)[0] == code


def test_somebody_who_died_before_the_trimester_cannot_work_in_it(home, autumn):
    nurse = employee(home, born=born(46))
    contract(nurse)
    chosen(nurse)
    for day, expected in ((BEGIN - DAY, ["V04", "V20"]), (BEGIN, ["V20"])):
        seal(nurse, deceased_on=day)
        assert codes(home, autumn) == expected
    seal(nurse, deceased_on=BEGIN - DAY)
    Contract.update(until=BEGIN - DAY).execute()
    assert codes(home, autumn) == []


@pytest.mark.parametrize(("reached", "expected"), [(END, ["V14"]), (END + DAY, ["V05"]), (BEGIN, ["V14"])])
def test_a_step_counts_from_the_trimester_in_which_it_is_reached(home, autumn, reached, expected):
    """The step begins on the first of the month of the birthday."""
    nurse = employee(home, born=born(45, on=reached))
    contract(nurse)
    assert codes(home, autumn) == expected


@pytest.mark.parametrize("setting", steps.SETTINGS)
@pytest.mark.parametrize(("birth", "birthday"), [
    (datetime.date(1981, 12, 29), datetime.date(2026, 12, 29)),
    (datetime.date(1984, 2, 29), datetime.date(2029, 3, 1))])
def test_v05_names_the_birthday_that_brings_the_right(home, autumn, monkeypatch, setting, birth, birthday):
    """V05: 'wordt 45 op' is the birthday, whatever day of the month a step begins."""
    monkeypatch.setattr(steps._State, "starts", setting)
    nurse = employee(home, born=birth)
    contract(nurse)
    [check] = checks.of_facility(home, autumn)
    assert (check.code, check.values) == ("V05", {"age": 45, "day": birthday})


def test_without_a_full_birth_date_the_desk_has_to_give_a_date(home, autumn):
    nurse = employee(home, born=None)
    contract(nurse)
    assert codes(home, autumn) == ["V06"]
    seal(nurse, reference_date=born(46))
    assert codes(home, autumn) == ["V14"]


@pytest.mark.parametrize(("state", "expected"), [
    ("in_order", []), ("not_applicable", []), ("unchecked", ["V12"]), ("no_visa", ["V11"]), ("other", ["V11"]),
    ("expired", ["V11"])])
def test_a_qualification_without_its_visum_blocks_the_submission(home, autumn, state, expected):
    """A9."""
    nurse = employee(home, born=born(46))
    contract(nurse)
    chosen(nurse)
    Contract.update(qualification_state=state).execute()
    assert [code for code in codes(home, autumn) if WEIGHTS[code] == Weight.SUBMISSION] == expected


def test_each_step_that_is_reached_asks_for_a_choice(home, autumn):
    nurse = employee(home, born=born(56))
    contract(nurse)
    chosen(nurse, 50)
    [first, second] = [check for check in checks.of_facility(home, autumn) if check.code == "V14"]
    assert (first.values, second.values) == ({"age": 45}, {"age": 55})


def test_an_acquired_right_asks_for_no_choice_above_its_step(home, autumn):
    aide = employee(home, born=born(56))
    contract(aide, qualification="MAS", acquired_step=50)
    assert codes(home, autumn) == ["V14", "V14"]


def test_a_gelijkgestelde_declares_the_irregular_work_of_each_step(home, autumn):
    other = employee(home, born=born(46))
    contract(other, qualification="GEL")
    chosen(other)
    assert codes(home, autumn) == ["V16", "V20"]
    birthday = born(46).replace(year=born(46).year + 45, day=1)
    IrregularWork.declare(other, 45, birthday.replace(year=birthday.year - 1), birthday - DAY)
    assert codes(home, autumn) == ["V20"]


def test_of_two_contracts_only_that_of_the_nurse_needs_prestaties(home, autumn):
    """V13, V21: the premium is of the contract whose qualification allows it."""
    nurse = employee(home, born=born(46))
    by_day, other = contract(nurse, hours=1900), contract(nurse, hours=1900, qualification="ZKD")
    chosen(nurse, kind="premium")
    assert [check.contract_id for check in checks.of_facility(home, autumn) if check.code == "V21"] == [by_day.id]
    assert list(needs(home, autumn)) == [by_day.id]
    assert needs_of(home, autumn, [other.id])[other.id].is_needed is False


def test_a_premium_needs_prestaties_and_an_exemption_does_not(home, autumn):
    """A14."""
    nurse = employee(home, born=born(51))
    row = contract(nurse)
    chosen(nurse, 45, "premium")
    chosen(nurse, 50, "exemption")
    assert codes(home, autumn) == ["V21", "V20"]
    save_row(home, autumn, row.id, {"worked": 45000, "equated": None}, 0)
    assert codes(home, autumn) == ["V20"]


def test_more_prestaties_than_the_contract_gives_are_a_warning(home, autumn):
    nurse = employee(home, born=born(46))
    row = contract(nurse)
    chosen(nurse, kind="premium")
    save_row(home, autumn, row.id, {"worked": 55000, "equated": None}, 0)
    [check] = checks.of_facility(home, autumn)
    assert (check.code, check.weight, check.values) == ("V23", Weight.WARNING, {"most": 49943})


def test_a_replacement_names_the_act_and_hours_above_the_right_are_shown(home, autumn):
    nurse, other = employee(home, born=born(46)), employee(home, born=born(30))
    contract(nurse)
    chosen(nurse)
    row = contract(other, "replacement", hours=800)
    part = Replacement.add(row, nurse.id, 300, BEGIN, None, None)
    assert codes(home, autumn, other) == ["V21", "V19"]
    [more] = [check for check in checks.of_facility(home, autumn) if check.code == "V20"]
    assert (more.employee_id, more.values) == (nurse.id, {"balance": "more", "hours": 1})
    part.change(nurse.id, 200, BEGIN, None, BEGIN, part.version)
    save_row(home, autumn, row.id, {"worked": 9000, "equated": None}, 0)
    assert codes(home, autumn) == []


def test_a_replacement_for_the_pool_leaves_no_single_employee_short(home, autumn):
    nurse, other = employee(home, born=born(46)), employee(home, born=born(30))
    contract(nurse)
    chosen(nurse)
    row = contract(other, "replacement", hours=800)
    Replacement.add(row, None, 200, BEGIN, None, BEGIN)
    assert codes(home, autumn, nurse) == []


def test_an_earlier_trimester_that_is_not_submitted_is_a_warning(home, autumn):
    winter = opened(2026, 2)
    [check] = checks.of_facility(home, winter)
    assert (check.code, check.values, check.blocks_submission) == ("V26", {"number": 1}, False)
    submitted(home, 2026, 1)
    assert checks.of_facility(home, winter) == []


def test_a_contract_outside_the_trimester_is_not_looked_at(home, autumn):
    nurse = employee(home, born=born(46))
    contract(nurse, until=BEGIN - DAY)
    assert codes(home, autumn) == []


def test_the_list_keeps_the_number_of_open_checks_with_each_change(home, autumn):
    changes.follow(checks.refresh)
    nurse = employee(home, born=born(51))
    contract(nurse)
    with transaction():
        checks.refresh([nurse.id])
    # The other kinds of change tell by themselves.
    assert kept(nurse) == (2, 50)
    chosen(nurse, 45)
    assert kept(nurse) == (1, 50)
    chosen(nurse, 50, "premium")
    # Prestaties that lack in a trimester that is over.
    assert kept(nurse) == (1, 50)


def test_prestaties_of_a_running_trimester_are_not_missing_yet(home, registers):
    running = Trimester.get_or_make(*place_of(today() + 30 * DAY))
    opened(running.period, running.number)
    nurse = employee(home, born=born(46))
    contract(nurse)
    chosen(nurse, kind="premium")
    assert checks.of_employee(home, nurse) == []
    assert codes(home, running) == ["V21"]


def test_a_day_that_begins_refreshes_every_facility_once(home, autumn, monkeypatch):
    nurse = employee(home, born=born(46))
    contract(nurse)
    Employee.update(open_checks=7, step=None).execute()
    monkeypatch.setattr(checks._Day, "begun", None)
    assert (checks.refresh_daily(), kept(nurse)) == (1, (1, 45))
    assert checks.refresh_daily() == 0


def test_the_work_of_a_day_is_done_in_rounds(home, autumn, monkeypatch):
    facility("990002")
    monkeypatch.setattr(checks._Day, "begun", None)
    monkeypatch.setattr(checks, "A_ROUND", 0)
    assert [checks.refresh_daily() for _ in range(3)] == [1, 1, 0]


def test_one_process_of_a_machine_refreshes(home, autumn, monkeypatch, tmp_path):
    """Some 35 s of processor time for 100,000 employees, which each process would spend at its start."""
    monkeypatch.setattr(checks._Day, "begun", None)
    monkeypatch.setattr(checks, "ALONE", Alone("checks"))
    with (tmp_path / "checks.lock").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        checks.start({"DATA_DIR": tmp_path})
        assert checks.refresh_daily() == 0
    assert checks.refresh_daily() == 1
    checks.ALONE.start(tmp_path)


def test_a_trimester_that_is_reopened_for_one_facility_counts_after_the_desk_closed_it_for_all(home, autumn):
    nurse = employee(home, born=born(46))
    contract(nurse)
    submitted(home)
    windows.close_trimester(Place(2026, 1), [home.kind])
    assert checks.of_employee(home, nurse) == []
    reopening.reopen(home, Place(2026, 1), "Uren vergeten")
    [finding] = checks.of_employee(home, nurse)
    assert (finding.check.code, finding.trimesters) == ("V14", [autumn])


def test_a_check_of_two_trimesters_is_found_once(home, autumn):
    opened(2026, 2)
    nurse = employee(home, born=born(46))
    contract(nurse)
    [finding] = checks.of_employee(home, nurse)
    assert (finding.check.code, [one.number for one in finding.trimesters]) == ("V14", [1, 2])


def kept(of):
    return (row := Employee.get_by_id(of.id)).open_checks, row.step
