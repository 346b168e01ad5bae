"""The rows of the report's query in groups, whose equal texts are counted together.

A group is all clients of a province with the same periods and the same completeness. Answers are counted per column;
earlier answers are counted apart, because few clients have any.
"""
import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, NamedTuple

from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.query import ANSWERED, CLOSED, GROUP, OWNER, PAST, Row, answered_columns
from models.arbeidszorg.report.counting.stays import Part
from models.arbeidszorg.report.counting.texts import Texts
from models.arbeidszorg.report.counting.variables import ACTIVE

# The text of a client's periods; of a client that moved, a part of them.
Periods = str | Part
# (province, whether incomplete, periods)
Group = tuple[str, bool, Periods]


class Span(NamedTuple):
    """A year in which a client was guided, the situation at its end, and the index of the period that counts."""

    year: int
    situation: str
    period: int


class Past(NamedTuple):
    """A question with earlier answers: today's answer, or None, and each earlier one as (last year, answer).

    The last year is the last one at whose reference day the answer held; the earliest answer comes first.
    """

    question: str
    now: str | None
    earlier: tuple[tuple[int, str], ...]

    def held(self, year: int) -> str | None:
        """Return the answer at the end of a year (docs/decisions/0020)."""
        return next((answer for last, answer in self.earlier if last >= year), self.now)


class Groups:
    """The counts of the texts of each group.

    `answered`: group → a Counter for each of the `columns`; `past`: group → a Counter of texts for `past_in`;
    `owners`: group → its organisations; `closed`: (province, years that count) → a Counter of texts of periods that
    ended.
    """

    def __init__(self, years: Iterable[int], today: datetime.date, with_home: bool = False) -> None:
        self.years, self.today = sorted(years), today
        self.with_home, columns = with_home, answered_columns(with_home)
        # No function below refers to this object: in a reference cycle its counts would wait for the collector.
        self.columns = columns
        self.answered: dict[Group, list[Counter[Any]]] = defaultdict(lambda: [Counter() for _ in columns])
        self.owners: dict[Group, set[int]] = defaultdict(set)
        self.closed: dict[tuple[str, tuple[int, ...]], Counter[str | None]] = defaultdict(Counter)
        self.past: dict[Group, Counter[str | None]] = defaultdict(Counter)
        self.spans = cache(partial(_spans, self.years))
        self.past_in = cache(partial(_past_in, today, cache(partial(_last_year, today))))

    def add(self, rows: Iterable[Row]) -> None:
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
            self.closed[group[0], _text_and_years(self.years, group[2])[1]].update(columns[CLOSED])


def pairs(column: str | None, text: str | None) -> Iterable[Any]:
    """Return (question, answer) of each answer in a text; `column` is one of `answered_columns`."""
    if column is None:
        return Texts.read_answers(text)
    return [] if text is None else [(column, text)]


def _text_and_years(years: list[int], periods: Periods) -> tuple[str, tuple[int, ...]]:
    return periods if isinstance(periods, Part) else (periods, tuple(years))


def _spans(years: list[int], periods: Periods) -> list[Span]:
    """Return the `Span` of each year in which a client with these periods was guided (docs/decisions/0070)."""
    text, counted = _text_and_years(years, periods)
    packed, spans = Texts.read_periods(text), []
    for year in counted:
        own = [(period.last > str(year) or period.lasts, period.outlook, index)
               for period, index in packed if period.first <= str(year) <= period.last]
        if own:
            active, outlook, index = next((one for one in own if one[0]), own[-1])
            spans.append(Span(year, ACTIVE if active else outlook, index))
    return spans


def _past_in(today: datetime.date, last_year: Callable[[str], int], text: str | None) -> list[Past]:
    """Return the `Past` of each question with earlier answers."""
    questions: dict[tuple[str, str | None], list[tuple[int, str]]] = defaultdict(list)
    for until, question, answer, now in Texts.read_past_answers(text, today) if text else ():
        questions[question, now or None].append((last_year(until), answer))
    return [Past(*question, tuple(earlier)) for question, earlier in questions.items()]


def _last_year(today: datetime.date, until: str) -> int:
    """Return the last year at whose reference day an answer held that held until this day."""
    year = int(until[:4])
    return year if until >= variables.reference_day(year, today).isoformat() else year - 1
