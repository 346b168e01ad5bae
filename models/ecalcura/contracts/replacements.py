"""Replacements: a contract whose hours replace the exempt hours of an employee, or of the facility's pool."""
import datetime
from collections.abc import Collection
from typing import Any

import peewee

from models.audit import Actor, record
from models.ecalcura.contracts import rules
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, pieces_of
from models.ecalcura.contracts.days import REPLACEMENT, Chosen, Replaced, Rights
from models.ecalcura.contracts.rows import ReplacementRow
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


class Replacement(ReplacementRow):
    """Hours a week, in hundredths, by which a contract replaces an employee, or the facility's pool without one.

    `act_on` is the day of the contract or act that mentions the compensation, None as long as none is known (V19).
    """

    class Meta:
        table_name = "replacement"

    @classmethod
    def of(cls, employee: Employee) -> "peewee.ModelSelect[Replacement]":
        """Select the replacements that an employee does, the newest first."""
        return cls.select().where(cls.employee_id == employee.id).order_by(cls.since.desc(), cls.id.desc())

    @classmethod
    def replacing(cls, employee: Employee) -> "peewee.ModelSelect[Replacement]":
        """Select the replacements of an employee by others, the newest first."""
        return cls.select().where(cls.replaced_id == employee.id).order_by(cls.since.desc(), cls.id.desc())

    @classmethod
    def one(cls, facility: Facility, replacement_id: int) -> "Replacement | None":
        """Return the facility's replacement with this id, or None."""
        return cls.get_or_none(cls.facility_id == facility.id, cls.id == replacement_id)

    @classmethod
    def add(cls, contract: Contract, replaced_id: int | None, hours: int, since: datetime.date,
            until: datetime.date | None = None, act_on: datetime.date | None = None, by: Actor | None = None,
            form_key: str | None = None) -> "Replacement":
        """Add a replacement by a contract and record it. A form that is sent again returns the one that it made.

        Without an end it lasts as long as the contract. Raises `Refused` for a broken rule: V17, V18, V33 and others.
        """
        with changing(contract.facility_id, [contract.employee_id, replaced_id]) as facility:
            values = {"replaced_id": replaced_id, "hours": hours, "since": since, "act_on": act_on}
            return (sent_before(cls, facility.id, form_key, values)
                    or cls.insert_into(facility, Contract.get_by_id(contract.id), until=until, by=by,
                                       form_key=form_key, **values))

    @classmethod
    def insert_into(cls, facility: Facility, contract: Contract, by: Actor | None, **values: Any) -> "Replacement":
        """Add a replacement by this contract within `changing`."""
        row = cls(contract_id=contract.id, employee_id=contract.employee_id, facility_id=facility.id, **values)
        row.until = row.until or contract.until
        row._check(facility, contract)
        check_content(facility, [], row._content())
        row.save(force_insert=True)
        record(EcalcuraEvent.REPLACEMENT_ADDED, by=by, tenant_id=facility.id, subject=contract.employee_id,
               contract=contract.id, replacement=row.id)
        return row

    def change(self, replaced_id: int | None, hours: int, since: datetime.date, until: datetime.date | None,
               act_on: datetime.date | None, version: int, by: Actor | None = None) -> "Replacement":
        """Change it and record it; raises `Stale` for an older version, and `Refused` as `add` does."""
        with changing(self.facility_id, [self.employee_id, self.replaced_id, replaced_id]) as facility:
            row = current(self, version)
            contract = Contract.get_by_id(row.contract_id)
            values = {"replaced_id": replaced_id, "hours": hours, "since": since, "until": until or contract.until,
                      "act_on": act_on}
            fields = changed(row, values)
            if not fields:
                return row
            new = Replacement(**row.__data__ | values)
            new._check(facility, contract)
            check_content(facility, row._content(), new._content())
            saved = store(row, values)
            record(EcalcuraEvent.REPLACEMENT_CHANGED, by=by, tenant_id=facility.id, subject=row.employee_id,
                   contract=contract.id, replacement=row.id, fields=fields)
            return saved

    def remove(self, version: int, by: Actor | None = None) -> None:
        """Delete it and record it; raises `Stale`, and `Refused` once submitted."""
        with changing(self.facility_id, [self.employee_id, self.replaced_id]) as facility:
            row = current(self, version)
            refuse_if_ever_submitted(facility, row, row.since, row.until)
            check_content(facility, row._content(), [])
            row.delete_instance()
            record(EcalcuraEvent.REPLACEMENT_DELETED, by=by, tenant_id=facility.id, subject=row.employee_id,
                   contract=row.contract_id, replacement=row.id)

    def _content(self) -> list[tuple[datetime.date, datetime.date | None, object]]:
        return [(self.since, self.until, (self.replaced_id, self.hours, self.act_on))]

    def _check(self, facility: Facility, contract: Contract) -> None:
        """Check it against its contract (V18) and against the exemption of the replaced employee (V17, V18)."""
        if contract.role != REPLACEMENT:
            raise Refused(EcalcuraCode.NO_REPLACEMENT_CONTRACT)
        if not 0 < self.hours <= rules.MOST_HOURS:
            raise Refused(EcalcuraCode.HOURS_POSITIVE, field="hours")
        if self.until and self.until < self.since:
            raise Refused(EcalcuraCode.DAYS_ORDER)
        rules.check_within(self.since, self.until, [(contract.start, contract.until)])
        if self.replaced_id is not None:
            replaced = Employee.one(facility, self.replaced_id)
            if replaced is None or replaced.id == self.employee_id:
                raise Refused(EcalcuraCode.REPLACED_NOT_EXEMPT)
            spans = exempt_spans(replaced)
            if not spans:
                raise Refused(EcalcuraCode.REPLACED_NOT_EXEMPT)
            rules.check_within(self.since, self.until, spans)


def exempt_spans(employee: Employee) -> list[rules.Span]:
    """Return the spans of days on which an employee has exempt hours that another may replace."""
    return rules.exempt_spans(rights_of(employee, list(Contract.of(employee)), list(Choice.of(employee))))


def rights_of(employee: Employee, contracts: Collection[Contract], choices: Collection[Choice],
              replaced: Collection[Replacement] = ()) -> Rights:
    """Return the rights of an employee from these rows, for the counting by day (models/ecalcura/contracts/days.py)."""
    return Rights(pieces_of(contracts),
                  [Chosen(one.since, one.until, one.step, one.kind) for one in choices],
                  [Replaced(one.since, one.until, one.hours) for one in replaced],
                  step_starts(employee.person.born))
