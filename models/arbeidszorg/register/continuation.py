"""Continuation: a period that starts on the day after another one of its client ended.

It is worked out from the dates, and stored nowhere (docs/decisions/0089). The reason and outlook of the earlier period
stay as they were typed, and are neither shown nor counted as long as another period continues it.
"""
from typing import Any

from peewee import SQL, fn

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.register.periods import Period
from models.database import is_sqlite

# The reason that is shown instead; no questionnaire may have it as an option.
CONTINUATION = questionnaire.CONTINUATION


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
