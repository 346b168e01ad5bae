"""Continuation: a period that starts on the day after another one of its client ended.

It is worked out from the dates, and stored nowhere (docs/decisions/0089). The reason and outlook of the earlier period
stay as they were typed, and are neither shown nor counted as long as another period continues it.
"""
import functools
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from peewee import SQL, fn

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PAST_HOURS, PastHours, as_hours, written
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.register.periods import END, HOURS, START, Period
from models.compiled import Statement, among, numbers
from models.database import is_sqlite
from models.days import stored_day

# The reason that is shown instead; no questionnaire may have it as an option.
CONTINUATION = questionnaire.CONTINUATION
# The columns of a period in a file, in the order in which `PeriodsInFiles` gives them.
IN_FILES = (HOURS, PAST_HOURS, START, END, *questionnaire.CLOSING)


def is_continued(period: Any = Period) -> Any:
    """Return the SQL of whether another period starts on the day after this one ended, at the same organisation."""
    later = Period.alias()
    return fn.EXISTS(later.select(SQL("1")).where(
        later.client == period.client, later.start_date == _next_day(period.end_date), ~_moved_after(period)))


def first_day(period: Any = Period) -> Any:
    """Return the SQL of the first day of the chain of periods that this one ends, or of the period itself."""
    first, before = Period.alias(), Period.alias()
    goes_on = before.select(SQL("1")).where(
        before.client == first.client, _next_day(before.end_date) == first.start_date, ~_moved_after(before))
    return first.select(fn.MAX(first.start_date)).where(
        first.client == period.client, first.start_date <= period.start_date, ~fn.EXISTS(goes_on))


def with_continuation(client: Client) -> list[Period]:
    """Return the periods of a client, the newest first; each has the attribute `is_continued`."""
    return list(Period.of(client).select(Period, is_continued().alias("is_continued")))


def closing_labels(is_continued: bool, reason: str | None, outlook: str | None) -> tuple[str | None, str | None]:
    """Return the labels of reason and outlook as they are shown; None for each that a period lacks."""
    if is_continued:
        return CONTINUATION, None
    of_reason, of_outlook = (questionnaire.current()[code] for code in questionnaire.CLOSING)
    return of_reason.label_of(reason), of_outlook.label_of(outlook)


def _moved_after(period: Any) -> Any:
    """Return the SQL of whether the client went to another organisation on the day after this period ended."""
    return fn.EXISTS(PastOrganisation.select(SQL("1")).where(
        PastOrganisation.client_number == period.client, PastOrganisation.until == period.end_date))


def _next_day(day: Any) -> Any:
    return fn.DATE(day, "+1 day") if is_sqlite() else day + SQL("1")


class PeriodsInFiles:
    """The periods of many clients as columns of a file, read by plain statements; each label is looked up once."""

    def __init__(self, of_whom: Callable[[Any], Any]) -> None:
        """Let `of_whom` return the SQL of whether a column is the number of one of the clients."""
        def build() -> Any:
            return (Period.select(Period.client, Period.id, Period.hours, Period.start_date, Period.end_date,
                                  is_continued(), Period.closing_reason, Period.outlook)
                    .where(of_whom(Period.client))
                    .order_by(Period.client, Period.start_date))

        self._statement = Statement(build)

    def read(self, **values: Any) -> Mapping[int, list[list[Any]]]:
        """Return the number of each client that has periods → their columns, the oldest period first.

        `values` are those of the parameters in the SQL of the clients.
        """
        found = self._statement.rows(**values)
        past = defaultdict(list)
        for period_id, hours, until in _PAST_HOURS.rows(periods=numbers(row[1] for row in found)):
            past[period_id].append((stored_day(until), as_hours(hours)))
        labels, periods = functools.cache(closing_labels), defaultdict(list)
        for number, period_id, hours, start, end, *closing in found:
            periods[number].append([
                as_hours(hours), written(past[period_id]) if period_id in past else None,
                stored_day(start), stored_day(end), *labels(*closing)])
        return periods


def _past_hours() -> Any:
    return (PastHours.select(PastHours.period_id, PastHours.hours, PastHours.until)
            .where(among(PastHours.period_id, "periods"))
            .order_by(PastHours.until.desc()))


_PAST_HOURS = Statement(_past_hours)
