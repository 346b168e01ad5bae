"""How long each kind of data is kept: a setting of months each. Without a term nothing of that kind is ever due."""
import calendar
import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from models.database import today

STAFF, SUBMISSIONS, MESSAGES, DELIVERIES = "staff", "submissions", "messages", "deliveries"
# Term → its setting, in the order in which a purge does them: staff waits for the submissions that hold it.
SETTINGS = {
    SUBMISSIONS: "KEEP_SUBMISSIONS_MONTHS",
    STAFF: "KEEP_STAFF_MONTHS",
    MESSAGES: "KEEP_MESSAGES_MONTHS",
    DELIVERIES: "KEEP_DELIVERIES_MONTHS",
}


class _State:
    months: ClassVar[dict[str, int | None]] = {}


def use(**months: int | None) -> None:
    """Keep data of each term for this number of months; of a term that is not named, for ever."""
    _State.months = dict(months)


def start(settings: Mapping[str, Any]) -> None:
    """Use the terms of these settings, when the application starts."""
    use(**{term: settings[name] for term, name in SETTINGS.items()})


def months_of(term: str) -> int | None:
    """Return the number of months of a term, or None without one."""
    return _State.months.get(term)


def first_kept(term: str) -> datetime.date | None:
    """Return the first day that is kept today, None without a term. A row that ended before that day is due."""
    months = months_of(term)
    return None if months is None else _months_before(today(), months)


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
