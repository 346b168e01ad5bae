"""How many facilities are in each part of a trimester, kept so that 'Voortgang' need not read a row of each facility.

Triggers say that the numbers of a trimester no longer hold. A chore counts them again within seconds; until then the
page counts them itself.
"""
import json
from typing import Any, NamedTuple

import peewee

from models.compiled import Statement, parameter
from models.database import BaseModel, as_day, database, is_sqlite, today, transaction
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.progress.parts import files, part
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.windows import TrimesterWindow

# Waits for those who change a file, a window or a facility: migrations/ecalcura/0008_rules_postgresql.sql.
WAIT_FOR_CHANGES = "SELECT pg_advisory_xact_lock(8, 1)"


class TrimesterCounts(BaseModel):
    """The numbers of a trimester, and the day of which they are; None as soon as something changed."""

    trimester_id = peewee.IntegerField(primary_key=True)
    counted_on = peewee.DateField(null=True)
    content = peewee.TextField(default="[]")

    class Meta:
        table_name = "trimester_counts"


class Count(NamedTuple):
    """The number of facilities of a kind and a province in a part of a trimester, which is its number."""

    trimester: int
    kind: str
    province: str | None
    part: str
    facilities: int


def counts(period: int) -> list[Count]:
    """Return how many facilities are in each part, by trimester of a reference period, kind and province."""
    return [Count(number, *row) for trimester_id, number, counted_on, content in _KEPT.rows(period=period)
            for row in (json.loads(content) if as_day(counted_on) == today() else _counted(trimester_id))]


def _counted(trimester_id: int) -> list[tuple[Any, ...]]:
    return _COUNTED.rows(trimester=trimester_id, today=today())


def refresh() -> int:
    """Count the trimesters whose numbers do not hold, or are of another day; return how many."""
    there = TrimesterCounts.select(TrimesterCounts.trimester_id).where(TrimesterCounts.counted_on == today())
    waiting = TrimesterWindow.select(TrimesterWindow.trimester).where(
        TrimesterWindow.trimester.not_in(there)).distinct().tuples()
    done = [trimester_id for trimester_id, in waiting]
    for trimester_id in done:
        with transaction():
            if not is_sqlite():
                database.execute_sql(WAIT_FOR_CHANGES)
            content = json.dumps(_counted(trimester_id), separators=(",", ":"))
            TrimesterCounts.insert(trimester_id=trimester_id, counted_on=today(), content=content).on_conflict(
                conflict_target=[TrimesterCounts.trimester_id],
                update={"counted_on": today(), "content": content}).execute()
    return len(done)


_KEPT = Statement(lambda: (
    TrimesterWindow.select(Trimester.id, Trimester.number, TrimesterCounts.counted_on, TrimesterCounts.content)
    .join(Trimester)
    .join(TrimesterCounts, peewee.JOIN.LEFT_OUTER, on=TrimesterCounts.trimester_id == Trimester.id)
    .where(Trimester.period == parameter("period"))
    .distinct().order_by(Trimester.number)))
_COUNTED = Statement(lambda: (
    files(Facility.kind, Facility.province, part(parameter("today")).alias("part"), peewee.fn.COUNT(Facility.id))
    .where(Trimester.id == parameter("trimester"))
    .group_by(Facility.kind, Facility.province, peewee.SQL("part"))))
