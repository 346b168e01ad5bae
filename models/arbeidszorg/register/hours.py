"""The hours of a period over time: those that hold today, and those that held before.

Earlier hours are kept with the last day on which they held. The hours on a given day are the earlier hours with the
earliest `until` on or after that day, or the period's own where no earlier ones apply (docs/decisions/0088).
"""
import datetime
import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.answers import is_soon_after
from models.database import BaseModel, now
from models.errors import Refused

PAST_HOURS, PAST_HOURS_HEADING = "past_hours", "Vroegere uren"
BETWEEN = " | "
DAY = datetime.timedelta(days=1)

# The last day on which they held → hours a week.
Past = Mapping[datetime.date, Decimal]


class HoursField(peewee.IntegerField):
    """Hours a week: an exact Decimal, stored as a whole number of hundredths."""

    def db_value(self, value: Decimal | None) -> int | None:
        """Return the hundredths to store."""
        return None if value is None else int(value * 100)

    def python_value(self, value: int | None) -> Decimal | None:
        """Return the hours."""
        return None if value is None else as_hours(value)


@functools.cache
def as_hours(hundredths: int) -> Decimal:
    """Return the hours that are stored as this number; the database allows 6,000 of them."""
    return Decimal(hundredths) / 100


class PastHours(BaseModel):
    """Hours a week that held until the day `until`, that day included."""

    id = peewee.AutoField()
    period_id = peewee.IntegerField()
    hours = HoursField()
    until = peewee.DateField()
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "past_hours"

    @classmethod
    def of(cls, period_id: int) -> "peewee.ModelSelect[PastHours]":
        """Select the earlier hours of the period with this id, the newest first."""
        return cls.select().where(cls.period_id == period_id).order_by(cls.until.desc())

    @classmethod
    def of_each(cls, period_ids: Iterable[int]) -> "dict[int, list[PastHours]]":
        """Return id → the earlier hours of each of these periods, the newest first."""
        found: dict[int, list[PastHours]] = {period_id: [] for period_id in period_ids}
        for earlier in cls.select().where(cls.period_id.in_(list(found))).order_by(cls.until.desc()):
            found[earlier.period_id].append(earlier)
        return found


class Hours(NamedTuple):
    """The hours of a period over time: today's, the day on which these were given, and the earlier ones.

    `given_on` is None for hours that were given long ago.
    """

    now: Decimal
    given_on: datetime.date | None
    past: Past

    def on(self, day: datetime.date) -> Decimal:
        """Return the hours that held on `day`."""
        return next((self.past[until] for until in sorted(self.past) if until >= day), self.now)

    def first_day(self, start: datetime.date) -> datetime.date:
        """Return the first day of today's hours, of a period that starts on `start`."""
        return max(self.past) + DAY if self.past else start

    def within(self, start: datetime.date, end: datetime.date | None) -> "Hours":
        """Return the hours of a period with these dates: each day that remains keeps its hours."""
        kept = {until: hours for until, hours in self.past.items()
                if until >= start and (end is None or until < end)}
        if end is None or all(until < end for until in self.past):
            return self._replace(past=kept)
        return Hours(self.on(end), None, kept)

    def corrected(self, hours: Decimal, today: datetime.date) -> "Hours":
        """Return these hours with other ones of today, because today's were never true."""
        return Hours(hours, today, self.past).joined()

    def changed(self, hours: Decimal, since: datetime.date, start: datetime.date, today: datetime.date) -> "Hours":
        """Return these hours with `hours` from a day on, instead of all that held from then on.

        `start` is the first day of the period. Where today's hours stay, their first day moves.
        """
        eve = since - DAY
        if eve < start:
            return Hours(hours, today, {})
        newest = max(self.past, default=eve)
        before = self.on(min(eve, newest) if hours == self.now else eve)
        past = {until: was for until, was in self.past.items() if until < eve}
        return Hours(hours, today, past | {eve: before}).joined()

    def without(self, until: datetime.date) -> "Hours":
        """Return these hours without those that held until this day: they were never true."""
        given_on = None if until == max(self.past) else self.given_on
        return Hours(self.now, given_on, {day: was for day, was in self.past.items() if day != until}).joined()

    def joined(self) -> "Hours":
        """Return these hours without those that equal the ones after them: they held without interruption."""
        past: dict[datetime.date, Decimal] = {}
        given_on, after = self.given_on, self.now
        for until in sorted(self.past, reverse=True):
            if self.past[until] != after:
                past[until] = after = self.past[until]
            elif not past:
                given_on = None
        return Hours(self.now, given_on, past)


class HoursChange(NamedTuple):
    """How hours change: the day from which the new ones hold, or that the old ones were never true."""

    since: datetime.date | None = None
    is_mistake: bool = False


def after_change(old: Hours, hours: Decimal, start: datetime.date, end: datetime.date | None, change: HoursChange,
                 today: datetime.date) -> Hours:
    """Return the hours of a period that gets these dates and these hours.

    Raises Refused where the change needs a day, and where the day lies after today or after the end of the period.
    """
    kept = old.within(start, end)
    if hours == old.now and change.since is None:
        return kept
    if change.since is None:
        if change.is_mistake or start >= today or is_soon_after(old.given_on, today):
            return kept.corrected(hours, today)
        raise Refused(ArbeidszorgCode.HOURS_SINCE)
    if change.since > min(today, end or today):
        raise Refused(ArbeidszorgCode.HOURS_LATE)
    new = kept.changed(hours, change.since, start, today)
    if (new.now, new.past) == (old.now, old.past):
        raise Refused(ArbeidszorgCode.HOURS_SAME)
    return new


def remove_others(period_id: int, past: Past) -> None:
    """Delete the earlier hours of a period that are not among these: before the period gets other dates."""
    for earlier in PastHours.of(period_id):
        if past.get(earlier.until) != earlier.hours:
            earlier.delete_instance()


def add_missing(period_id: int, past: Past) -> None:
    """Store these earlier hours of a period, except those that are stored: after the period got other dates."""
    stored = {earlier.until for earlier in PastHours.of(period_id)}
    for until, hours in past.items():
        if until not in stored:
            PastHours.create(period_id=period_id, hours=hours, until=until)


def stretches(start: datetime.date, hours: Decimal,
              past: Iterable[tuple[datetime.date, Decimal]]) -> list[tuple[Decimal, datetime.date]]:
    """Return (hours, first day) of each stretch of a period, the newest first; `past` has the newest first too."""
    own = list(past)
    since = [until + DAY for until, _ in own] + [start]
    return list(zip([hours, *(was for _, was in own)], since, strict=True))


def written(past: Iterable[tuple[datetime.date, Decimal]]) -> str | None:
    """Return earlier hours as a cell of a file, in the order given: `6 (t.e.m. 31/03/2026) | …`; None without any."""
    return BETWEEN.join(f"{_text(hours)} (t.e.m. {until:%d/%m/%Y})" for until, hours in past) or None


def _text(hours: Decimal) -> str:
    return f"{hours.normalize():f}".replace(".", ",")
