"""Prepares the values of a client's pages, so that their templates run no query and make no decision."""
import datetime
from typing import NamedTuple

from flask import url_for

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import likely_duplicates
from models.arbeidszorg.register.continuation import closing_labels, with_continuation
from models.arbeidszorg.register.hours import PastHours, stretches
from models.database import today
from views.shell import filters


class Fact(NamedTuple):
    """A question on a client's page: its label, its answer or None, and (id, until, answer) of each earlier one."""

    label: str
    answer: str | None
    earlier: list


class PeriodRow(NamedTuple):
    """A guidance period in the table on a client's page, as text.

    `since` is the first day of today's hours if others held before; `earlier` has (id, hours, first day) of those.
    """

    id: int
    start: str
    end: str
    hours: str
    reason: str
    outlook: str
    is_open: bool
    since: str
    earlier: list


def label_of(number, old_number, *former):
    """A client's number as text: the new number, with its old one in brackets, and those of merged clients."""
    old = ", ".join(filter(None, (old_number, *former))) if former else old_number
    return f"{number} ({old})" if old else str(number)


def label(client):
    """A client's number as text, with all its old numbers."""
    return label_of(client.number, *(client.old_numbers() or [None]))


def likely(client):
    """(number, label, name) of each client of the same organisation that looks like this one."""
    return [(double.number, label(double), double.name)
            for double in likely_duplicates(client.organisation_id, client.answers(), client.number)]


def words(question, answer):
    """An answer as Dutch text: a day as 03/06/2024, an option by its label; None without an answer."""
    if isinstance(answer, datetime.date):
        return filters.day(answer)
    return question.label_of(answer) if answer else None


def chapters(client):
    """A list of (chapter, facts) for the client's page; each `Fact` has its earlier answers."""
    answers, past = client.answers(), client.past_answers()

    def fact(question):
        earlier = [(was.id, filters.day(was.until), words(question, was.answer))
                   for was in past if was.question == question.code]
        return Fact(question.label, words(question, answers.get(question.code)), earlier)

    return [(chapter, [fact(question) for question in questions])
            for chapter, questions in questionnaire.current().chapters()]


def period_rows(client):
    """The `PeriodRow` of each period of a client, the newest first."""
    return rows_of(with_continuation(client))


def rows_of(periods):
    """The `PeriodRow` of each of these periods, which know whether they are continued (`with_continuation`)."""
    past = PastHours.of_each(period.id for period in periods)
    return [period_row(period, past[period.id]) for period in periods]


def period_row(period, past=()):
    """The `PeriodRow` of a period with these earlier hours, the newest first; a withdrawn one is not continued."""
    reason, outlook = closing_labels(getattr(period, "is_continued", False), period.closing_reason, period.outlook)
    (_, since), *earlier = stretches(
        period.start_date, period.hours, ((was.until, was.hours) for was in past))
    return PeriodRow(
        period.id,
        filters.day(period.start_date),
        filters.day(period.end_date),
        filters.hours(period.hours),
        reason or "",
        outlook or "",
        period.end_date is None or period.end_date >= today(),
        filters.day(since) if past else "",
        [(was.id, filters.hours(hours), filters.day(first)) for was, (hours, first) in zip(past, earlier, strict=True)],
    )


def is_active(client):
    """Whether the client's last period ends today or later, or has no end."""
    return client.is_active(today())


def dashboard_url(client):
    """The address of the dashboard, on the tab that lists the client."""
    return url_for("clients.dashboard") if is_active(client) else url_for("clients.dashboard", tab="inactive")


def differences(form, current):
    """(label, stored value, typed value) of each field that differs; a colleague saved the client meanwhile."""
    kept, typed = current.answers(), form.answers()
    rows = [("Naam", current.name or "", form.name.data)]
    rows += [(question.label, words(question, kept.get(question.code)), words(question, typed[question.code]))
             for question in questionnaire.current().of_client]
    return [(label, was or "–", now or "–") for label, was, now in rows if (was or "") != (now or "")]


def period_differences(form, current):
    """(label, stored value, typed value) of each field of a period that differs."""
    questions = questionnaire.current()
    since = current.hours_over_time().first_day(current.start_date)
    rows = [
        (form.hours, filters.hours(current.hours), filters.hours(form.hours.data)),
        (form.hours_since, filters.day(since), filters.day(form.hours_since.data or since)),
        (form.start_date, filters.day(current.start_date), filters.day(form.start_date.data)),
        (form.end_date, filters.day(current.end_date), filters.day(form.end_date.data)),
        *((form[code], questions[code].label_of(getattr(current, code)), questions[code].label_of(form[code].data))
          for code in questionnaire.CLOSING),
    ]
    return [(field.label.text, was or "–", now or "–") for field, was, now in rows if (was or "") != (now or "")]
