"""A client's answers: those that hold today, and those that held before.

A past answer is kept with the last day on which it held. The answer on a given day is the past answer with the
earliest `until` on or after that day, or today's answer where no past one applies (docs/decisions/0020).
"""
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.questionnaire import TYPED, Answers, AnswerValue, Question
from models.arbeidszorg.register.values import parse_postcode
from models.compiled import Statement, parameter
from models.database import BaseModel, database, now, today
from models.errors import Refused

UNKNOWN = questionnaire.UNKNOWN
FIRST_BIRTH_DATE = datetime.date(1900, 1, 1)


class Answer(BaseModel):
    """A chosen option that holds today; the birth date and the postcodes are columns of the client itself."""

    client_number = peewee.IntegerField()
    question = peewee.TextField()
    option = peewee.TextField()
    # None for an answer that was imported, and for one from before this was kept.
    given_on = peewee.DateField(null=True)

    class Meta:
        primary_key = peewee.CompositeKey("client_number", "question")

    @classmethod
    def of(cls, number: int) -> "peewee.ModelSelect[Answer]":
        """Select the chosen options of the client with this number."""
        return cls.select().where(cls.client_number == number)

    @classmethod
    def chosen(cls, number: int) -> dict[str, str]:
        """Return the chosen options of the client with this number, by the code of their question."""
        return dict(_CHOSEN.rows(client=number))

    @classmethod
    def put(cls, number: int, code: str, option: str) -> None:
        """Store the option chosen today for question `code`, in place of an earlier choice."""
        cls.insert(client_number=number, question=code, option=option, given_on=today()).on_conflict(
            conflict_target=[cls.client_number, cls.question], preserve=[cls.option, cls.given_on]).execute()


_CHOSEN = Statement(lambda: Answer.select(Answer.question, Answer.option).where(
    Answer.client_number == parameter("client")))


class PastAnswer(BaseModel):
    """An answer that held until the day `until`, that day included.

    `option` holds the code of a chosen option; `value` holds a typed answer as text, a birth date in ISO 8601.
    """

    id = peewee.AutoField()
    client_number = peewee.IntegerField()
    question = peewee.TextField()
    option = peewee.TextField(null=True)
    value = peewee.TextField(null=True)
    until = peewee.DateField()
    made_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, number: int) -> "peewee.ModelSelect[PastAnswer]":
        """Select the past answers of the client with this number, the newest first."""
        return cls.select().where(cls.client_number == number).order_by(cls.until.desc(), cls.id)

    @property
    def answer(self) -> AnswerValue | None:
        """The answer as `Client.answers` gives it: a date for a known birth date, text for all others."""
        return stored_answer(self.question, self.option, self.value)


def stored_answer(question: str, option: str | None, value: str | None) -> AnswerValue | None:
    """Return the answer that a row of past answers holds: a date for a known birth date, text for all others."""
    if question == "birth_date" and value and value != UNKNOWN:
        return datetime.date.fromisoformat(value)
    return option or value


def chosen_answers(number: Any, codes: Iterable[str]) -> list[Any]:
    """Return the SQL of the option that the client with this number chose for each of these questions, or NULL."""
    return [Answer.select(Answer.option).where(Answer.client_number == number, Answer.question == code)
            for code in codes]


def check_answers(answers: Mapping[str, AnswerValue | None], today: datetime.date,
                  current: Mapping[str, AnswerValue] | None = None) -> Answers:
    """Return the given answers without the empty ones (None or '').

    `current` are the answers that the client has already: none of them may become empty, and a retired option may
    stay. Raises Refused, with the question in its context, for an unknown question or an invalid answer.
    """
    current = current or {}
    questions = {question.code: question for question in questionnaire.current().of_client}
    given = {}
    for code, answer in answers.items():
        if code not in questions:
            raise Refused(ArbeidszorgCode.QUESTION, question=code)
        if answer is not None and answer != "":
            _check(questions[code], answer, current.get(code), today)
            given[code] = answer
        elif code in current:
            raise Refused(ArbeidszorgCode.REQUIRED, question=code)
    return given


def _check(question: Question, answer: AnswerValue, current: AnswerValue | None, today: datetime.date) -> None:
    if isinstance(answer, str) and answer in {option.code for option in question.offered(current)}:
        return
    if question.kind == "postcode" and isinstance(answer, str):
        parse_postcode(answer)
    elif question.kind == "date" and type(answer) is datetime.date:
        if not FIRST_BIRTH_DATE <= answer <= today:
            raise Refused(ArbeidszorgCode.BIRTH_DATE, question=question.code, value=answer)
    else:
        raise Refused(ArbeidszorgCode.OPTION, question=question.code, value=answer)


def use(correction_days: int) -> None:
    """Count a change as a correction up to this many days after the answer was given."""
    _Current.correction_days = correction_days


def start(settings: Mapping[str, Any]) -> None:
    """Use CORRECTION_DAYS of these settings, when the application starts."""
    use(settings["CORRECTION_DAYS"])


class _Current:
    correction_days = 14


def is_correction(code: str, old: AnswerValue, given_on: datetime.date | None, day: datetime.date) -> bool:
    """Say whether a change on `day` of an answer given on another day corrects it: the old one was never true.

    A birth date does not change, and 'unknown' was no answer. Anything else is a correction soon after it was given
    (docs/decisions/0087); `given_on` is None if it was given long ago.
    """
    if code == "birth_date" or old == UNKNOWN:
        return True
    return is_soon_after(given_on, day)


def is_soon_after(given_on: datetime.date | None, day: datetime.date) -> bool:
    """Say whether a change on `day` corrects what was given on another day, or long ago (None)."""
    # A day in the future was written by a clock that was wrong.
    return given_on is not None and 0 <= (day - given_on).days <= _Current.correction_days


def newest_past_answer(number: int, code: str) -> PastAnswer | None:
    """Return the client's last answer to this question before today's, or None."""
    return PastAnswer.of(number).where(PastAnswer.question == code).first()


def keep_past_answer(number: int, code: str, old: AnswerValue, new: AnswerValue, corrected: bool,
                     today: datetime.date) -> bool:
    """Keep `old` as the answer that held until yesterday, now that the answer is `new`.

    A corrected answer is not kept, nor is one that was given and changed on the same day: another answer held until
    yesterday. In both cases the newest past answer is removed if it equals `new`: it held without interruption. Returns
    whether it was.
    """
    yesterday = today - datetime.timedelta(days=1)
    newest = newest_past_answer(number, code)
    if not corrected and (newest is None or newest.until < yesterday):
        kept = {"value": str(old)} if code in TYPED else {"option": old}
        PastAnswer.create(client_number=number, question=code, until=yesterday, **kept)
    elif newest is not None and newest.answer == new:
        newest.delete_instance()
        forget_day(number, code)
        return True
    return False


def forget_day(number: int, code: str) -> None:
    """Forget on which day today's answer was given: it turned out to hold since the last other answer, or for ever."""
    if code in TYPED:
        client = peewee.Table("client", ("number", "home_postcode_on", "work_postcode_on")).bind(database)
        if code != "birth_date":
            client.update({getattr(client, f"{code}_on"): None}).where(client.number == number).execute()
    else:
        Answer.update(given_on=None).where(Answer.client_number == number, Answer.question == code).execute()


def answers_on_day(answers: Mapping[str, AnswerValue], past: Iterable[PastAnswer],
                   day: datetime.date) -> dict[str, AnswerValue | None]:
    """Return the answers that held on `day`, from today's `answers` and the client's `past` ones."""
    held: dict[str, AnswerValue | None] = dict(answers)
    for earlier in sorted(past, key=lambda one: one.until, reverse=True):
        if earlier.until >= day:
            held[earlier.question] = earlier.answer
    return held
