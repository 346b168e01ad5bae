"""The yearly report of a province or of Flanders: every count in it is covered already (docs/decisions/0071)."""
import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from disclosure.tables import TOTAL
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.report import tables as report_tables
from models.arbeidszorg.report.counting import figures as report_figures
from models.arbeidszorg.report.covered import Covered
from models.arbeidszorg.report.shape import Cell, Table
from models.database import BRUSSELS, now
from models.errors import Refused
from models.organisations import PROVINCES

FLANDERS = "vlaanderen"
SCOPES = {FLANDERS: "Vlaanderen"} | PROVINCES
EARLIEST = 1900
# How it was counted, a key a sentence; an edition keeps the keys that hold of it.
ALWAYS_SO = ("population", "answers", "several-periods", "situation", "not-answered", "initiatives", "incomplete",
             "hidden", "shares")
RUNNING, CHANGES, SERIES = "running", "changes", "series"
# What an edition that is kept was written down by; one that reads another way gets the next number.
SHAPE = 1


class Pair(NamedTuple):
    """The same figure of the report's year and of the year before."""

    now: object
    before: object


@dataclass(frozen=True)
class Report:
    """The report of `year` for `scope`, FLANDERS or a province's code.

    `reference_day` is the day whose answers count, `made_at` the moment on which it was made (UTC, no zone);
    `mean_age` is a Pair of decimals, None where not to be shown; `clients` and `closings` are Pairs of cells;
    `incomplete` is the cell of registrations that lack an answer; `how_counted` are keys of sentences.
    """

    year: int
    scope: str
    reference_day: datetime.date
    made_at: datetime.datetime
    tables: tuple
    clients: Pair
    closings: Pair
    mean_age: Pair
    incomplete: Cell
    how_counted: tuple = ()

    @classmethod
    def make(cls, year, scope, today, told=None):
        """The report as the register is now; `Refused` for a year that has not begun, or no such scope.

        The year before and all other years of the register come with it. `told` is called now and then with how far it
        is, a number up to 1.
        """
        if scope not in SCOPES:
            raise Refused(ArbeidszorgCode.SCOPE, value=scope)
        if year < EARLIEST:
            raise Refused(ArbeidszorgCode.YEAR, value=year)
        whole = [one for one in report_figures.years(today) if one < today.year]
        halfway = told and (lambda part: told(part / 2))
        comparison = report_figures.compared(year, today, halfway, {*whole, year})
        covered = _cover_all(comparison.years, told)
        province = TOTAL if scope == FLANDERS else scope
        series = [covered[one] for one in sorted({*whole, year})]
        return cls._of(covered[year - 1], covered[year], comparison, series, province)

    @classmethod
    def _of(cls, before, covered, comparison, series, province):
        clients = Pair(covered.clients(province), before.clients(province))
        tables = () if clients.now.count == 0 else (
            *report_tables.initiatives(covered, province),
            *report_tables.profile(covered, province),
            *report_tables.closings(covered, province),
            *report_tables.series(series, province),
            *report_tables.changes(before, covered, comparison, province))
        return cls(
            covered.year, FLANDERS if province is TOTAL else province, covered.reference_day, now(), tables, clients,
            Pair(covered.closings(province), before.closings(province)),
            Pair(covered.mean_age(province), before.mean_age(province)),
            report_tables.percentage(covered.incomplete(province), clients.now),
            tuple(_how_counted(tables, covered.reference_day)))

    @property
    def scope_label(self):
        return SCOPES[self.scope]

    @property
    def is_running(self):
        """Whether the year was not over when the report was made."""
        return _is_running(self.reference_day)

    @property
    def made_on(self):
        """The reference date: the day on which it was made, in Flanders."""
        return self.made_at.replace(tzinfo=datetime.UTC).astimezone(BRUSSELS).date()

    @property
    def is_empty(self):
        """Whether nobody was guided in the year; then there are no tables."""
        return self.clients.now.count == 0

    def table(self, code):
        """The table with this code, None where the report has none."""
        return next((table for table in self.tables if table.code == code), None)

    def chapter(self, number):
        """The tables of a chapter."""
        return [table for table in self.tables if table.chapter == number]

    def data(self):
        """All of it as JSON can keep it, the same for the same report."""
        return {
            "shape": SHAPE, "year": self.year, "scope": self.scope, "reference_day": self.reference_day.isoformat(),
            "made_at": self.made_at.isoformat(), "tables": [table.data() for table in self.tables],
            "clients": [cell.data() for cell in self.clients], "closings": [cell.data() for cell in self.closings],
            "mean_age": [None if mean is None else str(mean) for mean in self.mean_age],
            "incomplete": self.incomplete.data(), "how_counted": list(self.how_counted)}

    @classmethod
    def of_data(cls, data):
        """The report that gave this."""
        return cls(
            data["year"], data["scope"], datetime.date.fromisoformat(data["reference_day"]),
            datetime.datetime.fromisoformat(data["made_at"]), tuple(map(Table.of_data, data["tables"])),
            Pair(*map(Cell.of_data, data["clients"])), Pair(*map(Cell.of_data, data["closings"])),
            Pair(*(None if mean is None else Decimal(mean) for mean in data["mean_age"])),
            Cell.of_data(data["incomplete"]), tuple(data["how_counted"]))


def _how_counted(tables, reference_day):
    yield from ALWAYS_SO
    if _is_running(reference_day):
        yield RUNNING
    if any(table.changes for table in tables):
        yield CHANGES
    if any(table.chapter == 4 for table in tables):
        yield SERIES


def _is_running(reference_day):
    return (reference_day.month, reference_day.day) != (12, 31)


def _cover_all(years, told):
    """Year → `Covered`, the second half of the work."""
    covered = {}
    for place, (year, figures) in enumerate(years.items(), 1):
        covered[year] = Covered(figures)
        if told:
            told((1 + place / len(years)) / 2)
    return covered
