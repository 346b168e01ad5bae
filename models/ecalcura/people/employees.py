"""Employees of a facility. The name comes from the register and is never typed; a number finds one employee."""
import contextlib
from collections.abc import Collection, Sequence
from typing import NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes, lookups, numbers, persons
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import CONTRACT, Lookup
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import FOUND, NOT_FOUND, SILENT, Answer
from models.errors import Refused

REPLACED, CORRECTED = "replaced", "corrected"


class Employee(BaseModel):
    """An employee. `register_state` is what the register last answered: found, not_found or silent."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    number_hash = peewee.BlobField()
    sealed = peewee.BlobField()
    register_state = peewee.TextField()
    register_asked_at = peewee.DateTimeField(null=True)
    register_tries = peewee.IntegerField(default=0)
    open_checks = peewee.IntegerField(default=0)
    step = peewee.IntegerField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[Employee]":
        """Select the employees of a facility: where every view begins."""
        return cls.select().where(cls.facility_id == facility.id)

    @classmethod
    def one(cls, facility: Facility, employee_id: int) -> "Employee | None":
        """Return the facility's employee with this id, or None."""
        return cls.of(facility).where(cls.id == employee_id).first()

    @classmethod
    def by_number(cls, facility: Facility, number: str) -> "Employee | None":
        """Return the facility's employee with this whole number, or with one that the register has replaced."""
        return cls.by_hash(facility, hash_of(number))

    @classmethod
    def by_hash(cls, facility: Facility, number_hash: bytes) -> "Employee | None":
        """Return the employee as `by_number` does, by the keyed hash of the number."""
        earlier = PastNumber.select(PastNumber.employee_id).where(
            PastNumber.facility_id == facility.id, PastNumber.number_hash == number_hash, PastNumber.reason == REPLACED)
        return cls.of(facility).where((cls.number_hash == number_hash) | cls.id.in_(earlier)).first()

    @classmethod
    def of_form(cls, facility: Facility, form_key: str | None) -> "Employee | None":
        """Return the employee that this form made when it was sent before, or None."""
        return cls.of(facility).where(cls.form_key == form_key).first() if form_key else None

    @classmethod
    def enter(cls, facility: Facility, number: str, by: Actor | None = None, form_key: str | None = None,
              purpose: str = CONTRACT) -> "Employee":
        """Ask the register about a number and add the employee; raises `Refused` as `ask` does."""
        return cls.of_form(facility, form_key) or cls.add(facility, ask(facility, number, by, purpose), by, form_key)

    @classmethod
    def add(cls, facility: Facility, asked: "Asked", by: Actor | None = None,
            form_key: str | None = None) -> "Employee":
        """Add the person of a look-up, and record it. A form that is sent again returns the employee that it made.

        Raises `Refused` if a colleague has added the person meanwhile.
        """
        with transaction():
            if sent := cls.of_form(facility, form_key):
                return sent
            try:
                with transaction():
                    employee = cls._insert(facility, asked, form_key)
                    if asked.replaced:
                        PastNumber.keep(employee, asked.replaced, REPLACED)
            except peewee.IntegrityError as error:
                if there := cls.by_hash(facility, asked.number_hash):
                    raise Refused(EcalcuraCode.ALREADY_EMPLOYEE, employee=there) from error
                raise
            Lookup.update(employee_id=employee.id).where(Lookup.id == asked.lookup_id).execute()
            record(EcalcuraEvent.EMPLOYEE_ADDED, by=by, tenant_id=facility.id, subject=employee.id)
            changes.tell([employee.id])
            return employee

    @classmethod
    def _insert(cls, facility: Facility, asked: "Asked", form_key: str | None) -> "Employee":
        employee = cls(facility_id=facility.id, number_hash=asked.number_hash, sealed=b"", form_key=form_key,
                       register_state=FOUND if asked.answered else SILENT, register_asked_at=now(), register_tries=1)
        employee.save(force_insert=True)
        # The person is sealed together with the employee's id, which the database has just given out.
        employee.sealed = persons.seal(facility.id, employee.id, asked.person)
        employee.save()
        return employee

    @property
    def person(self) -> Person:
        """The person, decrypted; `persons.UNREADABLE` without the names' key."""
        return persons.open_all(self.facility_id, [(self.id, self.sealed)])[0]

    def past_numbers(self) -> "list[PastNumber]":
        """Return the earlier numbers, the newest first."""
        return list(PastNumber.select().where(PastNumber.employee_id == self.id).order_by(PastNumber.id.desc()))


class PastNumber(BaseModel):
    """An earlier number: REPLACED by the register, and it still finds the employee, or CORRECTED as it was wrong."""

    id = peewee.AutoField()
    employee_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    reason = peewee.TextField()
    number_hash = peewee.BlobField()
    sealed = peewee.BlobField()
    until = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "past_number"

    @classmethod
    def keep(cls, employee: Employee, number: str, reason: str) -> "PastNumber":
        """Keep an earlier number of an employee; raises `Refused` without the names' key."""
        past = cls(employee_id=employee.id, facility_id=employee.facility_id, reason=reason,
                   number_hash=hash_of(number), sealed=b"")
        past.save(force_insert=True)
        past.sealed = persons.seal_past(past.facility_id, past.id, number)
        past.save()
        return past

    @property
    def number(self) -> str:
        """The number, decrypted; raises `Refused` without the names' key."""
        return persons.open_past(self.facility_id, self.id, bytes(self.sealed))


class Asked(NamedTuple):
    """A look-up that may lead to an employee. `replaced` is the number that was asked for, if the register has another.

    Of a silent register the person has a number only, and `answered` is false.
    """

    person: Person
    number_hash: bytes
    answered: bool
    replaced: str
    lookup_id: int


def ask(facility: Facility, number: str, by: Actor | None = None, purpose: str = CONTRACT) -> Asked:
    """Ask the register about a number as people type it. It takes seconds: never call it in a transaction.

    Raises `Refused` for a number that is not valid, that the register does not know, whose person is an employee of the
    facility already (`employee` in its context), and if `by` has asked too often. Each look-up is kept, refused or not.
    """
    number = numbers.clean(number)
    number_hash = hash_of(number)
    if there := Employee.by_hash(facility, number_hash):
        raise Refused(EcalcuraCode.ALREADY_EMPLOYEE, employee=there)
    answer, lookup = lookups.find_person(facility, number, number_hash, by, purpose)
    if answer.state == NOT_FOUND:
        raise Refused(EcalcuraCode.PERSON_UNKNOWN)
    if answer.state == SILENT:
        return Asked(Person(number), number_hash, False, "", lookup.id)
    if answer.number == number:
        return Asked(Person(number).told(answer), number_hash, True, "", lookup.id)
    return _replaced(facility, number, answer, lookup)


def _replaced(facility: Facility, number: str, answer: Answer, lookup: Lookup) -> Asked:
    """The look-up of a number that the register replaced; an employee with the new number gets the old one too."""
    number_hash = hash_of(answer.number)
    if there := Employee.by_hash(facility, number_hash):
        # A colleague who looks it up at the same moment may keep it first.
        with contextlib.suppress(peewee.IntegrityError), transaction():
            PastNumber.keep(there, number, REPLACED)
            lookup.employee_id = there.id
            lookup.save()
        raise Refused(EcalcuraCode.ALREADY_EMPLOYEE, employee=there)
    return Asked(Person(number).told(answer), number_hash, True, number, lookup.id)


def open_some(facility: Facility, ids: Collection[int]) -> list[tuple[Employee, Person]]:
    """Return the employees of the facility with these ids, each with its person."""
    return open_people(facility, list(Employee.of(facility).where(Employee.id.in_(list(ids))))) if ids else []


def number_to_check(facility: Facility) -> int:
    """Return how many employees of the facility have a check that blocks a submission."""
    return Employee.of(facility).where(Employee.open_checks > 0).count()


def open_people(facility: Facility, employees: Sequence[Employee]) -> list[tuple[Employee, Person]]:
    """Return these employees of the facility, each with its person: one decryption each."""
    opened = persons.open_all(facility.id, [(employee.id, employee.sealed) for employee in employees])
    return list(zip(employees, opened, strict=True))


def people_with(facility: Facility, ids: Collection[int]) -> list[tuple[Employee, Person]]:
    """Return the employees of the facility that have one of these ids, each with its person."""
    return open_people(facility, list(Employee.of(facility).where(Employee.id.in_(list(ids)))))
