"""What changed from one year to the next, and whether chance alone would make so large a change (docs/decisions/0072).

The test is a z test in which a person, not an answer, is what chance draws: most people are in both years and answer
the same, so the two years are not two samples.
"""
import math
from collections import Counter
from dataclasses import dataclass, field

from models.arbeidszorg.report.counting.tally import Figures
from models.arbeidszorg.report.counting.variables import MISSING

LEVEL = 0.05
# Of fewer people who came into a category or left it the test says nothing.
FEWEST = 25


@dataclass(frozen=True)
class Change:
    """A category's count and the whole it is part of, in the year before and now.

    `points` is the change in percentage points, None where nobody was guided in one of the years; `chance` is how
    probable so large a change is by chance, None where too few people made it; `larger` marks what is larger.
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
    """Two years' `Figures`, and `moves`: of who was guided in both, counts by (variable, province, category in the
    first, category in the second). `years` are the figures of all years that were counted in the same go."""

    before: Figures
    now: Figures
    moves: dict
    years: dict = field(default_factory=dict)

    def changes(self, variable, province=None):
        """Category → `Change`, of a variable of clients, in one province or in all."""
        was, is_ = _counts(self.before, variable, province), _counts(self.now, variable, province)
        return _changes(was, is_, *self._moves(variable, province))

    def changes_of_provinces(self):
        """Province of establishment → `Change`. It is the organisation's of today, so nobody's changes."""
        was, is_ = Counter(), Counter()
        for counts, figures in ((was, self.before), (is_, self.now)):
            for (province, _), count in figures.clients_in.items():
                counts[province] += count
        once, stayed = next(iter(self.moves), (None,))[0], Counter()
        for (of, province, *_), count in self.moves.items():
            if of == once:
                stayed[province] += count
        return _changes(was, is_, stayed.total(), stayed, stayed, stayed)

    def _moves(self, variable, province):
        stayed, first, second, both = 0, Counter(), Counter(), Counter()
        for (of, where, before, after), count in self.moves.items():
            if of == variable and province in (None, where):
                stayed += count
                first[before] += count
                second[after] += count
                if before == after:
                    both[before] += count
        return stayed, first, second, both


class Stayed:
    """Counts who was guided in a year and in the one before, by what they answered at the end of each."""

    def __init__(self, year):
        self.years = year - 1, year
        self.guided, self.changes = Counter(), Counter()

    def of(self, spans):
        """The two spans of who was guided in both years; None of others."""
        both = [span for span in spans if span.year in self.years]
        return both if len(both) == 2 else None

    def add(self, province, before, now, number):
        """Count so many by their (variable, category) in each year, None where they gave no answer."""
        if before or now:
            (variable, _), answers = before or now, (one[1] if one else MISSING for one in (before, now))
            self.changes[variable, province, *answers] += number

    def moves(self, variables):
        """Counts by (variable, province, category in the first year, category in the second); who was in none of a
        variable's categories answered in neither."""
        moves, counted = Counter(), Counter()
        for move, number in self.changes.items():
            if number:
                moves[move] = number
                counted[move[:2]] += number
        for variable in variables:
            for province, total in self.guided.items():
                if left := total - counted[variable, province]:
                    moves[variable, province, MISSING, MISSING] += left
        return dict(moves)


def points(before, before_of, now, now_of):
    """The change of a share in percentage points; None where one of the shares is of nothing."""
    return 100 * (now / now_of - before / before_of) if before_of and now_of else None


def chance_of(before, before_of, now, now_of, stayed, first, second, both):
    """How probable a change of a share at least so large is, either way, where nothing changed but by chance.

    Of the `stayed` people in both years `first` were in the category before, `second` are now and `both` both times.
    None where fewer than FEWEST people were in the category in one year and not in the other, or everybody in both.
    """
    everybody = before + now == before_of + now_of
    if not before_of or not now_of or everybody or before + now - 2 * both < FEWEST:
        return None
    share = (before + now) / (before_of + now_of)
    # The sum over people of what each adds to the difference, squared.
    apart = _squares(before, before_of, share) / before_of**2 + _squares(now, now_of, share) / now_of**2
    together = (both - share * (first + second) + share**2 * stayed) / (before_of * now_of)
    z = (now / now_of - before / before_of) / math.sqrt(apart - 2 * together)
    return math.erfc(abs(z) / math.sqrt(2))


def larger_than_chance(chances):
    """The categories whose change is larger than chance would make it: Holm's method over one variable's categories.

    However many categories a table has, one without any true change gets a mark in at most one of twenty years.
    """
    tested = sorted((chance, category) for category, chance in chances.items() if chance is not None)
    larger = set()
    for place, (chance, category) in enumerate(tested):
        if chance > LEVEL / (len(tested) - place):
            break
        larger.add(category)
    return larger


def _squares(count, of, share):
    return count * (1 - share)**2 + (of - count) * share**2


def _counts(figures, variable, province):
    counts = Counter()
    for (of, where, category, _), count in figures.clients.items():
        if of == variable and province in (None, where):
            counts[category] += count
    return counts


def _changes(was, is_, stayed, first, second, both):
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
