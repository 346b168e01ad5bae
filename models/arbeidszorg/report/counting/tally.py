"""Counts the years of the yearly report out of the groups of report_groups.py.

A group tells in which years its clients were guided, and how they stood. So each different text is taken apart once,
put in its categories, and added to all of those years; what was answered before today corrects that.
"""
import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.groups import pairs
from models.arbeidszorg.report.counting.query import BETWEEN, WITHIN
from models.arbeidszorg.report.counting.variables import BIRTH_DATE, HOURS, LENGTH, MISSING


@dataclass(frozen=True)
class Figures:
    """One year's counts for the whole of Flanders. What is not in a mapping is 0, and no key stands for a sum.

    `clients` by (variable, province, category, situation) and `clients_in` by (province, situation);
    `closings` by (variable, province, category) and `closings_in` by province;
    `ages` by province: (the sum of the ages, of how many clients the age is known);
    `initiatives` by (province, sector): organisations that guided a client; `incomplete` by (province, situation).
    """

    year: int
    reference_day: datetime.date
    clients: dict
    clients_in: dict
    closings: dict
    closings_in: dict
    ages: dict
    initiatives: dict
    incomplete: dict


class Tally:
    """The counts of one year, as they grow."""

    def __init__(self, year, today, sectors):
        self.year, self.sectors = year, sectors
        self.reference_day = variables.reference_day(year, today)
        self.categories = variables.Categories(self.reference_day)
        self.clients, self.clients_in, self.incomplete = Counter(), Counter(), Counter()
        self.closings, self.closings_in = Counter(), Counter()
        self.births, self.organisations = defaultdict(Counter), {}

    def add(self, province, situation, found, number):
        """Count so many clients of a category, (variable, category); None is no answer, and no category yet."""
        if found:
            variable, category = found
            self.clients[variable, province, category, situation] += number

    def figures(self):
        """The counts; who is in no category of a variable gave no answer."""
        clients = Counter({cell: number for cell, number in self.clients.items() if number})
        counted = Counter()
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

    def _ages(self):
        for province, births in self.births.items():
            known = [(self.categories.age(birth), number) for birth, number in births.items()
                     if birth not in (None, UNKNOWN) and number]
            if known:
                yield province, (sum(age * number for age, number in known), sum(number for _, number in known))


def counted(groups, sectors, stayed=None):
    """Year → `Figures`; `stayed`, a report_changes.Stayed, gets to know who was guided in both of its years."""
    tallies = {year: Tally(year, groups.today, sectors) for year in groups.years}
    count = _Count(groups, tallies, stayed)
    for group, columns in groups.answered.items():
        count.add_group(group, columns)
    for group, texts in groups.past.items():
        count.correct_group(group, texts)
    for province, texts in groups.closed.items():
        _add_closings(tallies, province, texts)
    return {year: tally.figures() for year, tally in tallies.items()}


class _Count:
    """Adds groups to the years. A *kind* is the number of what an answer is in each year: mostly the same in all, but
    an age is another each year, and so may be the province of a postcode."""

    def __init__(self, groups, tallies, stayed):
        self.groups, self.tallies, self.stayed = groups, tallies, stayed
        self.numbers, self.found = {}, []
        self.kind_of = cache(self._kind_of)
        self.kinds_in = [_KindsIn(column, self.kind_of) for column in groups.asked]

    def add_group(self, group, columns):
        """Count the clients of a group in each of its years."""
        province, incomplete, periods = group
        hours, births = (columns[self.groups.asked.index(question)] for question in (HOURS, BIRTH_DATE))
        number, kinds, spans = hours.total(), self._kinds(columns), self.groups.spans(periods)
        for year, situation, period in spans:
            tally = self.tallies[year]
            tally.clients_in[province, situation] += number
            if incomplete:
                tally.incomplete[province, situation] += number
            tally.organisations.update(dict.fromkeys(self.groups.owners[group], province))
            tally.births[province].update(births)
            for kind, same in kinds.items():
                tally.add(province, situation, self.found[kind][year], same)
            for text, same in hours.items():
                tally.add(province, situation, _hours(text, period), same)
        if self.stayed and (both := self.stayed.of(spans)):
            self._stay(province, number, kinds, hours, both)

    def correct_group(self, group, texts):
        """Count what clients of a group answered before, instead of what they answer now."""
        province, _, periods = group
        spans = self.groups.spans(periods)
        both = self.stayed and self.stayed.of(spans)
        for text, number in texts.items():
            for past in self.groups.past_in(text):
                for span in spans:
                    self._correct(province, span, past, number)
                if both:
                    self.stayed.add(province, *(self._in(span.year, past.question, past.now) for span in both), -number)
                    self.stayed.add(
                        province, *(self._in(span.year, past.question, past.held(span.year)) for span in both), number)

    def _correct(self, province, span, past, number):
        held, tally = past.held(span.year), self.tallies[span.year]
        if held != past.now:
            tally.add(province, span.situation, self._in(span.year, past.question, past.now), -number)
            tally.add(province, span.situation, self._in(span.year, past.question, held), number)
            if past.question == BIRTH_DATE:
                tally.births[province].update({past.now: -number, held: number})

    def _stay(self, province, number, kinds, hours, both):
        before, now = both
        self.stayed.guided[province] += number
        for kind, same in kinds.items():
            self.stayed.add(province, self.found[kind][before.year], self.found[kind][now.year], same)
        for text, same in hours.items():
            self.stayed.add(province, _hours(text, before.period), _hours(text, now.period), same)

    def _kinds(self, columns):
        """How many gave an answer of each kind; hours are of a period, and left out."""
        kinds = Counter()
        for known, texts in zip(self.kinds_in, columns, strict=True):
            if known.column != HOURS:
                for text, number in texts.items():
                    for kind in known[text]:
                        kinds[kind] += number
        return kinds

    def _kind_of(self, question, answer):
        found = tuple(tally.categories.of(question, answer) for tally in self.tallies.values())
        if found not in self.numbers:
            self.numbers[found] = len(self.found)
            self.found.append(dict(zip(self.tallies, found, strict=True)))
        return self.numbers[found]

    def _in(self, year, question, answer):
        """The (variable, category) of an answer in a year."""
        return None if answer is None else self.found[self.kind_of(question, answer)][year]


class _KindsIn(dict):
    """Text of a column → the kinds of the answers in it."""

    def __init__(self, column, kind_of):
        super().__init__()
        self.column, self.kind_of = column, kind_of

    def __missing__(self, text):
        self[text] = [self.kind_of(*pair) for pair in pairs(self.column, text)]
        return self[text]


@cache
def _hours(text, period):
    return HOURS, variables.hours_band(int(text.split(BETWEEN)[period]))


def _add_closings(tallies, province, texts):
    for text, number in texts.items():
        for one in text.split(BETWEEN) if text else ():
            start, end, reason, outlook = one.split(WITHIN)
            tally = tallies.get(int(end[:4]))
            if tally:
                length = variables.length_band(*map(datetime.date.fromisoformat, (start, end)))
                for variable, category in ((LENGTH, length), ("closing_reason", reason), ("outlook", outlook)):
                    tally.closings[variable, province, category] += number
                tally.closings_in[province] += number
