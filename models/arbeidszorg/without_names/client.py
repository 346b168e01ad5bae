"""Clients 'zonder naam': as a province's administrator sees them.

'Wat ziet de provincie?' shows them to their organisation in the same way, by the same query. It never selects name,
old number or birth date, nor a column that would show that a name was entered or changed; the database itself reduces
a birth date to its year and a postcode to its province (docs/decisions/0063).
"""
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from peewee import Case, ColumnBase, ModelSelect, fn

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import closing_labels, is_continued
from models.arbeidszorg.register.hours import PastHours, stretches
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.register.questionnaire import Question
from models.audit import Actor, record_reading
from models.database import is_sqlite
from models.database import today as today_in_flanders
from models.days import local_day
from models.organisations import Organisation

# The questions with a typed answer, and the attribute of `ClientWithoutName` that holds the reduced answer.
REDUCED = {"birth_date": "birth_year", "home_postcode": "home_place", "work_postcode": "work_place"}


class ClientWithoutName(NamedTuple):
    """A client as administrators see it in a list.

    `birth_year` is four digits, 'unknown' or None. A place is a code of `places.LABELS`, another option of its
    question, or None. `active_until` is the end of the last period.
    """

    number: int
    organisation_id: int
    organisation: str
    incomplete: bool
    active_until: datetime.date | None
    registered_at: datetime.datetime
    birth_year: str | None
    home_place: str | None
    work_place: str | None

    @classmethod
    def of_province(cls, province: str, today: datetime.date | None = None) -> "ModelSelect[Any]":
        """Select the clients of a province."""
        return cls._all(today).where(Organisation.province == province)

    @classmethod
    def of_organisation(cls, organisation_id: int, today: datetime.date | None = None) -> "ModelSelect[Any]":
        """Select the clients of an organisation."""
        return cls._all(today).where(Organisation.id == organisation_id)

    @classmethod
    def with_numbers(cls, province: str, numbers: Iterable[int],
                     today: datetime.date | None = None) -> "ModelSelect[Any]":
        """Select the clients of a province that have these numbers, ordered by number."""
        return cls.listed(province, Client.number.in_(list(numbers)), today)

    @classmethod
    def listed(cls, province: Any, has_number: Any, today: datetime.date | None = None) -> "ModelSelect[Any]":
        """Select the clients of a province whose number is listed, which this SQL says, ordered by number."""
        # Without COALESCE, SQLite goes through all organisations of the province and looks for each number in each.
        own = fn.COALESCE(Organisation.province, "") == province
        return cls._all(today).where(has_number, own).order_by(Client.number)

    @classmethod
    def details(cls, scope: "ModelSelect[Any]", number: int) -> "ClientDetails | None":
        """Return the details of the client with this number, or None if it is not in `scope`, a query as above."""
        client = scope.where(Client.number == number).first()
        return client and ClientDetails.of(client, today_in_flanders())

    @classmethod
    def view(cls, number: int, by: Actor) -> "ClientDetails | None":
        """Return the details of a client of the administrator's province, or None, and record that it was viewed."""
        details = cls.details(cls.of_province(by.province or ""), number)
        if details:
            organisation = Organisation.get_by_id(details.organisation_id)
            record_reading(ArbeidszorgEvent.CLIENT_VIEWED, by=by, organisation=organisation, subject=number)
        return details

    @classmethod
    def _all(cls, today: datetime.date | None) -> "ModelSelect[Any]":
        today = today or today_in_flanders()
        return (
            Client.select(
                Client.number, Organisation.id.alias("organisation_id"), Organisation.name.alias("organisation"),
                Client.incomplete, Client.active_until, Client.created_at.alias("registered_at"),
                birth_year().alias("birth_year"),
                places.place_in_sql(Client.home_postcode, today).alias("home_place"),
                places.place_in_sql(Client.work_postcode, today).alias("work_place"))
            .join(Organisation)
            .objects(cls)
        )

    @property
    def registered_on(self) -> datetime.date:
        """The day of registration in Flanders."""
        return local_day(self.registered_at)

    def is_active(self, day: datetime.date) -> bool:
        """Whether a period runs on `day` or is planned for later."""
        return self.active_until is not None and self.active_until >= day


class AnsweredQuestion(NamedTuple):
    """A question with the label of today's answer, and the `earlier` answers as (last day, label), the newest first."""

    label: str
    answer: str | None
    earlier: list[tuple[datetime.date, str | None]]


class PeriodDetails(NamedTuple):
    """A guidance period, its reason and outlook as labels; `past` are its earlier hours, the newest first."""

    hours: Decimal
    past: list[tuple[datetime.date, Decimal]]
    start_date: datetime.date
    end_date: datetime.date | None
    closing_reason: str | None
    outlook: str | None

    @property
    def stretches(self) -> list[tuple[Decimal, datetime.date]]:
        """The hours with the first day on which they held, the newest first."""
        return stretches(self.start_date, self.hours, self.past)


class ClientDetails(NamedTuple):
    """The contents of a client's page: its answers as (chapter, questions), and its periods, the newest first."""

    number: int
    organisation: str
    organisation_id: int
    active: bool
    incomplete: bool
    registered_on: datetime.date
    chapters: list[tuple[str, list[AnsweredQuestion]]]
    periods: list[PeriodDetails]

    @classmethod
    def of(cls, client: ClientWithoutName, today: datetime.date) -> "ClientDetails":
        """Read the answers and periods of a client; `today` decides whether it is active."""
        answers, past = answers_of([client])[client.number], _past_answers(client.number, today)
        chapters = [
            (chapter, [AnsweredQuestion(heading(question), answer_label(question, answers.get(question.code)),
                                        _earlier_answers(question, answers.get(question.code), past))
                       for question in questions])
            for chapter, questions in questionnaire.current().chapters()]
        return cls(
            client.number, client.organisation, client.organisation_id, client.is_active(today), client.incomplete,
            client.registered_on, chapters, periods_of([client.number])[client.number][::-1])


def birth_year() -> Case:
    """Return the SQL of the birth year: four digits, 'unknown', or NULL without an answer."""
    year = fn.SUBSTR(Client.birth_date, 1, 4) if is_sqlite() else fn.TO_CHAR(Client.birth_date, "YYYY")
    return Case(None, [(Client.birth_date_unknown, UNKNOWN)], year.coerce(False))


def answers_of(clients: Iterable[ClientWithoutName]) -> dict[int, dict[str, str]]:
    """Return today's answers of each client, the typed ones reduced: number → question code → answer."""
    answers = {}
    for client in clients:
        typed = {code: getattr(client, attribute) for code, attribute in REDUCED.items()}
        answers[client.number] = {code: answer for code, answer in typed.items() if answer is not None}
    rows: Any = (Answer.select(Answer.client_number, Answer.question, Answer.option)
                 .where(Answer.client_number.in_(list(answers))).tuples())
    for number, code, option in rows:
        answers[number][code] = option
    return answers


def periods_of(numbers: Iterable[int]) -> dict[int, list[PeriodDetails]]:
    """Return the periods of each client, the oldest first: number → periods. A client without one gives []."""
    columns = (Period.id, Period.client, Period.hours, Period.start_date, Period.end_date, Period.closing_reason,
               Period.outlook, is_continued())
    rows: Any = list(
        Period.select(*columns).where(Period.client.in_(list(numbers))).order_by(Period.start_date).tuples())
    past = PastHours.of_each(row[0] for row in rows)
    periods = defaultdict(list)
    for period_id, number, hours, start, end, reason, outlook, continued in rows:
        earlier: list[Any] = [(was.until, was.hours) for was in past[period_id]]
        periods[number].append(PeriodDetails(
            hours, earlier, start, end, *closing_labels(continued, reason, outlook)))
    return periods


def heading(question: Question) -> str:
    """Return the heading of a question where its answers are reduced."""
    return question.reduced or question.label


def answer_label(question: Question, answer: str | None) -> str | None:
    """Return the label of a reduced answer, or None without an answer."""
    if answer is None:
        return None
    return question.labels.get(answer) or (places.LABELS.get(answer, answer) if question.code in REDUCED else answer)


def _past_answers(number: int, today: datetime.date) -> list[tuple[str, str, datetime.date]]:
    """Return the past answers of a client, reduced, as (question code, answer, until), the newest first."""
    typed: list[tuple[str, ColumnBase]] = [
        ("birth_date", Case(None, [(PastAnswer.value == UNKNOWN, UNKNOWN)], fn.SUBSTR(PastAnswer.value, 1, 4)))]
    typed += [(code, places.place_in_sql(PastAnswer.value, today)) for code in ("home_postcode", "work_postcode")]
    reduced = Case(PastAnswer.question, typed, PastAnswer.option).coerce(False)
    rows: Any = (
        PastAnswer.select(PastAnswer.question, reduced, PastAnswer.until)
        .where(PastAnswer.client_number == number)
        .order_by(PastAnswer.until.desc(), PastAnswer.id)
        .tuples())
    return list(rows)


def _earlier_answers(question: Question, answer: str | None,
                     past: Sequence[tuple[str, str, datetime.date]]) -> list[tuple[datetime.date, str | None]]:
    """Return the earlier answers to a question as (until, label), without those equal to the answer that followed."""
    earlier = []
    for code, past_answer, until in past:
        if code == question.code and past_answer != answer:
            earlier.append((until, answer_label(question, past_answer)))
            answer = past_answer
    return earlier
