"""The true figures of the yearly report, which may not be published as they are.

`disclosure` decides which of them may be published; docs/decisions/0070 says how they are counted.
"""
import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from peewee import fn

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting import query, variables
from models.arbeidszorg.report.counting.comparison import Comparison
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.query import NUMBER
from models.arbeidszorg.report.counting.shared import Shared
from models.arbeidszorg.report.counting.stayed import Stayed
from models.arbeidszorg.report.counting.stays import Stays
from models.arbeidszorg.report.counting.tally import Figures, counted
from models.database import END_OF_TIME, as_day
from models.errors import Refused
from models.organisations import Organisation

OnProgress = Callable[[float], object] | None


class Gathering(Protocol):
    """Takes the same rows as the count."""

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """Take these rows too."""


def years(today: datetime.date) -> list[int]:
    """Return the years in the register: from the first to the last in which a client was guided, this year at most."""
    ends = fn.COALESCE(Period.end_date, END_OF_TIME)
    first, last = Period.select(fn.MIN(Period.start_date), fn.MAX(ends)).scalar(as_tuple=True)
    return list(range(as_day(first).year, min(as_day(last), today).year + 1)) if first else []


def figures(year: int, today: datetime.date, on_progress: OnProgress = None) -> Figures:
    """Return the `Figures` of a year; raises `Refused` for a year that has not begun."""
    return figures_of([year], today, on_progress)[year]


def figures_of(wanted: Iterable[int], today: datetime.date, on_progress: OnProgress = None) -> dict[int, Figures]:
    """Return year → `Figures` of these years, all counted in one run.

    `on_progress` is called from time to time with the part of the count that is done, up to 1.
    """
    return _counted(*_read(wanted, today, on_progress))


def compared(
        year: int, today: datetime.date, on_progress: OnProgress = None, others: Iterable[int] = ()) -> Comparison:
    """Return the `Comparison` of a year with the year before, and the figures of other years, all from one run.

    One run over many years takes little more time than one over a single year.
    """
    stayed = Stayed(year)
    found = _counted(*_read({year - 1, year, *others}, today, on_progress), stayed)
    moves = stayed.moves(variable.code for variable in variables.of_clients())
    return Comparison(found[year - 1], found[year], moves, found)


def gathered(year: int, today: datetime.date, gathering: Callable[[Groups, variables.Categories], Gathering],
             on_progress: OnProgress = None) -> tuple[Figures, Any]:
    """Return the `Figures` of a year, and a `gathering(groups, categories)` to which the same rows were added."""
    groups = Groups([year], today, with_home=True)
    found, shared = gathering(groups, variables.Categories(variables.reference_day(year, today))), Shared()
    for rows in _rows(groups, on_progress):
        groups.add(rows)
        shared.add(rows)
        found.add(rows)
    return _counted(groups, shared)[year], found


def _read(wanted: Iterable[int], today: datetime.date, on_progress: OnProgress) -> tuple[Groups, Shared]:
    groups, shared = Groups(wanted, today), Shared()
    for rows in _rows(groups, on_progress):
        groups.add(rows)
        shared.add(rows)
    return groups, shared


def _counted(groups: Groups, shared: Shared, stayed: Stayed | None = None) -> dict[int, Figures]:
    sectors = dict(Organisation.select(Organisation.id, Organisation.sector).tuples())
    shares = shared.counts(groups)
    return {year: replace(found, shared=dict(shares[year])) for year, found in counted(groups, sectors, stayed).items()}


def _rows(groups: Groups, on_progress: OnProgress) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of the clients guided in these years, a chunk at a time, and report progress."""
    if max(groups.years) > groups.today.year:
        raise Refused(ArbeidszorgCode.YEAR, value=max(groups.years))
    highest = on_progress and Client.select(fn.MAX(Client.number)).scalar()
    stays = Stays(groups.years, groups.today)
    for rows in query.chunks(query.base(groups.years, groups.today, groups.with_home)):
        yield stays.split(rows)
        if on_progress:
            on_progress(rows[-1][NUMBER] / highest)

