"""The anonymous rows of a year, for analysis elsewhere: a row for each client, by which nobody can be recognised.

Every row equals at least four others, and reveals no count that the yearly report hides (docs/decisions/0076). The rows
of Flanders are those of its provinces, so comparing the files reveals nothing more.
"""
import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple, Self

from disclosure import SUPPRESSED, TOTAL, KeyVariable, coarsen
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.report.counting import figures, variables
from models.arbeidszorg.report.counting.groups import Groups, Span, pairs
from models.arbeidszorg.report.counting.query import ANSWERED, GROUP, PAST, Row
from models.arbeidszorg.report.counting.texts import Texts
from models.arbeidszorg.report.counting.variables import AGE, BIRTH_DATE, HOME_POSTCODE, HOURS, MISSING
from models.arbeidszorg.report.covered import INCOMPLETE, Covered
from models.arbeidszorg.report.report import FLANDERS, SCOPES
from models.audit import Actor, record_reading
from models.database import now
from models.organisations import PROVINCES

BIRTH_YEAR, HOME_PLACE = "birth_year", "home_place"
# The columns that analysts ask for most come first: a later column loses more detail. The province of work is mostly
# the organisation's, so it costs the others little.
_FIRST = ("gender", AGE, "main_problem", "work_place", "education", "income", "living_situation")


class Heading(NamedTuple):
    """A column of the file; `labels` has the words for its codes, and a value without a label is shown as it is."""

    code: str
    label: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class AnonymousRows:
    """The rows of a year for FLANDERS or a province: `rows` as (codes, number of equal rows), in a fixed order.

    The codes are in the order of `headings`; SUPPRESSED stands for a value that is left out. `withheld` counts the rows
    of provinces and situations whose total the report hides; None if the report hides the total of all.
    """

    year: int
    scope: str
    reference_day: datetime.date
    made_at: datetime.datetime
    headings: tuple[Heading, ...]
    rows: tuple[tuple[tuple[str | None, ...], int], ...]
    withheld: int | None

    @classmethod
    def make(cls, year: int, scope: str, today: datetime.date,
             on_progress: Callable[[float], object] | None = None) -> Self:
        """Make the rows of the register as it is now; `on_progress` is called with the part that is done, up to 1."""
        counts, combinations = figures.gathered(year, today, Combinations, on_progress)
        return cls.of(Covered(counts), combinations.rows, scope)

    @classmethod
    def of(cls, covered: Covered, combinations: Mapping[tuple[str, str], Counter[Any]], scope: str) -> Self:
        """Coarsen rows given by (province, situation), each a Counter of answers in the order of `columns`."""
        own = PROVINCES if scope == FLANDERS else [scope]
        rows: list[Any] = []
        for province, situation in sorted(combinations):
            if province in own and not covered.clients(province, situation=situation).hidden:
                coarse = _Stratum(covered, province, situation).coarsened(combinations[province, situation])
                rows += (((province, situation, *answers), number) for answers, number in coarse.items())
        total = covered.clients(TOTAL if scope == FLANDERS else scope).count
        withheld = None if total is None else total - sum(number for _, number in rows)
        return cls(covered.year, scope, covered.reference_day, now(), tuple(_headings()),
                   tuple(sorted(rows, key=_in_order)), withheld)

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope]

    def taken(self, file_format: str, by: Actor | None) -> None:
        """Record the download in the log."""
        record_reading(ArbeidszorgEvent.ROWS_EXPORTED, by=by, format=file_format, rows=self.count, year=self.year,
                       scope=self.scope)

    @property
    def count(self) -> int:
        """The number of rows."""
        return sum(number for _, number in self.rows)

    def said(self) -> list[tuple[Heading, int]]:
        """Return each heading with the number of rows that have a value in its column."""
        return [(heading, sum(number for codes, number in self.rows if codes[column] is not SUPPRESSED))
                for column, heading in enumerate(self.headings)]

    @property
    def coarser(self) -> int:
        """The number of rows that lost detail: a value is left out, or the birth year is a range."""
        column = [heading.code for heading in self.headings].index(BIRTH_YEAR)
        return sum(number for codes, number in self.rows if None in codes or not str(codes[column]).isdigit())

    def words(self) -> Iterator[tuple[list[str], int]]:
        """Yield each row, also equal ones, as words in the order of the headings, with the number of equal rows."""
        for codes, number in self.rows:
            words = ["Niet vermeld" if code is None else heading.labels.get(code, code)
                     for heading, code in zip(self.headings, codes, strict=True)]
            for _ in range(number):
                yield words, number


class Combinations:
    """Counts combinations of answers: `rows` by (province, situation), each a Counter of answers by `columns`."""

    def __init__(self, groups: Groups, categories: variables.Categories) -> None:
        self.groups, self.day = groups, categories.day.isoformat()
        self.indexes = {column.code: index for index, column in enumerate(columns())}
        self.nothing = [SUPPRESSED if code == BIRTH_YEAR else MISSING for code in self.indexes]
        self.rows: dict[tuple[str, str], Counter[Any]] = defaultdict(Counter)
        self.values = cache(partial(_values, categories, self.indexes))

    def add(self, rows: Iterable[Row]) -> None:
        """Count these clients too, which are rows of the report's query."""
        for row in rows:
            province, _, periods = row[GROUP]
            for span in self.groups.spans(periods):
                self.rows[province, span.situation][tuple(self._answers(row, span))] += 1

    def _answers(self, row: Row, span: Span) -> list[str | None]:
        answers = list(self.nothing)
        for column, text in zip(self.groups.columns, row[ANSWERED], strict=True):
            own = Texts.read_hours(text, span.period, self.day) if column == HOURS else text
            for index, value in self.values(column, own):
                answers[index] = value
        for past in self.groups.past_in(row[PAST]):
            for index, value in self.values(past.question, past.held(span.year)):
                answers[index] = value
        return answers


def _values(categories: variables.Categories, indexes: dict[str, int], column: str | None,
            text: str | None) -> list[tuple[int, str | None]]:
    """Return (index of the column, value) for each column that the answers in a text fill."""
    values: list[tuple[int, str | None]] = []
    for question, answer in pairs(column, text):
        if question == BIRTH_DATE:
            values.append((indexes[BIRTH_YEAR], SUPPRESSED if answer == UNKNOWN else answer[:4]))
        if question == HOME_POSTCODE:
            values.append((indexes[HOME_PLACE], places.place_of(answer, categories.day)))
        elif in_category := categories.of(question, answer):
            variable, category = in_category
            values.append((indexes[variable], category))
    return values


class _Stratum:
    """A province and a situation; its rows reveal no count that the report hides."""

    def __init__(self, covered: Covered, province: str, situation: str) -> None:
        self.columns = columns()
        self.cell = lambda variable, category: covered.clients(province, variable, category, situation)
        self.safe_minimum = lambda variable, category: covered.safe_minimum(province, variable, category, situation)
        self.shows_incomplete = not self.cell(INCOMPLETE, INCOMPLETE).hidden
        self.shows_years = _shows_ages(covered)

    def coarsened(self, rows: Counter[Any]) -> Mapping[Any, int]:
        """Return the publishable rows."""
        counted_columns = [index for index, column in enumerate(self.columns)
                           if column.code not in (BIRTH_YEAR, HOME_PLACE)]
        counted = {(index, row[index]) for row in rows for index in counted_columns}
        cells = {(index, answer): self.cell(self.columns[index].code, answer) for index, answer in counted}
        published = {key: cell.count for key, cell in cells.items() if cell.count is not None}
        limits = {(index, answer): self.safe_minimum(self.columns[index].code, answer) for index, answer in counted}
        publishable = Counter[Any]()
        for row, number in rows.items():
            publishable[tuple(itertools.starmap(self._publishable, enumerate(row)))] += number
        return coarsen(publishable, self.columns, published, limits)

    def _publishable(self, index: int, answer: str | None) -> str | None:
        reveals_incomplete = answer == MISSING and not self.shows_incomplete
        reveals_year = self.columns[index].code == BIRTH_YEAR and not self.shows_years
        return SUPPRESSED if reveals_incomplete or reveals_year else answer


def _shows_ages(covered: Covered) -> bool:
    """Whether the report shows the count of each age band in every province.

    If it hides one, its mean ages leave that count open; together with the years of birth they might not.
    """
    return not any(covered.clients(province, AGE, band).hidden
                   for province in (*PROVINCES, TOTAL) for band in variables.age_bounds())


def columns() -> list[KeyVariable]:
    """Return the columns of a row except its province and situation, in the order in which they are coarsened."""
    codes = [variable.code for variable in variables.of_clients()]
    first = [code for code in _FIRST if code in codes]
    codes = [*first, *(code for code in codes if code not in first), HOME_PLACE]
    return [*map(KeyVariable, codes), KeyVariable(BIRTH_YEAR, (_five_years,), codes.index(AGE))]


def _five_years(year: str) -> str:
    first = int(year) // 5 * 5
    return f"{first}-{first + 4}"


def _headings() -> Iterator[Heading]:
    yield Heading("province", "Provincie van de organisatie", PROVINCES)
    yield Heading("situation", "Situatie", variables.situations())
    known = {variable.code: variable for variable in variables.of_clients()}
    home = questionnaire.current()[HOME_POSTCODE]
    for code in (column.code for column in columns()):
        if code == HOME_PLACE:
            yield Heading(code, "Provincie van de woonplaats",
                          places.LABELS | home.labels | {MISSING: variables.NOT_ANSWERED[MISSING]})
        elif code == BIRTH_YEAR:
            yield Heading(code, "Geboortejaar", {})
        else:
            yield Heading(code, known[code].label, known[code].categories)


def _in_order(row: tuple[tuple[str | None, ...], int]) -> list[tuple[bool, str]]:
    codes, _ = row
    return [(code is SUPPRESSED, code or "") for code in codes]
