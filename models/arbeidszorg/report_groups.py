"""What the yearly report's query gave, counted as it came: equal texts of all clients of a group at once.

A group is all clients of a province with the same years of guidance, complete or not. What they answered is counted
per column; what was answered before today is counted apart, for few clients have it.
"""
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

from models.arbeidszorg import report_bands
from models.arbeidszorg.report_bands import ACTIVE, BIRTH_DATE
from models.arbeidszorg.report_query import (
    ANSWERED,
    BETWEEN,
    CLOSED,
    GROUP,
    LASTS,
    PAST,
    WITHIN,
    answers_in,
    asked,
    birth,
)


class Span(NamedTuple):
    """A year in which a client was guided, the situation at its end, and which of the client's periods counts."""

    year: int
    situation: str
    period: int


class Past(NamedTuple):
    """A question that clients of a group answered otherwise before: the answer of `now`, None where there is none, and
    the earlier ones as (the last year that ended with it, answer), the earliest first."""

    group: tuple
    question: str
    now: str | None
    earlier: tuple

    def held(self, year):
        """The answer at the end of a year (docs/decisions/0020)."""
        return next((answer for last, answer in self.earlier if last >= year), self.now)


class Groups:
    """`answered`: group → a counter for each column of `asked`; `closed`: province → texts of periods that ended;
    `past`: a counter of Past."""

    def __init__(self, years, today, with_home=False):
        self.years, self.today = sorted(years), today
        self.with_home, self.asked = with_home, asked(with_home)
        self.answered = defaultdict(lambda: [Counter() for _ in self.asked])
        self.closed, self.past = defaultdict(Counter), Counter()
        self.spans = cache(lambda periods: list(self._spans(periods)))
        self._last_year = cache(self._last_year_of)

    def add(self, rows):
        """Count these rows too."""
        groups = defaultdict(list)
        for row in rows:
            groups[row[GROUP]].append(row)
            if row[PAST]:
                self.past.update(self.past_of(row))
        for group, own in groups.items():
            columns = list(zip(*own, strict=True))
            for counter, column in zip(self.answered[group], columns[ANSWERED], strict=True):
                counter.update(column)
            self.closed[group[0]].update(columns[CLOSED])

    def past_of(self, row):
        """The `Past` of each question that a client answered otherwise before."""
        if not row[PAST]:
            return
        now = {question: answer for column, text in zip(self.asked, row[ANSWERED], strict=True)
               for question, answer in pairs(column, text)}
        earlier = defaultdict(list)
        for until, question, answer in sorted(one.split(WITHIN) for one in row[PAST].split(BETWEEN)):
            earlier[question].append(
                (self._last_year(until), birth(answer, self.today) if question == BIRTH_DATE else answer))
        for question, answers in earlier.items():
            yield Past(row[GROUP], question, now.get(question), tuple(answers))

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
        return year if until >= report_bands.reference_day(year, self.today).isoformat() else year - 1


def pairs(column, text):
    """(question, answer) of each answer in a text, of a column as `report_query.asked` names it."""
    if column is None:
        return answers_in(text)
    return [] if text is None else [(column, text)]
