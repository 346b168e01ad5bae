"""A year's figures as they may be published: who asks for a count gets a cell, and no count that is to be hidden."""
from functools import lru_cache

from disclosure import TOTAL, Magnitude, protect
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.variables import MISSING, SECTOR
from models.arbeidszorg.report.shape import Cell
from models.organisations import PROVINCES, SECTORS

HIDDEN = Cell(None, hidden=True)
INCOMPLETE, COMPLETE = "incomplete", "complete"
# Years that stay covered in memory, with what they were covered for: most do not change from one report to the next.
KEPT = 64


class Covered:
    """The counts of a year's `Figures`, covered for all provinces and tables at once (docs/decisions/0071).

    TOTAL stands for all provinces, categories or situations.
    """

    def __init__(self, figures):
        self.year, self.reference_day = figures.year, figures.reference_day
        clients = figures.clients | _whether_incomplete(figures)
        ages = {province: total for province, (total, _) in figures.ages.items()}
        self._clients = _cover(frozenset(clients.items()), frozenset(ages.items()))
        self._closings = _cover(frozenset(figures.closings.items()))
        self._initiatives = figures.initiatives
        places, sectors = (*PROVINCES, TOTAL), (*SECTORS, MISSING)
        self._told_by_place = not any(self.clients(place).hidden for place in places)
        self._told_by_sector = not any(
            self.clients(place, SECTOR, sector).hidden for place in places for sector in sectors)

    def clients(self, province=TOTAL, variable=TOTAL, category=TOTAL, situation=TOTAL):
        """The cell of so many clients; a category is one of a variable."""
        return _cell(self._clients, (variable, province, category, situation))

    def may_be_told(self, province, variable, category, situation):
        """How many clients of a cell may be pointed out without spoiling what is hidden: of a shown cell, all.

        Of a hidden one, as many as there are in each of the feasible tables that show the hiding to be enough.
        """
        return self._clients.safe_minimum((variable, province, category, situation))

    def closings(self, province=TOTAL, variable=TOTAL, category=TOTAL):
        """The cell of so many closings."""
        return _cell(self._closings, (variable, province, category))

    def incomplete(self, province=TOTAL):
        """The cell of so many clients whose registration is incomplete."""
        return self.clients(province, INCOMPLETE, INCOMPLETE)

    def initiatives(self, province=TOTAL, sector=TOTAL):
        """The cell of so many organisations that guided somebody.

        Organisations are no secret, but each guided one client at least: by sector they are shown where the clients of
        every sector are, by province where those of every province are.
        """
        if not (self._told_by_place if sector is TOTAL else self._told_by_sector):
            return HIDDEN
        return Cell(sum(count for (own, of), count in self._initiatives.items()
                        if province in (TOTAL, own) and sector in (TOTAL, of)))

    def mean_age(self, province=TOTAL):
        """The mean age, one decimal; None where it is not to be shown."""
        return self._clients.mean(province)


@lru_cache(maxsize=KEPT)
def _cover(counts, ages=None):
    """What may be published of these counts, and of the mean ages."""
    magnitude = None if ages is None else Magnitude(variables.AGE, dict(ages), variables.age_bounds())
    return protect(dict(counts), magnitude)


def _cell(protected, name):
    count = protected.count(name)
    return HIDDEN if count is None else Cell(count)


def _whether_incomplete(figures):
    """Whether a registration is complete is published as well, so it is covered like the variables."""
    found = {}
    for (province, situation), total in figures.clients_in.items():
        lacking = figures.incomplete.get((province, situation), 0)
        for category, count in ((INCOMPLETE, lacking), (COMPLETE, total - lacking)):
            if count:
                found[INCOMPLETE, province, category, situation] = count
    return found
