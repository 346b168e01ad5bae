"""Clients of different organisations who may be one person: same birth date, gender and home postcode.

The register has no number of persons, so somebody whom two organisations guide is counted twice. These counts say how
often that may be so; they are protected with the other variables (docs/decisions/0098).
"""
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from peewee import Tuple, fn

from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import IDENTIFYING, Client
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.query import GROUP, NUMBER, OWNER, Row
from models.arbeidszorg.report.counting.variables import OTHER_PROVINCE, OWN_PROVINCE, reference_day

# The three answers by which a person may be recognised, in the order of IDENTIFYING.
Identity = tuple[Any, ...]
# (province, situation, category)
Share = tuple[str, str, str]


class _Guided(NamedTuple):
    province: str
    organisation: int
    situation: str


class Shared:
    """Takes the rows of the report's query, and counts the clients who share their identity with another organisation.

    `identities` has only clients who may do so on some day: few of a register.
    """

    def __init__(self) -> None:
        self.identities = {number: _History(now) for number, *now in _candidates()}
        for number, question, option, value, until in _past(self.identities):
            self.identities[number].past.append((until, question, option or value))
        self.rows: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Take these rows too."""
        if self.identities:
            self.rows += (row for row in rows if row[NUMBER] in self.identities)

    def counts(self, groups: Groups) -> dict[int, Counter[Share]]:
        """Return year → the number of clients by (province, situation, category), without those who share nothing."""
        guided: dict[tuple[int, Identity], list[_Guided]] = defaultdict(list)
        for row in self.rows:
            province, _, periods = row[GROUP]
            for span in groups.spans(periods):
                identity = self.identities[row[NUMBER]].on(reference_day(span.year, groups.today))
                if identity:
                    guided[span.year, identity].append(_Guided(province, row[OWNER], span.situation))
        found: dict[int, Counter[Share]] = defaultdict(Counter)
        for (year, _), alike in guided.items():
            found[year].update(_shares(alike))
        return found


def _shares(alike: Iterable[_Guided]) -> Iterable[Share]:
    """Yield the share of each of these clients with one identity, if another organisation guides one of them."""
    at: Mapping[str, set[int]] = defaultdict(set)
    alike = list(alike)
    for one in alike:
        at[one.province].add(one.organisation)
    for one in alike:
        if len(at[one.province]) > 1:
            yield one.province, one.situation, OWN_PROVINCE
        elif len(at) > 1:
            yield one.province, one.situation, OTHER_PROVINCE


class _History:
    """The identity of a client over time."""

    def __init__(self, now: list[Any]) -> None:
        self.now = dict(zip(IDENTIFYING, now, strict=True))
        self.past: list[tuple[datetime.date, str, str]] = []

    def on(self, day: datetime.date) -> Identity | None:
        """Return the identity on a day; None where a part of it is not known."""
        held = self.now | {question: answer for until, question, answer in sorted(self.past, reverse=True)
                           if until >= day}
        identity = tuple(str(answer) for answer in held.values() if answer not in (None, UNKNOWN))
        return identity if len(identity) == len(IDENTIFYING) else None


def _candidates() -> Iterable[tuple[Any, ...]]:
    """Return (number, birth date, gender, home postcode) of the clients who may share their identity on some day.

    Those who share birth date and home postcode today; and those whose identity changed or who moved, with all who were
    born on the same day.
    """
    answered = PastAnswer.select(PastAnswer.client_number).where(PastAnswer.question.in_(IDENTIFYING))
    moved = PastOrganisation.select(PastOrganisation.client_number)
    changed = Client.number.in_(answered) | Client.number.in_(moved)
    birth = Client.birth_date.cast("TEXT")  # as an earlier birth date is kept
    born = (Client.select(birth).where(changed) |
            PastAnswer.select(PastAnswer.value).where(PastAnswer.question == "birth_date"))
    pair = (Client.birth_date, Client.home_postcode)
    alike = (Client.select(*pair).where(Client.birth_date.is_null(False), Client.home_postcode != UNKNOWN)
             .group_by(*pair).having(fn.MIN(Client.organisation) < fn.MAX(Client.organisation)))
    gender = Answer.select(Answer.option).where(Answer.client_number == Client.number, Answer.question == "gender")
    found: Any = (Client.select(Client.number, Client.birth_date, gender, Client.home_postcode)
                  .where(Tuple(*pair).in_(alike) | changed | birth.in_(born)).tuples())
    return found


def _past(numbers: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """Return (number, question, option, value, until) of the earlier parts of these clients' identities."""
    found: Any = (PastAnswer
                  .select(PastAnswer.client_number, PastAnswer.question, PastAnswer.option, PastAnswer.value,
                          PastAnswer.until)
                  .where(PastAnswer.question.in_(IDENTIFYING)).tuples())
    return (row for row in found if row[0] in numbers)
