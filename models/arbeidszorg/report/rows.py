"""The anonymous rows of a year, for one's own analysis: a row for each client, without anything that points at one.

Every row says the same as four others at least, and nothing that the yearly report hides (docs/decisions/0076). The
rows of Flanders are those of its provinces, one below another: comparing files tells nothing more.
"""
import datetime
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from disclosure import SUPPRESSED, TOTAL, KeyVariable, coarsen
from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.report.counting import figures as report_figures
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.groups import pairs
from models.arbeidszorg.report.counting.query import ANSWERED, BETWEEN, GROUP, PAST
from models.arbeidszorg.report.counting.variables import AGE, BIRTH_DATE, HOME_POSTCODE, HOURS, MISSING
from models.arbeidszorg.report.covered import INCOMPLETE, Covered
from models.arbeidszorg.report.report import FLANDERS, SCOPES
from models.audit import Event, record
from models.database import now
from models.organisations import PROVINCES

BIRTH_YEAR, HOME_PLACE = "birth_year", "home_place"
# What is asked for most comes first: a later column says more where those before it left rows enough. The province of
# work is mostly that of the organisation, so it takes little from the others.
_FIRST = ("gender", AGE, "main_problem", "work_place", "education", "income", "living_situation")
_ABOUT = {"province": "Provincie", "situation": "Situatie"}


class Heading(NamedTuple):
    """A column of the file: its `labels` are the words for its codes; what is no code stands as it is."""

    code: str
    label: str
    labels: dict


@dataclass(frozen=True)
class AnonymousRows:
    """The rows of a year for FLANDERS or a province: `rows` as (codes, how many say exactly this), in a fixed order.

    The codes stand in the order of `headings`; SUPPRESSED is none. `withheld` rows are of provinces and situations of
    which the report does not tell how many there are; None where it does not even tell how many there are in all.
    """

    year: int
    scope: str
    reference_day: datetime.date
    made_at: datetime.datetime
    headings: tuple
    rows: tuple
    withheld: int | None

    @classmethod
    def make(cls, year, scope, today, told=None):
        """Read from the register; `told` is called now and then with how far it is, a number up to 1."""
        figures, combinations = report_figures.gathered(year, today, Combinations, told)
        return cls.of(Covered(figures), combinations.rows, scope)

    @classmethod
    def of(cls, covered, found, scope):
        """Coarsened as far as needed, from rows by (province, situation), each a Counter of answers by `columns`."""
        own = PROVINCES if scope == FLANDERS else [scope]
        rows = []
        for province, situation in sorted(found):
            if province in own and not covered.clients(province, situation=situation).hidden:
                said = _Place(covered, province, situation).coarsened(found[province, situation])
                rows += (((province, situation, *answers), number) for answers, number in said.items())
        every = covered.clients(TOTAL if scope == FLANDERS else scope)
        withheld = None if every.hidden else every.count - sum(number for _, number in rows)
        return cls(covered.year, scope, covered.reference_day, now(), tuple(_headings()),
                   tuple(sorted(rows, key=_in_order)), withheld)

    @property
    def scope_label(self):
        return SCOPES[self.scope]

    def taken(self, file_format, by):
        """Write down in the audit that they were taken."""
        record(Event.ROWS_EXPORTED, by=by, format=file_format, rows=self.count, year=self.year, scope=self.scope)

    @property
    def count(self):
        """How many rows there are."""
        return sum(number for _, number in self.rows)

    def said(self):
        """(heading, how many rows say something in it) of each column."""
        return [(heading, sum(number for codes, number in self.rows if codes[place] is not SUPPRESSED))
                for place, heading in enumerate(self.headings)]

    @property
    def coarser(self):
        """How many rows do not say all they could: something is left out or said with less detail."""
        place = [heading.code for heading in self.headings].index(BIRTH_YEAR)
        return sum(number for codes, number in self.rows if None in codes or not codes[place].isdigit())

    def words(self):
        """Each row as words in the order of the headings, with how many say exactly this; a row as often as it is."""
        for codes, number in self.rows:
            words = ["Niet vermeld" if code is SUPPRESSED else heading.labels.get(code, code)
                     for heading, code in zip(self.headings, codes, strict=True)]
            for _ in range(number):
                yield words, number


class Combinations:
    """Which answers come together: `rows` by (province, situation), each a Counter of answers by `columns`."""

    def __init__(self, groups, categories):
        self.groups, self.categories = groups, categories
        self.places = {column.code: place for place, column in enumerate(columns())}
        self.nothing = [SUPPRESSED if code == BIRTH_YEAR else MISSING for code in self.places]
        self.rows = defaultdict(Counter)
        self.found = cache(lambda column, text: [one for pair in pairs(column, text) for one in self._found(*pair)])

    def add(self, rows):
        """Count these clients, rows of the report's query, too."""
        for row in rows:
            province, _, periods = row[GROUP]
            for span in self.groups.spans(periods):
                self.rows[province, span.situation][tuple(self._answers(row, span))] += 1

    def _answers(self, row, span):
        answers = list(self.nothing)
        for column, text in zip(self.groups.asked, row[ANSWERED], strict=True):
            for place, answer in self.found(column, text.split(BETWEEN)[span.period] if column == HOURS else text):
                answers[place] = answer
        for past in self.groups.past_in(row[PAST]):
            for place, answer in self.found(past.question, past.held(span.year)):
                answers[place] = answer
        return answers

    def _found(self, question, answer):
        """(the column's place, what to say in it) of an answer."""
        if question == BIRTH_DATE:
            yield self.places[BIRTH_YEAR], SUPPRESSED if answer == UNKNOWN else answer[:4]
        if question == HOME_POSTCODE:
            yield self.places[HOME_PLACE], places.place_of(answer, self.categories.day)
        elif found := self.categories.of(question, answer):
            variable, category = found
            yield self.places[variable], category


class _Place:
    """A province and a situation: what the report hides of it, its rows do not say."""

    def __init__(self, covered, province, situation):
        self.columns = columns()
        self.cell = lambda variable, category: covered.clients(province, variable, category, situation)
        self.may_be_told = lambda variable, category: covered.may_be_told(province, variable, category, situation)
        self.tells_who_lacks = not self.cell(INCOMPLETE, INCOMPLETE).hidden
        self.tells_years = _tells_ages(covered)

    def coarsened(self, rows):
        """What may be published of these rows."""
        places = [place for place, column in enumerate(self.columns) if column.code not in (BIRTH_YEAR, HOME_PLACE)]
        counted = {(place, row[place]) for row in rows for place in places}
        cells = {(place, answer): self.cell(self.columns[place].code, answer) for place, answer in counted}
        known = {key: cell.count for key, cell in cells.items() if not cell.hidden}
        most = {(place, answer): self.may_be_told(self.columns[place].code, answer) for place, answer in counted}
        sayable = Counter()
        for row, number in rows.items():
            sayable[tuple(itertools.starmap(self._sayable, enumerate(row)))] += number
        return coarsen(sayable, self.columns, known, most)

    def _sayable(self, place, answer):
        lacks = answer == MISSING and not self.tells_who_lacks
        return SUPPRESSED if lacks or (self.columns[place].code == BIRTH_YEAR and not self.tells_years) else answer


def _tells_ages(covered):
    """Whether the report shows how many there are in each band of ages, of every province.

    Where it hides one, its mean ages leave open how many there are; with the years of birth they might not.
    """
    return not any(covered.clients(province, AGE, band).hidden
                   for province in (*PROVINCES, TOTAL) for band in variables.age_bounds())


def columns():
    """The columns of a row, but for its province and situation, in the order in which they are looked at."""
    codes = [variable.code for variable in variables.of_clients()]
    first = [code for code in _FIRST if code in codes]
    codes = [*first, *(code for code in codes if code not in first), HOME_PLACE]
    return [*map(KeyVariable, codes), KeyVariable(BIRTH_YEAR, (_five_years,), codes.index(AGE))]


def _five_years(year):
    first = int(year) // 5 * 5
    return f"{first}-{first + 4}"


def _headings():
    yield Heading("province", "Provincie van de organisatie", PROVINCES)
    yield Heading("situation", "Situatie", variables.situations())
    asked = {variable.code: variable for variable in variables.of_clients()}
    home = questionnaire.current()[HOME_POSTCODE]
    for code in (column.code for column in columns()):
        if code == HOME_PLACE:
            yield Heading(code, "Provincie van de woonplaats",
                          places.LABELS | home.labels | {MISSING: variables.NOT_ANSWERED[MISSING]})
        elif code == BIRTH_YEAR:
            yield Heading(code, "Geboortejaar", {})
        else:
            yield Heading(code, asked[code].label, asked[code].categories)


def _in_order(row):
    codes, _ = row
    return [(code is SUPPRESSED, code or "") for code in codes]
