"""From the day of a merger the running contracts of a facility go on in its successor, with a row 'overgenomen van'."""
import datetime
from typing import NamedTuple

from models.audit import record
from models.database import END_OF_TIME, now, refusing, today, transaction
from models.ecalcura.contracts import terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import DAY
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.contracts.saving import store
from models.ecalcura.contracts.terms import Hours, Terms
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.people.employees import REPLACED, Asked, Employee, PastNumber
from models.ecalcura.people.registers import FOUND
from models.ecalcura.trimesters import files
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused


class Moved(NamedTuple):
    """How many contracts go on in the successor, and how many could not: somebody has the same contract there."""

    moved: int
    kept: int


class _Move(NamedTuple):
    """A move from a facility into another, on a day. Ids of employees and contracts there, by those here."""

    old: Facility
    new: Facility
    day: datetime.date
    employees: dict[int, Employee]
    contracts: dict[int, int]


def move_due() -> int:
    """Move the running contracts of each facility whose day of merging has come; return how many moved. A chore."""
    moved = 0
    for facility in Facility.select().where(Facility.merged_on <= today(), Facility.successor_id.is_null(False)):
        if _running(facility, facility.merged_on):
            moved += move_running(facility, Facility.get_by_id(facility.successor_id), facility.merged_on).moved
    return moved


def move_running(facility: Facility, successor: Facility, day: datetime.date) -> Moved:
    """Let the contracts that run on this day or later go on in the successor, with choices and replacements.

    Trimesters that either of the two ever submitted stay where they are, also reopened ones: then the contracts move on
    the day after. It records the move in both. A second time it moves nothing.
    """
    with transaction():
        for held in sorted((facility, successor), key=lambda one: one.id):
            files.hold(held)
        day = max([day, *(file.trimester.last + DAY for one in (facility, successor)
                          for file in files.TrimesterFile.of(one) if file.was_submitted)])
        move = _Move(facility, successor, day, {}, {})
        running = _running(facility, day)
        for contract in running:
            try:
                # A savepoint, because PostgreSQL ends the transaction of a refused row.
                with transaction(), refusing(contract_overlap=EcalcuraCode.CONTRACT_OVERLAP):
                    move.contracts[contract.id] = _move_contract(move, contract)
            except Refused as refused:
                if refused.code != EcalcuraCode.CONTRACT_OVERLAP:
                    raise
        _move_parts(move)
        if move.contracts:
            _record_move(move)
        return Moved(len(move.contracts), len(running) - len(move.contracts))


def _running(facility: Facility, day: datetime.date) -> list[Contract]:
    return list(Contract.select().where(
        Contract.facility_id == facility.id, Contract.until.is_null() | (Contract.until >= day),
        # A row that the successor took over stays.
        Contract.id.not_in(Contract.select(Contract.taken_from).where(Contract.taken_from.is_null(False))))
        .order_by(Contract.id))


def _move_contract(move: _Move, contract: Contract) -> int:
    """Make the contract in the successor, end this one, and return the id there."""
    owner = _in_successor(move, contract.employee_id)
    later = terms.by_contract([contract.id])[contract.id]
    at_the_day = [one for one in later if one.since <= move.day][-1:] or [
        Hours(contract.start, contract.hours, contract.full_time)]
    made = Contract(**contract.__data__ | {
        "id": None, "employee_id": owner.id, "facility_id": move.new.id, "start": max(contract.start, move.day),
        "hours": at_the_day[0].hours, "full_time": at_the_day[0].full_time,
        "taken_from": contract.id if contract.start < move.day else None,
        "raas_number": None, "form_key": None, "version": 1, "created_at": now(), "changed_at": now()})
    made.save(force_insert=True)
    for one in later:
        if one.since > max(contract.start, move.day):
            Terms.insert(contract_id=made.id, **one._asdict()).execute()
    files.touch(move.new, made.start, made.until)
    return made.id


def _in_successor(move: _Move, employee_id: int) -> Employee:
    """Return the employee in the successor, who is made if nobody there has the number."""
    if employee_id not in move.employees:
        employee = Employee.get_by_id(employee_id)
        number_hash = bytes(employee.number_hash)
        found = Employee.by_hash(move.new, number_hash)
        if found is None:
            asked = Asked(employee.person, number_hash, employee.register_state == FOUND, "", 0)
            found = Employee.add(move.new, asked)
            if employee.register_state != found.register_state:
                Employee.update(register_state=employee.register_state).where(Employee.id == found.id).execute()
            for past in employee.past_numbers():
                if past.reason == REPLACED:
                    PastNumber.keep(found, past.number, REPLACED)
        move.employees[employee_id] = found
    return move.employees[employee_id]


def _move_parts(move: _Move) -> None:
    """Let choices, declarations and replacements go on, and end what moved on the day before."""
    eve = move.day - DAY
    for part in list(Replacement.select().where(Replacement.contract_id.in_(list(move.contracts)))):
        if (part.until or END_OF_TIME) >= move.day:
            replaced = _replaced_there(move, part)
            # Of somebody who does not go along it ends: the successor says who is replaced from then on.
            if part.replaced_id is None or replaced:
                _copy(move, part, contract_id=move.contracts[part.contract_id], replaced_id=replaced and replaced.id)
            _end(part, part.since, eve)
    for choice in list(Choice.select().where(Choice.employee_id.in_(list(move.employees)))):
        if (choice.until or END_OF_TIME) >= move.day:
            there = Choice.of(move.employees[choice.employee_id]).where(
                Choice.step == choice.step, Choice.until.is_null() | (Choice.until >= move.day))
            if not there.exists():
                _copy(move, choice)
            _end(choice, choice.since, eve)
    for declared in list(IrregularWork.select().where(IrregularWork.employee_id.in_(list(move.employees)))):
        owner = move.employees[declared.employee_id]
        IrregularWork.insert(**declared.__data__ | {"employee_id": owner.id, "facility_id": move.new.id}).on_conflict(
            action="NOTHING", conflict_target=[IrregularWork.employee_id, IrregularWork.step]).execute()
    for contract in list(Contract.select().where(Contract.id.in_(list(move.contracts)))):
        _move_prestaties(move, contract)
        if contract.start < move.day:
            Terms.delete().where(Terms.contract_id == contract.id, Terms.since >= move.day).execute()
            store(contract, {"until": eve})
        else:
            # It had not begun: there is nothing to keep here.
            Terms.delete().where(Terms.contract_id == contract.id).execute()
            contract.delete_instance()


def _replaced_there(move: _Move, part: Replacement) -> Employee | None:
    """Return the replaced employee in the successor, who may have moved in an earlier run; None for the pool."""
    if part.replaced_id is None:
        return None
    return move.employees.get(part.replaced_id) or Employee.by_hash(
        move.new, bytes(Employee.get_by_id(part.replaced_id).number_hash))


def _move_prestaties(move: _Move, contract: Contract) -> None:
    """Give the successor the prestaties of the trimesters in which nothing of the contract stays here."""
    stays_until = move.day - DAY if contract.start < move.day else None
    there = move.contracts[contract.id]
    for row in list(PerformanceRow.select().where(PerformanceRow.contract_id == contract.id)):
        trimester = Trimester.get_by_id(row.trimester_id)
        if stays_until and trimester.first <= stays_until:
            continue
        PerformanceRow.create(**row.__data__ | {"contract_id": there, "facility_id": move.new.id})
        of_row = (Performance.contract_id == contract.id) & (Performance.trimester_id == trimester.id)
        Performance.update(contract_id=there).where(of_row).execute()
        PerformanceRow.delete().where(PerformanceRow.contract_id == contract.id,
                                      PerformanceRow.trimester_id == trimester.id).execute()


def _copy(move: _Move, row: Choice | Replacement, **values: int | None) -> None:
    """Let a choice or a replacement go on in the successor."""
    made = type(row)(**row.__data__ | values | {
        "id": None, "employee_id": move.employees[row.employee_id].id, "facility_id": move.new.id,
        "since": max(row.since, move.day), "form_key": None, "version": 1, "created_at": now(), "changed_at": now()})
    made.save(force_insert=True)


def _end(row: Choice | Replacement, since: datetime.date, eve: datetime.date) -> None:
    if since <= eve:
        store(row, {"until": eve})
    else:
        row.delete_instance()


def _record_move(move: _Move) -> None:
    for facility in (move.old, move.new):
        record(EcalcuraEvent.CONTRACTS_TAKEN_OVER, tenant_id=facility.id, number=len(move.contracts))
    changes.tell([*move.employees, *(owner.id for owner in move.employees.values())])
