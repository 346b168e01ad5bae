"""Rows that were right when they were saved are looked at again when what they rest on changes."""
import datetime

import pytest

from models.ecalcura.checks import checks
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people import changes, retries
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff import asking
from tests.models.ecalcura.cast import employee, number_of, opened

# Of 2026 in the reference period 2026: July to September.
BEGIN, END = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)
START, DAY = datetime.date(2020, 1, 1), datetime.timedelta(days=1)
AUGUST, MIDDLE = datetime.date(2026, 8, 1), datetime.date(2026, 8, 15)
# 46 years old on the first day.
OLD = datetime.date(1980, 7, 1)


@pytest.fixture
def summer(home, registers):
    """The trimester July to September 2026, open; the employees follow each change."""
    changes.follow(checks.refresh)
    return opened(2026, 1)


@pytest.fixture
def nurse(home, summer):
    """A nurse of 46 with an exemption."""
    made = employee(home, born=OLD)
    contract(made)
    Choice.add(made, 45, "exemption", BEGIN, None)
    return made


@pytest.fixture
def aide(home, nurse):
    """An employee who replaces the nurse for 2 hours a week."""
    made = employee(home, born=datetime.date(1996, 7, 1))
    Replacement.add(contract(made, "replacement", hours=200), nurse.id, 200, BEGIN, None, BEGIN)
    return made


def contract(of, role="entitled", qualification="VPK", hours=3800, start=START, until=None):
    made = Contract.add(of, Values(role, qualification, "arbeidsovereenkomst", start, until, hours, 3800))
    Contract.update(qualification_state="in_order").where(Contract.id == made.id).execute()
    return Contract.get_by_id(made.id)


def found(home, trimester, of, but=("V01a", "V20", "V21")):
    return [(check.code, check.values) for check in checks.of_facility(home, trimester)
            if check.employee_id == of.id and check.code not in but]


def blocking(of):
    return Employee.get_by_id(of.id).open_checks


def test_a_replacement_of_somebody_who_chooses_the_premium_instead_blocks_the_submission(home, summer, nurse, aide):
    """V17: the change itself is saved."""
    before = blocking(aide)
    choice = Choice.get()
    choice.change(45, "premium", BEGIN, None, choice.version)
    [(code, _)] = found(home, summer, aide)
    assert (code, blocking(aide)) == ("V17", before + 1)
    [check] = [one for one in checks.of_facility(home, summer) if one.code == "V17"]
    assert (check.blocks_submission, check.replacement_id) == (True, Replacement.get().id)
    choice = Choice.get()
    choice.change(45, "exemption", BEGIN, None, choice.version)
    assert (found(home, summer, aide), blocking(aide)) == ([], before)


def test_a_replacement_of_somebody_whose_choice_is_deleted_blocks_the_submission(home, summer, nurse, aide):
    Choice.get().remove(1)
    assert found(home, summer, aide) == [("V17", {})]


@pytest.mark.parametrize("what", ["contract", "choice"])
def test_a_replacement_that_goes_on_after_the_replaced_employee_blocks_the_submission(home, summer, nurse, aide, what):
    """V18."""
    if what == "contract":
        Contract.of(nurse).get().end(MIDDLE, 1)
    else:
        Choice.get().change(45, "exemption", BEGIN, MIDDLE, 1)
    assert found(home, summer, aide) == [("V18", {"first": BEGIN, "last": MIDDLE})]
    assert blocking(aide) == 2  # Prestaties lack too.
    Replacement.get().change(nurse.id, 200, BEGIN, MIDDLE, BEGIN, 1)
    assert found(home, summer, aide) == []


def test_days_after_the_trimester_block_a_later_one_only(home, summer, nurse, aide):
    autumn = opened(2026, 2)
    Contract.of(nurse).get().end(END, 1)
    assert found(home, summer, aide) == []
    assert found(home, autumn, aide) == [("V18", {"first": BEGIN, "last": END})]


def test_a_check_of_one_employee_finds_the_choices_of_the_employee_who_is_replaced(home, summer, nurse, aide):
    """The page of an employee loads no other employees."""
    assert [finding.check.code for finding in checks.of_employee(home, aide)] == ["V21"]
    Choice.get().change(45, "exemption", BEGIN, MIDDLE, 1)
    assert [finding.check.code for finding in checks.of_employee(home, aide)] == ["V21", "V18"]


def test_a_replacement_of_somebody_whom_the_register_does_not_know_yet_is_no_fault(home, summer, registers):
    registers.silent = True
    unknown = Employee.enter(home, number_of(OLD))
    contract(unknown)
    Choice.add(unknown, 45, "exemption", BEGIN, None)
    aide = employee(home, born=datetime.date(1996, 7, 1))
    Replacement.add(contract(aide, "replacement", hours=200), unknown.id, 200, BEGIN, None, BEGIN)
    assert found(home, summer, aide) == []


def test_a_choice_before_its_step_is_found_when_a_silent_register_answers(home, summer, registers):
    """V15: while the register is silent nobody knows when the step begins."""
    registers.silent = True
    number = number_of(OLD.replace(year=1981, month=8, day=20))
    unknown = Employee.enter(home, number)
    contract(unknown)
    choice = Choice.add(unknown, 45, "exemption", START, None)
    assert found(home, summer, unknown) == [("V03", {})]
    registers.silent = False
    registers.has(number, birth=datetime.date(1981, 8, 20))
    retries.store(unknown, registers.find_person(number))
    assert found(home, summer, unknown) == [("V15", {"step": 45, "starts": AUGUST})]
    assert blocking(unknown) == 1
    [check] = [one for one in checks.of_facility(home, summer) if one.code == "V15"]
    assert check.choice_id == choice.id
    choice.change(45, "exemption", AUGUST, None, 1)
    assert found(home, summer, unknown) == []


def test_a_contract_of_a_child_is_found_when_a_silent_register_answers(home, summer, registers):
    """V08."""
    registers.silent = True
    number = number_of(OLD)
    unknown = Employee.enter(home, number)
    contract(unknown, start=datetime.date(1995, 6, 30))
    registers.silent = False
    registers.has(number, birth=OLD)
    retries.store(unknown, registers.find_person(number))
    assert [code for code, _ in found(home, summer, unknown)] == ["V08", "V14"]
    made = Contract.get()
    made.change("entitled", "VPK", "arbeidsovereenkomst", datetime.date(1995, 7, 1), None, 3800, 3800, made.version)
    assert [code for code, _ in found(home, summer, unknown)] == ["V14"]


def test_a_choice_of_the_wrong_person_is_found_after_the_number_is_put_right(home, summer, registers, nurse):
    """V15: the right person reaches the step in the middle of the trimester."""
    right = registers.has(number_of(OLD.replace(year=1981, month=8, day=20)), birth=datetime.date(1981, 8, 20))
    registers.visas[right] = {"VPK": None}
    asking.correct_number(nurse, right, None, nurse.version)
    assert found(home, summer, nurse) == [("V15", {"step": 45, "starts": AUGUST})]


def test_every_day_from_the_step_on_has_a_choice(home, summer):
    """V14: days without a choice count neither as premium nor as exemption, and nobody would notice."""
    made = employee(home, born=OLD)
    contract(made)
    choice = Choice.add(made, 45, "exemption", AUGUST, MIDDLE)
    assert found(home, summer, made) == [("V14", {"age": 45})]
    choice = choice.change(45, "exemption", BEGIN, MIDDLE, choice.version)
    assert found(home, summer, made) == [("V14", {"age": 45})]
    Choice.add(made, 45, "premium", MIDDLE + 2 * DAY, None)
    assert found(home, summer, made) == [("V14", {"age": 45})]
    choice.change(45, "exemption", BEGIN, MIDDLE + DAY, choice.version)
    assert found(home, summer, made) == []


def test_days_before_the_step_or_outside_the_contract_need_no_choice(home, summer):
    made = employee(home, born=datetime.date(1981, 8, 20))
    contract(made, until=MIDDLE)
    Choice.add(made, 45, "exemption", AUGUST, MIDDLE)
    assert found(home, summer, made) == []


def test_v16_names_the_step(home, summer):
    made = employee(home, born=OLD)
    contract(made, qualification="GEL")
    Choice.add(made, 45, "exemption", BEGIN, None)
    assert found(home, summer, made) == [("V16", {"age": 45})]


def test_contracts_that_are_together_above_full_time_block_the_submission(home, summer):
    """V10: saving refuses it, and a merger brings contracts together that nobody saved."""
    made = employee(home, born=OLD)
    contract(made, hours=1900)
    Choice.add(made, 45, "exemption", BEGIN, None)
    second = contract(made, "replacement", hours=1900, start=MIDDLE)
    Contract.update(hours=2000).where(Contract.id == second.id).execute()
    assert found(home, summer, made) == [
        ("V10", {"day": MIDDLE, "total": 3900, "full_time": 3800})]
    Contract.update(until=MIDDLE - DAY).where(Contract.role == "entitled").execute()
    Choice.update(until=MIDDLE - DAY).execute()
    assert found(home, summer, made) == []
