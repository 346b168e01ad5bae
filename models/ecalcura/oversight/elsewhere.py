"""People with contracts in several facilities that are together above a full-time week on a day (V31), for the desk.

A facility learns nothing of another one. People are the same by the hash of their number, or of one that it replaced.
"""
import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

import peewee

from models.ecalcura.contracts import terms
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import Rights, runs
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import REPLACED, Employee, PastNumber
from models.ecalcura.trimesters.calendar import Trimester


class Elsewhere(NamedTuple):
    """A person above full-time: the first such day, the hours on it, and the rows of the person in each facility."""

    day: datetime.date
    hours: Fraction
    people: list[tuple[Employee, Facility]]


def above_full_time(trimester: Trimester) -> list[Elsewhere]:
    """Return the people who are above full-time on a day of a trimester, the earliest day first."""
    groups = [group for group in _same_people() if len({employee.facility_id for employee in group}) > 1]
    contracts = _contracts([employee.id for group in groups for employee in group], trimester)
    facilities = {one.id: one for one in Facility.named(
        list({employee.facility_id for group in groups for employee in group}))}
    found = []
    for group in groups:
        own = [contract for employee in group for contract in contracts[employee.id]]
        if len({contract.facility_id for contract in own}) > 1 and (first := _first_above(own, trimester)):
            found.append(Elsewhere(*first, [(one, facilities[one.facility_id]) for one in group]))
    return sorted(found, key=lambda one: (one.day, one.people[0][0].id))


def _same_people() -> list[list[Employee]]:
    """Return the employees of whom another one has the same number, in groups."""
    hashes: dict[bytes, set[int]] = defaultdict(set)
    for number_hash, employee_id in _shared_hashes():
        hashes[bytes(number_hash)].add(employee_id)
    groups: dict[int, set[int]] = {}
    for ids in hashes.values():
        whole = set().union(ids, *(groups[one] for one in ids if one in groups))
        groups.update(dict.fromkeys(whole, whole))
    rows = {one.id: one for one in Employee.select().where(Employee.id.in_(list(groups)))}
    return [[rows[one] for one in sorted(group)] for group in {min(group): group for group in groups.values()}.values()]


def _shared_hashes() -> Iterable[tuple[bytes, int]]:
    """Return (hash, employee) of each number that may be of more than one employee, now or before it was replaced."""
    past = PastNumber.select(PastNumber.number_hash, PastNumber.employee_id).where(PastNumber.reason == REPLACED)
    replaced = [(bytes(number_hash), employee_id) for number_hash, employee_id in past.tuples()]
    # Of the numbers of today the database counts, for nearly all have one employee.
    twice = Employee.select(Employee.number_hash).group_by(Employee.number_hash).having(
        peewee.fn.COUNT(Employee.id) > 1)
    present: Any = Employee.select(Employee.number_hash, Employee.id).where(
        Employee.number_hash.in_(twice) | Employee.number_hash.in_([number_hash for number_hash, _ in replaced]))
    return [*present.tuples(), *replaced]


def _contracts(employee_ids: Collection[int], trimester: Trimester) -> dict[int, list[Contract]]:
    """Return the contracts of these employees with a day in a trimester."""
    found = defaultdict(list)
    for contract in Contract.select().where(
            Contract.employee_id.in_(list(employee_ids)), Contract.start <= trimester.last,
            Contract.until.is_null() | (Contract.until >= trimester.first)):
        found[contract.employee_id].append(contract)
    return found


def _first_above(contracts: Collection[Contract], trimester: Trimester) -> tuple[datetime.date, Fraction] | None:
    later = terms.by_contract([contract.id for contract in contracts])
    rights = Rights([piece for contract in contracts for piece in terms.pieces(contract, later[contract.id])])
    for run in runs(rights, trimester.first, trimester.last):
        if run.amounts.fte > 1:
            return run.first, run.amounts.hours
    return None
