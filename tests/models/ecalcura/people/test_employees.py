"""Employees by number: the name comes from the register, and a number finds one employee of a facility."""
import datetime
import threading

import pytest

from models import names
from models.audit import AuditEntry
from models.database import database, transaction
from models.ecalcura.people import persons
from models.ecalcura.people.employees import Asked, Employee, PastNumber, ask, open_people
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.persons import Person
from models.ecalcura.roles import PRIVACY
from models.errors import Refused
from tests.models.ecalcura.cast import BORN, employee, facility, number_of, somebody

NUMBER, BIS = number_of(), number_of(month_up=40)

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def officer(home):
    return somebody(home, PRIVACY, "Piet Roels")


def test_the_name_and_the_birth_date_come_from_the_register(home, officer, registers):
    """A7: there is no way to give a name."""
    registers.has(NUMBER, "Zoë", "Van den Bossche", datetime.date(1971, 5, 6))
    made = Employee.enter(home, NUMBER, officer)
    found = Employee.one(home, made.id)
    assert found.person == Person(NUMBER, "Van den Bossche", "Zoë", datetime.date(1971, 5, 6))
    assert (found.person.name, found.person.born) == ("Zoë Van den Bossche", datetime.date(1971, 5, 6))
    assert found.register_state == "found"
    lookup, = Lookup.of(home)
    assert (lookup.account_id, lookup.purpose, lookup.answer, lookup.employee_id) == (
        officer.id, "contract", "found", made.id)
    assert bytes(lookup.number_hash) == hash_of(NUMBER)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject, entry.tenant_id) == ("employee-added", str(made.id), home.id)


def test_a_number_that_the_register_does_not_know_is_refused_and_the_look_up_is_kept(home, officer, registers):
    """V02."""
    with pytest.raises(Refused, match="person_unknown"):
        Employee.enter(home, NUMBER, officer)
    assert Employee.select().count() == 0
    assert [(one.answer, one.employee_id) for one in Lookup.of(home)] == [("not_found", None)]


def test_a_number_that_is_not_valid_is_never_asked(home, officer, registers):
    with pytest.raises(Refused, match="number_invalid"):
        Employee.enter(home, "85073003329", officer)
    assert registers.asked == []
    assert Lookup.select().count() == 0


def test_somebody_in_the_list_is_refused_without_asking_and_shown(home, officer, registers):
    """V07."""
    there = employee(home, NUMBER)
    with pytest.raises(Refused, match="already_employee") as refused:
        Employee.enter(home, NUMBER, officer)
    assert refused.value.context["employee"] == there
    assert registers.asked == []


def test_a_silent_register_does_not_stop_the_entry(home, officer, registers):
    """V03: saved without a name."""
    registers.silent = True
    made = Employee.enter(home, NUMBER, officer)
    assert (made.register_state, made.person) == ("silent", Person(NUMBER))
    assert made.person.name == ""
    assert Lookup.of(home).get().answer == "silent"


def test_two_facilities_that_employ_somebody_learn_nothing_of_each_other(home, officer, registers):
    """A26, the facilities' half."""
    registers.has(NUMBER)
    other = facility("990002")
    first, second = Employee.enter(home, NUMBER, officer), Employee.enter(other, NUMBER)
    assert bytes(first.number_hash) == bytes(second.number_hash)
    assert bytes(first.sealed) != bytes(second.sealed)
    assert [one.id for one in Employee.of(home)] == [first.id]
    assert Employee.by_number(other, NUMBER) == second
    assert Employee.one(home, second.id) is None
    # A person that is moved to a row of the other facility does not open.
    Employee.update(sealed=first.sealed).where(Employee.id == second.id).execute()
    assert Employee.one(other, second.id).person == persons.UNREADABLE


def test_of_a_replaced_bisnummer_the_new_number_is_kept_and_both_find_the_employee(home, officer, registers):
    """A27."""
    registers.has(NUMBER)
    registers.replaces(BIS, NUMBER)
    made = Employee.enter(home, BIS, officer)
    assert made.person.number == NUMBER
    assert [(past.reason, past.number) for past in made.past_numbers()] == [("replaced", BIS)]
    assert Employee.by_number(home, BIS) == Employee.by_number(home, NUMBER) == made
    for number in (BIS, NUMBER):
        with pytest.raises(Refused, match="already_employee"):
            Employee.enter(home, number, officer)
    assert Employee.select().count() == 1


def test_a_replaced_number_of_somebody_in_the_list_finds_them_from_then_on(home, officer, registers):
    """A27."""
    there = employee(home, NUMBER)
    registers.has(NUMBER)
    registers.replaces(BIS, NUMBER)
    with pytest.raises(Refused, match="already_employee") as refused:
        Employee.enter(home, BIS, officer)
    assert refused.value.context["employee"] == there
    assert Employee.by_number(home, BIS) == there
    assert Lookup.of(home).get().employee_id == there.id


def test_somebody_who_died_is_entered_with_the_day(home, officer, registers):
    """V04 is a check."""
    registers.has(NUMBER)
    registers.buries(NUMBER, datetime.date(2026, 5, 1))
    made = Employee.enter(home, NUMBER, officer)
    assert made.person.deceased_on == datetime.date(2026, 5, 1)
    assert (made.register_state, Lookup.of(home).get().answer) == ("found", "deceased")


def test_a_form_that_is_sent_again_makes_no_second_employee(home, officer, registers):
    registers.has(NUMBER)
    first = Employee.enter(home, NUMBER, officer, "form-1")
    assert Employee.enter(home, NUMBER, officer, "form-1") == first
    assert registers.asked == [NUMBER]


def test_two_colleagues_who_enter_one_person_at_once_make_one_employee(home, registers):
    registers.has(NUMBER)
    asked = [ask(home, NUMBER) for _ in range(2)]
    start, refused = threading.Barrier(2), []

    def add(one):
        try:
            start.wait(5)
            Employee.add(home, one)
        except Refused as error:
            refused.append(error.code)
        finally:
            database.close()

    threads = [threading.Thread(target=add, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert refused == ["already_employee"]
    assert Employee.select().count() == 1


def test_a_refused_person_leaves_the_work_around_it_in_the_transaction(home):
    """On PostgreSQL a refused statement would otherwise end the whole transaction."""
    there = employee(home, NUMBER)
    with transaction():
        with pytest.raises(Refused, match="already_employee"):
            Employee.add(home, Asked(Person(NUMBER), hash_of(NUMBER), True, "", 0))
        Employee.update(step=None).where(Employee.id == there.id).execute()
    assert Employee.select().count() == 1


def test_a_list_is_decrypted_row_by_row_and_unreadable_without_the_key(home):
    made = [employee(home, first=f"Nummer {at}") for at in range(3)]
    assert [person.first for _, person in open_people(home, made)] == ["Nummer 0", "Nummer 1", "Nummer 2"]
    made[1].sealed = made[2].sealed
    assert [person.first for _, person in open_people(home, made)] == ["Nummer 0", "", "Nummer 2"]
    names.use(None)
    assert [person for _, person in open_people(home, made)] == [persons.UNREADABLE] * 3
    assert made[0].person.name == names.UNREADABLE


@pytest.mark.parametrize(("family", "blocks"), [("", 1), ("Van den Bossche-Vandenbroucke", 1), ("x" * 200, 4)])
def test_usual_names_are_sealed_to_one_length_and_long_ones_fit(home, family, blocks):
    person = Person(NUMBER, family, family[:50] and "Marie-Antoinette", BORN)
    if blocks > 1:
        person = person._replace(first="ë" * 200)
    sealed = persons.seal(home.id, 7, person)
    assert persons.open_all(home.id, [(7, sealed)]) == [person]
    if blocks == 1:
        assert len(sealed) == 1 + 12 + 128 + 16


def test_no_number_and_no_name_is_in_the_rows(home, officer, registers):
    registers.has(NUMBER, "Zoë", "Zilverstaart")
    registers.replaces(BIS, NUMBER)
    Employee.enter(home, BIS, officer)
    rows = str([*Employee.select().dicts(), *PastNumber.select().dicts(), *Lookup.select().dicts(),
                *AuditEntry.select().dicts()])
    for trace in (NUMBER, BIS, "Zilver", "Zoë"):
        assert trace not in rows


def test_without_the_names_key_nothing_is_entered(home, officer, registers):
    registers.has(NUMBER)
    names.use(None)
    with pytest.raises(Refused, match="names_key"):
        Employee.enter(home, NUMBER, officer)
    assert registers.asked == []
