"""The yearly report's one query: the clients guided in some years, each with its periods and what it answered.

All figures are counted from these rows, of one year or of several in one go (docs/decisions/0070). No name and no
number of the old register is selected, and a home postcode only for the anonymous rows, which make a province of it.
"""
import datetime

from peewee import Case, fn

from models.arbeidszorg.register import places
from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.variables import BIRTH_DATE, HOURS, SECTOR, TO_COME
from models.database import database, is_sqlite
from models.organisations import Organisation

# Answers come as texts, `question WITHIN answer BETWEEN question WITHIN answer …`, the chosen ones in texts of TOGETHER
# questions: Python then counts equal texts, and takes apart only what differs. One answer a text makes three times as
# many to count, all in one text makes every client's different.
BETWEEN, WITHIN = "\x1e", "\x1f"
TOGETHER = 3
# So many clients are fetched and counted at once: a large register is never whole in memory.
CHUNK = 10_000
# Where in a row things are. GROUP is what most figures are counted by: province, whether incomplete, and the periods.
GROUP, ANSWERED, OWNER, CLOSED, PAST, NUMBER = slice(0, 3), slice(3, -4), -4, -3, -2, -1
FOR_EVER, LASTS, ENDED = "9999", "+", "-"


def base(years, today, with_home=False):
    """The query, unexecuted: a row for each client with a period in the first to the last of these years, by number.

    `asked` says what the columns are of which somebody answered.
    """
    # A client has one organisation. MIN says so to PostgreSQL; grouped by it as well, SQLite would sort.
    first, last = datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)
    return (
        Period.select(
            fn.MIN(Organisation.province), Client.incomplete, _joined(_span(today)),
            _joined(Period.hours.cast("TEXT")), fn.MIN(Organisation.sector), _birth(today),
            *map(places.shortened_in_sql, _postcodes(with_home)), *map(_answers, _together()),
            Client.organisation, _joined(_closing(first, min(last, today))),
            _past(variables.reference_day(min(years), today), today, with_home), Client.number)
        .join(Client)
        .join(Organisation)
        .where(Period.start_date <= last, Period.end_date.is_null() | (Period.end_date >= first))
        .group_by(Client.number)
        .order_by(Client.number)
    )


def asked(with_home=False):
    """What each ANSWERED column is: the code of a question, or None for a text of questions with their answers.

    Hours are one for each period, in the order of the periods.
    """
    postcodes = [column.name for column in _postcodes(with_home)]
    return [HOURS, SECTOR, BIRTH_DATE, *postcodes, *[None for _ in _together()]]


def chunks(query):
    """Runs the query; its rows, some at a time."""
    cursor = database.execute(query)
    return iter(lambda: cursor.fetchmany(CHUNK), [])


def birth(birth_date, today):
    """A birth date, an ISO text, as the query gives it: the year, and whether this year's birthday is TO_COME."""
    if birth_date == UNKNOWN:
        return UNKNOWN
    return birth_date[:4] + (TO_COME if birth_date[4:] > today.isoformat()[4:] else "")


def answers_in(text):
    """(question, answer) of each answer in a text; where nobody answered there is none."""
    return [one.split(WITHIN) for one in text.split(BETWEEN)] if text else []


def _postcodes(with_home):
    return [Client.work_postcode, *([Client.home_postcode] if with_home else [])]


def _together():
    questions = sorted(variables.questions())
    return [questions[first:first + TOGETHER] for first in range(0, len(questions), TOGETHER)]


def _answers(questions):
    """A text of the answers; a range, so that it is one look-up. What else lies in it the report passes over."""
    return (Answer.select(_joined(Answer.question.concat(WITHIN).concat(Answer.option)))
            .where(Answer.client_number == Client.number, Answer.question.between(questions[0], questions[-1])))


def _span(today):
    """A period as `tally.spans` reads it; the text of an earlier one sorts before that of a later one.

    Its first and its last year; the day on which it began, where that was the same year; whether it LASTS until
    the reference day of its last year, or longer; the outlook.
    """
    start, end = _iso(Period.start_date), _iso(Period.end_date)
    first, last = fn.SUBSTR(start, 1, 4), fn.COALESCE(fn.SUBSTR(end, 1, 4), FOR_EVER)
    lasts = Period.end_date.is_null() | (Period.end_date >= today) | (fn.SUBSTR(end, 6) == "12-31")
    parts = first, last, Case(None, [(first == last, fn.SUBSTR(start, 6))], ""), Case(None, [(lasts, LASTS)], ENDED)
    text = parts[0]
    for part in (*parts[1:], fn.COALESCE(Period.outlook, "")):
        text = text.concat(WITHIN).concat(part)
    return text


def _closing(first, last):
    """A period that ended in these days: its first day, its last, the reason and the outlook."""
    text = _iso(Period.start_date)
    for part in (_iso(Period.end_date), Period.closing_reason, Period.outlook):
        text = text.concat(WITHIN).concat(part)
    return Case(None, [(Period.end_date.between(first, last), text)])


def _birth(today):
    born = _iso(Client.birth_date)
    to_come = Case(None, [(fn.SUBSTR(born, 5) > today.isoformat()[4:], TO_COME)], "")
    return Case(None, [(Client.birth_date_unknown, UNKNOWN)], fn.SUBSTR(born, 1, 4).concat(to_come))


def _past(day, today, with_home):
    """What was answered before and held on that day or later: `until WITHIN question WITHIN answer WITHIN today's`."""
    typed = [(BIRTH_DATE, _birth(today)), *((column.name, column) for column in _postcodes(with_home))]
    chosen = Answer.select(Answer.option).where(
        Answer.client_number == PastAnswer.client_number, Answer.question == PastAnswer.question)
    text = _iso(PastAnswer.until)
    for part in (PastAnswer.question, fn.COALESCE(PastAnswer.option, PastAnswer.value),
                 fn.COALESCE(Case(PastAnswer.question, typed, chosen), "")):
        text = text.concat(WITHIN).concat(part)
    return PastAnswer.select(_joined(text)).where(PastAnswer.client_number == Client.number, PastAnswer.until >= day)


def _joined(text):
    return fn.GROUP_CONCAT(text, BETWEEN) if is_sqlite() else fn.STRING_AGG(text, BETWEEN)


def _iso(column):
    return column.coerce(False) if is_sqlite() else fn.TO_CHAR(column, "YYYY-MM-DD")
