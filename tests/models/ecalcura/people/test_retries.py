"""Asking a silent register again: A8."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.people import changes, persons
from models.ecalcura.people.corrections import correct_number
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import Answer
from models.ecalcura.people.retries import retry, store
from models.names import use
from tests.factories import NAMES_KEY
from tests.models.ecalcura.cast import BORN, employee, number_of

START = datetime.datetime(2026, 11, 29, 11, tzinfo=datetime.UTC)
NUMBER, BIS, OTHER = number_of(), number_of(month_up=40), number_of(sequence="999")

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def wait(clock):
    """Let minutes pass."""
    passed = [0]

    def wait(minutes):
        passed[0] += minutes
        clock(START + datetime.timedelta(minutes=passed[0]))

    wait(0)
    return wait


@pytest.fixture
def silent(home, registers, wait):
    """An employee who was entered while the register was silent."""
    registers.silent = True
    made = Employee.enter(home, NUMBER)
    registers.asked.clear()
    return made


def test_a_register_that_answers_again_gives_the_name(home, silent, registers, wait):
    registers.silent = False
    registers.has(NUMBER, "Zoë", "Maes")
    assert retry() == 0
    wait(1)
    assert retry() == 1
    found = Employee.one(home, silent.id)
    assert (found.register_state, found.person) == ("found", Person(NUMBER, "Maes", "Zoë", BORN))
    lookup = Lookup.of(home).first()
    assert (lookup.purpose, lookup.account_id, lookup.answer, lookup.employee_id) == ("retry", None, "found", silent.id)
    wait(60 * 24 * 2)
    assert retry() == 0


def test_five_tries_have_growing_pauses_and_later_ones_come_daily(silent, registers, wait):
    tried = []
    for minute in range(60 * 24 * 3):
        before = len(registers.asked)
        retry()
        if len(registers.asked) > before:
            tried.append(minute)
        wait(1)
    day = 60 * 24
    assert tried == [1, 6, 36, 216, 216 + day, 216 + 2 * day]
    assert Employee.get_by_id(silent.id).register_tries == 7


def test_a_number_that_is_not_found_later_is_kept_as_such(home, silent, registers, wait):
    registers.silent = False
    wait(1)
    assert retry() == 1
    found = Employee.one(home, silent.id)
    assert (found.register_state, found.person.name) == ("not_found", "")


def test_a_number_that_was_replaced_stays_as_an_earlier_one(home, registers, wait):
    """A27."""
    registers.silent = True
    made = Employee.enter(home, BIS)
    registers.silent = False
    registers.has(NUMBER, "Zoë", "Maes")
    registers.replaces(BIS, NUMBER)
    wait(1)
    assert retry() == 1
    assert Employee.one(home, made.id).person.number == NUMBER
    assert Employee.by_number(home, BIS) == Employee.by_number(home, NUMBER) == made
    assert AuditEntry.select().where(AuditEntry.event == "number-replaced").get().subject == str(made.id)


def test_two_rows_of_one_person_stay_apart_and_the_log_says_so(home, registers, wait):
    registers.silent = True
    made = Employee.enter(home, BIS)
    there = employee(home, NUMBER)
    registers.silent = False
    registers.has(NUMBER, "Zoë", "Maes")
    registers.replaces(BIS, NUMBER)
    wait(1)
    assert retry() == 1
    found = Employee.one(home, made.id)
    assert (found.register_state, found.person.number, found.person.first) == ("found", BIS, "Zoë")
    assert Employee.by_number(home, NUMBER) == there
    entry = AuditEntry.select().where(AuditEntry.event == "employee-twice").get()
    assert (entry.subject, entry.details) == (str(made.id), {"other": there.id})


def test_somebody_who_died_meanwhile_keeps_the_day(home, silent, registers, wait):
    registers.silent = False
    registers.has(NUMBER)
    registers.buries(NUMBER, datetime.date(2026, 11, 1))
    wait(1)
    retry()
    assert Employee.one(home, silent.id).person.deceased_on == datetime.date(2026, 11, 1)


def test_a_silent_number_does_not_hold_up_the_others(home, registers, wait):
    registers.silent = True
    made = [Employee.enter(home, number) for number in (NUMBER, OTHER)]
    registers.silent = False
    registers.people[NUMBER] = Answer("silent")
    registers.has(OTHER)
    wait(1)
    assert retry() + retry() == 1
    assert [Employee.one(home, one.id).register_state for one in made] == ["silent", "found"]


def test_an_answer_about_a_number_that_was_put_right_meanwhile_is_dropped(home, silent, registers):
    registers.silent = False
    registers.has(OTHER, "Juist", "Nummer")
    correct_number(silent, OTHER, None, silent.version)
    store(silent, Answer("found", NUMBER, "Oud", "Nummer", BORN))
    assert Employee.one(home, silent.id).person.first == "Juist"


def test_without_the_names_key_nothing_is_asked_or_lost(silent, registers, wait):
    registers.silent = False
    registers.has(NUMBER)
    use(None)
    wait(1)
    assert retry() == 0
    assert registers.asked == []
    use(NAMES_KEY)
    wait(5)
    assert retry() == 1
    assert Employee.get_by_id(silent.id).person != persons.UNREADABLE


def test_the_checks_follow_an_answer(silent, registers, wait, monkeypatch):
    heard = []
    monkeypatch.setattr(changes._State, "followers", [heard.append])
    registers.silent = False
    registers.has(NUMBER)
    wait(1)
    retry()
    assert heard == [[silent.id]]
