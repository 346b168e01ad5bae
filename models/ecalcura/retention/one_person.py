"""Everything that a facility keeps of one employee: the answer to a request for access (GDPR, article 15)."""
import datetime
from typing import NamedTuple

from models.audit import Actor, AuditEntry, record
from models.database import transaction
from models.ecalcura.checks import checks
from models.ecalcura.checks.checks import Finding
from models.ecalcura.contracts import terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Hours
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import number_looks
from models.ecalcura.people.employees import REPLACED, Employee, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.people.persons import Person
from models.ecalcura.performances import performances
from models.ecalcura.performances.performances import OfTrimester
from models.ecalcura.submissions import snapshot
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester

# Events whose subject is the id of an employee.
ABOUT_AN_EMPLOYEE = (
    EcalcuraEvent.EMPLOYEE_ADDED, EcalcuraEvent.NUMBER_SHOWN, EcalcuraEvent.NUMBER_CORRECTED,
    EcalcuraEvent.NUMBER_REPLACED, EcalcuraEvent.EMPLOYEE_TWICE, EcalcuraEvent.REFERENCE_DATE_SET,
    EcalcuraEvent.CONTRACT_ADDED, EcalcuraEvent.CONTRACT_CHANGED, EcalcuraEvent.CONTRACT_DELETED,
    EcalcuraEvent.CHOICE_ADDED, EcalcuraEvent.CHOICE_CHANGED, EcalcuraEvent.CHOICE_DELETED,
    EcalcuraEvent.REPLACEMENT_ADDED, EcalcuraEvent.REPLACEMENT_CHANGED, EcalcuraEvent.REPLACEMENT_DELETED,
    EcalcuraEvent.IRREGULAR_WORK_DECLARED, EcalcuraEvent.PERSON_EXPORTED,
)


class Submitted(NamedTuple):
    """A version of a trimester whose snapshot holds the employee."""

    trimester: Trimester
    version: int
    made_at: datetime.datetime


class Kept(NamedTuple):
    """The rows about an employee. Of colleagues they hold ids only."""

    employee: Employee
    person: Person
    past_numbers: list[PastNumber]
    contracts: list[Contract]
    later_hours: dict[int, list[Hours]]
    choices: list[Choice]
    irregular_work: list[IrregularWork]
    replaces: list[Replacement]
    replaced_by: list[Replacement]
    performances: list[OfTrimester]
    checks: list[Finding]
    lookups: list[Lookup]
    looks: list[NumberLook]
    submitted: list[Submitted]
    entries: list[AuditEntry]


class Read(NamedTuple):
    """The versions and entries of all employees of a facility: `submitted_by` and `entries_of`."""

    submitted: dict[int, list[Submitted]]
    entries: dict[int, list[int]]


def read(facility: Facility) -> Read:
    """Read the versions and entries of all employees at once; raises `Refused` if a snapshot does not open."""
    return Read(submitted_by(facility), entries_of(facility))


def everything(facility: Facility, employee: Employee, of_all: Read | None = None) -> Kept:
    """Return all that a facility keeps of its employee; raises `Refused` if a snapshot does not open.

    `of_all` is what `read` returned, which saves reading snapshots and log for each employee.
    """
    of_all = of_all or read(facility)
    contracts = list(Contract.of(employee))
    ids = [contract.id for contract in contracts]
    past = employee.past_numbers()
    return Kept(
        employee, employee.person, past, contracts, terms.by_contract(ids), list(Choice.of(employee)),
        list(IrregularWork.of(employee)), list(Replacement.of(employee)), list(Replacement.replacing(employee)),
        performances.of_contracts(ids), checks.of_employee(facility, employee), _lookups(employee, past),
        list(NumberLook.select().where(NumberLook.employee_id == employee.id).order_by(NumberLook.id.desc())),
        of_all.submitted.get(employee.id, []), _entries(of_all.entries.get(employee.id, [])))


def export(facility: Facility, employee: Employee, by: Actor) -> tuple[Kept, str]:
    """Return everything with the whole number, as `number_looks.show_number` does, and record that it was exported."""
    with transaction():
        number = number_looks.show_number(employee, by)
        record(EcalcuraEvent.PERSON_EXPORTED, by=by, tenant_id=facility.id, subject=employee.id)
    # Read afterwards, so that the log has it even if a snapshot does not open.
    return everything(facility, employee), number


def _lookups(employee: Employee, past: list[PastNumber]) -> list[Lookup]:
    """Return the look-ups of the employee, also those of the number before it was entered."""
    # A number that was corrected is that of another person.
    hashes = [employee.number_hash, *(one.number_hash for one in past if one.reason == REPLACED)]
    return list(Lookup.select().where(
        Lookup.facility_id == employee.facility_id,
        (Lookup.employee_id == employee.id) | Lookup.number_hash.in_(hashes)).order_by(Lookup.id.desc()))


def submitted_by(facility: Facility) -> dict[int, list[Submitted]]:
    """Return employee → the versions that hold the employee, the newest first; raises `Refused` as `everything`."""
    found: dict[int, list[Submitted]] = {}
    for submission in Submission.of(facility).where(Submission.is_kept()):
        version = Submitted(submission.file.trimester, submission.number, submission.made_at)
        for one in snapshot.content_of(submission)["employees"]:
            found.setdefault(one["id"], []).append(version)
    return found


def entries_of(facility: Facility) -> dict[int, list[int]]:
    """Return employee → the ids of the entries of the log about them, the newest first.

    An entry about prestaties has the contract in its details, the other ones have the employee as their subject.
    """
    found: dict[int, list[int]] = {}
    owners: dict[int, int] = dict(Contract.select(Contract.id, Contract.employee_id).where(
        Contract.facility_id == facility.id).tuples())
    of_hours = EcalcuraEvent.PERFORMANCES_CHANGED
    for entry in AuditEntry.of_tenant(facility.id).where(
            AuditEntry.event.in_([*ABOUT_AN_EMPLOYEE, of_hours])).iterator():
        employee = owners.get(entry.details.get("contract", 0)) if entry.event == of_hours else int(entry.subject or 0)
        if employee:
            found.setdefault(employee, []).append(entry.id)
    return found


def _entries(ids: list[int]) -> list[AuditEntry]:
    return list(AuditEntry.select().where(AuditEntry.id.in_(ids)).order_by(AuditEntry.id.desc()))
