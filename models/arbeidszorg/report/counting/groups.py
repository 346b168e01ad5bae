"""What the yearly report's query gave, counted as it came: equal texts of all clients of a group at once.

A group is all clients of a province with the same years of guidance, complete or not. What they answered is counted
per column; what was answered before today is counted apart, for few clients have it.
"""
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.query import (
    ANSWERED,
    BETWEEN,
    CLOSED,
    GROUP,
    LASTS,
    OWNER,
    PAST,
    WITHIN,
    answers_in,
    asked,
    birth,
)
from models.arbeidszorg.report.counting.variables import ACTIVE, BIRTH_DATE


class Span(NamedTuple):
    """A year in which a client was guided, the situation at its end, and which of the client's periods counts."""

    year: int
    situation: str
    period: int


class Past(NamedTuple):
    """A question that was answered otherwise before: the answer of `now`, None where there is none, and the earlier
    ones as (the last year that ended with it, answer), the earliest first."""

    question: str
    now: str | None
    earlier: tuple

    def held(self, year):
        """The answer at the end of a year (docs/decisions/0020)."""
        return next((answer for last, answer in self.earlier if last >= year), self.now)


class Groups:
    """`answered`: group → a counter for each column of `asked`; `past`: group → a counter of texts for `past_in`;
    `owners`: group → its organisations; `closed`: province → a counter of texts of periods that ended."""

    def __init__(self, years, today, with_home=False):
        self.years, self.today = sorted(years), today
        self.with_home, self.asked = with_home, asked(with_home)
        self.answered = defaultdict(lambda: [Counter() for _ in self.asked])
        self.owners, self.closed, self.past = defaultdict(set), defaultdict(Counter), defaultdict(Counter)
        self.spans = cache(lambda periods: list(self._spans(periods)))
        self.past_in = cache(lambda text: list(self._past_in(text)) if text else [])
        self._last_year = cache(self._last_year_of)

    def add(self, rows):
        """Count these rows too."""
        groups = defaultdict(list)
        for row in rows:
            groups[row[GROUP]].append(row)
        for group, own in groups.items():
            columns = list(zip(*own, strict=True))
            for counter, column in zip(self.answered[group], columns[ANSWERED], strict=True):
                counter.update(column)
            self.owners[group].update(columns[OWNER])
            self.past[group].update(columns[PAST])
            self.closed[group[0]].update(columns[CLOSED])

    def _past_in(self, text):
        """The `Past` of each question that was answered otherwise before."""
        questions = defaultdict(list)
        for until, question, answer, now in sorted(one.split(WITHIN) for one in text.split(BETWEEN)):
            held = birth(answer, self.today) if question == BIRTH_DATE else answer
            questions[question, now or None].append((self._last_year(until), held))
        return (Past(*question, tuple(earlier)) for question, earlier in questions.items())

    def _spans(self, periods):
        """The `Span` of each of the years in which a client with these periods was guided (docs/decisions/0070)."""
        held = sorted((*text.split(WITHIN), place) for place, text in enumerate(periods.split(BETWEEN)))
        for year in self.years:
            own = [(last > str(year) or lasts == LASTS, outlook, place)
                   for first, last, _, lasts, outlook, place in held if first <= str(year) <= last]
            if own:
                active, outlook, place = next((one for one in own if one[0]), own[-1])
                yield Span(year, ACTIVE if active else outlook, place)

    def _last_year_of(self, until):
        """The last year at whose reference day an answer held that held until this day."""
        year = int(until[:4])
        return year if until >= variables.reference_day(year, self.today).isoformat() else year - 1


def pairs(column, text):
    """(question, answer) of each answer in a text, of a column as `report_query.asked` names it."""
    if column is None:
        return answers_in(text)
    return [] if text is None else [(column, text)]
