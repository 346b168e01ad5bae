"""The publishable cells of a year: every count of its figures is a cell, and an unsafe count is a hidden cell."""
import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from disclosure import TOTAL, Magnitude, Protected, protect
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.tally import Figures
from models.arbeidszorg.report.counting.variables import MISSING, NOT_SHARED, SECTOR, SHARED
from models.arbeidszorg.report.shape import Cell
from models.organisations import PROVINCES, SECTORS

HIDDEN = Cell(None, hidden=True)
INCOMPLETE, COMPLETE = "incomplete", "complete"
# The number of protected years kept in memory: most years do not change from one report to the next.
KEPT = 64


class Covered:
    """The cells of a year's `Figures`, protected for all provinces and tables at once (docs/decisions/0071).

    TOTAL as province, variable, category or situation asks for the sum.
    """

    def __init__(self, figures: Figures) -> None:
        self.year: int = figures.year
        self.reference_day: datetime.date = figures.reference_day
        clients = figures.clients | _whether_incomplete(figures) | _whether_shared(figures)
        ages = {province: total for province, (total, _) in figures.ages.items()}
        self._clients = _cover(frozenset(clients.items()), frozenset(ages.items()))
        self._closings = _cover(frozenset(figures.closings.items()))
        self._initiatives = figures.initiatives
        provinces, sectors = (*PROVINCES, TOTAL), (*SECTORS, MISSING)
        self._shows_provinces = not any(self.clients(province).hidden for province in provinces)
        self._shows_sectors = not any(
            self.clients(province, SECTOR, sector).hidden for province in provinces for sector in sectors)

    def clients(self, province: str | None = TOTAL, variable: str | None = TOTAL, category: str | None = TOTAL,
                situation: str | None = TOTAL) -> Cell:
        """Return the cell of the clients in a category of a variable, in a province and a situation."""
        return _cell(self._clients, (variable, province, category, situation))

    def safe_minimum(self, province: str, variable: str, category: str, situation: str) -> int:
        """Return how many clients of a cell another publication may reveal: of a shown cell, all.

        Of a hidden cell, the lowest count among the feasible tables that prove the suppression sufficient.
        """
        return self._clients.safe_minimum((variable, province, category, situation))

    def closings(
            self, province: str | None = TOTAL, variable: str | None = TOTAL, category: str | None = TOTAL) -> Cell:
        """Return the cell of the closings in a category of a variable, in a province."""
        return _cell(self._closings, (variable, province, category))

    def incomplete(self, province: str | None = TOTAL) -> Cell:
        """Return the cell of the clients with an incomplete registration."""
        return self.clients(province, INCOMPLETE, INCOMPLETE)

    def initiatives(self, province: str | None = TOTAL, sector: str | None = TOTAL) -> Cell:
        """Return the cell of the organisations that guided a client.

        Organisations are not secret, but each guided at least one client. So they are shown by sector only if the
        clients of every sector are shown, and by province only if those of every province are.
        """
        if not (self._shows_provinces if sector is TOTAL else self._shows_sectors):
            return HIDDEN
        return Cell(sum(count for (own, of), count in self._initiatives.items()
                        if province in (TOTAL, own) and sector in (TOTAL, of)))

    def mean_age(self, province: str | None = TOTAL) -> Decimal | None:
        """Return the mean age, one decimal; None if it may not be shown."""
        return self._clients.mean(province)


@lru_cache(maxsize=KEPT)
def _cover(counts: frozenset[Any], ages: frozenset[Any] | None = None) -> Protected:
    """Protect these counts, and the mean ages."""
    magnitude = None if ages is None else Magnitude(variables.AGE, dict(ages), variables.age_bounds())
    return protect(dict(counts), magnitude)


def _cell(protected: Protected, name: tuple[str | None, ...]) -> Cell:
    count = protected.count(name)
    return HIDDEN if count is None else Cell(count)


def _whether_incomplete(figures: Figures) -> dict[tuple[str, str, str, str], int]:
    """Return the counts of complete and incomplete registrations: published too, so protected like the variables."""
    counts: dict[tuple[str, str, str, str], int] = {}
    for (province, situation), total in figures.clients_in.items():
        lacking = figures.incomplete.get((province, situation), 0)
        for category, count in ((INCOMPLETE, lacking), (COMPLETE, total - lacking)):
            if count:
                counts[INCOMPLETE, province, category, situation] = count
    return counts


def _whether_shared(figures: Figures) -> dict[tuple[str, str, str, str], int]:
    """Return the counts of clients who may be one person with another organisation's, and of those who are not."""
    counts: dict[tuple[str, str, str, str], int] = {}
    rest = dict(figures.clients_in)
    for (province, situation, category), count in figures.shared.items():
        counts[SHARED, province, category, situation] = count
        rest[province, situation] -= count
    none = {(SHARED, province, NOT_SHARED, situation): count for (province, situation), count in rest.items() if count}
    return counts | none
