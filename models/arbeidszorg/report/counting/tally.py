"""The counts of the yearly report's years, made of the groups of groups.py.

A group has the years in which its clients were guided, with their situations. So each different text is taken apart
once, put in its categories and added to all of those years; earlier answers correct the counts afterwards.
"""
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.groups import Group, Groups, Past, Span, pairs
from models.arbeidszorg.report.counting.stayed import Stayed
from models.arbeidszorg.report.counting.texts import Texts
from models.arbeidszorg.report.counting.variables import BIRTH_DATE, HOURS, LENGTH, MISSING


@dataclass(frozen=True)
class Figures:
    """One year's counts for the whole of Flanders. An absent key means 0, and no key is a sum.

    `clients` by (variable, province, category, situation) and `clients_in` by (province, situation);
    `closings` by (variable, province, category) and `closings_in` by province;
    `ages` by province: (the sum of the known ages, the number of clients with a known age);
    `initiatives` by (province, sector): organisations that guided a client; `incomplete` by (province, situation);
    `shared` by (province, situation, category): clients who may be one person with another organisation's (shared.py).
    """

    year: int
    reference_day: datetime.date
    clients: dict[tuple[str, str, str, str], int]
    clients_in: dict[tuple[str, str], int]
    closings: dict[tuple[str, str, str], int]
    closings_in: dict[str, int]
    ages: dict[str, tuple[int, int]]
    initiatives: dict[tuple[str, str], int]
    incomplete: dict[tuple[str, str], int]
    shared: dict[tuple[str, str, str], int] = field(default_factory=dict)


class Tally:
    """The counts of one year while they are made."""

    def __init__(self, year: int, today: datetime.date, sectors: Mapping[int, str | None]) -> None:
        self.year, self.sectors = year, sectors
        self.reference_day = variables.reference_day(year, today)
        self.day = self.reference_day.isoformat()
        self.categories = variables.Categories(self.reference_day)
        self.clients, self.clients_in = Counter[tuple[str, str, str, str]](), Counter[tuple[str, str]]()
        self.incomplete = Counter[tuple[str, str]]()
        self.closings, self.closings_in = Counter[tuple[str, str, str]](), Counter[str]()
        self.births: dict[str, Counter[Any]] = defaultdict(Counter)
        self.organisations: dict[int, str] = {}

    def add(self, province: str, situation: str, in_category: tuple[str, str] | None, number: int) -> None:
        """Count `number` clients in a (variable, category); None, a question without an answer, is not counted."""
        if in_category:
            variable, category = in_category
            self.clients[variable, province, category, situation] += number

    def hours(self, text: str, period: int) -> tuple[str, str]:
        """Return the (variable, category) of the hours of a period on the reference day."""
        return _hours(text, period, self.day if Texts.FIELD in text else "")

    def figures(self) -> Figures:
        """Return the counts; clients in none of a variable's categories are counted as MISSING."""
        clients = Counter({cell: number for cell, number in self.clients.items() if number})
        counted = Counter[tuple[str, str, str]]()
        for (variable, province, _, situation), number in clients.items():
            counted[variable, province, situation] += number
        for variable in self.categories.codes:
            for (province, situation), total in self.clients_in.items():
                if left := total - counted[variable, province, situation]:
                    clients[variable, province, MISSING, situation] += left
        initiatives = Counter((province, self.sectors[organisation] or MISSING)
                              for organisation, province in self.organisations.items())
        return Figures(
            self.year, self.reference_day, dict(clients), dict(self.clients_in), dict(self.closings),
            dict(self.closings_in), dict(self._ages()), dict(initiatives), dict(self.incomplete))

    def _ages(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for province, births in self.births.items():
            known = [(self.categories.age(birth), number) for birth, number in births.items()
                     if birth not in (None, UNKNOWN) and number]
            if known:
                yield province, (sum(age * number for age, number in known), sum(number for _, number in known))


def counted(groups: Groups, sectors: Mapping[int, str | None], stayed: Stayed | None = None) -> dict[int, Figures]:
    """Return year → `Figures`; clients guided in both years of `stayed` are added to it too."""
    tallies = {year: Tally(year, groups.today, sectors) for year in groups.years}
    count = _Count(groups, tallies, stayed)
    for group, columns in groups.answered.items():
        count.add_group(group, columns)
    for group, texts in groups.past.items():
        count.correct_group(group, texts)
    for (province, years), texts in groups.closed.items():
        _add_closings({year: tallies[year] for year in years}, province, texts)
    return {year: tally.figures() for year, tally in tallies.items()}


class _Count:
    """Adds groups to the years."""

    def __init__(self, groups: Groups, tallies: dict[int, Tally], stayed: Stayed | None) -> None:
        self.groups, self.tallies, self.stayed = groups, tallies, stayed
        self.kinds = _Kinds(tallies)
        self.kinds_in = [_KindsIn(column, self.kinds) for column in groups.columns]

    def add_group(self, group: Group, columns: Sequence[Counter[Any]]) -> None:
        """Count the clients of a group in each of its years."""
        province, incomplete, periods = group
        hours, births = (columns[self.groups.columns.index(question)] for question in (HOURS, BIRTH_DATE))
        number, kinds, spans = hours.total(), self._kinds(columns), self.groups.spans(periods)
        for year, situation, period in spans:
            tally = self.tallies[year]
            tally.clients_in[province, situation] += number
            if incomplete:
                tally.incomplete[province, situation] += number
            tally.organisations.update(dict.fromkeys(self.groups.owners[group], province))
            tally.births[province].update(births)
            for kind, same in kinds.items():
                tally.add(province, situation, self.kinds.categories[kind][year], same)
            for text, same in hours.items():
                tally.add(province, situation, tally.hours(text, period), same)
        if self.stayed and (both := self.stayed.of(spans)):
            self._stay(self.stayed, province, number, kinds, hours, both)

    def correct_group(self, group: Group, texts: Counter[str | None]) -> None:
        """Count the earlier answers of a group's clients in the years in which they held, in place of today's."""
        province, _, periods = group
        spans = self.groups.spans(periods)
        both = self.stayed.of(spans) if self.stayed else None
        for text, number in texts.items():
            for past in self.groups.past_in(text):
                for span in spans:
                    self._correct(province, span, past, number)
                if self.stayed and both:
                    self._correct_stayed(self.stayed, province, both, past, number)

    def _correct(self, province: str, span: Span, past: Past, number: int) -> None:
        held, tally = past.held(span.year), self.tallies[span.year]
        if held != past.now:
            tally.add(province, span.situation, self._in(span.year, past.question, past.now), -number)
            tally.add(province, span.situation, self._in(span.year, past.question, held), number)
            if past.question == BIRTH_DATE:
                tally.births[province].update({past.now: -number, held: number})

    def _correct_stayed(
            self, stayed: Stayed, province: str, both: Sequence[Span], past: Past, number: int) -> None:
        first, second = ((self._in(span.year, past.question, past.now),
                          self._in(span.year, past.question, past.held(span.year))) for span in both)
        stayed.add(province, first[0], second[0], -number)
        stayed.add(province, first[1], second[1], number)

    def _stay(self, stayed: Stayed, province: str, number: int, kinds: Counter[int], hours: Counter[Any],
              both: Sequence[Span]) -> None:
        before, now = both
        stayed.guided[province] += number
        for kind, same in kinds.items():
            categories = self.kinds.categories[kind]
            stayed.add(province, categories[before.year], categories[now.year], same)
        for text, same in hours.items():
            first, second = (self.tallies[span.year].hours(text, span.period) for span in both)
            stayed.add(province, first, second, same)

    def _kinds(self, columns: Sequence[Counter[Any]]) -> Counter[int]:
        """Count the answers of each kind, without the hours, which belong to a period."""
        kinds = Counter[int]()
        for known, texts in zip(self.kinds_in, columns, strict=True):
            if known.column != HOURS:
                for text, number in texts.items():
                    for kind in known[text]:
                        kinds[kind] += number
        return kinds

    def _in(self, year: int, question: str, answer: str | None) -> tuple[str, str] | None:
        """Return the (variable, category) of an answer in a year."""
        return None if answer is None else self.kinds.categories[self.kinds[question, answer]][year]


class _Kinds(dict[tuple[str, str], int]):
    """(question, answer) → its kind, which is the number of its categories over the years.

    Most answers have the same category each year, but an age has another one, and so may the province of a postcode.
    """

    def __init__(self, tallies: dict[int, Tally]) -> None:
        super().__init__()
        self.tallies, self.numbers = tallies, dict[tuple[Any, ...], int]()
        self.categories: list[dict[int, tuple[str, str] | None]] = []  # kind → year → (variable, category)

    def __missing__(self, answered: tuple[str, str]) -> int:
        categories = tuple(tally.categories.of(*answered) for tally in self.tallies.values())
        if categories not in self.numbers:
            self.numbers[categories] = len(self.categories)
            self.categories.append(dict(zip(self.tallies, categories, strict=True)))
        self[answered] = self.numbers[categories]
        return self[answered]


class _KindsIn(dict[Any, list[int]]):
    """Text of a column → the kinds of the answers in it."""

    def __init__(self, column: str | None, kinds: _Kinds) -> None:
        super().__init__()
        self.column, self.kinds = column, kinds

    def __missing__(self, text: str | None) -> list[int]:
        self[text] = [self.kinds[question, answer] for question, answer in pairs(self.column, text)]
        return self[text]


@cache
def _hours(text: str, period: int, day: str) -> tuple[str, str]:
    return HOURS, variables.hours_band(int(Texts.read_hours(text, period, day)))


def _add_closings(tallies: dict[int, Tally], province: str, texts: Counter[str | None]) -> None:
    for text, number in texts.items():
        for start, end, reason, outlook in Texts.read_closings(text):
            tally = tallies.get(end.year)
            if tally:
                length = variables.length_band(start, end)
                for variable, category in ((LENGTH, length), ("closing_reason", reason), ("outlook", outlook)):
                    tally.closings[variable, province, category] += number
                tally.closings_in[province] += number
