"""The declaration of a gelijkgestelde: 200 hours of irregular work in the 24 months before a step (V16)."""
import datetime

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.saving import changing
from models.ecalcura.contracts.steps import reaches
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.people.employees import Employee
from models.errors import Refused


class IrregularWork(BaseModel):
    """A declaration for a step: the period in which the hours were worked."""

    employee_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    step = peewee.IntegerField()
    first = peewee.DateField()
    last = peewee.DateField()
    account_id = peewee.IntegerField(null=True)
    declared_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "irregular_work"
        primary_key = peewee.CompositeKey("employee_id", "step")

    @classmethod
    def of(cls, employee: Employee) -> "peewee.ModelSelect[IrregularWork]":
        """Select the declarations of an employee, by step."""
        return cls.select().where(cls.employee_id == employee.id).order_by(cls.step)

    @classmethod
    def declare(cls, employee: Employee, step: int, first: datetime.date, last: datetime.date,
                by: Actor | None = None) -> None:
        """Declare the hours for a step, in place of an earlier declaration, and record it.

        Raises `Refused` for a period that is not within the 24 months before the month of the birthday.
        """
        if step not in lists.steps():
            raise Refused(EcalcuraCode.STEP_UNKNOWN)
        earliest, latest = months_before(employee, step) or (first, last)
        if not earliest <= first <= last <= latest:
            raise Refused(EcalcuraCode.IRREGULAR_WORK_DAYS, first=earliest, last=latest)
        values = {"first": first, "last": last, "account_id": by.id if by else None, "declared_at": now()}
        with changing(employee.facility_id, [employee.id]) as facility:
            cls.insert(employee_id=employee.id, facility_id=facility.id, step=step, **values).on_conflict(
                conflict_target=[cls.employee_id, cls.step], update=values).execute()
            record(EcalcuraEvent.IRREGULAR_WORK_DECLARED, by=by, tenant_id=facility.id, subject=employee.id, step=step)


def months_before(employee: Employee, step: int) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of the 24 months before the month of a step's birthday; None without birth date."""
    born = employee.person.born
    if born is None:
        return None
    month = reaches(born, step).replace(day=1)
    return month.replace(year=month.year - 2), month - datetime.timedelta(days=1)
