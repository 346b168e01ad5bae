"""Writing what a batch of contracts becomes: employees, contracts, choices and replacements, many rows at once."""
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.database import today
from models.ecalcura.contracts import steps
from models.ecalcura.people import changes, persons
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import FOUND, Answer
from models.ecalcura.transfer.raas.deciding import Choice, Contract, Span, Staff
from models.ecalcura.transfer.raas.statements import insert, reserve, run_each, stored_now

EMPLOYEE = (
    "id, facility_id, number_hash, sealed, register_state, register_asked_at, register_tries, step, created_at,"
    " changed_at")
PAST_NUMBER = "id, employee_id, facility_id, reason, number_hash, sealed, until"
CONTRACT = (
    "id, employee_id, facility_id, role, qualification, statute, start, until, hours, full_time, qualification_state,"
    " qualification_asked_at, taken_from, raas_number, created_at, changed_at")
CHOICE = "employee_id, facility_id, step, kind, since, until, created_at, changed_at"
REPLACEMENT = "contract_id, employee_id, facility_id, replaced_id, hours, since, until, created_at, changed_at"
CHANGE_CHOICE = "UPDATE choice SET since = ?, until = ?, version = version + 1, changed_at = ? WHERE id = ?"


@dataclass(slots=True)
class Placed:
    """A piece of an accepted row. `after` is the piece before the day of a merger."""

    staff: Staff
    contract: Contract
    visa: bool
    raas_number: str | None
    after: "Placed | None"
    spans: list[Span]


@dataclass(slots=True)
class Writer:
    """Collects what the accepted rows of a batch become, and writes it."""

    people: list[tuple[Staff, Answer, str]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    choices: list[tuple[Staff, Choice]] = field(default_factory=list)
    _moment: datetime.datetime | str = field(default_factory=stored_now)
    _new: set[int] = field(default_factory=set)

    def add_person(self, staff: Staff, answer: Answer, asked: str) -> None:
        """Add the person of an employee who may not be in the database yet; `asked` is the number of the row."""
        if not staff.id and id(staff) not in self._new:
            self._new.add(id(staff))
            self.people.append((staff, answer, asked))

    def add_choices(self, staff: Staff, kept: Sequence[Choice]) -> None:
        """Add the choices of an employee that are new or have other days."""
        for choice in kept:
            if not any(choice is one for one in staff.choices):
                staff.choices.append(choice)
                self.choices.append((staff, choice))
            elif choice.id and choice.changed:
                self.choices.append((staff, choice))

    def write(self) -> None:
        """Write it all, in the transaction that is open."""
        self._write_people()
        self._write_contracts()
        self._write_choices()
        if touched := {one.staff.id for one in self.placed}:
            changes.tell(touched)

    def _write_people(self) -> None:
        rows, past = [], []
        day, moment = today(), self._moment
        for employee_id, (staff, answer, asked) in zip(reserve("employee", len(self.people)), self.people, strict=True):
            staff.id = employee_id
            reached = steps.steps_reached(answer.birth, day)
            sealed = persons.seal(staff.facility_id, employee_id, Person(answer.number).told(answer))
            rows.append((employee_id, staff.facility_id, staff.number_hash, sealed, FOUND, moment, 1,
                         reached[-1] if reached else None, moment, moment))
            if asked != answer.number:
                past.append((staff, asked))
        insert("employee", EMPLOYEE, rows)
        self._write_past(past)

    def _write_past(self, past: list[tuple[Staff, str]]) -> None:
        rows = [(past_id, staff.id, staff.facility_id, "replaced", hash_of(asked),
                 persons.seal_past(staff.facility_id, past_id, asked), self._moment)
                for past_id, (staff, asked) in zip(reserve("past_number", len(past)), past, strict=True)]
        insert("past_number", PAST_NUMBER, rows)

    def _write_contracts(self) -> None:
        rows, replacements = [], []
        moment = self._moment
        for contract_id, one in zip(reserve("contract", len(self.placed)), self.placed, strict=True):
            contract, staff = one.contract, one.staff
            contract.id = contract_id
            rows.append((
                contract_id, staff.id, staff.facility_id, contract.role, contract.qualification, contract.statute,
                contract.start, contract.until, contract.hours, contract.full_time,
                "in_order" if one.visa else "not_applicable", moment if one.visa else None,
                one.after.contract.id if one.after else None, one.raas_number, moment, moment))
            replacements += [
                (contract_id, staff.id, staff.facility_id, span.replaced.id if span.replaced else None, contract.hours,
                 span.since, span.until, moment, moment) for span in one.spans]
        insert("contract", CONTRACT, rows)
        insert("replacement", REPLACEMENT, replacements)

    def _write_choices(self) -> None:
        moment = self._moment
        # A choice that grew twice in this batch is written once.
        changed: dict[int, Choice] = {}
        rows: list[tuple[Any, ...]] = []
        for staff, choice in self.choices:
            if choice.id:
                changed[choice.id] = choice
            else:
                rows.append((staff.id, staff.facility_id, choice.step, choice.kind, choice.since, choice.until, moment,
                             moment))
        insert("choice", CHOICE, rows)
        run_each(CHANGE_CHOICE, [(one.since, one.until, moment, one.id) for one in changed.values()])
