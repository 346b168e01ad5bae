"""The yearly report's one query: the periods of some years, each with its client and what that client answered.

All figures are counted from these rows, of one year or of several in one go (docs/decisions/0070). No name and no
number of the old register is selected, and a home postcode only for the anonymous rows, which make a province of it.
"""
from itertools import chain, groupby
from operator import itemgetter

from peewee import Case, Value, fn

from models.arbeidszorg import report_bands
from models.arbeidszorg.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.clients import Client
from models.arbeidszorg.periods import Period
from models.arbeidszorg.report_bands import BIRTH_DATE, HOME_POSTCODE, HOURS, ORGANISATION, WORK_POSTCODE
from models.database import database, is_sqlite
from models.organisations import Organisation

# Answers come as texts, `question WITHIN answer BETWEEN question WITHIN answer …`, the chosen ones in texts of TOGETHER
# questions: Python then counts equal texts, and takes apart only what differs. One answer a text makes four times as
# many to count, all in one text makes every client's different.
BETWEEN, WITHIN = "\x1e", "\x1f"
TOGETHER = 3
FOR_EVER = "9999-12-31"
CHUNK = 2000
# Where in a row the client's number and its province are.
NUMBER, PROVINCE = 4, 5


def base(first_day, last_day, held_on, with_home=False):
    """The query, unexecuted: a row for each period that overlaps these days, a client's periods together and in order.

    start, end, closing reason, outlook, client's number, province, whether it is incomplete, past answers that held on
    `held_on` or later, and the texts of answers. Days are ISO texts, so that both databases' compare the same.
    """
    return (
        Period.select(
            _iso(Period.start_date), fn.COALESCE(_iso(Period.end_date), FOR_EVER), Period.closing_reason,
            Period.outlook, Client.number, Organisation.province, Client.incomplete, _past(held_on),
            *_answers(with_home))
        .join(Client)
        .join(Organisation)
        .where(Period.start_date <= last_day, Period.end_date.is_null() | (Period.end_date >= first_day))
        .order_by(Period.client, Period.start_date)
    )


def clients(query):
    """Runs the query; the rows of each client. A large register is never whole in memory."""
    cursor = database.execute(query)
    rows = chain.from_iterable(iter(lambda: cursor.fetchmany(CHUNK), []))
    return (list(own) for _, own in groupby(rows, itemgetter(NUMBER)))


def held(texts, past, day):
    """The texts as they were on that day: the past answer with the first `until` on or after it counts, else today's
    (docs/decisions/0020)."""
    answers = dict(answers_in(texts))
    for until, question, answer in sorted((one.split(WITHIN) for one in past.split(BETWEEN)), reverse=True):
        if until >= day:
            answers[question] = answer
    return [f"{question}{WITHIN}{answer}" for question, answer in answers.items()]


def answers_in(texts):
    """(question, answer) of each answer in these texts; a text of what nobody answered is None."""
    return (one.split(WITHIN) for text in texts if text for one in text.split(BETWEEN))


def _answers(with_home):
    yield _said(ORGANISATION, Client.organisation)
    yield _said(HOURS, Period.hours)
    yield _said(BIRTH_DATE, Case(None, [(Client.birth_date_unknown, UNKNOWN)], _iso(Client.birth_date)))
    yield _said(WORK_POSTCODE, Client.work_postcode)
    if with_home:
        yield _said(HOME_POSTCODE, Client.home_postcode)
    questions = report_bands.questions()
    for first in range(0, len(questions), TOGETHER):
        yield (Answer.select(_joined(Answer.question.concat(WITHIN).concat(Answer.option)))
               .where(Answer.client_number == Client.number, Answer.question.in_(questions[first:first + TOGETHER])))


def _past(day):
    answer = fn.COALESCE(PastAnswer.option, PastAnswer.value)
    one = _iso(PastAnswer.until).concat(WITHIN).concat(PastAnswer.question).concat(WITHIN).concat(answer)
    return PastAnswer.select(_joined(one)).where(PastAnswer.client_number == Client.number, PastAnswer.until >= day)


def _said(question, answer):
    return Value(f"{question}{WITHIN}").concat(answer.coerce(False))


def _joined(text):
    return fn.GROUP_CONCAT(text, BETWEEN) if is_sqlite() else fn.STRING_AGG(text, BETWEEN)


def _iso(column):
    return column.coerce(False) if is_sqlite() else fn.TO_CHAR(column, "YYYY-MM-DD")
