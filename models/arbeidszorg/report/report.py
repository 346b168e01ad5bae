"""The yearly report of a province or of Flanders; unsafe counts are suppressed in it already (docs/decisions/0071)."""
import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Self

from disclosure import TOTAL
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.report import tables
from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.counting.comparison import Comparison
from models.arbeidszorg.report.counting.tally import Figures
from models.arbeidszorg.report.covered import Covered
from models.arbeidszorg.report.shape import Cell, Table
from models.database import BRUSSELS, now
from models.errors import Refused
from models.organisations import PROVINCES

FLANDERS = "vlaanderen"
SCOPES = {FLANDERS: "Vlaanderen"} | PROVINCES
EARLIEST = 1900
# Keys of the sentences on how the report was counted; an edition keeps the keys that apply to it.
ALWAYS_SO = ("population", "answers", "moved", "several-periods", "situation", "not-answered", "initiatives",
             "incomplete", "hidden", "shares")
RUNNING, CHANGES, SERIES, ONE_PERSON = "running", "changes", "series", "one-person"
# The version of `Report.data`. Increase it when an older edition would be read otherwise.
SHAPE = 1


class Pair(NamedTuple):
    """The same figure, a `Cell` or a mean, of the report's year and of the year before."""

    now: Any
    before: Any


@dataclass(frozen=True)
class Report:
    """The report of `year` for `scope`, which is FLANDERS or a province's code.

    `reference_day` is the day whose answers count, `made_at` the moment on which the report was made (UTC, no zone).
    `clients` and `closings` are Pairs of cells, `mean_age` is a Pair of decimals (None where it may not be shown),
    `incomplete` counts the registrations that lack an answer, `how_counted` holds keys of sentences.
    """

    year: int
    scope: str
    reference_day: datetime.date
    made_at: datetime.datetime
    tables: tuple[Table, ...]
    clients: Pair
    closings: Pair
    mean_age: Pair
    incomplete: Cell
    how_counted: tuple[str, ...] = ()

    @classmethod
    def make(cls, year: int, scope: str, today: datetime.date,
             on_progress: Callable[[float], object] | None = None) -> Self:
        """Make the report of the register as it is now, with the year before and all other years of the register.

        `on_progress` is called from time to time with the part of the work that is done, up to 1. Raises `Refused` for
        an unknown scope, and for a year before EARLIEST or after today's.
        """
        if scope not in SCOPES:
            raise Refused(ArbeidszorgCode.SCOPE, value=scope)
        if year < EARLIEST:
            raise Refused(ArbeidszorgCode.YEAR, value=year)
        whole = [one for one in figures.years(today) if one < today.year]
        on_half = (lambda part: on_progress(part / 2)) if on_progress else None
        comparison = figures.compared(year, today, on_half, {*whole, year})
        covered = _cover_all(comparison.years, on_progress)
        province = TOTAL if scope == FLANDERS else scope
        series = [covered[one] for one in sorted({*whole, year})]
        return cls._of(covered[year - 1], covered[year], comparison, series, province)

    @classmethod
    def _of(cls, before: Covered, covered: Covered, comparison: Comparison, series: list[Covered],
            province: str | None) -> Self:
        clients = Pair(covered.clients(province), before.clients(province))
        made = () if clients.now.count == 0 else (
            *tables.initiatives(covered, province),
            *tables.profile(covered, province),
            *tables.shared(covered, province),
            *tables.closings(covered, province),
            *tables.series(series, province),
            *tables.changes(before, covered, comparison, province))
        return cls(
            covered.year, FLANDERS if province is TOTAL else province, covered.reference_day, now(), made, clients,
            Pair(covered.closings(province), before.closings(province)),
            Pair(covered.mean_age(province), before.mean_age(province)),
            tables.percentage(covered.incomplete(province), clients.now),
            tuple(_how_counted(made, covered.reference_day)))

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope]

    @property
    def is_running(self) -> bool:
        """Whether the report was made before the end of its year."""
        return _is_running(self.reference_day)

    @property
    def made_on(self) -> datetime.date:
        """The reference date: the day in Flanders on which the report was made."""
        return self.made_at.replace(tzinfo=datetime.UTC).astimezone(BRUSSELS).date()

    @property
    def is_empty(self) -> bool:
        """Whether nobody was guided in the year; the report then has no tables."""
        return self.clients.now.count == 0

    def table(self, code: str) -> Table | None:
        """Return the table with this code, or None."""
        return next((table for table in self.tables if table.code == code), None)

    def chapter(self, number: int) -> list[Table]:
        """Return the tables of a chapter."""
        return [table for table in self.tables if table.chapter == number]

    def data(self) -> dict[str, Any]:
        """Return the whole report as JSON can store it; equal reports give equal data."""
        return {
            "shape": SHAPE, "year": self.year, "scope": self.scope, "reference_day": self.reference_day.isoformat(),
            "made_at": self.made_at.isoformat(), "tables": [table.data() for table in self.tables],
            "clients": [cell.data() for cell in self.clients], "closings": [cell.data() for cell in self.closings],
            "mean_age": [None if mean is None else str(mean) for mean in self.mean_age],
            "incomplete": self.incomplete.data(), "how_counted": list(self.how_counted)}

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Self:
        """Make the report from what `data` returned."""
        return cls(
            data["year"], data["scope"], datetime.date.fromisoformat(data["reference_day"]),
            datetime.datetime.fromisoformat(data["made_at"]), tuple(map(Table.of_data, data["tables"])),
            Pair(*map(Cell.of_data, data["clients"])), Pair(*map(Cell.of_data, data["closings"])),
            Pair(*(None if mean is None else Decimal(mean) for mean in data["mean_age"])),
            Cell.of_data(data["incomplete"]), tuple(data["how_counted"]))


def _how_counted(made: tuple[Table, ...], reference_day: datetime.date) -> Iterator[str]:
    yield from ALWAYS_SO
    if made:
        yield ONE_PERSON
    if _is_running(reference_day):
        yield RUNNING
    if any(table.changes for table in made):
        yield CHANGES
    if any(table.chapter == 4 for table in made):
        yield SERIES


def _is_running(reference_day: datetime.date) -> bool:
    return (reference_day.month, reference_day.day) != (12, 31)


def _cover_all(years: Mapping[int, Figures], on_progress: Callable[[float], object] | None) -> dict[int, Covered]:
    """Return year → `Covered`; this is the second half of the work."""
    covered = {}
    for done, (year, counts) in enumerate(years.items(), 1):
        covered[year] = Covered(counts)
        if on_progress:
            on_progress((1 + done / len(years)) / 2)
    return covered
