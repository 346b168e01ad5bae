"""Days: reading them as people type them, and finding the moments at which they begin in Flanders."""
import datetime
import functools
import re
from typing import Any

from models.database import BRUSSELS, as_day, as_moment
from models.errors import Code, Refused

_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]+)")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DIGITS = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{4}|[0-9]{2})")


def parse_date(text: str) -> datetime.date:
    """Read a date typed as 3-6-2024, 3/6/2024, 3.6.2024 or 03062024: day, month, and a year of four digits.

    Programs write 2024-06-03, which is read too. Raises `Refused` for other text, for a year of two digits and for a
    day that does not exist.
    """
    if iso := _ISO.fullmatch(text.strip()):
        return _day(text, *iso.groups())
    match = _DATE.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    if match is None:
        raise Refused(Code.DATE, value=text)
    day, _, month, year = match.groups()
    if len(year) == 2:
        raise Refused(Code.DATE_YEAR, value=text)
    return _day(text, year, month, day)


def _day(text: str, year: str, month: str, day: str) -> datetime.date:
    if len(year) != 4 or year[0] == "0":
        raise Refused(Code.DATE, value=text)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Refused(Code.DATE_ABSENT, value=text) from None


def local(moment: datetime.datetime) -> datetime.datetime:
    """Return a stored moment as the time in Flanders, with its zone."""
    return moment.replace(tzinfo=datetime.UTC).astimezone(BRUSSELS)


def local_day(moment: datetime.datetime) -> datetime.date:
    """Return the date in Flanders of a stored moment."""
    return local(moment).date()


def stored_local_day(moment: str | datetime.datetime) -> datetime.date:
    """Return the date in Flanders, where days begin on the hour, of a moment as a row has it; kept for the next one."""
    if isinstance(moment, str):
        return _day_of_hour(moment[:len("2026-01-31 23")])
    return _day_of_hour(moment.replace(minute=0, second=0))


@functools.lru_cache(maxsize=10_000)
def _day_of_hour(hour: str | datetime.datetime) -> datetime.date:
    return local_day(as_moment(hour))


# `as_day`, for the many rows of a file: a day that occurs again is not read again.
stored_day: Any = functools.lru_cache(maxsize=20_000)(as_day)


def start_of_day(day: datetime.date) -> datetime.datetime:
    """Return the moment at which a day begins in Flanders, as moments are stored: in UTC, without a zone."""
    return (datetime.datetime.combine(day, datetime.time(), BRUSSELS)
            .astimezone(datetime.UTC).replace(tzinfo=None))
