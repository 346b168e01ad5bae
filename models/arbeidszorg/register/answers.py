"""A client's answers: those that hold today, and those that held before.

A past answer is kept with the last day on which it held, so the answer of a day is the past one with the first
`until` on or after it, and else today's (docs/decisions/0020).
"""
import datetime

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.register.values import parse_postcode
from models.database import BaseModel, now
from models.errors import Refused

UNKNOWN = "unknown"
FIRST_BIRTH_DATE = datetime.date(1900, 1, 1)


class Answer(BaseModel):
    """A chosen option that holds today; birth date and postcodes stand on the client itself."""

    client_number = peewee.IntegerField()
    question = peewee.TextField()
    option = peewee.TextField()

    class Meta:
        primary_key = peewee.CompositeKey("client_number", "question")

    @classmethod
    def of(cls, number):
        return cls.select().where(cls.client_number == number)

    @classmethod
    def put(cls, number, code, option):
        cls.insert(client_number=number, question=code, option=option).on_conflict(
            conflict_target=[cls.client_number, cls.question], preserve=[cls.option]).execute()


class PastAnswer(BaseModel):
    """What an answer was until the day `until`, that day included."""

    client_number = peewee.IntegerField()
    question = peewee.TextField()
    option = peewee.TextField(null=True)
    value = peewee.TextField(null=True)
    until = peewee.DateField()
    made_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, number):
        return cls.select().where(cls.client_number == number).order_by(cls.until.desc(), cls.id)

    @property
    def answer(self):
        if self.question == "birth_date" and self.value != UNKNOWN:
            return datetime.date.fromisoformat(self.value)
        return self.option or self.value


def checked(answers, today, current=None):
    """The answers that were given, without the empty ones; `Refused` names the question that is at fault.

    `current` are the answers that the client has: one of those cannot become empty, and may be a retired option.
    """
    current = current or {}
    asked = {question.code: question for question in questionnaire.current().of_client}
    given = {}
    for code, answer in answers.items():
        if code not in asked:
            raise Refused(ArbeidszorgCode.QUESTION, question=code)
        if answer not in (None, ""):
            _check(asked[code], answer, current.get(code), today)
            given[code] = answer
        elif code in current:
            raise Refused(ArbeidszorgCode.REQUIRED, question=code)
    return given


def _check(question, answer, current, today):
    if isinstance(answer, str) and answer in {option.code for option in question.offered(current)}:
        return
    if question.kind == "postcode" and isinstance(answer, str):
        parse_postcode(answer)
    elif question.kind == "date" and type(answer) is datetime.date:
        if not FIRST_BIRTH_DATE <= answer <= today:
            raise Refused(ArbeidszorgCode.BIRTH_DATE, question=question.code, value=answer)
    else:
        raise Refused(ArbeidszorgCode.OPTION, question=question.code, value=answer)


def leave_behind(number, code, old, new, mistaken, today):
    """Keep `old` as what held until yesterday, now that the answer is `new`; a mistake is not kept.

    An answer that did not live to the end of a day is not kept either: until yesterday another one held. What holds
    again, as if nothing had come between, is no past.
    """
    yesterday = today - datetime.timedelta(days=1)
    newest = PastAnswer.of(number).where(PastAnswer.question == code).first()
    if not mistaken and (newest is None or newest.until < yesterday):
        kept = {"value": str(old)} if code in TYPED else {"option": old}
        PastAnswer.create(client_number=number, question=code, until=yesterday, **kept)
    elif newest is not None and newest.answer == new:
        newest.delete_instance()


def on_day(answers, past, day):
    """The answers of that day, from today's and the past ones."""
    held = dict(answers)
    for earlier in sorted(past, key=lambda one: one.until, reverse=True):
        if earlier.until >= day:
            held[earlier.question] = earlier.answer
    return held
