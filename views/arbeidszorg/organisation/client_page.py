"""What the pages of a client show, made ready: a template runs no query and decides nothing."""
import datetime
from typing import NamedTuple

from flask import url_for

from models.arbeidszorg.register import questionnaire
from models.database import today
from views.shell import filters


class Fact(NamedTuple):
    label: str
    answer: str | None
    earlier: list


class PeriodRow(NamedTuple):
    id: int
    start: str
    end: str
    hours: str
    reason: str
    outlook: str
    is_open: bool


def label_of(number, old_number):
    """The number as it reads everywhere: the new one, the old one in brackets."""
    return f"{number} ({old_number})" if old_number else str(number)


def words(question, answer):
    """An answer in words; a day as it is written here."""
    if isinstance(answer, datetime.date):
        return filters.day(answer)
    return question.label_of(answer) if answer else None


def chapters(client):
    """(chapter, facts) of the client page, each fact with what held before."""
    answers, past = client.answers(), client.past_answers()

    def fact(question):
        earlier = [(filters.day(was.until), words(question, was.answer))
                   for was in past if was.question == question.code]
        return Fact(question.label, words(question, answers.get(question.code)), earlier)

    return [(chapter, [fact(question) for question in questions])
            for chapter, questions in questionnaire.current().chapters()]


def period_row(period):
    asked = questionnaire.current()
    return PeriodRow(
        period.id,
        filters.day(period.start_date),
        filters.day(period.end_date),
        filters.hours(period.hours),
        asked["closing_reason"].label_of(period.closing_reason) or "",
        asked["outlook"].label_of(period.outlook) or "",
        period.end_date is None or period.end_date >= today(),
    )


def period_label(period):
    """A period as a message names it."""
    until = f"tot en met {filters.day(period.end_date)}" if period.end_date else "zonder einddatum"
    return f"van {filters.day(period.start_date)} {until}"


def is_active(client):
    return client.is_active(today())


def dashboard_url(client):
    """The dashboard with the tab under which the client stands."""
    return url_for("clients.dashboard") if is_active(client) else url_for("clients.dashboard", tab="inactive")


def differences(form, current):
    """(label, what is kept now, what was typed) where they differ, of a client that a colleague saved meanwhile."""
    kept, typed = current.answers(), form.answers()
    rows = [("Naam", current.name or "", form.name.data)]
    rows += [(question.label, words(question, kept.get(question.code)), words(question, typed[question.code]))
             for question in questionnaire.current().of_client]
    return [(label, was or "–", now or "–") for label, was, now in rows if (was or "") != (now or "")]


def period_differences(form, current):
    """The same for a period."""
    asked = questionnaire.current()
    rows = [
        (form.hours, filters.hours(current.hours), filters.hours(form.hours.data)),
        (form.start_date, filters.day(current.start_date), filters.day(form.start_date.data)),
        (form.end_date, filters.day(current.end_date), filters.day(form.end_date.data)),
        *((form[code], asked[code].label_of(getattr(current, code)), asked[code].label_of(form[code].data))
          for code in questionnaire.CLOSING),
    ]
    return [(field.label.text, was or "–", now or "–") for field, was, now in rows if (was or "") != (now or "")]
