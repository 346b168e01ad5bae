"""Stores the planned staff of a facility of the demonstration, a table at a time; the database's rules hold for it."""
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from models.database import now, today
from models.ecalcura.contracts import lists, visa
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.contracts.days import REPLACEMENT
from models.ecalcura.contracts.irregular_work import IrregularWork, months_before
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.demonstration import seed
from models.ecalcura.demonstration.plans import Plan
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import persons
from models.ecalcura.people.employees import FOUND, REPLACED, Employee, PastNumber
from models.ecalcura.people.index import hash_of
from models.ecalcura.performances import needed
from models.ecalcura.trimesters.calendar import Trimester


def store(facility: Facility, plans: Sequence[Plan]) -> None:
    """Store the employees of a facility with their contracts, choices, declarations and replacements."""
    employees = _employees(facility, plans)
    owners = {plan: {"employee_id": employees[plan].id, "facility_id": facility.id} for plan in plans}
    Contract.insert_many([owners[plan] | _contract(plan) for plan in plans]).execute()
    contracts = dict(Contract.select(Contract.employee_id, Contract.id)
                     .where(Contract.facility_id == facility.id).tuples())
    _insert(Terms, [{"contract_id": contracts[employees[plan].id], **one._asdict()}
                    for plan in plans for one in plan.later])
    _insert(Choice, [owners[plan] | {"step": one.step, "kind": one.kind, "since": one.first, "until": one.last}
                     for plan in plans for one in plan.choices])
    _insert(IrregularWork, [owners[plan] | {"step": step} | _months(employees[plan], step)
                            for plan in plans for step in plan.declared])
    _insert(Replacement, [owners[plan] | {
        "contract_id": contracts[employees[plan].id], "hours": plan.replaced_hours, "since": plan.start,
        "until": plan.until, "act_on": plan.act_on,
        "replaced_id": employees[plan.replaces].id if plan.replaces else None}
        for plan in plans if plan.role == REPLACEMENT])


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        model.insert_many(rows).execute()


def _employees(facility: Facility, plans: Sequence[Plan]) -> Mapping[Plan, Employee]:
    hashes = {plan: hash_of(plan.number) for plan in plans}
    Employee.insert_many([
        {"facility_id": facility.id, "number_hash": hashes[plan], "sealed": b"", "register_state": plan.state,
         "register_asked_at": now(), "register_tries": 1} for plan in plans]).execute()
    rows = {bytes(employee.number_hash): employee for employee in Employee.of(facility)}
    found = {plan: rows[hashes[plan]] for plan in plans}
    # A person is sealed together with the employee's id.
    sealed = persons.seal_all(facility.id, [(found[plan].id, seed.person(plan.number)) for plan in plans])
    for plan, text in zip(plans, sealed, strict=True):
        found[plan].sealed = text
        Employee.update(sealed=text).where(Employee.id == found[plan].id).execute()
        if plan.past_number:
            PastNumber.keep(found[plan], plan.past_number, REPLACED)
    return found


def _contract(plan: Plan) -> dict[str, Any]:
    values = {name: getattr(plan, name) for name in Values._fields}
    found = visa.Found(visa.NOT_APPLICABLE)
    if lists.qualifications()[plan.qualification].visa:
        day = visa.day_of(plan.start, plan.until)
        asked = plan.state == FOUND
        found = seed.visa(plan.number, plan.qualification, day) if asked else visa.Found(visa.UNCHECKED)
    return values | visa.columns(found)


def _months(employee: Employee, step: int) -> dict[str, datetime.date]:
    first, last = months_before(employee, step) or (today(), today())
    return {"first": first, "last": last}


def fill_in(facility: Facility, trimester: Trimester, is_whole: bool) -> None:
    """Fill in the prestaties of a trimester: for each contract that needs them, or for half of these contracts.

    In a half the second is above the hours of its contract (V23).
    """
    needs = needed.needs(facility, trimester)
    wanted = sorted(needs)[::1 if is_whole else 2]
    key = {"trimester_id": trimester.id}
    hours: list[dict[str, Any]] = []
    for index, contract_id in enumerate(wanted):
        most = needs[contract_id].most
        worked = most * 11 // 10 if index == 1 and not is_whole else most * (80 + index % 15) // 100
        hours.append({"contract_id": contract_id, "kind": "worked", "hours": worked, **key})
        if index % 3 == 0:
            hours.append({"contract_id": contract_id, "kind": "equated", "hours": most // 20, **key})
    _insert(PerformanceRow, [{"contract_id": contract_id, "facility_id": facility.id, **key} for contract_id in wanted])
    _insert(Performance, hours)
