"""Overlapping periods of two clients that become one client's: one side stays, or all become one period."""
import datetime
import itertools
from collections.abc import Sequence
from typing import NamedTuple

from models.arbeidszorg.doubles import records
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.database import END_OF_TIME, now

ONE_DAY = datetime.timedelta(days=1)


class Joined(NamedTuple):
    """A period that takes the place of a group: the last one, from the first start; `past_hours` are (hours, until)."""

    id: int
    start: datetime.date
    past_hours: list[tuple[int, datetime.date]]

    def write(self) -> None:
        """Change the last period, with the hours that held in the earlier ones."""
        changed = {"start_date": self.start, "version": Period.version + 1, "changed_at": now()}
        Period.update(changed).where(Period.id == self.id).execute()
        records.insert("past_hours", (
            {"period_id": self.id, "hours": hours, "until": until, "made_at": now()}
            for hours, until in self.past_hours))


def set_aside(group: Sequence[Period], decided: int | str) -> list[Period]:
    """Return the periods of a group that do not stay: `decided` is the number whose periods do, or 'join'."""
    stays = {last_of(group).id} if isinstance(decided, str) else {
        period.id for period in group if period.client_number == decided}
    return [period for period in group if period.id not in stays]


def settle(group: Sequence[Period], decided: int | str) -> Joined | None:
    """Delete the periods of a group that do not stay; return the period to write when the group becomes one."""
    joined = _joined(group) if isinstance(decided, str) else None
    aside = [period.id for period in set_aside(group, decided)]
    records.delete("past_hours", "period_id", aside)
    records.delete("period", "id", aside)
    return joined


def last_of(group: Sequence[Period]) -> Period:
    """Return the period that ends last; of two that end together, the one that starts last."""
    return max(group, key=lambda period: (period.end_date or END_OF_TIME, period.start_date, period.id))


def _joined(group: Sequence[Period]) -> Joined:
    """Join a group, sorted by start, into its last period: the hours of the earlier ones held until the next start."""
    last = last_of(group)
    earlier = [period for period in group if period.start_date < last.start_date]
    stretches: list[tuple[int, datetime.date]] = []
    for period, after in itertools.pairwise([*earlier, last]):
        until = after.start_date - ONE_DAY
        own = [(hours, day) for hours, day in _past_hours(period.id) if day < until]
        stretches += [(hours, day) for hours, day in [*own, (int(period.hours * 100), until)]
                      if day >= period.start_date]
    begun = next((hours for hours, _ in _past_hours(last.id)), int(last.hours * 100))
    # Leave out each stretch after which the same hours went on.
    changes = [one for one, after in itertools.pairwise([*stretches, (begun, last.start_date)]) if one[0] != after[0]]
    return Joined(last.id, group[0].start_date, changes)


def _past_hours(period_id: int) -> list[tuple[int, datetime.date]]:
    """Return (hours in hundredths, until) of each change of hours, the oldest first."""
    return [(int(earlier.hours * 100), earlier.until) for earlier in reversed(PastHours.of(period_id))]
