"""Remarks on values that are improbable: they are asked once in a form, and listed by an import (docs/decisions/0095).

Ages are in whole years, as people say them. Values that are impossible are not looked at here: those are refused.
"""
import datetime
from collections.abc import Iterable
from enum import StrEnum, auto
from typing import Any, NamedTuple, Protocol

from models.arbeidszorg.register.questionnaire import UNKNOWN
from models.database import END_OF_TIME

DEATH = "death"
YOUNGEST, OLDEST_AT_START, OLDEST = 15, 90, 110
YEARS_TO_START, YEARS_TO_END, LONGEST = 1, 2, 40


class Improbable(StrEnum):
    """Every remark. Forms and imports have words of their own for it."""

    START_AHEAD = auto()
    END_AHEAD = auto()
    YOUNG = auto()
    OLD = auto()
    BORN_LONG_AGO = auto()
    LONG = auto()
    AFTER_DEATH = auto()
    OUTLOOK_OF_DEATH = auto()
    HOURS_GONE = auto()


class Remark(NamedTuple):
    """A remark on the value of a field, with the values that fill in its words."""

    # Of Improbable, or of an import that has remarks of its own.
    code: StrEnum
    field: str
    context: dict[str, Any]

    @property
    def key(self) -> str:
        """The remark as one word, which is the same when the same remark is made of the same values again."""
        return ":".join([self.code, *map(str, self.context.values())])


class AnyPeriod(Protocol):
    """A period, whether it is stored or only typed."""

    @property
    def start(self) -> datetime.date: ...

    @property
    def end(self) -> datetime.date | None: ...

    @property
    def reason(self) -> str | None: ...

    @property
    def outlook(self) -> str | None: ...


class TypedPeriod(NamedTuple):
    """The dates and the closing of a period."""

    start: datetime.date
    end: datetime.date | None
    reason: str | None
    outlook: str | None

    def overlaps(self, other: AnyPeriod) -> bool:
        """Whether a day belongs to both."""
        return self.start <= (other.end or END_OF_TIME) and other.start <= (self.end or END_OF_TIME)


def of_birth_date(born: datetime.date, starts: Iterable[datetime.date], today: datetime.date) -> list[Remark]:
    """Return the remarks on a birth date, given the starts of the client's periods: at most one for each rule."""
    remarks = []
    if age(born, today) > OLDEST:
        remarks.append(Remark(Improbable.BORN_LONG_AGO, "birth_date", {"born": born, "age": age(born, today)}))
    ages = [one for start in sorted(starts) for one in _of_age(born, start, "birth_date")]
    # The youngest age is that of the first period, the oldest age that of the last.
    young = [remark for remark in ages if remark.code == Improbable.YOUNG][:1]
    old = [remark for remark in ages if remark.code == Improbable.OLD][-1:]
    return remarks + young + old


def of_period(period: AnyPeriod, born: datetime.date | None, others: Iterable[AnyPeriod],
              today: datetime.date) -> list[Remark]:
    """Return the remarks on a period, given its client's birth date and other periods."""
    start, end = period.start, period.end
    remarks = []
    if start > years_later(today, YEARS_TO_START):
        remarks.append(Remark(Improbable.START_AHEAD, "start_date", {"start": start}))
    if end is not None and end > years_later(today, YEARS_TO_END):
        remarks.append(Remark(Improbable.END_AHEAD, "end_date", {"end": end}))
    if born is not None:
        remarks += _of_age(born, start, "start_date")
    last = end or today
    if last >= years_later(start, LONGEST):
        remarks.append(Remark(Improbable.LONG, "end_date" if end else "start_date",
                              {"start": start, "last": last, "years": age(start, last)}))
    return remarks + _of_death(period, others)


def of_hours(since: datetime.date, end: datetime.date | None) -> list[Remark]:
    """Return the remark on an end date before `since`, the first day of a period's latest hours: they would be lost."""
    if end is None or end >= since:
        return []
    return [Remark(Improbable.HOURS_GONE, "end_date", {"since": since, "end": end})]


def _of_age(born: datetime.date, start: datetime.date, field: str) -> list[Remark]:
    if start < born:
        return []
    years = age(born, start)
    if YOUNGEST <= years <= OLDEST_AT_START:
        return []
    code = Improbable.YOUNG if years < YOUNGEST else Improbable.OLD
    return [Remark(code, field, {"start": start, "born": born, "age": years})]


def _of_death(period: AnyPeriod, others: Iterable[AnyPeriod]) -> list[Remark]:
    remarks = []
    for other in others:
        if other.reason == DEATH and other.end is not None and period.start > other.start:
            context = {"died": other.end, "start": period.start}
            remarks.append(Remark(Improbable.AFTER_DEATH, "start_date", context))
        elif period.reason == DEATH and period.end is not None and other.start > period.start:
            context = {"died": period.end, "start": other.start}
            remarks.append(Remark(Improbable.AFTER_DEATH, "closing_reason", context))
    if period.reason == DEATH and period.outlook not in (None, UNKNOWN):
        remarks.append(Remark(Improbable.OUTLOOK_OF_DEATH, "outlook", {"outlook": period.outlook}))
    return remarks


def age(born: datetime.date, day: datetime.date) -> int:
    """Return the age on a day, in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_later(day: datetime.date, years: int) -> datetime.date:
    """Return the same day this number of years later; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
