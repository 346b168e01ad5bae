"""The texts into which the report's query packs all that belongs to one client (docs/decisions/0070).

Python then counts equal texts, and takes each different text apart once.
"""
import datetime
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from peewee import Case, Value, fn

from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import first_day, is_continued
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting.variables import BIRTH_DATE, TO_COME
from models.database import is_sqlite

FOR_EVER = "9999"


class PackedPeriod(NamedTuple):
    """The first and the last year of a period, whether it lasts until the reference day of its last year, the outlook.

    `begins` is the day (mm-dd) on which a period of a single year began, so that texts sort as periods do.
    """

    first: str
    last: str
    begins: str
    lasts: bool
    outlook: str


class Texts:
    """Writes records as a text, in SQL, and reads them back: of each kind the writer is followed by its reader.

    RECORD separates records, FIELD the fields of one. No answer, code or date contains either.
    """

    RECORD, FIELD = "\x1e", "\x1f"
    LASTS, ENDED = "+", "-"

    @classmethod
    def answers(cls, questions: Sequence[str]) -> Any:
        """Select a client's answers to the questions from the first to the last of these, in alphabetical order.

        A range is one look-up in the index. Answers to other questions within it are ignored when they are counted.
        """
        return (Answer.select(cls._all(cls._record(Answer.question, Answer.option)))
                .where(Answer.client_number == Client.number, Answer.question.between(questions[0], questions[-1])))

    @classmethod
    def read_answers(cls, text: str | None) -> list[list[str]]:
        """Return [question, answer] of each answer; an empty list if there are no answers."""
        return [record.split(cls.FIELD) for record in text.split(cls.RECORD)] if text else []

    @classmethod
    def hours(cls, day: datetime.date) -> Any:
        """Select the hours of each period, in hundredths, in the order of `periods`.

        Today's hours are followed by (last day on which they held, hours) of earlier ones that held on `day` or later.
        """
        record = cls._record(cls._iso(PastHours.until), PastHours.hours.cast("TEXT"))
        past = (PastHours.select(cls._all(record, cls.FIELD))
                .where(PastHours.period_id == Period.id, PastHours.until >= day))
        return cls._all(Period.hours.cast("TEXT").concat(fn.COALESCE(Value(cls.FIELD).concat(past), "")))

    @staticmethod
    @cache
    def read_hours(text: str, period: int, day: str) -> str:
        """Return the hours on `day` (in ISO 8601) of the period with this index."""
        now, *past = text.split(Texts.RECORD)[period].split(Texts.FIELD)
        return min(((until, hours) for until, hours in zip(past[::2], past[1::2], strict=True) if until >= day),
                   default=("", now))[1]

    @classmethod
    def periods(cls, today: datetime.date) -> Any:
        """Select a `PackedPeriod` for each period; the text of an earlier one sorts before that of a later one."""
        start, end = cls._iso(Period.start_date), cls._iso(Period.end_date)
        first, last = fn.SUBSTR(start, 1, 4), fn.COALESCE(fn.SUBSTR(end, 1, 4), FOR_EVER)
        lasts = Period.end_date.is_null() | (Period.end_date >= today) | (fn.SUBSTR(end, 6) == "12-31")
        return cls._all(cls._record(
            first, last, Case(None, [(first == last, fn.SUBSTR(start, 6))], ""),
            Case(None, [(lasts, cls.LASTS)], cls.ENDED), fn.COALESCE(Period.outlook, "")))

    @classmethod
    def read_periods(cls, text: str) -> list[tuple[PackedPeriod, int]]:
        """Return each period with its index in the text, in the order of their days."""
        records = sorted((record.split(cls.FIELD), index) for index, record in enumerate(text.split(cls.RECORD)))
        return [(PackedPeriod(first, last, begins, lasts == cls.LASTS, outlook), index)
                for (first, last, begins, lasts, outlook), index in records]

    @classmethod
    def closings(cls, first: datetime.date, last: datetime.date) -> Any:
        """Select the closings in these days: last day, first day of the chain of periods, reason and outlook."""
        record = cls._record(
            cls._iso(Period.end_date), cls._iso(first_day()), Period.closing_reason, Period.outlook)
        return cls._all(Case(None, [(Period.end_date.between(first, last) & ~is_continued(), record)]))

    @classmethod
    def read_closings(cls, text: str | None) -> list[tuple[datetime.date, datetime.date, str, str]]:
        """Return first day, last day, reason and outlook of each closing."""
        records = [record.split(cls.FIELD) for record in text.split(cls.RECORD)] if text else []
        return [(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end), reason, outlook)
                for end, start, reason, outlook in records]

    @classmethod
    def past_answers(cls, day: datetime.date, today: datetime.date, typed: Iterable[Any]) -> Any:
        """Select the earlier answers that held on `day` or later; `typed` are the typed columns that are counted."""
        current = [(BIRTH_DATE, cls.birth(today)), *((column.name, column) for column in typed)]
        chosen = Answer.select(Answer.option).where(
            Answer.client_number == PastAnswer.client_number, Answer.question == PastAnswer.question)
        record = cls._record(
            cls._iso(PastAnswer.until), PastAnswer.question, fn.COALESCE(PastAnswer.option, PastAnswer.value),
            fn.COALESCE(Case(PastAnswer.question, current, chosen), ""))
        return (PastAnswer.select(cls._all(record))
                .where(PastAnswer.client_number == Client.number, PastAnswer.until >= day))

    @classmethod
    def read_past_answers(cls, text: str, today: datetime.date) -> list[tuple[str, str, str, str]]:
        """Return (last day on which it held, question, earlier answer, today's answer or ''), the earliest first."""
        records = sorted(record.split(cls.FIELD) for record in text.split(cls.RECORD))
        return [(until, question, cls._birth_of(answer, today) if question == BIRTH_DATE else answer, now)
                for until, question, answer, now in records]

    @classmethod
    def birth(cls, today: datetime.date) -> Any:
        """Select the year of birth, followed by TO_COME if this year's birthday is still to come; UNKNOWN."""
        born = cls._iso(Client.birth_date)
        to_come = Case(None, [(fn.SUBSTR(born, 5) > today.isoformat()[4:], TO_COME)], "")
        return Case(None, [(Client.birth_date_unknown, UNKNOWN)], fn.SUBSTR(born, 1, 4).concat(to_come))

    @staticmethod
    def _birth_of(birth_date: str, today: datetime.date) -> str:
        """Return a birth date in the form that `birth` selects."""
        if birth_date == UNKNOWN:
            return UNKNOWN
        return birth_date[:4] + (TO_COME if birth_date[4:] > today.isoformat()[4:] else "")

    @classmethod
    def _record(cls, *fields: Any) -> Any:
        text, *rest = fields
        for one in rest:
            text = text.concat(cls.FIELD).concat(one)
        return text

    @classmethod
    def _all(cls, record: Any, between: str = RECORD) -> Any:
        return fn.GROUP_CONCAT(record, between) if is_sqlite() else fn.STRING_AGG(record, between)

    @staticmethod
    def _iso(column: Any) -> Any:
        return getattr(column, "coerce", lambda _: column)(False) if is_sqlite() else fn.TO_CHAR(column, "YYYY-MM-DD")
