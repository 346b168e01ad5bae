"""The changes from one year to the next, and whether chance explains them (docs/decisions/0072).

The test is a z test whose unit is a person, not an answer: most people are in both years and answer the same, so the
two years are not independent samples.
"""
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.arbeidszorg.report.counting.stayed import Move
from models.arbeidszorg.report.counting.tally import Figures

LEVEL = 0.05
# The test needs at least this number of people who entered the category or left it.
FEWEST = 25


@dataclass(frozen=True)
class Change:
    """A category's count and the total that it is part of, in the year before and now.

    `points` is the change in percentage points, None where nobody was guided in one of the years; `chance` is the
    p-value of the change, None where too few people made it; `larger` says that the change is larger than chance.
    """

    before: int
    before_of: int
    now: int
    now_of: int
    points: float | None
    chance: float | None
    larger: bool


@dataclass(frozen=True)
class Comparison:
    """Two years' `Figures`, and `moves`, which counts the clients guided in both years.

    `years` holds the figures of all years that were counted in the same run.
    """

    before: Figures
    now: Figures
    moves: Mapping[Move, int]
    years: Mapping[int, Figures] = field(default_factory=dict)

    def changes(self, variable: str, province: str | None = None) -> dict[str, Change]:
        """Return category → `Change` for a variable of clients, in one province or in all."""
        was, is_ = _counts(self.before, variable, province), _counts(self.now, variable, province)
        return _changes(was, is_, *self._moves(variable, province))

    def changes_of_provinces(self) -> dict[str, Change]:
        """Return province of establishment → `Change`; each year uses the province of its own organisations."""
        was, is_ = Counter[str](), Counter[str]()
        for counts, figures in ((was, self.before), (is_, self.now)):
            for (province, _), count in figures.clients_in.items():
                counts[province] += count
        # Each variable counts every client once, so the first one gives the totals.
        first, stayed = next(iter(self.moves), (None,))[0], Counter[str]()
        for (of, province, *_), count in self.moves.items():
            if of == first:
                stayed[province] += count
        return _changes(was, is_, stayed.total(), stayed, stayed, stayed)

    def _moves(self, variable: str, province: str | None) -> tuple[int, Counter[str], Counter[str], Counter[str]]:
        stayed, first, second, both = 0, Counter[str](), Counter[str](), Counter[str]()
        for (of, where, before, after), count in self.moves.items():
            if of == variable and province in (None, where):
                stayed += count
                first[before] += count
                second[after] += count
                if before == after:
                    both[before] += count
        return stayed, first, second, both


def points(before: int, before_of: int, now: int, now_of: int) -> float | None:
    """Return the change of a share in percentage points; None where one of the totals is zero."""
    return 100 * (now / now_of - before / before_of) if before_of and now_of else None


def chance_of(before: int, before_of: int, now: int, now_of: int,
              stayed: int, first: int, second: int, both: int) -> float | None:
    """Return the two-sided p-value of the change of a share.

    Of the `stayed` people in both years `first` were in the category before, `second` are in it now, and `both` were in
    it both times. None where fewer than FEWEST people were in the category in one year only, or everybody in both.
    """
    everybody = before + now == before_of + now_of
    if not before_of or not now_of or everybody or before + now - 2 * both < FEWEST:
        return None
    share = (before + now) / (before_of + now_of)
    # The sum over all people of the square of each person's contribution to the difference.
    apart = _squares(before, before_of, share) / before_of**2 + _squares(now, now_of, share) / now_of**2
    together = (both - share * (first + second) + share**2 * stayed) / (before_of * now_of)
    z = (now / now_of - before / before_of) / math.sqrt(apart - 2 * together)
    return math.erfc(abs(z) / math.sqrt(2))


def larger_than_chance(chances: Mapping[str, float | None]) -> set[str]:
    """Return the categories whose change is larger than chance explains: Holm's method over one variable's categories.

    A table in which nothing really changed gets a mark in at most one of twenty years, however many categories it has.
    """
    tested = sorted((chance, category) for category, chance in chances.items() if chance is not None)
    larger: set[str] = set()
    for rank, (chance, category) in enumerate(tested):
        if chance > LEVEL / (len(tested) - rank):
            break
        larger.add(category)
    return larger


def _squares(count: int, of: int, share: float) -> float:
    return count * (1 - share)**2 + (of - count) * share**2


def _counts(figures: Figures, variable: str, province: str | None) -> Counter[str]:
    counts = Counter[str]()
    for (of, where, category, _), count in figures.clients.items():
        if of == variable and province in (None, where):
            counts[category] += count
    return counts


def _changes(was: Counter[str], is_: Counter[str], stayed: int,
             first: Counter[str], second: Counter[str], both: Counter[str]) -> dict[str, Change]:
    before_of, now_of = was.total(), is_.total()
    chances = {
        category: chance_of(was[category], before_of, is_[category], now_of,
                            stayed, first[category], second[category], both[category])
        for category in was | is_}
    larger = larger_than_chance(chances)
    return {
        category: Change(was[category], before_of, is_[category], now_of,
                         points(was[category], before_of, is_[category], now_of), chance, category in larger)
        for category, chance in chances.items()}
