"""Asking the register again about employees whom it found: somebody may have died, or have got another number."""
import datetime
import time
from typing import ClassVar

from models.database import locked, now, today, transaction
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import lookups, retries
from models.ecalcura.people.employees import FOUND, Employee
from models.ecalcura.people.lookups import RETRY
from models.ecalcura.people.registers import NOT_FOUND, SILENT

# How old an answer may be; and how soon the next try is after a silence.
AGAIN = datetime.timedelta(days=7)
SOON = datetime.timedelta(hours=1)
# Employees in one round, so that the other chores of the worker go on; seconds until the next round if nobody was due.
MOST = 5
IDLE = 300


class _State:
    # The moment of the monotonic clock before which nobody is looked for.
    next: ClassVar[float] = 0


def renew() -> int:
    """Ask about employees with a running contract whose answer is old; return about how many something was new.

    It stops at the first silence. Of workers that do so at once, each takes other employees.
    """
    if time.monotonic() < _State.next:
        return 0
    changed = 0
    for _ in range(MOST):
        employee = _take()
        if employee is None:
            _State.next = time.monotonic() + IDLE
            break
        number = employee.person.number
        if not number:
            # Without the names' key there is nothing to ask about.
            continue
        answer, lookup = lookups.find_person(
            Facility.get_by_id(employee.facility_id), number, bytes(employee.number_hash), None, RETRY)
        lookup.employee_id = employee.id
        lookup.save()
        if answer.state == SILENT:
            Employee.update(register_asked_at=now() - AGAIN + SOON).where(Employee.id == employee.id).execute()
            break
        # Nobody disappears because the register no longer knows a number.
        if answer.state != NOT_FOUND and employee.person.told(answer) != employee.person:
            retries.store(employee, answer)
            changed += 1
    return changed


def _take() -> Employee | None:
    """Take the employee whose answer is the oldest of those that are due, so that nobody else takes the same one."""
    running = Contract.select(Contract.employee_id).where(
        Contract.start <= today(), Contract.until.is_null() | (Contract.until >= today()))
    due = Employee.select().where(
        Employee.register_state == FOUND, Employee.register_asked_at <= now() - AGAIN, Employee.id.in_(running))
    if not due.exists():
        return None
    with transaction():
        taken: Employee | None = locked(due.order_by(Employee.register_asked_at)).first()
        if taken is not None:
            taken.register_asked_at = now()
            Employee.update(register_asked_at=taken.register_asked_at).where(Employee.id == taken.id).execute()
        return taken


def forget() -> None:
    """Look for employees at the next round, also if nobody was due at the last one."""
    _State.next = 0
