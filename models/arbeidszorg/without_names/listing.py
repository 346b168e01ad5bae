"""The list of a province's clients 'zonder naam': its filters, its orders, and pages of 25.

The filters on answers are made from the questionnaire file; a value that the file does not have is ignored.
"""
import datetime
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from peewee import SQL, Case, ColumnBase, ModelSelect, Ordering, fn

from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import is_continued
from models.arbeidszorg.register.periods import Period, period_to_show
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.without_names.client import ClientWithoutName, birth_year, periods_of
from models.database import END_OF_TIME
from models.database import today as today_in_flanders
from models.organisations import Organisation
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER, clean_search

ACTIVE, INACTIVE = STATUSES = ("active", "inactive")
UNANSWERED = "-"  # the value of a filter, instead of an option's code, for clients without an answer
ANSWER_PREFIX = "answer_"  # precedes the code of a question in the code of its filter
FIRST_YEAR, LAST_YEAR = "1900", "2999"
SORTS = ("number-asc", "number-desc", "organisation", "birth-asc", "birth-desc", "start")


class AnswerFilter(NamedTuple):
    """A filter on the answer to a question: its code, and its `options` as (value, label)."""

    code: str
    question: questionnaire.Question
    options: tuple[tuple[str, str], ...]

    @classmethod
    def all(cls) -> "list[AnswerFilter]":
        """Return a filter for each question about the client or about a period that is closed."""
        return [cls(ANSWER_PREFIX + question.code, question, tuple(cls._options(question)))
                for question in questionnaire.current().questions]

    @staticmethod
    def _options(question: questionnaire.Question) -> Iterator[tuple[str, str]]:
        if question.kind == "postcode":
            yield from places.LABELS.items()
        yield from question.labels.items()
        if question.about == "client":
            yield UNANSWERED, "Niet ingevuld"


class Filters:
    """The filters on the clients of a province, and the query that they make.

    `given` has the values that are valid, by the code of their filter, always in the same order.
    """

    def __init__(self, province: str, values: Mapping[str, str], today: datetime.date | None = None) -> None:
        self.province = province
        self.today = today or today_in_flanders()
        self.organisation: Organisation | None = None
        known: dict[str, Callable[[str], str | None]] = {
            "q": lambda value: clean_search(value) or None,
            "organisation": self._organisation,
            "status": lambda value: value if value in STATUSES else None,
            "incomplete": lambda value: value if value == "1" else None,
            "born_from": _year,
            "born_to": _year,
        }
        for choice in AnswerFilter.all():
            known[choice.code] = functools.partial(_option, dict(choice.options))
        valid = {code: known[code](values.get(code) or "") for code in known}
        self.given = {code: value for code, value in valid.items() if value is not None}

    def _organisation(self, value: str) -> str | None:
        if value.isascii() and value.isdigit() and int(value) <= BIGGEST_NUMBER:
            self.organisation = Organisation.get_or_none(
                Organisation.id == int(value), Organisation.province == self.province)
        return value if self.organisation else None

    def query(self) -> tuple["ModelSelect[Any]", Any]:
        """Return the query of the clients that match, and the column with their number."""
        query = ClientWithoutName.of_province(self.province, self.today)
        number: Any = Client.number
        conditions = self._answers()
        if not {"q", "organisation"} & set(self.given):
            indexed, conditions = self._indexed(conditions)
            for code, option in indexed:
                answer = Answer.alias()
                query = query.join_from(Client, answer, on=(answer.client_number == number)).where(
                    answer.question == code, answer.option == option)
                number = answer.client_number if number is Client.number else number
        for code, value in conditions:
            query = query.where(self._answered(code, value, number))
        return self._of_the_client(query), number

    @staticmethod
    def _indexed(conditions: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Divide conditions on answers into those to read from the index on options, and the others.

        SQLite reads the first condition in the order of the numbers, and looks up the others for these clients alone.
        So the question with the most options comes first: its condition leaves the fewest clients.
        """
        indexed = [(code, value) for code, value in conditions
                   if code not in TYPED and code not in questionnaire.CLOSING and value != UNANSWERED]
        ordered = sorted(indexed, key=lambda condition: -len(questionnaire.current()[condition[0]].options))
        return ordered, [condition for condition in conditions if condition not in indexed]

    def _answers(self) -> list[tuple[str, str]]:
        """Return the conditions on answers, as (question code, value)."""
        return [(code.removeprefix(ANSWER_PREFIX), value) for code, value in self.given.items()
                if code.startswith(ANSWER_PREFIX)]

    def _of_the_client(self, query: "ModelSelect[Any]") -> "ModelSelect[Any]":
        """Add the conditions on the client's own columns."""
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

    def _answered(self, code: str, value: str, number: Any) -> Any:
        """Return the SQL condition that the client with this number answered question `code` with `value`."""
        if code in TYPED:
            reduced = _reduced(code, self.today)
            return reduced.is_null() if value == UNANSWERED else reduced == value
        if code in questionnaire.CLOSING:
            closed = Period.select(SQL("1")).where(Period.client == number, ~is_continued())
            # Without COALESCE, SQLite goes through all periods with this reason or outlook, once for each client.
            return fn.EXISTS(closed.where(fn.COALESCE(getattr(Period, code), "") == value))
        answer = Answer.alias()
        answered = answer.select(SQL("1")).where(answer.client_number == number, answer.question == code)
        return ~fn.EXISTS(answered) if value == UNANSWERED else fn.EXISTS(answered.where(answer.option == value))

    def count(self) -> int:
        """Return how many clients match."""
        return self.query()[0].select(fn.COUNT(SQL("*"))).scalar()


class ListedClient(NamedTuple):
    """A row of the list, with the dates of the period that `periods.period_to_show` chooses."""

    client: ClientWithoutName
    active: bool
    start: datetime.date | None
    end: datetime.date | None


class Listing:
    """One page of the list: the clients on it (`rows`), and how many match (`total`).

    A sort or page that does not exist becomes the default, or the nearest page.
    """

    def __init__(self, filters: Filters, sort: str = SORTS[0], page: int = 1) -> None:
        self.filters = filters
        self.sort = sort if sort in SORTS else SORTS[0]
        self.total = filters.count()
        self.page, self.pages = shown_page(page, self.total)
        query, number = filters.query()
        numbers: Any = (
            query.select(number)
            .order_by(*_order(self.sort, number, filters.today))
            .limit(PAGE_SIZE)
            .offset((self.page - 1) * PAGE_SIZE)
            .tuples())
        self.rows = _rows(filters, [number for number, in numbers] if self.total else [])


def _rows(filters: Filters, numbers: Sequence[int]) -> list[ListedClient]:
    today = filters.today
    clients = {client.number: client for client in ClientWithoutName.with_numbers(filters.province, numbers, today)}
    periods = periods_of(numbers)
    rows = []
    for number in numbers:
        # A client can be deleted between two statements.
        if client := clients.get(number):
            period = period_to_show(periods.get(number, ()), today)
            rows.append(ListedClient(
                client, client.is_active(today), period and period.start_date, period and period.end_date))
    return rows


def _order(sort: str, number: Any, today: datetime.date) -> tuple[Any, ...]:
    year = Case(None, [(Client.birth_date_unknown, None)], birth_year())
    by_year = (Case(None, [(year.is_null(), 1)], 0), year)
    return {
        "number-asc": (number,),
        "number-desc": (number.desc(),),
        "organisation": (Organisation.name, number),
        "birth-asc": (*by_year, number),
        "birth-desc": (by_year[0], year.desc(), number),
        "start": (_latest_start(today), number),
    }[sort]


def _latest_start(today: datetime.date) -> Ordering:
    """Order by the start of the period that the row shows, the latest first; clients without periods come last."""
    own = Period.alias()
    starts = own.select(own.start_date).where(own.client == Client.number).limit(1)
    lasting = starts.where(fn.COALESCE(own.end_date, END_OF_TIME) >= today).order_by(own.start_date)
    start = fn.COALESCE(lasting, starts.order_by(own.start_date.desc()), datetime.date(1, 1, 1))
    return start.desc()


def _reduced(code: str, today: datetime.date) -> ColumnBase:
    """Return the SQL of the reduced answer to a question with a typed answer."""
    if code == "birth_date":
        return birth_year()
    return places.place_in_sql(getattr(Client, code), today)


def _option(options: Mapping[str, str], value: str) -> str | None:
    return value if value in options else None


def _year(value: str) -> str | None:
    is_year = value.isascii() and value.isdigit() and len(value) == 4
    return value if is_year and FIRST_YEAR <= value <= LAST_YEAR else None
