"""Choices for a step: the premium, or exemption (vrijstelling). Of one step an employee has one choice at a time."""
import datetime
from typing import Any

import peewee

from models.audit import Actor, record
from models.database import END_OF_TIME, refusing
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import ENTITLED, EXEMPTION, PREMIUM
from models.ecalcura.contracts.rows import ChoiceRow
from models.ecalcura.contracts.rules import FIRST_DAY, LAST_DAY
from models.ecalcura.contracts.saving import (
    changed,
    changing,
    check_content,
    current,
    refuse_if_ever_submitted,
    sent_before,
    store,
)
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.errors import Refused

KINDS = (PREMIUM, EXEMPTION)


class Choice(ChoiceRow):
    """A choice for a step, from and until these days."""

    class Meta:
        table_name = "choice"

    @classmethod
    def of(cls, employee: Employee) -> "peewee.ModelSelect[Choice]":
        """Select the choices of an employee, the oldest first, by step."""
        return cls.select().where(cls.employee_id == employee.id).order_by(cls.step, cls.since, cls.id)

    @classmethod
    def one(cls, facility: Facility, choice_id: int) -> "Choice | None":
        """Return the facility's choice with this id, or None."""
        return cls.get_or_none(cls.facility_id == facility.id, cls.id == choice_id)

    @classmethod
    def add(cls, employee: Employee, step: int, kind: str, since: datetime.date, until: datetime.date | None = None,
            by: Actor | None = None, form_key: str | None = None) -> "Choice":
        """Add a choice and record it. A form that is sent again returns the choice that it made.

        Raises `Refused` for a broken rule: V13, V15, V33 and others.
        """
        with changing(employee.facility_id, [employee.id]) as facility:
            values = {"step": step, "kind": kind, "since": since, "until": until}
            return (sent_before(cls, facility.id, form_key, values)
                    or cls.insert_into(facility, employee, step, kind, since, until, by, form_key))

    @classmethod
    def insert_into(cls, facility: Facility, employee: Employee, step: int, kind: str, since: datetime.date,
                    until: datetime.date | None, by: Actor | None, form_key: str | None = None) -> "Choice":
        """Add a choice within `changing`."""
        choice = cls(employee_id=employee.id, facility_id=facility.id, step=step, kind=kind, since=since, until=until,
                     form_key=form_key)
        choice._check(employee)
        check_content(facility, [], choice._content())
        with refusing(choice_overlap=EcalcuraCode.CHOICE_TWICE):
            choice.save(force_insert=True)
        record(EcalcuraEvent.CHOICE_ADDED, by=by, tenant_id=facility.id, subject=employee.id, choice=choice.id)
        return choice

    def change(self, step: int, kind: str, since: datetime.date, until: datetime.date | None, version: int,
               by: Actor | None = None) -> "Choice":
        """Change a choice and record it; raises `Stale` for an older version, and `Refused` as `add` does."""
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            values: dict[str, Any] = {"step": step, "kind": kind, "since": since, "until": until}
            fields = changed(row, values)
            if not fields:
                return row
            new = Choice(**row.__data__ | values)
            new._check(Employee.get_by_id(row.employee_id))
            check_content(facility, row._content(), new._content())
            with refusing(choice_overlap=EcalcuraCode.CHOICE_TWICE):
                saved = store(row, values)
            record(EcalcuraEvent.CHOICE_CHANGED, by=by, tenant_id=facility.id, subject=row.employee_id, choice=row.id,
                   fields=fields)
            return saved

    def remove(self, version: int, by: Actor | None = None) -> None:
        """Delete it and record it; raises `Stale`, and `Refused` once submitted."""
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            refuse_if_ever_submitted(facility, row, row.since, row.until)
            check_content(facility, row._content(), [])
            row.delete_instance()
            record(EcalcuraEvent.CHOICE_DELETED, by=by, tenant_id=facility.id, subject=row.employee_id, choice=row.id)

    def _content(self) -> list[tuple[datetime.date, datetime.date | None, object]]:
        return [(self.since, self.until, (self.step, self.kind))]

    def _check(self, employee: Employee) -> None:
        """Check it against the lists, the employee's steps (V15), qualifications (V13) and other choices (V15)."""
        if self.step not in lists.steps() or self.kind not in KINDS:
            raise Refused(EcalcuraCode.STEP_UNKNOWN)
        if not FIRST_DAY <= self.since <= LAST_DAY or (self.until and not self.since <= self.until <= LAST_DAY):
            raise Refused(EcalcuraCode.DAYS_ORDER)
        starts = step_starts(employee.person.born).get(self.step)
        if starts and self.since < starts:
            raise Refused(EcalcuraCode.CHOICE_EARLY, step=self.step, starts=starts)
        if self.kind == PREMIUM and not _may_have_premium(employee, self.since, self.until):
            raise Refused(EcalcuraCode.PREMIUM_NOT_ALLOWED, step=self.step)
        for other in Choice.of(employee).where(Choice.step == self.step):
            if (other.id != self.id and other.since <= (self.until or END_OF_TIME)
                    and (other.until or END_OF_TIME) >= self.since):
                raise Refused(EcalcuraCode.CHOICE_TWICE, step=self.step, starts=starts, first=other.since,
                              last=other.until, choice=other)


def _may_have_premium(employee: Employee, since: datetime.date, until: datetime.date | None) -> bool:
    """Say whether an entitled contract in these days has a qualification that allows the premium."""
    contracts = Contract.of(employee).where(
        Contract.role == ENTITLED, Contract.start <= (until or END_OF_TIME),
        Contract.until.is_null() | (Contract.until >= since))
    return any(lists.qualifications()[contract.qualification].premium for contract in contracts)


def premium_labels() -> str:
    """Return the qualifications that allow the premium, in words, for the message of V13."""
    return ", ".join(one.label for one in lists.qualifications().values() if one.premium)
