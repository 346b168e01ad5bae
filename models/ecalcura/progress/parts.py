"""How far the facilities are with each trimester: each is in one part, by its file and the days that the desk set."""
from typing import Any

import peewee

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, EMPTY, ENTRY, REOPENED, SUBMITTED, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow, before_merger

# Not submitted while it still could be: after the deadline, or after the desk closed the trimester.
MISSING = "missing"
# Submitted for the first time after the deadline.
LATE = "late"
PARTS = (EMPTY, ENTRY, REOPENED, MISSING, SUBMITTED, LATE, CLOSED)
UNSENT = (EMPTY, ENTRY, REOPENED, MISSING)


def part(day: Any) -> Any:
    """Return the SQL for the part in which a facility is on a day, for a query over `files`."""
    state = peewee.fn.COALESCE(TrimesterFile.state, EMPTY)
    over = TrimesterWindow.closed | (TrimesterWindow.deadline < day)
    return peewee.Case(None, [
        (state.in_([EMPTY, ENTRY]) & over, MISSING),
        ((state == SUBMITTED) & (TrimesterFile.submitted_on > TrimesterWindow.deadline), LATE)], state)


def files(*columns: Any) -> Any:
    """Select from each facility with each trimester that the desk opened for its kind, with its file if it has one."""
    return (
        TrimesterWindow.select(*columns)
        .join(Trimester)
        .join(Facility, on=(Facility.kind == TrimesterWindow.kind) & (Facility.under == ""))
        .join(TrimesterFile, peewee.JOIN.LEFT_OUTER, on=(
            (TrimesterFile.facility_id == Facility.id) & (TrimesterFile.trimester == Trimester.id)))
        .where(before_merger()))


def periods() -> list[int]:
    """Return the reference periods of which the desk opened a trimester, the newest first."""
    rows = (Trimester.select(Trimester.period).join(TrimesterWindow).distinct()
            .order_by(Trimester.period.desc()).tuples())
    return [period for period, in rows]
