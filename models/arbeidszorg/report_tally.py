"""Counts one year of the yearly report from the rows of report_query.py.

What costs is done for many clients at once: equal texts of answers are counted as they come, and then each different
one is taken apart and put in its category.
"""
import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from models.arbeidszorg import report_bands
from models.arbeidszorg.answers import UNKNOWN
from models.arbeidszorg.report_bands import ACTIVE, BIRTH_DATE, LENGTH, MISSING, ORGANISATION
from models.arbeidszorg.report_query import answers_in, held

# So many texts are gathered and then counted: few enough to be still near the processor.
BATCH = 50_000


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
    """Counts a year, client by client."""

    def __init__(self, year, today, sectors):
        self.year = year
        self.reference_day = report_bands.reference_day(year, today)
        self.first, self.last, self.day = f"{year}-01-01", f"{year}-12-31", self.reference_day.isoformat()
        self.categories = report_bands.Categories(self.reference_day, sectors)
        self.answers = Answers()
        self.incomplete, self.closings = Counter(), Counter()

    def add(self, rows):
        """Count a client by its rows, if a period overlaps the year; hands back the texts that counted."""
        own = [row for row in rows if row[0] <= self.last and row[1] >= self.first]
        if not own:
            return None
        for start, end, reason, outlook, _, province, *_ in own:
            if self.first <= end <= self.day:
                self.closings[province, start, end, reason, outlook] += 1
        counts = own[0] if len(own) == 1 else next((row for row in own if row[1] >= self.day), own[-1])
        _, end, _, outlook, _, province, incomplete, past, *texts = counts
        if past:
            texts = held(texts, past, self.day)
        where = province, ACTIVE if end >= self.day else outlook
        if incomplete:
            self.incomplete[where] += 1
        self.answers.add(where, texts)
        return texts

    def figures(self):
        """The counts."""
        clients, clients_in = Counter(), Counter()
        ages, initiatives = defaultdict(lambda: (0, 0)), {}
        for (province, situation), question, answer, count in self.answers.counted():
            if found := self.categories.of(question, answer):
                variable, category = found
                clients[variable, province, category, situation] += count
            if question == ORGANISATION:
                clients_in[province, situation] += count
                initiatives[answer] = province, self.categories.sector(answer)
            elif question == BIRTH_DATE and answer != UNKNOWN:
                years, known = ages[province]
                ages[province] = years + count * self.categories.age(answer), known + count
        _add_missing(clients, clients_in, self.categories.codes)
        closings, closings_in = self._closings()
        return Figures(
            self.year, self.reference_day, dict(clients), dict(clients_in), dict(closings), dict(closings_in),
            dict(ages), dict(Counter(initiatives.values())), dict(self.incomplete))

    def _closings(self):
        closings, closings_in = Counter(), Counter()
        for (province, start, end, reason, outlook), count in self.closings.items():
            length = report_bands.length_band(*map(datetime.date.fromisoformat, (start, end)))
            for variable, category in ((LENGTH, length), ("closing_reason", reason), ("outlook", outlook)):
                closings[variable, province, category] += count
            closings_in[province] += count
        return closings, closings_in


class Answers:
    """Counts texts of answers, by whatever they are added under."""

    def __init__(self):
        self.waiting, self.gathered = defaultdict(list), 0
        self.texts = defaultdict(Counter)

    def add(self, where, texts):
        """Count these texts too."""
        self.waiting[where] += texts
        self.gathered += len(texts)
        if self.gathered >= BATCH:
            self._count()

    def counted(self):
        """(where, question, answer, count); an answer that stands in several texts comes as often."""
        self._count()
        for where, texts in self.texts.items():
            for text, count in texts.items():
                for question, answer in answers_in([text]):
                    yield where, question, answer, count

    def _count(self):
        for where, texts in self.waiting.items():
            self.texts[where].update(texts)
        self.waiting.clear()
        self.gathered = 0


def _add_missing(clients, clients_in, variables):
    """Complete each variable to the totals: who is in no category of it yet gave no answer."""
    counted = Counter()
    for (variable, province, _, situation), count in clients.items():
        counted[variable, province, situation] += count
    for variable in variables:
        for (province, situation), total in clients_in.items():
            if left := total - counted[variable, province, situation]:
                clients[variable, province, MISSING, situation] += left
