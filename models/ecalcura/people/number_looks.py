"""Each look at the whole number of an employee: the account, the moment, and the reason if the desk looked."""
from collections.abc import Iterable

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Employee
from models.ecalcura.texts import clean_text
from models.errors import Refused

SHORTEST, LONGEST = 5, 200


class NumberLook(BaseModel):
    """A look at a number. The database refuses to change or delete one."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    employee_id = peewee.IntegerField()
    account_id = peewee.IntegerField()
    by_desk = peewee.BooleanField(default=False)
    reason = peewee.TextField(default="")
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "number_look"


def show_number(employee: Employee, by: Actor) -> str:
    """Return the whole number to a colleague of the facility, as people write it, and keep that it was shown."""
    return _show(employee, by)


def show_to_desk(employee: Employee, reason: str, by: Actor) -> str:
    """Return the whole number to the desk as `show_number` does.

    Raises `Refused` for a reason that is shorter than 5 signs or longer than 200, or that holds a number.
    """
    return _show(employee, by, by_desk=True, reason=clean_reason(reason))


def clean_reason(reason: str) -> str:
    """Return the reason of a look. Raises `Refused` as `show_to_desk` does."""
    reason = clean_text(reason, LONGEST, EcalcuraCode.LOOK_REASON)
    if len(reason) < SHORTEST:
        raise Refused(EcalcuraCode.LOOK_REASON)
    return reason


def keep_for_desk(facility_id: int, employee_ids: Iterable[int], reason: str, by: Actor) -> None:
    """Keep that the desk got the numbers of these employees in a file, for a reason that is clean."""
    moment = now()
    for employee_id in employee_ids:
        NumberLook.create(facility_id=facility_id, employee_id=employee_id, account_id=by.id, by_desk=True,
                          reason=reason, made_at=moment)


def _show(employee: Employee, by: Actor, **values: object) -> str:
    person = employee.person
    with transaction():
        NumberLook.create(facility_id=employee.facility_id, employee_id=employee.id, account_id=by.id, **values)
        record(EcalcuraEvent.NUMBER_SHOWN, by=by, tenant_id=employee.facility_id, subject=employee.id)
    return numbers.written(person.number) if person.number else person.family
