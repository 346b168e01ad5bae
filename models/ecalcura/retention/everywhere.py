"""Everything that all facilities keep of one person, found by the number: for the desk (GDPR, article 15)."""
from typing import Any, NamedTuple

import peewee

from models.audit import Actor, record
from models.database import transaction
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import number_looks, numbers
from models.ecalcura.people.employees import REPLACED, Employee, PastNumber
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.retention import one_person
from models.ecalcura.retention.one_person import Kept
from models.errors import Refused


class Everywhere(NamedTuple):
    """The rows about a person: as an employee of facilities, as their physician, and look-ups by other facilities."""

    employees: list[tuple[Facility, Kept]]
    physicians: list[tuple[Facility, CraContract]]
    lookups: list[tuple[Facility, Lookup]]


def export(number: str, reason: str, by: Actor) -> Everywhere:
    """Return everything about the person with this number, and keep a look at the number at each facility.

    Raises `Refused` for a number that is not valid or of which nothing is kept, for a reason as `show_to_desk` does,
    and if a snapshot does not open.
    """
    reason = number_looks.clean_reason(reason)
    number_hash = hash_of(numbers.clean(number))
    # A number that the register replaced is that of the same person, also where only the new one is known.
    hashes = {number_hash, *(employee.number_hash for employee in _with({number_hash}))}
    employees = _with(hashes)
    physicians = list(CraContract.select().where(CraContract.number_hash.in_(hashes)).order_by(CraContract.since))
    lookups = _elsewhere(hashes, employees)
    if not employees and not physicians and not lookups:
        raise Refused(EcalcuraCode.NOTHING_KEPT)
    with transaction():
        for employee in employees:
            number_looks.keep_for_desk(employee.facility_id, [employee.id], reason, by)
            record(EcalcuraEvent.PERSON_EXPORTED, by=by, tenant_id=employee.facility_id, subject=employee.id)
        record(EcalcuraEvent.PERSON_EXPORTED_EVERYWHERE, by=by, reason=reason)
    facilities = {one.id: one for one in Facility.named(
        [row.facility_id for row in (*employees, *physicians, *lookups)])}
    # Read afterwards, so that the log has it even if a snapshot does not open.
    return Everywhere(
        [(facilities[one.facility_id], one_person.everything(facilities[one.facility_id], one)) for one in employees],
        [(facilities[one.facility_id], one) for one in physicians],
        [(facilities[one.facility_id], one) for one in lookups])


def _with(hashes: set[bytes]) -> list[Employee]:
    """Return the employees of all facilities with one of these numbers, also as one that the register replaced."""
    earlier = PastNumber.select(PastNumber.employee_id).where(
        PastNumber.number_hash.in_(hashes), PastNumber.reason == REPLACED)
    return list(Employee.select().where(Employee.number_hash.in_(hashes) | Employee.id.in_(earlier)).order_by(
        Employee.id))


def _elsewhere(hashes: set[bytes], employees: list[Employee]) -> list[Lookup]:
    """Return the look-ups of these numbers that are not among those of one of the employees."""
    own: Any = [employee.facility_id for employee in employees]
    found: peewee.ModelSelect[Lookup] = Lookup.select().where(
        Lookup.number_hash.in_(hashes), Lookup.facility_id.not_in(own))
    return list(found.order_by(Lookup.id.desc()))
