r"""A client's earlier answers, and a period's earlier hours, as one cell of Loket's own file.

They are written for people and read back without doubt.

`Hoofdinkomen: Leefloon (t.e.m. 09/04/2026) | Postcode woonplaats: 9000 (t.e.m. 31/12/2024)`, the newest first. A
colon, a bar or a backslash within a heading or an answer gets a backslash before it, so those that separate are bare.
"""
import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import FIRST_BIRTH_DATE
from models.arbeidszorg.register.questionnaire import AnswerValue, Question
from models.arbeidszorg.register.values import parse_hours, parse_postcode
from models.days import parse_date
from models.errors import Refused

BETWEEN = " | "
OF_KIND = {"choice": ImportCode.PAST_CHOICE, "date": ImportCode.PAST_DATE, "postcode": ImportCode.PAST_POSTCODE}

_PARTING = re.compile(r"[\\|:]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ONE = re.compile(r"((?:\\.|[^\\|:])+): ((?:\\.|[^\\|:])+) \(t\.e\.m\. ([^()]+)\)", re.DOTALL)
_HOURS = re.compile(r"([^()|]+) \(t\.e\.m\. ([^()|]+)\)")


def written(past: Iterable[tuple[str, AnswerValue | None, datetime.date]]) -> str | None:
    """Return the cell for these earlier answers, given as (question, answer, until); None without any."""
    asked = {question.code: question for question in questionnaire.current().of_client}
    return BETWEEN.join(_one(asked[code], answer, until) for code, answer, until in past) or None


def read(text: str, asked: Mapping[str, Question], today: datetime.date) -> dict[tuple[str, datetime.date], str]:
    """Return the earlier answers in a cell: (question, until) → the stored answer. `asked` maps headings to questions.

    Raises `Refused` with the question if it is known; the error never repeats the text of the cell.
    """
    past: dict[tuple[str, datetime.date], str] = {}
    for piece in text.split(BETWEEN) if text else ():
        match = _ONE.fullmatch(piece)
        if match is None:
            raise Refused(ImportCode.PAST_FORM)
        heading, answer, until = (_ESCAPED.sub(r"\1", part) for part in match.groups())
        if heading not in asked:
            raise Refused(ImportCode.PAST_QUESTION)
        question = asked[heading]
        key = question.code, _until(until, today, heading)
        if key in past:
            raise Refused(ImportCode.PAST_DOUBLED, question=heading)
        past[key] = question.codes.get(answer) or _typed(question, answer, today)
    return past


def read_hours(text: str, start: datetime.date, end: datetime.date | None,
               today: datetime.date) -> dict[datetime.date, int]:
    """Return the earlier hours in a cell of a period with these dates: until → hundredths of an hour.

    The cell is `6 (t.e.m. 31/03/2026) | 4 (t.e.m. 31/12/2025)`. Raises `Refused`.
    """
    past: dict[datetime.date, int] = {}
    for piece in text.split(BETWEEN) if text else ():
        match = _HOURS.fullmatch(piece)
        if match is None:
            raise Refused(ImportCode.HOURS_FORM)
        hours, until = _parsed(parse_hours, match[1]), _parsed(parse_date, match[2])
        if hours is None:
            raise Refused(ImportCode.HOURS_NUMBER)
        if until is None or not start <= until < (end or datetime.date.max) or until > today:
            raise Refused(ImportCode.HOURS_UNTIL)
        if until in past:
            raise Refused(ImportCode.HOURS_DOUBLED)
        past[until] = int(hours * 100)
    return past


def _one(question: Question, answer: AnswerValue | None, until: datetime.date) -> str:
    answer = question.label_of(answer)
    answer = answer if isinstance(answer, str) else f"{answer:%d/%m/%Y}"
    heading, answer = (_PARTING.sub(r"\\\g<0>", part) for part in (question.column, answer))
    return f"{heading}: {answer} (t.e.m. {until:%d/%m/%Y})"


def _until(text: str, today: datetime.date, heading: str) -> datetime.date:
    day: datetime.date | None = _parsed(parse_date, text)
    if day is None or not FIRST_BIRTH_DATE <= day <= today:
        raise Refused(ImportCode.PAST_UNTIL, question=heading)
    return day


def _typed(question: Question, text: str, today: datetime.date) -> str:
    if question.kind == "date":
        day: datetime.date | None = _parsed(parse_date, text)
        if day is not None and FIRST_BIRTH_DATE <= day <= today:
            return day.isoformat()
    elif question.kind == "postcode" and (postcode := _parsed(parse_postcode, text)):
        return str(postcode)
    raise Refused(OF_KIND[question.kind], question=question.column)


def _parsed(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except Refused:
        return None
