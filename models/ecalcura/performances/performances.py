"""Prestaties: the hours of a contract in a trimester, by kind. A row of the grid is saved by itself."""
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from models.audit import Actor, record
from models.database import now, transaction
from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.performances import needed
from models.ecalcura.performances.hours import check_total
from models.ecalcura.performances.needed import Need
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import hold, refuse_entry_of, touch
from models.errors import Refused, Stale

# Kind → hundredths of an hour, of each kind that is filled in.
Hours = Mapping[str, int]


class Stored(NamedTuple):
    """The stored part of a row: version 0 and no hours if it was never saved."""

    version: int = 0
    hours: Hours = {}


class Typed(NamedTuple):
    """A row as somebody typed it, with the version of the row that was on the page."""

    contract_id: int
    hours: Mapping[str, int | None]
    version: int


def stored(facility: Facility, trimester_id: int | None,
           contract_ids: Collection[int] | None = None) -> dict[int, Stored]:
    """Return the rows of a facility in a trimester by contract, or only those of these contracts."""
    rows = PerformanceRow.of(facility, trimester_id)
    hours = Performance.select().where(Performance.trimester_id == trimester_id)
    if contract_ids is not None:
        rows = rows.where(PerformanceRow.contract_id.in_(contract_ids))
        hours = hours.where(Performance.contract_id.in_(contract_ids))
    else:
        hours = hours.where(Performance.contract_id.in_(
            PerformanceRow.of(facility, trimester_id).select(PerformanceRow.contract_id)))
    filled: dict[int, dict[str, int]] = {}
    for contract_id, kind, value in hours.select(Performance.contract_id, Performance.kind, Performance.hours).tuples():
        filled.setdefault(contract_id, {})[kind] = value
    pairs: Iterable[tuple[int, int]] = rows.select(PerformanceRow.contract_id, PerformanceRow.version).tuples()
    return {contract_id: Stored(version, filled.get(contract_id, {})) for contract_id, version in pairs}


class OfTrimester(NamedTuple):
    """The hours of a contract in a trimester."""

    trimester: Trimester
    contract_id: int
    hours: Hours


def of_contracts(contract_ids: Collection[int]) -> list[OfTrimester]:
    """Return the hours of these contracts, the newest trimester first."""
    filled: dict[tuple[int, int], dict[str, int]] = {}
    for row in Performance.select().where(Performance.contract_id.in_(list(contract_ids))):
        filled.setdefault((row.trimester_id, row.contract_id), {})[row.kind] = row.hours
    trimesters = {one.id: one for one in Trimester.select().where(Trimester.id.in_({key for key, _ in filled}))}
    found = [OfTrimester(trimesters[key], contract_id, hours) for (key, contract_id), hours in filled.items()]
    return sorted(found, key=lambda one: (-one.trimester.first.toordinal(), one.contract_id))


def save_row(facility: Facility, trimester: Trimester, contract_id: int, hours: Mapping[str, int | None], version: int,
             by: Actor | None = None) -> int:
    """Save the hours of one row, record it, and return its version.

    Raises `Stale`, with the `Stored` row, if a colleague changed the row since `version`; `Refused` for a contract that
    needs no prestaties, for hours far above those of the contract, and if the trimester is not open, or submitted.
    """
    [result] = save_rows(facility, trimester, [Typed(contract_id, hours, version)], by).values()
    if isinstance(result, Refused):
        raise result
    return result


def save_rows(facility: Facility, trimester: Trimester, rows: Collection[Typed], by: Actor | None = None,
              together: bool = False, dry: bool = False) -> dict[int, int | Refused]:
    """Save each row that can be saved, as `save_row` does; return the version or the refusal for each contract.

    With `together` nothing is saved if one is refused; with `dry` nothing is saved at all. Raises `Refused` if the
    trimester is not open, or submitted.
    """
    if not rows:
        return {}
    with transaction():
        hold(facility)
        refuse_entry_of(facility, trimester)
        ids = [row.contract_id for row in rows]
        needs, before = needed.needs_of(facility, trimester, ids), stored(facility, trimester.id, ids)
        found: dict[int, int | Refused] = {}
        changed: list[Typed] = []
        for row in rows:
            kept = before.get(row.contract_id, Stored())
            refused = _refusal(row, kept, needs.get(row.contract_id))
            found[row.contract_id] = refused or kept.version
            if refused is None and _filled(row.hours) != kept.hours:
                changed.append(row)
        if dry or together and any(isinstance(result, Refused) for result in found.values()):
            return found
        for row in changed:
            found[row.contract_id] = _store_row(facility, trimester, row, before.get(row.contract_id, Stored()), by)
        if changed:
            touch(facility, trimester.first, trimester.last)
            changes.tell({needs[row.contract_id].employee_id for row in changed})
    return found


def _refusal(row: Typed, kept: Stored, need: Need | None) -> Refused | None:
    """Return why a row cannot be saved, or None; a row as it is stored already is always right."""
    filled = _filled(row.hours)
    if filled == kept.hours:
        return None
    if row.version != kept.version:
        return Stale(kept)
    if filled and (need is None or not need.is_needed):
        return Refused(EcalcuraCode.PERFORMANCE_NOT_NEEDED)
    try:
        check_total(sum(filled.values()), need.most if need else 0)
    except Refused as refused:
        return refused
    return None


def _filled(hours: Mapping[str, int | None]) -> Hours:
    return {kind: value for kind, value in hours.items() if value is not None}


def _store_row(facility: Facility, trimester: Trimester, row: Typed, kept: Stored, by: Actor | None) -> int:
    filled = _filled(row.hours)
    key: dict[str, Any] = {"contract_id": row.contract_id, "trimester_id": trimester.id}
    if kept.version:
        (PerformanceRow.update(version=kept.version + 1, changed_at=now())
         .where(PerformanceRow.contract_id == row.contract_id, PerformanceRow.trimester_id == trimester.id).execute())
    else:
        PerformanceRow.insert(facility_id=facility.id, **key).execute()
    gone = [kind for kind in kept.hours if kind not in filled]
    if gone:
        (Performance.delete()
         .where(Performance.contract_id == row.contract_id, Performance.trimester_id == trimester.id,
                Performance.kind.in_(gone)).execute())
    for kind, value in filled.items():
        if kept.hours.get(kind) != value:
            (Performance.insert(kind=kind, hours=value, **key)
             .on_conflict(conflict_target=[Performance.contract_id, Performance.trimester_id, Performance.kind],
                          update={Performance.hours: value}).execute())
    fields = sorted({*gone, *(kind for kind, value in filled.items() if kept.hours.get(kind) != value)})
    record(EcalcuraEvent.PERFORMANCES_CHANGED, by=by, tenant_id=facility.id,
           subject=f"{trimester.period}/{trimester.number}", contract=row.contract_id, fields=fields)
    return kept.version + 1
