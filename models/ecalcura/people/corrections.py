"""Put the number of an employee right, and set the desk's date for an incomplete birth date."""
import datetime
from collections.abc import Callable, Collection

import peewee

from models.audit import Actor, record
from models.database import locked, now, today, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes, numbers, persons
from models.ecalcura.people.employees import CORRECTED, REPLACED, Asked, Employee, PastNumber, ask
from models.ecalcura.people.lookups import CORRECTION, Lookup
from models.ecalcura.people.registers import FOUND, SILENT
from models.ecalcura.trimesters import files
from models.ecalcura.trimesters.files import Span
from models.errors import Refused, Stale


def correct_number(employee: Employee, number: str, by: Actor | None, version: int,
                   days_of: Callable[[Employee], Collection[Span]] = lambda _: (),
                   also: Callable[[int], None] | None = None) -> Employee:
    """Replace a number that is of somebody else, under the same contracts; return the employee as it is now.

    It asks the register, so never call it in a transaction. The wrong number is kept, and finds nobody any more.
    `days_of` returns the days of the contracts; `also` is called with the employee's id, in the same transaction.
    Raises `Stale` for an older version of the row, and `Refused` as `ask` does, for the number that is there, and if a
    trimester of these days is submitted (V33).
    """
    facility = Facility.get_by_id(employee.facility_id)
    # Before somebody is looked up for nothing, and again within the transaction.
    files.refuse_if_submitted(facility, days_of(employee))
    if numbers.clean(number) == _current(employee, version).person.number:
        raise Refused(EcalcuraCode.NUMBER_SAME)
    asked = ask(facility, number, by, CORRECTION)
    try:
        with transaction():
            files.hold(facility)
            files.refuse_if_submitted(facility, days_of(employee))
            current = _current(employee, version)
            _correct(current, asked)
            if also:
                also(current.id)
            record(EcalcuraEvent.NUMBER_CORRECTED, by=by, tenant_id=facility.id, subject=current.id)
            changes.tell([current.id])
            return current
    except peewee.IntegrityError as error:
        # A colleague has entered the person meanwhile.
        if there := Employee.by_hash(facility, asked.number_hash):
            raise Refused(EcalcuraCode.ALREADY_EMPLOYEE, employee=there) from error
        raise


def _current(employee: Employee, version: int) -> Employee:
    current = locked(Employee.select().where(Employee.id == employee.id)).get()
    if current.version != version:
        raise Stale(current=current)
    return current


def _correct(employee: Employee, asked: Asked) -> None:
    PastNumber.keep(employee, employee.person.number, CORRECTED)
    # Earlier numbers were of the wrong person too.
    PastNumber.update(reason=CORRECTED).where(PastNumber.employee_id == employee.id).execute()
    employee.number_hash = asked.number_hash
    employee.register_state = FOUND if asked.answered else SILENT
    employee.register_tries = 1
    employee.register_asked_at = now()
    save_person(employee, asked.person)
    if asked.replaced:
        PastNumber.keep(employee, asked.replaced, REPLACED)
    Lookup.update(employee_id=employee.id).where(Lookup.id == asked.lookup_id).execute()


def save_person(employee: Employee, person: persons.Person) -> None:
    """Seal the person for this employee, and save the row as its next version."""
    employee.sealed = persons.seal(employee.facility_id, employee.id, person)
    employee.version += 1
    employee.changed_at = now()
    employee.save()


def set_reference_date(employee: Employee, date: datetime.date | None, by: Actor | None, version: int,
                       spans: Collection[Span] = ()) -> Employee:
    """Let steps be counted from this date, while the register has no full birth date; record it; None removes it.

    `spans` are the days of the contracts. Raises `Stale` for an older version of the row, and `Refused` for a person
    with a birth date, a date to come, and if a trimester of these days is submitted (V33).
    """
    with transaction():
        facility = Facility.get_by_id(employee.facility_id)
        files.hold(facility)
        files.refuse_if_submitted(facility, spans)
        current = _current(employee, version)
        person = current.person
        if not person.number or person.birth or (date and date > today()):
            raise Refused(EcalcuraCode.REFERENCE_DATE)
        save_person(current, person._replace(reference_date=date))
        record(EcalcuraEvent.REFERENCE_DATE_SET, by=by, tenant_id=current.facility_id, subject=current.id)
        changes.tell([current.id])
        return current
