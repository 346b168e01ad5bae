"""Contracts of employees. In one role and qualification an employee has one contract at a time."""
import datetime
import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import peewee

from models.audit import Actor, record
from models.database import END_OF_TIME, refusing
from models.ecalcura.contracts import lists, rules, terms
from models.ecalcura.contracts.days import ENTITLED, PREMIUM, Piece
from models.ecalcura.contracts.rows import ChoiceRow, Performance, PerformanceRow, ReplacementRow, StaffRow
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
from models.ecalcura.contracts.terms import Hours, Terms
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.errors import Refused

UNCHECKED = "unchecked"
# Of `change`: keep the acquired right as it is.
AS_IT_IS = -1


class Values(NamedTuple):
    """The values of a contract that somebody enters. Hours are in hundredths a week, from the first day on."""

    role: str
    qualification: str
    statute: str
    start: datetime.date
    until: datetime.date | None
    hours: int
    full_time: int
    acquired_step: int | None = None


class Contract(StaffRow):
    """A contract. `qualification_state` and what is found with it come from eCad."""

    role = peewee.TextField()
    qualification = peewee.TextField()
    statute = peewee.TextField()
    start = peewee.DateField()
    until = peewee.DateField(null=True)
    hours = peewee.IntegerField()
    full_time = peewee.IntegerField()
    acquired_step = peewee.IntegerField(null=True)
    qualification_state = peewee.TextField(default=UNCHECKED)
    qualification_detail = peewee.TextField(default="{}")
    qualification_asked_at = peewee.DateTimeField(null=True)
    qualification_tries = peewee.IntegerField(default=0)
    taken_from = peewee.IntegerField(null=True)
    raas_number = peewee.TextField(null=True)

    @classmethod
    def of(cls, employee: Employee) -> "peewee.ModelSelect[Contract]":
        """Select the contracts of an employee, the newest first."""
        return cls.select().where(cls.employee_id == employee.id).order_by(cls.start.desc(), cls.id.desc())

    @classmethod
    def one(cls, facility: Facility, contract_id: int) -> "Contract | None":
        """Return the facility's contract with this id, or None."""
        return cls.get_or_none(cls.facility_id == facility.id, cls.id == contract_id)

    @property
    def values(self) -> Values:
        """The values that somebody entered."""
        return Values(*(getattr(self, name) for name in Values._fields))

    @property
    def found(self) -> dict[str, Any]:
        """The answer of eCad: the `codes` that it knows, or the day `expired_on`; empty if all is right."""
        found = json.loads(self.qualification_detail)
        if "expired_on" in found:
            found["expired_on"] = datetime.date.fromisoformat(found["expired_on"])
        return found

    def is_running(self, day: datetime.date) -> bool:
        """Say whether it runs on this day."""
        return self.start <= day and (self.until is None or day <= self.until)

    def hours_from(self, since: datetime.date) -> tuple[int, int] | None:
        """Return the hours a week and the full-time week that begin on this day, or None if none do."""
        for one in (Hours(self.start, self.hours, self.full_time), *_later(self)):
            if one.since == since:
                return one.hours, one.full_time
        return None

    @classmethod
    def add(cls, employee: Employee, values: Values, by: Actor | None = None,
            form_key: str | None = None) -> "Contract":
        """Add a contract of an employee and record it. A form that is sent again returns the contract that it made.

        Raises `Refused` for a broken rule: V08, V09, V10, V33 and others.
        """
        with changing(employee.facility_id, [employee.id]) as facility:
            return (sent_before(cls, facility.id, form_key, values._asdict())
                    or cls.insert_into(facility, employee, values, by, form_key))

    @classmethod
    def insert_into(cls, facility: Facility, employee: Employee, values: Values, by: Actor | None,
                    form_key: str | None = None, **others: Any) -> "Contract":
        """Add a contract within `changing`, with these other columns."""
        contract = cls(employee_id=employee.id, facility_id=facility.id, form_key=form_key, **values._asdict(),
                       **others)
        _check(facility, employee, contract, [])
        check_content(facility, [], _content(employee, contract, []))
        with refusing(contract_overlap=EcalcuraCode.CONTRACT_OVERLAP):
            contract.save(force_insert=True)
        record(EcalcuraEvent.CONTRACT_ADDED, by=by, tenant_id=facility.id, subject=employee.id, contract=contract.id)
        return contract

    def change(self, role: str, qualification: str, statute: str, start: datetime.date, until: datetime.date | None,
               hours: int, full_time: int, version: int, by: Actor | None = None,
               acquired_step: int | None = AS_IT_IS) -> "Contract":
        """Put values right and record it; `hours` and `full_time` are those of the first day. Return the row as it is.

        An earlier end also ends its replacements, and takes away later hours. Raises `Stale` for an older version, and
        `Refused` for a broken rule.
        """
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            acquired = row.acquired_step if acquired_step == AS_IT_IS else acquired_step
            values = Values(role, qualification, statute, start, until, hours, full_time, acquired)
            return row._save(facility, values, _later(row), by)

    def end(self, until: datetime.date | None, version: int, by: Actor | None = None) -> "Contract":
        """Let it end on this day, or never for None, as `change` does."""
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            return row._save(facility, row.values._replace(until=until), _later(row), by)

    def change_hours(self, since: datetime.date, hours: int, full_time: int, version: int,
                     by: Actor | None = None) -> "Contract":
        """Let other hours count from a day on, until the next change; raises `Stale` and `Refused` as `change` does."""
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            if since == row.start:
                return row._save(facility, row.values._replace(hours=hours, full_time=full_time), _later(row), by)
            if not row.is_running(since):
                raise Refused(EcalcuraCode.TERMS_OUTSIDE, field="since", first=row.start, last=row.until)
            later = [one for one in _later(row) if one.since != since] + [Hours(since, hours, full_time)]
            return row._save(facility, row.values, sorted(later), by)

    def take_back_hours(self, since: datetime.date, version: int, by: Actor | None = None) -> "Contract":
        """Let the hours before a change of this day count on, and record it; raises as `change` does."""
        with changing(self.facility_id, [self.employee_id]) as facility:
            row = current(self, version)
            return row._save(facility, row.values, [one for one in _later(row) if one.since != since], by)

    def remove(self, version: int, by: Actor | None = None) -> None:
        """Delete it with its hours, replacements and prestaties, and record it.

        Raises `Stale`, and `Refused` once it is submitted.
        """
        with changing(self.facility_id, [self.employee_id, *_replaced_by(self)]) as facility:
            row = current(self, version)
            refuse_if_ever_submitted(facility, row, row.start, row.until)
            check_content(facility, _content(_employee(row), row, _later(row)), [])
            for part in (ReplacementRow, Performance, PerformanceRow, Terms):
                part.delete().where(part.contract_id == row.id).execute()
            # The contract of a successor.
            with refusing(**{"FOREIGN KEY": EcalcuraCode.CONTRACT_USED, "foreign key": EcalcuraCode.CONTRACT_USED}):
                row.delete_instance()
            record(EcalcuraEvent.CONTRACT_DELETED, by=by, tenant_id=facility.id, subject=row.employee_id,
                   contract=row.id)

    def _save(self, facility: Facility, values: Values, later: list[Hours], by: Actor | None) -> "Contract":
        """Save these values and later hours if they differ, and record it."""
        before = _later(self)
        new = Contract(**self.__data__ | values._asdict())
        if new.until and (self.until is None or new.until < self.until):
            later = [one for one in later if one.since <= new.until]
        fields = changed(self, values._asdict()) + (["terms"] if before != later else [])
        if not fields:
            return self
        employee = _employee(self)
        _check(facility, employee, new, later)
        if "qualification" in fields or "role" in fields:
            _check_premium(new)
            fields.append("qualification_state")
            new.qualification_state, new.qualification_detail, new.qualification_tries = UNCHECKED, "{}", 0
        check_content(facility, _content(employee, self, before), _content(employee, new, later))
        self._move_parts(new, later)
        with refusing(contract_overlap=EcalcuraCode.CONTRACT_OVERLAP):
            saved = store(self, _columns(new))
        Terms.insert_many([{"contract_id": self.id, **one._asdict()} for one in later]).execute() if later else None
        record(EcalcuraEvent.CONTRACT_CHANGED, by=by, tenant_id=facility.id, subject=self.employee_id,
               contract=self.id, fields=[field for field in fields if field != "qualification_state"])
        return saved

    def _move_parts(self, new: "Contract", later: list[Hours]) -> None:
        """End the replacements that would run on; refuse those that begin outside the contract (V18)."""
        Terms.delete().where(Terms.contract_id == self.id).execute()
        for part in ReplacementRow.select().where(ReplacementRow.contract_id == self.id):
            if part.since < new.start or part.since > (new.until or END_OF_TIME) or new.role == ENTITLED:
                raise Refused(EcalcuraCode.REPLACEMENT_OUTSIDE, first=new.start, last=new.until)
            if new.until and (part.until is None or part.until > new.until):
                store(part, {"until": new.until})


def _columns(new: Contract) -> dict[str, Any]:
    names = (*Values._fields, "qualification_state", "qualification_detail", "qualification_tries")
    return {name: getattr(new, name) for name in names}


def _later(contract: Contract) -> list[Hours]:
    return terms.by_contract([contract.id])[contract.id]


def _employee(contract: Contract) -> Employee:
    return Employee.get_by_id(contract.employee_id)


def _replaced_by(contract: Contract) -> list[int | None]:
    return [part.replaced_id for part in ReplacementRow.select().where(ReplacementRow.contract_id == contract.id)]


def _check(facility: Facility, employee: Employee, contract: Contract, later: Sequence[Hours]) -> None:
    """Check a contract that is about to be saved with these later hours, by itself and beside the others."""
    rules.check_codes(contract.role, contract.qualification, contract.statute, contract.acquired_step, contract.start)
    rules.check_days(contract.start, contract.until, employee.person.born)
    for one in (Hours(contract.start, contract.hours, contract.full_time), *later):
        rules.check_hours(one.hours, one.full_time, one.since)
    if later and later[0].since <= contract.start:
        raise Refused(EcalcuraCode.TERMS_OUTSIDE, field="start", first=contract.start, last=contract.until)
    others = [other for other in Contract.of(employee) if other.id != contract.id]
    for other in others:
        if ((other.role, other.qualification) == (contract.role, contract.qualification)
                and other.start <= (contract.until or END_OF_TIME) and (other.until or END_OF_TIME) >= contract.start):
            raise Refused(EcalcuraCode.CONTRACT_OVERLAP, contract=other, first=other.start, last=other.until)
    rules.check_together([*terms.pieces(contract, later), *pieces_of(others)])


def _check_premium(contract: Contract) -> None:
    """Refuse a qualification without premium while there is a premium in these days (V13)."""
    if contract.role == ENTITLED and not lists.qualifications()[contract.qualification].premium:
        premium = ChoiceRow.select().where(
            ChoiceRow.employee_id == contract.employee_id, ChoiceRow.kind == PREMIUM,
            ChoiceRow.since <= (contract.until or END_OF_TIME),
            ChoiceRow.until.is_null() | (ChoiceRow.until >= contract.start)).first()
        if premium:
            raise Refused(EcalcuraCode.PREMIUM_NOT_ALLOWED, step=premium.step)


def pieces_of(contracts: Collection[Contract]) -> list[Piece]:
    """Return the pieces of these contracts, for `days.Rights`; one query."""
    later = terms.by_contract([contract.id for contract in contracts])
    return [piece for contract in contracts for piece in terms.pieces(contract, later[contract.id])]


def _content(employee: Employee, contract: Contract, later: Sequence[Hours]) -> list[tuple[Any, Any, object]]:
    """Return what a submission says of a contract: of an entitled employee only from the first step on."""
    begin = contract.start
    starts = list(step_starts(employee.person.born).values())
    if contract.role == ENTITLED and starts:
        begin = max(begin, min(starts))
    return [(max(piece.first, begin), piece.last,
             (contract.role, contract.qualification, contract.statute, contract.acquired_step, piece.hours,
              piece.full_time))
            for piece in terms.pieces(contract, later) if piece.last is None or piece.last >= begin]
