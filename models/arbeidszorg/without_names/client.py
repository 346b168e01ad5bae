"""Clients 'zonder naam': what a province's administrator sees of them, and their organisation when it looks as he does.

One query for both. It never selects name, old number or birth date, nor what would tell that a name was entered or
changed; the database itself makes a year of a birth date and a province of a postcode (docs/decisions/0063).
"""
import datetime
from collections import defaultdict
from typing import NamedTuple

from peewee import Case, fn

from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.audit import Event, record
from models.database import is_sqlite, transaction
from models.database import today as today_in_flanders
from models.days import local_day
from models.organisations import Organisation

# What is seen of the answers that are typed.
REDUCED = {"birth_date": "birth_year", "home_postcode": "home_place", "work_postcode": "work_place"}


class ClientWithoutName(NamedTuple):
    """A client without its name. `birth_year` is four digits, 'unknown' or None; a place is a code of `places`."""

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
    def of_province(cls, province, today=None):
        """The clients of a province, unexecuted."""
        return cls._all(today).where(Organisation.province == province)

    @classmethod
    def of_organisation(cls, organisation_id, today=None):
        """The same of one organisation."""
        return cls._all(today).where(Organisation.id == organisation_id)

    @classmethod
    def with_numbers(cls, province, numbers, today=None):
        """Those of a province with these numbers, by number, unexecuted."""
        # COALESCE, for SQLite would go through all organisations of the province and look there for each number.
        own = fn.COALESCE(Organisation.province, "") == province
        return cls._all(today).where(Client.number.in_(list(numbers)), own).order_by(Client.number)

    @classmethod
    def details(cls, scope, number):
        """Everything that is shown of the client with this number of a scope; None where it has none of it."""
        found = scope.where(Client.number == number).first()
        return found and Shown.of(found, today_in_flanders())

    @classmethod
    def view(cls, number, by):
        """The client of this number of an administrator's province, written down as seen; None where it has none."""
        with transaction():
            shown = cls.details(cls.of_province(by.province), number)
            if shown:
                seen_at = Organisation.get_by_id(shown.organisation_id)
                record(Event.CLIENT_VIEWED, by=by, organisation=seen_at, client=number)
        return shown

    @classmethod
    def _all(cls, today):
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
    def registered_on(self):
        """The day on which it was registered, in Flanders."""
        return local_day(self.registered_at)

    def is_active(self, day):
        return self.active_until is not None and self.active_until >= day


class Fact(NamedTuple):
    label: str
    answer: str | None
    earlier: list


class Guidance(NamedTuple):
    hours: object
    start_date: datetime.date
    end_date: datetime.date | None
    closing_reason: str | None
    outlook: str | None


class Shown(NamedTuple):
    """A client's page: `chapters` as (chapter, facts), each fact with (until, answer) of before; `periods` in words."""

    number: int
    organisation: str
    organisation_id: int
    active: bool
    incomplete: bool
    registered_on: datetime.date
    chapters: list
    periods: list

    @classmethod
    def of(cls, client, today):
        """Of a client of either scope."""
        answers, past = answers_of([client])[client.number], _past(client.number, today)
        chapters = [
            (chapter, [Fact(heading(question), words(question, answers.get(question.code)),
                            _earlier(question, answers.get(question.code), past)) for question in questions])
            for chapter, questions in questionnaire.current().chapters()]
        return cls(
            client.number, client.organisation, client.organisation_id, client.is_active(today), client.incomplete,
            client.registered_on, chapters, periods_of([client.number])[client.number][::-1])


def birth_year():
    """The year of birth as the database works it out: four digits, 'unknown', or nothing where nobody answered."""
    year = fn.SUBSTR(Client.birth_date, 1, 4) if is_sqlite() else fn.TO_CHAR(Client.birth_date, "YYYY")
    return Case(None, [(Client.birth_date_unknown, UNKNOWN)], year.coerce(False))


def answers_of(clients):
    """Today's answers of each of these clients: number → question → answer, the typed ones reduced."""
    answers = {}
    for client in clients:
        typed = {code: getattr(client, seen) for code, seen in REDUCED.items()}
        answers[client.number] = {code: answer for code, answer in typed.items() if answer is not None}
    for number, code, option in Answer.select().where(Answer.client_number.in_(list(answers))).tuples():
        answers[number][code] = option
    return answers


def periods_of(numbers):
    """The periods of each of these clients, the oldest first, in words: number → list."""
    asked = questionnaire.current()
    found = defaultdict(list)
    columns = (Period.client, Period.hours, Period.start_date, Period.end_date, Period.closing_reason, Period.outlook)
    for number, hours, start, end, reason, outlook in (
            Period.select(*columns).where(Period.client.in_(list(numbers))).order_by(Period.start_date).tuples()):
        found[number].append(Guidance(
            hours, start, end, asked["closing_reason"].label_of(reason), asked["outlook"].label_of(outlook)))
    return found


def heading(question):
    """How a question is called where its answers are reduced."""
    return question.reduced or question.label


def words(question, answer):
    """A reduced answer in words; None where there is none."""
    return question.labels.get(answer) or (places.LABELS.get(answer, answer) if question.code in REDUCED else answer)


def _past(number, today):
    """(question, reduced answer, until) of what held before, the newest first."""
    typed = [("birth_date", Case(None, [(PastAnswer.value == UNKNOWN, UNKNOWN)], fn.SUBSTR(PastAnswer.value, 1, 4)))]
    typed += [(code, places.place_in_sql(PastAnswer.value, today)) for code in ("home_postcode", "work_postcode")]
    reduced = Case(PastAnswer.question, typed, PastAnswer.option).coerce(False)
    return list(
        PastAnswer.select(PastAnswer.question, reduced, PastAnswer.until)
        .where(PastAnswer.client_number == number)
        .order_by(PastAnswer.until.desc(), PastAnswer.id)
        .tuples())


def _earlier(question, answer, past):
    """(until, answer in words) of a question; what reads the same as what came after it is no change."""
    shown = []
    for code, earlier, until in past:
        if code == question.code and earlier != answer:
            shown.append((until, words(question, earlier)))
            answer = earlier
    return shown
