"""The checks of a facility's staff: before a trimester is submitted, on an employee's page, and kept for the list."""
import datetime
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from models.alone import Alone
from models.database import today, transaction
from models.ecalcura.checks import deliveries, rules
from models.ecalcura.checks.codes import Check
from models.ecalcura.checks.dossiers import Dossier, load
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.steps import steps_reached
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow

# Prestaties that are still missing while the trimester runs are no fault yet.
AFTER_THE_TRIMESTER = {"V21"}


class Finding(NamedTuple):
    """A check, and the labels of the trimesters in which it was found."""

    check: Check
    trimesters: list[Trimester]


def of_facility(facility: Facility, trimester: Trimester, loaded: Sequence[Dossier] | None = None) -> list[Check]:
    """Return what is found in a trimester, the employees by id; `loaded` are its dossiers if the caller has them."""
    dossiers = load(facility, trimester) if loaded is None else loaded
    has_pool = any(one.replaced_id is None and trimester.touches(one.since, one.until)
                   for dossier in dossiers for one in dossier.replacements)
    found = [check for dossier in dossiers
             for check in (*rules.of(dossier, trimester), *rules.balance(dossier, trimester, has_pool))]
    found += deliveries.of(facility, trimester)
    return found + [Check("V26", values={"number": earlier.number}) for earlier in _unsubmitted(facility, trimester)]


def _unsubmitted(facility: Facility, trimester: Trimester) -> list[Trimester]:
    """Return the earlier trimesters of the period that could be submitted and are not."""
    done = {file.trimester_id for file in TrimesterFile.of(facility) if file.state in (SUBMITTED, CLOSED)}
    return [window.trimester for window in TrimesterWindow.of(facility)
            if window.trimester.period == trimester.period and window.trimester.number < trimester.number
            and window.trimester_id not in done]


def open_trimesters(facility: Facility) -> list[Trimester]:
    """Return the trimesters whose data the facility may enter today, the oldest first; also those reopened for it."""
    files = list(TrimesterFile.of(facility))
    frozen = {file.trimester_id for file in files if file.is_frozen}
    found = [window.trimester for window in TrimesterWindow.of(facility)
             if window.is_open and window.trimester_id not in frozen]
    found += [file.trimester for file in files if file.is_open_again and file.trimester not in found]
    return sorted(found, key=lambda trimester: trimester.first)


def of_employee(facility: Facility, employee: Employee) -> list[Finding]:
    """Return what is found about an employee in the open trimesters, each check once."""
    found: dict[str, Finding] = {}
    for trimester in open_trimesters(facility):
        for dossier in load(facility, trimester, [employee.id]):
            for check in rules.of(dossier, trimester):
                if _counts(check, trimester):
                    found.setdefault(repr(check), Finding(check, [])).trimesters.append(trimester)
    return list(found.values())


def _counts(check: Check, trimester: Trimester) -> bool:
    return check.code not in AFTER_THE_TRIMESTER or trimester.last < today()


def blocking(dossier: Dossier, trimester: Trimester) -> set[str]:
    """Return what blocks the submission of a trimester because of an employee: each check once, as text."""
    return {repr(check) for check in rules.of(dossier, trimester)
            if check.blocks_submission and _counts(check, trimester)}


def refresh(employee_ids: Collection[int]) -> None:
    """Keep with each of these employees how many checks block a submission, and the highest step reached.

    Those who replace them are refreshed too: V17 and V18 rest on the rows of the replaced employee.
    """
    by_facility: dict[int, list[int]] = defaultdict(list)
    ids = list(employee_ids)
    replacing = Replacement.select(Replacement.employee_id).where(Replacement.replaced_id.in_(ids))
    for employee_id, facility_id in Employee.select(Employee.id, Employee.facility_id).where(
            Employee.id.in_(ids) | Employee.id.in_(replacing)).tuples():
        by_facility[facility_id].append(employee_id)
    for facility_id, ids in by_facility.items():
        _refresh(Facility.get_by_id(facility_id), ids)


def _refresh(facility: Facility, employee_ids: Collection[int] | None = None) -> None:
    trimesters = open_trimesters(facility)
    counts: dict[int, set[str]] = defaultdict(set)
    for trimester in trimesters:
        for dossier in load(facility, trimester, employee_ids):
            counts[dossier.employee.id] |= blocking(dossier, trimester)
    for dossier in load(facility, None, employee_ids):
        _keep(dossier, len(counts[dossier.employee.id]))


def _keep(dossier: Dossier, open_checks: int) -> None:
    employee = dossier.employee
    step = max(steps_reached(dossier.person.born, today()), default=None)
    if (employee.open_checks, employee.step) != (open_checks, step):
        Employee.update(open_checks=open_checks, step=step).where(Employee.id == employee.id).execute()


ALONE = Alone("checks")


# Seconds of work in a round of the chores. Transactions one after the other leave the lock to nobody.
A_ROUND = 1


class _Day:
    begun: ClassVar[datetime.date | None] = None
    waiting: ClassVar[list[Facility]] = []


def refresh_daily() -> int:
    """Refresh every facility once a day, for steps begin and trimesters open by themselves; return how many now.

    A second of work a round, so that neither who saves nor the mail waits longer, in one process of the machine.
    """
    if not ALONE.is_ours():
        return 0
    if _Day.begun != today():
        _Day.begun, _Day.waiting = today(), list(Facility.select().where(Facility.under == ""))
    until, done = time.monotonic() + A_ROUND, 0
    while _Day.waiting and (not done or time.monotonic() < until):
        with transaction():
            _refresh(_Day.waiting[-1])
        _Day.waiting.pop()
        done += 1
    return done


def start(settings: Mapping[str, Any]) -> None:
    """Follow the changes of employees, and let one process refresh them daily; for the start of the application."""
    ALONE.start(settings["DATA_DIR"])
    changes.follow(refresh)
