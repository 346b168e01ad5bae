"""Asking the register again about employees for whom it was silent, in the background."""
import datetime

import peewee

from models.audit import record
from models.database import locked, now, transaction
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes, lookups
from models.ecalcura.people.corrections import save_person
from models.ecalcura.people.employees import REPLACED, Employee, PastNumber
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import RETRY
from models.ecalcura.people.registers import FOUND, NOT_FOUND, SILENT, Answer

# After each try: how long until the next one; after the last of these, once a day.
PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 180))
LATER = datetime.timedelta(days=1)
# Employees in one round, so that the other chores of the worker go on. A silent register costs three seconds each.
MOST = 5


def retry() -> int:
    """Ask again about the employees whose turn it is, until the register is silent; return how many answers came.

    Of workers that do so at once, each takes other employees.
    """
    answers = 0
    for _ in range(MOST):
        employee = _take()
        if employee is None:
            break
        answer = _ask(employee)
        if answer.state == SILENT:
            break
        answers += 1
        store(employee, answer)
    return answers


def _take() -> Employee | None:
    """Take the employee who has waited longest of those whose turn it is, and count the try before it is made."""
    with transaction():
        due: Employee | None = locked(
            Employee.select().where(Employee.register_state == SILENT, _is_due()).order_by(Employee.register_asked_at)
        ).first()
        if due is not None:
            due.register_asked_at = now()
            due.register_tries += 1
            due.save()
        return due


def _is_due() -> "peewee.Expression":
    asked, tries = Employee.register_asked_at, Employee.register_tries
    due = (tries > len(PAUSES)) & (asked <= now() - LATER)
    for at, pause in enumerate(PAUSES, start=1):
        due |= (tries == at) & (asked <= now() - pause)
    return due


def _ask(employee: Employee) -> Answer:
    number = employee.person.number
    if not number:
        # Without the names' key there is nothing to ask about.
        return Answer(SILENT)
    facility = Facility.get_by_id(employee.facility_id)
    answer, lookup = lookups.find_person(facility, number, bytes(employee.number_hash), None, RETRY)
    lookup.employee_id = employee.id
    lookup.save()
    return answer


def store(employee: Employee, answer: Answer) -> None:
    """Keep what the register answered about an employee, unless a colleague changed the number meanwhile."""
    with transaction():
        current = locked(Employee.select().where(Employee.id == employee.id)).get()
        if bytes(current.number_hash) != bytes(employee.number_hash):
            return
        if answer.state == NOT_FOUND:
            current.register_state = NOT_FOUND
            current.save()
        else:
            _store_person(current, answer)
        changes.tell([current.id])


def _store_person(employee: Employee, answer: Answer) -> None:
    person = employee.person
    if answer.number != person.number:
        facility = Facility.get_by_id(employee.facility_id)
        number_hash = hash_of(answer.number)
        if other := Employee.by_hash(facility, number_hash):
            # Two rows of one person: people decide which one stays, so this row keeps its number.
            answer = answer._replace(number=person.number)
            record(EcalcuraEvent.EMPLOYEE_TWICE, tenant_id=employee.facility_id, subject=employee.id, other=other.id)
        else:
            employee.number_hash = number_hash
            employee.save()
            PastNumber.keep(employee, person.number, REPLACED)
            record(EcalcuraEvent.NUMBER_REPLACED, tenant_id=employee.facility_id, subject=employee.id)
    employee.register_state = FOUND
    save_person(employee, person.told(answer))
