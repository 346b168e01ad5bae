"""Putting a number right, and the desk's date for an incomplete birth date."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import database
from models.ecalcura.people import changes
from models.ecalcura.people.corrections import correct_number, set_reference_date
from models.ecalcura.people.employees import Employee, PastNumber
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.persons import Person
from models.ecalcura.roles import PRIVACY
from models.errors import Refused, Stale
from tests.models.ecalcura.cast import BORN, employee, number_of, somebody, submitted

NUMBER, OTHER, BIS = number_of(), number_of(sequence="999"), number_of(month_up=40)

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def officer(home):
    return somebody(home, PRIVACY, "Piet Roels")


def entries(event):
    return [(one.subject, one.account_id, one.detail) for one in AuditEntry.select().where(AuditEntry.event == event)]


def test_a_wrong_number_is_put_right_under_the_same_employee(home, officer, registers):
    wrong = employee(home, NUMBER, "Iemand", "Anders")
    registers.has(OTHER, "Zoë", "Maes")
    right = correct_number(wrong, OTHER, officer, wrong.version)
    assert (right.id, right.version) == (wrong.id, 2)
    assert Employee.one(home, wrong.id).person == Person(OTHER, "Maes", "Zoë", BORN)
    assert [(past.reason, past.number) for past in right.past_numbers()] == [("corrected", NUMBER)]
    assert Employee.by_number(home, OTHER) == right
    assert Employee.by_number(home, NUMBER) is None
    assert entries("number-corrected") == [(str(right.id), officer.id, "{}")]
    lookup = Lookup.of(home).get()
    assert (lookup.purpose, lookup.answer, lookup.employee_id) == ("correction", "found", right.id)


def test_the_person_of_a_wrong_number_can_be_entered_afterwards(home, officer, registers):
    wrong = employee(home, NUMBER)
    registers.has(OTHER)
    registers.has(NUMBER)
    correct_number(wrong, OTHER, officer, 1)
    assert Employee.enter(home, NUMBER, officer).id != wrong.id


def test_earlier_numbers_of_the_wrong_person_find_nobody_any_more(home, officer, registers):
    registers.has(NUMBER)
    registers.replaces(BIS, NUMBER)
    wrong = Employee.enter(home, BIS, officer)
    registers.has(OTHER)
    correct_number(wrong, OTHER, officer, 1)
    assert Employee.by_number(home, BIS) is None
    assert {past.number for past in wrong.past_numbers()} == {BIS, NUMBER}


def test_a_correction_to_a_replaced_number_keeps_both(home, officer, registers):
    wrong = employee(home, OTHER)
    registers.has(NUMBER)
    registers.replaces(BIS, NUMBER)
    right = correct_number(wrong, BIS, officer, 1)
    assert right.person.number == NUMBER
    assert Employee.by_number(home, BIS) == Employee.by_number(home, NUMBER) == right


def test_a_correction_to_somebody_in_the_list_is_refused(home, officer, registers):
    """V07."""
    wrong, there = employee(home, NUMBER), employee(home, OTHER)
    with pytest.raises(Refused, match="already_employee") as refused:
        correct_number(wrong, OTHER, officer, 1)
    assert refused.value.context["employee"] == there
    assert registers.asked == []


@pytest.mark.parametrize(("number", "code"), [
    (OTHER, "person_unknown"), ("85073003329", "number_invalid"), (NUMBER, "number_same")])
def test_a_correction_that_cannot_be_right_changes_nothing(home, officer, registers, number, code):
    wrong = employee(home, NUMBER)
    with pytest.raises(Refused, match=code):
        correct_number(wrong, number, officer, 1)
    assert Employee.one(home, wrong.id).version == 1
    assert PastNumber.select().count() == 0


def test_a_correction_of_an_older_version_is_refused_without_asking(home, officer, registers):
    wrong = employee(home, NUMBER)
    registers.has(OTHER)
    correct_number(wrong, OTHER, officer, 1)
    with pytest.raises(Stale) as stale:
        correct_number(wrong, NUMBER, officer, 1)
    assert stale.value.current.version == 2
    assert registers.asked == [OTHER]


def test_a_correction_while_the_register_is_silent_is_kept_without_a_name(home, officer, registers):
    wrong = employee(home, NUMBER)
    registers.silent = True
    right = correct_number(wrong, OTHER, officer, 1)
    assert (right.register_state, right.person) == ("silent", Person(OTHER))


def test_the_desk_s_date_counts_while_the_register_has_no_birth_date(home):
    """V06."""
    undated, dated = employee(home, born=None), employee(home, NUMBER)
    day = datetime.date(1970, 6, 1)
    changed = set_reference_date(undated, day, None, 1)
    assert (changed.version, changed.person.born) == (2, day)
    assert entries("reference-date-set") == [(str(undated.id), None, "{}")]
    assert set_reference_date(changed, None, None, 2).person.born is None
    with pytest.raises(Stale):
        set_reference_date(undated, day, None, 1)
    for one, on in ((dated, day), (changed, datetime.date(2999, 1, 1))):
        with pytest.raises(Refused, match="reference_date"):
            set_reference_date(one, on, None, Employee.one(home, one.id).version)


def test_a_person_of_a_submitted_trimester_is_not_changed_without_reopening(home, officer, registers):
    """V33."""
    summer = submitted(home).trimester
    wrong, undated = employee(home, NUMBER), employee(home, born=None)
    registers.has(OTHER)
    worked = [(summer.last, None)]
    with pytest.raises(Refused, match="trimester_submitted"):
        correct_number(wrong, OTHER, officer, 1, lambda _: worked)
    with pytest.raises(Refused, match="trimester_submitted"):
        set_reference_date(undated, BORN, None, 1, worked)
    assert registers.asked == []
    later = [(summer.last + datetime.timedelta(days=1), None)]
    assert correct_number(wrong, OTHER, officer, 1, lambda _: later).person.number == OTHER
    assert set_reference_date(undated, BORN, None, 1, later).person.born == BORN


def test_whoever_follows_employees_hears_of_each_change(home, officer, registers, monkeypatch):
    heard = []
    monkeypatch.setattr(changes._State, "followers", [heard.append])
    registers.has(NUMBER)
    registers.has(OTHER)
    made = Employee.enter(home, NUMBER, officer)
    correct_number(made, OTHER, officer, 1)
    assert heard == [[made.id], [made.id]]


def test_a_number_has_one_employee_also_round_the_models(home):
    first, second = employee(home, NUMBER), employee(home, OTHER)
    taken = hash_of(NUMBER)
    with pytest.raises(Exception, match="(?i)employee.number|UNIQUE"), database.atomic():
        Employee.update(number_hash=taken).where(Employee.id == second.id).execute()
    PastNumber.keep(first, BIS, "replaced")
    with pytest.raises(Exception, match="employee_number_past"), database.atomic():
        Employee.update(number_hash=hash_of(BIS)).where(Employee.id == second.id).execute()
    with pytest.raises(Exception, match="employee_number_past"), database.atomic():
        PastNumber.keep(second, NUMBER, "replaced")
    with pytest.raises(Exception, match="(?i)past_number"), database.atomic():
        PastNumber.keep(second, BIS, "replaced")
