"""Mergers: running contracts go on in the successor, what was submitted stays where it was."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import today
from models.ecalcura.checks import checks
from models.ecalcura.contracts import mergers
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.irregular_work import IrregularWork, months_before
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.ecalcura.performances.performances import save_row
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused
from tests.models.ecalcura.cast import contract, employee, exempt, facility, number_of, opened, submitted

pytestmark = pytest.mark.usefixtures("register")
START, DAY = datetime.date(2026, 1, 1), datetime.date(2026, 8, 1)
BIS = number_of(month_up=20)
EVE, OCTOBER = datetime.date(2026, 7, 31), datetime.date(2026, 10, 1)


@pytest.fixture
def successor(register):
    return facility("990002", name="De Eik")


def days(rows):
    return [(row.since, row.until) for row in rows]


def there(successor, number):
    return Employee.by_number(successor, number)


def test_running_contracts_go_on_in_the_successor(home, successor):
    nurse = employee(home, number_of())
    made = contract(nurse, START, hours=1900)
    made.change_hours(datetime.date(2026, 3, 1), 2000, 3800, 1)
    made.change_hours(OCTOBER, 3800, 3800, 2)
    exempt(nurse, 45, START)
    IrregularWork.declare(nurse, 45, *months_before(nurse, 45))
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    owner = there(successor, number_of())
    new = Contract.of(owner).get()
    assert (owner.person.name, owner.register_state) == (nurse.person.name, "found")
    assert (new.start, new.until, new.hours, new.taken_from) == (DAY, None, 2000, made.id)
    assert [(row.since, row.hours) for row in Terms.of([new.id])] == [(OCTOBER, 3800)]
    assert [(row.since, row.hours) for row in Terms.of([made.id])] == [(datetime.date(2026, 3, 1), 2000)]
    assert Contract.get_by_id(made.id).until == EVE
    assert (days(Choice.of(nurse)), days(Choice.of(owner))) == ([(START, EVE)], [(DAY, None)])
    assert [row.step for row in IrregularWork.of(owner)] == [45]
    assert [row.state for row in TrimesterFile.of(successor)] == ["entry"]


def test_replacements_go_on_between_the_same_people(home, successor):
    nurse, other = employee(home, number_of()), employee(home, number_of(month_up=20))
    contract(nurse, START)
    exempt(nurse, 45, START)
    replacing = contract(other, START, role="replacement")
    Replacement.add(replacing, nurse.id, 200, START)
    Replacement.add(replacing, None, 100, OCTOBER)
    mergers.move_running(home, successor, DAY)
    moved = list(Replacement.of(there(successor, number_of(month_up=20))))
    assert [(row.replaced_id, row.since, row.until) for row in moved] == [
        (None, OCTOBER, None), (there(successor, number_of()).id, DAY, None)]
    assert days(Replacement.of(other)) == [(START, EVE)]


def test_contracts_that_ended_stay_and_those_to_come_move_whole(home, successor):
    nurse = employee(home)
    ended = contract(nurse, START, EVE)
    contract(nurse, OCTOBER)
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    assert mergers.move_running(home, successor, DAY) == (0, 0)
    assert [row.id for row in Contract.of(nurse)] == [ended.id]
    assert [(row.start, row.taken_from) for row in Contract.select().where(
        Contract.facility_id == successor.id)] == [(OCTOBER, None)]


def test_somebody_who_has_the_same_contract_there_keeps_it(home, successor):
    nurse, known = employee(home, number_of()), employee(successor, number_of())
    contract(nurse, START, hours=1900)
    contract(nurse, START, hours=1900, qualification="ZKD")
    own = contract(known, START, hours=1900)
    assert mergers.move_running(home, successor, DAY) == (1, 1)
    assert [row.qualification for row in Contract.of(known).order_by(Contract.id)] == ["VPK", "ZKD"]
    assert Contract.get_by_id(own.id).version == 1
    assert Contract.of(nurse).where(Contract.qualification == "VPK").get().until is None


@pytest.mark.parametrize(("start", "kept"), [(START, [(2026, 1)]), (datetime.date(2026, 9, 1), [])])
def test_prestaties_of_later_days_go_along(home, successor, start, kept):
    """The file with the merger may come months after its day: trimesters were filled in meanwhile."""
    made = contract(employee(home, number_of()), start, role="replacement")
    for number in (1, 2):
        save_row(home, opened(2026, number), made.id, {"worked": 1000 * number}, 0)
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    new = Contract.of(there(successor, number_of())).get()
    assert _prestaties(home) == [(made.id, *place) for place in kept]
    gone = [(2026, number) for number in (1, 2) if (2026, number) not in kept]
    assert _prestaties(successor) == [(new.id, *place) for place in gone]
    assert [row.hours for row in Performance.select().where(Performance.contract_id == new.id)
            .order_by(Performance.hours)] == [1000 * number for _, number in gone]


def _prestaties(made):
    return [(row.contract_id, *Trimester.get_by_id(row.trimester_id).place) for row in PerformanceRow.select().where(
        PerformanceRow.facility_id == made.id).order_by(PerformanceRow.trimester_id)]


def test_a_submission_stays_where_it_was(home, successor):
    """A17: July to September is submitted before the merger of August is known."""
    nurse = employee(home, number_of())
    made = contract(nurse, START)
    submitted(home)
    mergers.move_running(home, successor, DAY)
    assert Contract.get_by_id(made.id).until == datetime.date(2026, 9, 30)
    assert Contract.of(there(successor, number_of())).get().start == OCTOBER


def test_a_submission_that_was_reopened_stays_where_it_was_too(home, successor):
    """A contract from the day of the merger on would move whole, although the submission has it."""
    made = contract(employee(home, number_of()), DAY.replace(month=7))
    submitted(home).move("reopened", reopen_reason="Uren vergeten")
    mergers.move_running(home, successor, DAY.replace(month=7))
    assert Contract.get_by_id(made.id).until == datetime.date(2026, 9, 30)
    new = Contract.of(there(successor, number_of())).get()
    assert (new.start, new.taken_from) == (OCTOBER, made.id)
    with pytest.raises(Refused, match="row_submitted"):
        Contract.get_by_id(made.id).remove(Contract.get_by_id(made.id).version)


def test_a_replacement_that_moves_later_still_names_the_employee_who_moved_before(home, successor):
    """It was kept back because the same contract was there already."""
    nurse, other, known = employee(home, number_of()), employee(home, BIS), employee(successor, BIS)
    contract(nurse, START)
    exempt(nurse, 45, START)
    replacing = contract(other, START, hours=200, role="replacement")
    Replacement.add(replacing, nurse.id, 200, START)
    own = contract(known, START, hours=200, role="replacement")
    assert mergers.move_running(home, successor, DAY) == (1, 1)
    own.end(EVE, own.version)
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    assert Replacement.of(known).get().replaced_id == there(successor, number_of()).id


def test_a_replacement_of_somebody_who_does_not_move_ends(home, successor):
    """It does not become one of the pool by itself."""
    nurse, other = employee(home, number_of()), employee(home, BIS)
    made = contract(nurse, START)
    exempt(nurse, 45, START)
    Replacement.add(contract(other, START, role="replacement"), nurse.id, 200, START)
    made.end(EVE, made.version)
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    assert days(Replacement.of(other)) == [(START, EVE)]
    assert list(Replacement.of(there(successor, BIS))) == []


def test_hours_that_are_above_full_time_after_the_merger_block_the_submission(home, successor):
    """V10: the contracts move all the same, and a colleague in the successor decides."""
    nurse, known = employee(home, number_of()), employee(successor, number_of())
    contract(nurse, START, qualification="ZKD")
    contract(known, START, hours=1900)
    assert mergers.move_running(home, successor, DAY) == (1, 0)
    [found] = [check for check in checks.of_facility(successor, opened()) if check.code == "V10"]
    assert (found.employee_id, found.values) == (known.id, {"day": DAY, "total": 5700, "full_time": 3800})
    assert found.blocks_submission


def test_the_chore_moves_on_the_day_of_the_merger(home, successor, clock):
    nurse = employee(home)
    contract(nurse, START)
    day = today() + datetime.timedelta(days=3)
    Facility.update(successor_id=successor.id, merged_on=day).where(Facility.id == home.id).execute()
    assert mergers.move_due() == 0
    clock(datetime.datetime.combine(day, datetime.time(12)))
    assert (mergers.move_due(), mergers.move_due()) == (1, 0)
    entries = AuditEntry.select().where(AuditEntry.event == "contracts-taken-over")
    assert {(entry.tenant_id, entry.details["number"]) for entry in entries} == {(home.id, 1), (successor.id, 1)}
