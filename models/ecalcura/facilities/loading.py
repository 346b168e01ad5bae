"""Loading the desk's file of facilities: each row is added, changed or refused; a second run changes nothing."""
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from models.audit import record
from models.database import now, refusing, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities import facility_file
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.facilities import Facility, LegalEntity, RehabAgreement
from models.ecalcura.facilities.facility_file import Row
from models.errors import Refused

# The rule of the database that refuses a facility -> the code.
RULES = {
    "facility_parent": EcalcuraCode.PARENT_NONE,
    "facility_agreement_full": EcalcuraCode.AGREEMENT_FULL,
    "facility.agreement, facility.agreement_place": EcalcuraCode.AGREEMENT_FULL,
    "facility_agreement": EcalcuraCode.AGREEMENT_NONE,
    "facility_days": EcalcuraCode.FACILITY_DAYS,
    "facility_merged": EcalcuraCode.MERGED_TOGETHER,
    "facility_merger_is_kept": EcalcuraCode.MERGED_ALREADY,
    "facility_successor": EcalcuraCode.SUCCESSOR_KIND,
}
# Code → the column that it is about.
COLUMNS: dict[StrEnum, str] = {
    EcalcuraCode.PARENT_NONE: "Hoort bij HCO", EcalcuraCode.PARENT_ABSENT: "Hoort bij HCO",
    EcalcuraCode.PARENT_KIND: "Hoort bij HCO", EcalcuraCode.AGREEMENT_FULL: "Overeenkomst",
    EcalcuraCode.AGREEMENT_NONE: "Overeenkomst", EcalcuraCode.FACILITY_DAYS: "Tot",
    EcalcuraCode.MERGED_TOGETHER: "Gefuseerd op", EcalcuraCode.MERGED_ALREADY: "Opvolger HCO",
    EcalcuraCode.SUCCESSOR_KIND: "Opvolger HCO", EcalcuraCode.SUCCESSOR_ABSENT: "Opvolger HCO",
    EcalcuraCode.FACILITY_KIND_CHANGED: "Soort",
}
# Values of a row that are not stored under their own name.
NOT_STORED = {"kind", "soort", "type", "parent", "successor", "organisation", "agreement"}


class Fault(NamedTuple):
    """A row that was refused: its line, the column ('' for the whole row), and why."""

    line: int
    column: str
    refused: Refused


class Loaded(NamedTuple):
    """How many facilities were added, changed, and the same as before; and the faults, by line."""

    added: int
    changed: int
    same: int
    faults: list[Fault]


def load(path: Path, dry_run: bool = False) -> Loaded:
    """Load the file, and return what became of its rows; with `dry_run` nothing is kept.

    Raises `Refused` if the file cannot be read; a refused row costs no other, unless that one names it.
    """
    rows = facility_file.read(path)
    with transaction() as open_transaction:
        loaded = _load(rows)
        if dry_run:
            open_transaction.rollback()
    return loaded


def _load(rows: list[Row]) -> Loaded:
    faults = [Fault(row.line, row.column, row.fault) for row in rows if row.fault]
    results: dict[int, str] = {}
    # A row that names another one comes after it: a parent, then what falls under it; a successor, then the merged.
    whole = {row.values["hco"]: row for row in rows if not row.fault}
    for row in sorted(whole.values(), key=_depth(whole)):
        try:
            with transaction(), refusing(**RULES):
                results[row.line] = _save(row.values)
        except Refused as refused:
            faults.append(Fault(row.line, COLUMNS.get(refused.code, ""), refused))
    done = list(results.values())
    faults.sort(key=lambda fault: fault.line)
    return Loaded(done.count("added"), done.count("changed"), done.count("same"), faults)


def _depth(rows: dict[str, Row]) -> Any:
    """Return the key by which to sort the rows: how many others must come before a row, and its line."""
    def depth(row: Row) -> tuple[int, int]:
        seen, found = {row.values["hco"]}, [row]
        for one in found:
            for name in (one.values.get("parent"), one.values.get("successor")):
                # Rows that name each other end up anywhere: one of them is refused.
                if name in rows and name not in seen:
                    seen.add(name)
                    found.append(rows[name])
        return len(found), row.line

    return depth


def _save(values: dict[str, Any]) -> str:
    facility = Facility.by_hco(values["hco"])
    kind = values["kind"]
    if facility and facility.kind != kind.code:
        raise Refused(EcalcuraCode.FACILITY_KIND_CHANGED)
    _save_organisation(values["kbo"], values.get("organisation"))
    stored = {name: value for name, value in values.items() if name not in NOT_STORED}
    if "parent" in values or not facility:
        stored["parent_id"] = _parent(kind.under, values.get("parent"))
    if "successor" in values:
        stored["successor_id"] = _successor(values["successor"])
    if "agreement" in values:
        stored |= _agreement(facility, values["agreement"])
    if facility is None:
        facility = Facility.add(kind, **stored)
        record(EcalcuraEvent.FACILITY_ADDED, tenant_id=facility.id, subject=facility.hco)
        return "added"
    return _change(facility, stored)


def _change(facility: Facility, stored: dict[str, Any]) -> str:
    if facility.address_saved_at:
        # Its own people know the address better than a file that may be older.
        stored = {name: value for name, value in stored.items() if name not in Address._fields}
    changed = sorted(name for name, value in stored.items() if getattr(facility, name) != value)
    if not changed:
        return "same"
    version = facility.version + (not {*Address._fields}.isdisjoint(changed))
    Facility.update({name: stored[name] for name in changed}, version=version, changed_at=now()).where(
        Facility.id == facility.id).execute()
    merged = "successor_id" in changed
    record(EcalcuraEvent.FACILITY_MERGED if merged else EcalcuraEvent.FACILITY_CHANGED, tenant_id=facility.id,
           subject=facility.hco, fields=changed)
    return "changed"


def _save_organisation(kbo: str, name: str | None) -> None:
    LegalEntity.insert(kbo=kbo, name=name or "").on_conflict_ignore().execute()
    if name:
        LegalEntity.update(name=name).where(LegalEntity.kbo == kbo, LegalEntity.name != name).execute()


def _parent(under: str, hco: str | None) -> int | None:
    if not hco:
        if under:
            raise Refused(EcalcuraCode.PARENT_ABSENT)
        return None
    if not under:
        raise Refused(EcalcuraCode.PARENT_NONE)
    found = Facility.by_hco(hco)
    if found is None:
        raise Refused(EcalcuraCode.PARENT_ABSENT)
    if found.kind != under:
        raise Refused(EcalcuraCode.PARENT_KIND)
    return found.id


def _successor(hco: str | None) -> int | None:
    if not hco:
        return None
    found = Facility.by_hco(hco)
    if found is None:
        raise Refused(EcalcuraCode.SUCCESSOR_ABSENT)
    return found.id


def _agreement(facility: Facility | None, number: str) -> dict[str, Any]:
    """Return the agreement and the first free place in it; the place of a facility that has one stays."""
    if not number:
        return {"agreement": None, "agreement_place": None}
    if facility and facility.agreement == number:
        return {}
    RehabAgreement.insert(number=number).on_conflict_ignore().execute()
    taken = {one.agreement_place for one in Facility.select().where(Facility.agreement == number)}
    free = {1, 2} - taken
    if not free:
        raise Refused(EcalcuraCode.AGREEMENT_FULL)
    return {"agreement": number, "agreement_place": min(free)}
