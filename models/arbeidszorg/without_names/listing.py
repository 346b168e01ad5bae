"""The list of a province's clients: what it is narrowed to, its orders, and pages of 25.

What can be asked is made from the questionnaire file; a value that is not known there is left out, whoever typed it.
"""
import datetime
import functools
from typing import NamedTuple

from peewee import SQL, Case, fn

from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period, period_to_show
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.without_names.client import ClientWithoutName, birth_year, periods_of
from models.database import END_OF_TIME
from models.database import today as today_in_flanders
from models.organisations import Organisation
from models.paging import PAGE_SIZE, turned_to
from models.searching import typed

BIGGEST_NUMBER = 2**31 - 1
ACTIVE, INACTIVE = STATUSES = ("active", "inactive")
UNANSWERED = "-"  # in the place of an option: nobody answered
ANSWER_PREFIX = "answer_"  # before the code of a question
FIRST_YEAR, LAST_YEAR = "1900", "2999"
SORTS = ("number-asc", "number-desc", "organisation", "birth-asc", "birth-desc", "start")


class AnswerFilter(NamedTuple):
    """Something to narrow the list by: `options` as (value, label), empty where it is typed."""

    code: str
    question: questionnaire.Question
    options: tuple

    @classmethod
    def all(cls):
        """One for each question, those about a period too."""
        return [cls(ANSWER_PREFIX + question.code, question, tuple(cls._options(question)))
                for question in questionnaire.current().questions]

    @staticmethod
    def _options(question):
        if question.kind == "postcode":
            yield from places.LABELS.items()
        yield from question.labels.items()
        if question.about == "client":
            yield UNANSWERED, "Niet ingevuld"


class Filters:
    """What the list is narrowed to: `given`, by code, in an order of its own; and the query that it makes."""

    def __init__(self, province, values, today=None):
        self.province = province
        self.today = today or today_in_flanders()
        self.organisation = None
        known = {
            "q": lambda value: typed(value) or None,
            "organisation": self._organisation,
            "status": lambda value: value if value in STATUSES else None,
            "incomplete": lambda value: value if value == "1" else None,
            "born_from": _year,
            "born_to": _year,
        }
        for choice in AnswerFilter.all():
            known[choice.code] = functools.partial(_option, dict(choice.options))
        found = {code: known[code](values.get(code) or "") for code in known}
        self.given = {code: value for code, value in found.items() if value is not None}

    def _organisation(self, value):
        if value.isascii() and value.isdigit() and int(value) <= BIGGEST_NUMBER:
            self.organisation = Organisation.get_or_none(
                Organisation.id == int(value), Organisation.province == self.province)
        return value if self.organisation else None

    def query(self):
        """The clients that match, unexecuted; and the column with their number."""
        query, number = ClientWithoutName.of_province(self.province, self.today), Client.number
        asked = self._answers()
        if not {"q", "organisation"} & set(self.given):
            chosen, asked = self._chosen(asked)
            for code, option in chosen:
                answer = Answer.alias()
                query = query.join_from(Client, answer, on=(answer.client_number == number)).where(
                    answer.question == code, answer.option == option)
                number = answer.client_number if number is Client.number else number
        for code, value in asked:
            query = query.where(self._answered(code, value, number))
        return self._of_the_client(query), number

    @staticmethod
    def _chosen(asked):
        """The answers to read from their own index, and the others.

        SQLite reads the first in the order of the numbers, and of the rest only what belongs to it: so the first is
        of the question with the most options, which leaves the fewest clients.
        """
        chosen = [(code, value) for code, value in asked
                  if code not in TYPED and code not in questionnaire.CLOSING and value != UNANSWERED]
        first = sorted(chosen, key=lambda one: -len(questionnaire.current()[one[0]].options))
        return first, [one for one in asked if one not in chosen]

    def _answers(self):
        """(question, value) of what is asked of a client's answers."""
        return [(code.removeprefix(ANSWER_PREFIX), value) for code, value in self.given.items()
                if code.startswith(ANSWER_PREFIX)]

    def _of_the_client(self, query):
        given = self.given
        if "q" in given:
            number = given["q"].isascii() and given["q"].isdigit() and int(given["q"])
            query = query.where(Client.number == (number if number and number <= BIGGEST_NUMBER else 0))
        if self.organisation:
            query = query.where(Client.organisation == self.organisation.id)
        if "status" in given:
            active = fn.COALESCE(Client.active_until, datetime.date(1, 1, 1)) >= self.today
            query = query.where(active if given["status"] == ACTIVE else ~active)
        if "incomplete" in given:
            query = query.where(Client.incomplete)
        if {"born_from", "born_to"} & set(given):
            query = query.where(
                birth_year().between(given.get("born_from", FIRST_YEAR), given.get("born_to", LAST_YEAR)))
        return query

    def _answered(self, code, value, number):
        """The condition that a question is answered so."""
        if code in TYPED:
            seen = _seen(code, self.today)
            return seen.is_null() if value == UNANSWERED else seen == value
        if code in questionnaire.CLOSING:
            closed = Period.select(SQL("1")).where(Period.client == number)
            # COALESCE, for SQLite would go through all periods that closed so, once for each client.
            return fn.EXISTS(closed.where(fn.COALESCE(getattr(Period, code), "") == value))
        answer = Answer.alias()
        found = answer.select(SQL("1")).where(answer.client_number == number, answer.question == code)
        return ~fn.EXISTS(found) if value == UNANSWERED else fn.EXISTS(found.where(answer.option == value))

    def count(self):
        """How many clients match."""
        return self.query()[0].select(fn.COUNT(SQL("*"))).scalar()


class Row(NamedTuple):
    client: ClientWithoutName
    active: bool
    start: datetime.date | None
    end: datetime.date | None


class Listing:
    """One page of the list: `rows`, and how many match (`total`)."""

    def __init__(self, filters, sort=SORTS[0], page=1):
        self.filters = filters
        self.sort = sort if sort in SORTS else SORTS[0]
        self.total = filters.count()
        self.page, self.pages = turned_to(page, self.total)
        query, number = filters.query()
        found = (query.select(number)
                 .order_by(*_order(self.sort, number, filters.today))
                 .limit(PAGE_SIZE)
                 .offset((self.page - 1) * PAGE_SIZE)
                 .tuples())
        self.rows = _rows(filters, [number for number, in found] if self.total else [])


def _rows(filters, numbers):
    today = filters.today
    clients = {client.number: client for client in ClientWithoutName.with_numbers(filters.province, numbers, today)}
    periods = periods_of(numbers)
    rows = []
    for number in numbers:
        # Between two statements a client can be deleted.
        if client := clients.get(number):
            period = period_to_show(periods.get(number, ()), today)
            rows.append(Row(client, client.is_active(today), period and period.start_date, period and period.end_date))
    return rows


def _order(sort, number, today):
    year = Case(None, [(Client.birth_date_unknown, None)], birth_year())
    by_year = (Case(None, [(year.is_null(), 1)], 0), year)
    return {
        "number-asc": (number,),
        "number-desc": (number.desc(),),
        "organisation": (Organisation.name, number),
        "birth-asc": (*by_year, number),
        "birth-desc": (by_year[0], year.desc(), number),
        "start": (*_start(today), number),
    }[sort]


def _start(today):
    """The start of the period that the row shows, the last first; who has none comes last."""
    own = Period.alias()
    starts = own.select(own.start_date).where(own.client == Client.number).limit(1)
    lasting = starts.where(fn.COALESCE(own.end_date, END_OF_TIME) >= today).order_by(own.start_date)
    start = fn.COALESCE(lasting, starts.order_by(own.start_date.desc()), datetime.date(1, 1, 1))
    return (start.desc(),)


def _seen(code, today):
    if code == "birth_date":
        return birth_year()
    return places.place_in_sql(getattr(Client, code), today)


def _option(options, value):
    return value if value in options else None


def _year(value):
    is_year = value.isascii() and value.isdigit() and len(value) == 4
    return value if is_year and FIRST_YEAR <= value <= LAST_YEAR else None
