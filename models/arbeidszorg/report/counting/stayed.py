"""The clients guided in two years in a row, counted by their answers in each (docs/decisions/0072).

A client that moved to another organisation between the two is not among them (docs/decisions/0094).
"""
from collections import Counter
from collections.abc import Iterable

from models.arbeidszorg.report.counting.groups import Span
from models.arbeidszorg.report.counting.variables import MISSING

# (variable, province, category in the first year, category in the second)
Move = tuple[str, str, str, str]


class Stayed:
    """Counts the clients guided in a year and in the year before, by their answers at the end of each."""

    def __init__(self, year: int) -> None:
        self.years = year - 1, year
        self.guided, self.changes = Counter[str](), Counter[Move]()

    def of(self, spans: Iterable[Span]) -> list[Span] | None:
        """Return a client's spans in the two years; None unless the client was guided in both."""
        both = [span for span in spans if span.year in self.years]
        return both if len(both) == 2 else None

    def add(self, province: str, before: tuple[str, str] | None, now: tuple[str, str] | None, number: int) -> None:
        """Count `number` clients by their (variable, category) in each year; None where they gave no answer."""
        if known := before or now:
            first, second = (one[1] if one else MISSING for one in (before, now))
            self.changes[known[0], province, first, second] += number

    def moves(self, variables: Iterable[str]) -> dict[Move, int]:
        """Return the counts of these variables; clients without any answer are counted from MISSING to MISSING."""
        moves, counted = Counter[Move](), Counter[tuple[str, str]]()
        for move, number in self.changes.items():
            if number:
                moves[move] = number
                counted[move[:2]] += number
        for variable in variables:
            for province, total in self.guided.items():
                if left := total - counted[variable, province]:
                    moves[variable, province, MISSING, MISSING] += left
        return dict(moves)
