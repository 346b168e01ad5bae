"""The sums of each facility in each trimester, kept for the desk: its pages read one row, and not those of all staff.

Sums are stale as soon as a row changes from which they are counted, and at the start of each day, for steps and checks
come and go by themselves. A chore counts them again. Those of a trimester that is submitted stay as they are.
"""
import datetime
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

import peewee

from models.audit import AuditEntry
from models.database import BaseModel, database, locked, now, today, transaction
from models.days import start_of_day
from models.ecalcura.checks import checks, deliveries, dossiers
from models.ecalcura.checks.dossiers import Dossier
from models.ecalcura.contracts import days
from models.ecalcura.contracts.days import ZERO, Replaced
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.persons import UNREADABLE
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow, before_merger

# Sums that are counted in one round, so that the other chores of the worker go on.
MOST = 20


class FractionField(peewee.TextField):
    """An exact fraction, stored as text such as '3/2'."""

    def db_value(self, value: Fraction | None) -> str | None:
        """Return the fraction as it is stored."""
        return None if value is None else str(value)

    def python_value(self, value: str | None) -> Fraction | None:
        """Return the stored text as a fraction."""
        return None if value is None else Fraction(value)


class FileSums(BaseModel):
    """The sums of a facility in a trimester; `counted_at` is None as long as nothing was counted."""

    facility_id = peewee.IntegerField()
    trimester_id = peewee.IntegerField()
    employees = peewee.IntegerField(default=0)
    contracts = peewee.IntegerField(default=0)
    open_checks = peewee.IntegerField(default=0)
    hours = FractionField(default=ZERO)
    exempt = FractionField(default=ZERO)
    replaced = FractionField(default=ZERO)
    last_activity = peewee.DateTimeField(null=True)
    counted_at = peewee.DateTimeField(null=True)
    stale = peewee.BooleanField(default=True)

    class Meta:
        table_name = "file_sums"
        primary_key = peewee.CompositeKey("facility_id", "trimester_id")


class Sums(NamedTuple):
    """The sums: the employees with a contract in the trimester, their contracts, the checks that block submitting.

    hours, exempt, replaced: means of hours a week over the trimester.
    """

    employees: int
    contracts: int
    open_checks: int
    hours: Fraction
    exempt: Fraction
    replaced: Fraction


def count(facility: Facility, loaded: Collection[Dossier], trimester: Trimester) -> Sums:
    """Count a trimester from the dossiers of a facility, loaded with its prestaties, and its deliveries."""
    running = [contract.employee_id for dossier in loaded for contract, *_ in dossier.contracts
               if trimester.touches(contract.start, contract.until)]
    means = [days.mean_over(dossier.rights, trimester.first, trimester.last) for dossier in loaded]
    pool = [Replaced(one.since, one.until, one.hours)
            for dossier in loaded for one in dossier.replacements if one.replaced_id is None]
    return Sums(
        employees=len(set(running)), contracts=len(running),
        open_checks=sum(len(checks.blocking(dossier, trimester)) for dossier in loaded)
        + sum(check.blocks_submission for check in deliveries.of(facility, trimester)),
        hours=sum((one.hours for one in means), ZERO), exempt=sum((one.exempt for one in means), ZERO),
        replaced=sum((one.replaced for one in means), days.pool((), pool, trimester.first, trimester.last).replaced))


def mark(employee_ids: Collection[int]) -> None:
    """Note that rows of these employees changed: the sums of their facilities are stale."""
    facilities = Employee.select(Employee.facility_id).where(Employee.id.in_(list(employee_ids)))
    _mark(FileSums.facility_id.in_(facilities))


def _mark(condition: Any) -> None:
    frozen = TrimesterFile.select().where(
        TrimesterFile.facility_id == FileSums.facility_id, TrimesterFile.trimester == FileSums.trimester_id,
        TrimesterFile.state.in_([SUBMITTED, CLOSED]))
    FileSums.update(stale=True).where(condition, ~FileSums.stale, ~peewee.fn.EXISTS(frozen)).execute()


class _State:
    prepared: ClassVar[tuple[Any, ...] | None] = None


def prepare() -> None:
    """Add the rows of sums that are absent, and mark those of before today; does so once for each day and each change.

    A facility has a row for each trimester that was opened for its kind.
    """
    windows = TrimesterWindow.select(peewee.fn.COUNT(TrimesterWindow.kind), peewee.fn.SUM(TrimesterWindow.version))
    key = (database.obj, today(), *windows.tuples().get(), Facility.select().count())
    if key == _State.prepared:
        return
    with transaction():
        FileSums.insert_from(_absent(), [FileSums.facility_id, FileSums.trimester_id, FileSums.stale]).execute()
        _mark(FileSums.counted_at < start_of_day(today()))
    _State.prepared = key


def _absent() -> Any:
    there = FileSums.select().where(
        FileSums.facility_id == Facility.id, FileSums.trimester_id == TrimesterWindow.trimester)
    return (
        TrimesterWindow.select(Facility.id, TrimesterWindow.trimester, peewee.Value(True))
        .join(Trimester)
        .join(Facility, on=(Facility.kind == TrimesterWindow.kind) & (Facility.under == ""))
        .where(TrimesterWindow.entry_from <= today(), before_merger(), ~peewee.fn.EXISTS(there)))


def refresh() -> int:
    """Count the sums that are stale, those that waited longest first; return how many."""
    prepare()
    done = 0
    while done < MOST and _refresh_next():
        done += 1
    return done


def _refresh_next() -> bool:
    with transaction():
        # Of workers that count at once, the second waits here; on SQLite for the transaction.
        row = locked(FileSums.select().where(FileSums.stale).order_by(FileSums.counted_at)).first()
        if row is None:
            return False
        facility, trimester = Facility.get_by_id(row.facility_id), Trimester.get_by_id(row.trimester_id)
        loaded = dossiers.load(facility, trimester)
        if loaded and all(dossier.person == UNREADABLE for dossier in loaded):
            # Without the names' key nothing is counted from birth dates: it waits for the key.
            return False
        FileSums.update(**count(facility, loaded, trimester)._asdict(), stale=False, counted_at=now(),
                        last_activity=_last_activity(facility) or row.last_activity).where(
            FileSums.facility_id == facility.id, FileSums.trimester_id == trimester.id).execute()
    return True


def _last_activity(facility: Facility) -> datetime.datetime | None:
    """The moment at which somebody with the privacy role last did something here."""
    return AuditEntry.of_tenant(facility.id).where(AuditEntry.actor == PRIVACY.code).select(
        AuditEntry.made_at).limit(1).scalar()


def start(_settings: Mapping[str, Any]) -> None:
    """Follow the changes of employees; for the start of the application."""
    changes.follow(mark)
