"""The answers for the script of an open grid: the rows that were saved lately, and the sums of all."""
import datetime

import peewee

from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester


def changed_since(facility: Facility, trimester: Trimester, since: datetime.datetime) -> list[int]:
    """Return the contracts whose rows were saved at this moment or later."""
    rows = PerformanceRow.of(facility, trimester.id).where(PerformanceRow.changed_at >= since)
    return [contract_id for contract_id, in rows.select(PerformanceRow.contract_id).tuples()]


def sums(facility: Facility, trimester: Trimester) -> dict[str, int]:
    """Return kind → the stored hours of a facility in a trimester."""
    rows = PerformanceRow.of(facility, trimester.id).select(PerformanceRow.contract_id)
    found: dict[str, int] = dict(
        Performance.select(Performance.kind, peewee.fn.SUM(Performance.hours))
        .where(Performance.trimester_id == trimester.id, Performance.contract_id.in_(rows))
        .group_by(Performance.kind).tuples())
    return found
