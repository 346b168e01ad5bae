"""A year's figures as they may be published: who asks for a count gets a cell, and no count that is to be hidden."""
from decimal import Decimal
from functools import lru_cache

from disclosure.means import in_tenths, means_to_show
from disclosure.suppression import hide
from disclosure.tables import TOTAL
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
        self._clients, self._shown_means, self._most_less = _cover(frozenset(clients.items()), frozenset(ages.items()))
        self._closings, *_ = _cover(frozenset(figures.closings.items()))
        self._ages, self._initiatives = figures.ages, figures.initiatives
        places, sectors = (*PROVINCES, TOTAL), (*SECTORS, MISSING)
        self._told_by_place = not any(self.clients(place).hidden for place in places)
        self._told_by_sector = not any(
            self.clients(place, SECTOR, sector).hidden for place in places for sector in sectors)

    def clients(self, province=TOTAL, variable=TOTAL, category=TOTAL, situation=TOTAL):
        """The cell of so many clients; a category is one of a variable."""
        return _cell(self._clients, (variable, province, category, situation))

    def may_be_told(self, province, variable, category, situation):
        """How many clients of a cell may be pointed out without spoiling what is hidden: of a shown cell, all.

        Of a hidden one, as many as there are in each of the worlds that show the hiding to be enough.
        """
        cell = (variable, province, category, situation)
        return max(0, self._clients.count(cell) - self._most_less.get(cell, 0))

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
        if province not in self._shown_means:
            return None
        ages = self._ages.values() if province is TOTAL else [self._ages[province]]
        return Decimal(in_tenths(*map(sum, zip(*ages, strict=True)))).scaleb(-1)


@lru_cache(maxsize=KEPT)
def _cover(counts, ages=None):
    """What is hidden, of which provinces the mean age may be shown, and by how much a count may be less."""
    counts = dict(counts)
    hidden = hide(counts)
    means = frozenset() if ages is None else means_to_show(hidden, counts, dict(ages), variables.age_bounds())
    # What shows that it is enough is large, and not kept but for this.
    return hidden.without_walks(), means, hidden.most_less()


def _cell(hidden, cell):
    return HIDDEN if hidden.is_hidden(cell) else Cell(hidden.count(cell))


def _whether_incomplete(figures):
    """Whether a registration is complete is published as well, so it is covered like the variables."""
    found = {}
    for (province, situation), total in figures.clients_in.items():
        lacking = figures.incomplete.get((province, situation), 0)
        for category, count in ((INCOMPLETE, lacking), (COMPLETE, total - lacking)):
            if count:
                found[INCOMPLETE, province, category, situation] = count
    return found
