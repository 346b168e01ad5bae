"""Asking the register again about employees whom it found."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import now, today
from models.ecalcura.checks import checks
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.staff import renewing
from models.ecalcura.staff.renewing import AGAIN, MOST, SOON, renew
from models.ecalcura.trimesters.calendar import Trimester, place_of
from tests.factories import days
from tests.models.ecalcura.cast import BORN, contract, employee, number_of, opened

NUMBER, NEW = number_of(), number_of(month_up=40)
pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(autouse=True)
def nothing_was_due():
    renewing.forget()
    changes.follow(checks.refresh)


@pytest.fixture
def greet(home, registers):
    """An employee with a running contract, about whom the register was asked a week ago."""
    opened(*place_of(today()))
    made = employee(home, NUMBER, "Greet", "Proef", BORN)
    contract(made)
    registers.has(NUMBER, "Greet", "Proef", BORN, VPK=None)
    return aged(made)


def aged(made):
    Employee.update(register_asked_at=now() - AGAIN).where(Employee.id == made.id).execute()
    return made


def again(made):
    return Employee.get_by_id(made.id)


def test_a_death_that_the_register_tells_later_is_a_check_of_the_facility(home, greet, registers):
    before = again(greet).open_checks
    died = place_of(today()).first - datetime.timedelta(days=1)
    registers.buries(NUMBER, died)
    assert renew() == 1
    assert again(greet).person.deceased_on == died
    codes = {check.code for check in checks.of_facility(home, Trimester.get_or_make(*place_of(today())))}
    assert "V04" in codes
    assert again(greet).open_checks == before + 1


def test_a_new_number_is_taken_and_the_old_one_still_finds_the_person(home, greet, registers):
    registers.has(NEW, "Greet", "Proef", BORN)
    registers.replaces(NUMBER, NEW)
    assert renew() == 1
    assert again(greet).person.number == NEW
    assert [bool(Employee.by_number(home, number)) for number in (NUMBER, NEW)] == [True, True]
    assert PastNumber.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.event == "number-replaced").exists()


def test_the_same_answer_changes_no_version_and_comes_once_a_week(greet, registers):
    version = again(greet).version
    assert renew() == 0
    assert (registers.asked, again(greet).version) == ([NUMBER], version)
    lookup = Lookup.select().order_by(Lookup.id.desc()).first()
    assert (lookup.purpose, lookup.account_id, lookup.employee_id) == ("retry", None, greet.id)
    renewing.forget()
    assert renew() == 0
    assert registers.asked == [NUMBER]


def test_nobody_without_a_running_contract_is_asked_about(home, greet, registers):
    gone = employee(home, number_of(sequence="999"))
    contract(gone, days(-900), days(-1))
    aged(gone)
    renew()
    assert registers.asked == [NUMBER]


def test_a_silent_register_is_left_alone_for_an_hour_and_the_employee_stays_found(greet, registers, clock):
    registers.silent = True
    assert renew() == 0
    assert again(greet).register_state == "found"
    renewing.forget()
    renew()
    assert len(registers.asked) == 1
    clock(now() + SOON + datetime.timedelta(seconds=1))
    renewing.forget()
    renew()
    assert len(registers.asked) == 2


def test_a_number_that_the_register_no_longer_knows_changes_nothing(greet, registers):
    registers.people.clear()
    assert renew() == 0
    assert (again(greet).register_state, again(greet).person.name) == ("found", "Greet Proef")


def test_a_round_asks_about_a_few_and_the_next_one_goes_on(home, registers):
    opened()
    for index in range(MOST + 1):
        contract(aged(employee(home, number_of(BORN + datetime.timedelta(days=index)))))
    renew()
    assert len(registers.asked) == MOST
    renew()
    assert len(registers.asked) == MOST + 1
