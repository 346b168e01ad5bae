"""The door for counts: from true counts to publishable ones."""
from decimal import Decimal

from disclosure.grid import TOTAL, Index
from disclosure.means import Magnitude, publishable_means
from disclosure.suppression import Pattern, suppress
from disclosure.tables import Counts, Name


class Protected:
    """The counts and means that may be published. Name a margin as its inner cells, with TOTAL for each sum."""

    def __init__(self, pattern: Pattern, means: dict[Index, int]) -> None:
        self._pattern, self._means = pattern.without_proofs(), means
        self._decreases = pattern.largest_decreases()

    def is_suppressed(self, name: Name) -> bool:
        """Whether the count of a cell may not be published."""
        return self._pattern.is_suppressed(name)

    def count(self, name: Name) -> int | None:
        """The count of a cell; None where it is suppressed."""
        return None if self.is_suppressed(name) else self._pattern.count(name)

    def mean(self, region: Index = TOTAL) -> Decimal | None:
        """The mean of the magnitude, with one decimal; None where it may not be published."""
        return Decimal(self._means[region]).scaleb(-1) if region in self._means else None

    def safe_minimum(self, name: Name) -> int:
        """How many contributors to a cell another publication may reveal while unsafe counts stay protected.

        For a published cell that is its count, for a suppressed cell its least count in any feasible table of a proof.
        """
        return max(0, self._pattern.count(name) - self._decreases.get(name, 0))


def protect(counts: Counts, magnitude: Magnitude | None = None) -> Protected:
    """Protect counts of inner cells, by (variable, region, category, status) or (variable, region, category).

    A cell without a count is zero; the margins are added up here. With a magnitude its means are protected too.
    ValueError if the variables do not count the same contributors.
    """
    pattern = suppress(counts)
    return Protected(pattern, publishable_means(pattern, counts, magnitude) if magnitude else {})
