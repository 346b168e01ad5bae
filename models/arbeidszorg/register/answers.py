"""A client's answers: those that hold today, and those that held before.

A past answer is kept with the last day on which it held. The answer on a given day is the past answer with the
earliest `until` on or after that day, or today's answer where no past one applies (docs/decisions/0020).
"""
import datetime
from collections.abc import Iterable, Mapping

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.questionnaire import TYPED, Answers, AnswerValue, Question
from models.arbeidszorg.register.values import parse_postcode
from models.database import BaseModel, now
from models.errors import Refused

UNKNOWN = "unknown"
FIRST_BIRTH_DATE = datetime.date(1900, 1, 1)


class Answer(BaseModel):
    """A chosen option that holds today; the birth date and the postcodes are columns of the client itself."""

    client_number = peewee.IntegerField()
    question = peewee.TextField()
    option = peewee.TextField()

    class Meta:
        primary_key = peewee.CompositeKey("client_number", "question")

    @classmethod
    def of(cls, number: int) -> "peewee.ModelSelect[Answer]":
        """Select the chosen options of the client with this number."""
        return cls.select().where(cls.client_number == number)

    @classmethod
    def put(cls, number: int, code: str, option: str) -> None:
        """Store the option chosen for question `code`, in place of an earlier choice."""
        cls.insert(client_number=number, question=code, option=option).on_conflict(
            conflict_target=[cls.client_number, cls.question], preserve=[cls.option]).execute()


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
        if self.question == "birth_date" and self.value and self.value != UNKNOWN:
            return datetime.date.fromisoformat(self.value)
        return self.option or self.value


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


def keep_past_answer(number: int, code: str, old: AnswerValue, new: AnswerValue, mistaken: bool,
                     today: datetime.date) -> None:
    """Keep `old` as the answer that held until yesterday, now that the answer is `new`.

    A mistake is not kept, nor is an answer that was given and changed on the same day: another answer held until
    yesterday. In both cases the newest past answer is removed if it equals `new`: it held without interruption.
    """
    yesterday = today - datetime.timedelta(days=1)
    newest = PastAnswer.of(number).where(PastAnswer.question == code).first()
    if not mistaken and (newest is None or newest.until < yesterday):
        kept = {"value": str(old)} if code in TYPED else {"option": old}
        PastAnswer.create(client_number=number, question=code, until=yesterday, **kept)
    elif newest is not None and newest.answer == new:
        newest.delete_instance()


def answers_on_day(answers: Mapping[str, AnswerValue], past: Iterable[PastAnswer],
                   day: datetime.date) -> dict[str, AnswerValue | None]:
    """Return the answers that held on `day`, from today's `answers` and the client's `past` ones."""
    held: dict[str, AnswerValue | None] = dict(answers)
    for earlier in sorted(past, key=lambda one: one.until, reverse=True):
        if earlier.until >= day:
            held[earlier.question] = earlier.answer
    return held
