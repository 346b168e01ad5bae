"""Hours of prestaties, in hundredths: reading them as people type them, and the most that a contract gives."""
import datetime
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused
from models.files.invisible import clean

# As many hours as a row can have, in hundredths.
MOST = 1_000_000
# Above the hours of the contract there is a warning; above this many times them nothing is saved.
REFUSED_ABOVE = Fraction(120, 100)
A_WEEK = 7
DAY = datetime.timedelta(days=1)

# With a point before three digits, 1.234 would be 1234 for some and 1,234 for others: that takes a comma too.
_PLAIN = re.compile(r"([0-9]+)(?:[,.]([0-9]{1,2}))?")
_GROUPED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{1,2})")
_SPACED = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+)(?:,([0-9]{1,2}))?")
_NEGATIVE = re.compile(r"[-−][0-9.,]+")


def parse_hours(text: str) -> int | None:
    """Read hours such as 240,50, 240.5 or 1.240,50 as hundredths; None for an empty text.

    Raises `Refused` for hours that cannot be, and for another text, such as 19:30 or 1.240.
    """
    text = clean(text).strip()
    if not text:
        return None
    match = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text) or _SPACED.fullmatch(text)
    if match is None:
        raise Refused(
            EcalcuraCode.PERFORMANCE_HOURS if _NEGATIVE.fullmatch(text) else EcalcuraCode.PERFORMANCE_WRITING)
    whole = re.sub(r"[^0-9]", "", match[1]).lstrip("0")
    if len(whole) > len(str(MOST)):
        raise Refused(EcalcuraCode.PERFORMANCE_HOURS)
    hundredths = int(whole or "0") * 100 + int((match[2] or "").ljust(2, "0"))
    if hundredths > MOST:
        raise Refused(EcalcuraCode.PERFORMANCE_HOURS)
    return hundredths


def written(hundredths: int | None) -> str:
    """Write hundredths as 240,50; '' for None."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02}"


class Run(NamedTuple):
    """Days in a row, first and last included, with the same hours a week of the same full-time week."""

    first: datetime.date
    last: datetime.date
    hours: int
    full_time: int

    @property
    def days(self) -> int:
        """The number of its days."""
        return (self.last - self.first).days + 1


def runs(start: datetime.date, until: datetime.date | None, hours: int, full_time: int,
         terms: Iterable[tuple[datetime.date, int, int]], first: datetime.date, last: datetime.date) -> list[Run]:
    """Return the runs of a contract within the days from `first` to `last`.

    `terms` are its later hours, as (since, hours a week, full-time week).
    """
    changes = [(start, hours, full_time), *sorted(terms)]
    ends = [since - DAY for since, *_ in changes[1:]] + [until or last]
    found = (Run(max(since, first), min(end, last), week, full)
             for (since, week, full), end in zip(changes, ends, strict=True))
    return [run for run in found if run.first <= run.last]


def in_calendar(found: Iterable[Run]) -> int:
    """Return the hours that the runs give, in hundredths, rounded up: hours a week times days, divided by 7."""
    return -(sum(run.hours * run.days for run in found) // -A_WEEK)


def check_total(total: int, most: int) -> None:
    """Raise `Refused` for a total far above `most`, the hours of the contract."""
    if total > most * REFUSED_ABOVE:
        raise Refused(EcalcuraCode.PERFORMANCE_HOURS, maximum=most)
