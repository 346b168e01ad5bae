"""k-anonymity of rows: each row is equal to k - 1 other rows at least (docs/decisions/0076).

The key variables are taken in their order. A class, whose rows have equal answers so far, is divided by the answers to
the next key variable. A part of k rows or more keeps its answer; the other rows get a coarser answer (recoding) or, in
the end, SUPPRESSED (local suppression).
"""
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from disclosure.rules import THRESHOLD, is_unsafe

K = THRESHOLD  # the size of a smaller class would be an unsafe count itself
SUPPRESSED = None  # instead of an answer

Answer = str | None
Row = tuple[Answer, ...]  # the answers in the order of the key variables
Answers = Mapping[tuple[int, Answer], int]  # a number by (number of the key variable, answer)
Rows = list[tuple[Row, int]]  # each with how many there are
Recoding = Callable[[str], str]


@dataclass(frozen=True)
class KeyVariable:
    """A variable by which a contributor could be recognised.

    `recodings` turn an answer into a coarser one, the finest first. `within` is the number of another key variable that
    this one refines: where the answer to that one is suppressed, the answer to this one is too.
    """

    code: str
    recodings: tuple[Recoding, ...] = ()
    within: int | None = None


def coarsen(rows: Counter[Row], variables: Sequence[KeyVariable], published: Answers, limits: Answers) -> Counter[Row]:
    """Coarsen rows until each is equal to k - 1 others. Both `rows` and the result have the number of each row.

    An answer that is SUPPRESSED in `rows` stays SUPPRESSED. With fewer than k rows the result is empty.
    By (number of the key variable, answer): `published` is how many rows are known to give the answer, so that the
    number of rows that leave it out is never an unsafe count; `limits` is how many rows may say the answer.
    """
    return _Coarsening(variables, published, limits).of(rows)


class _Coarsening:
    """Coarsens rows by their key variables."""

    def __init__(self, variables: Sequence[KeyVariable], published: Answers, limits: Answers) -> None:
        self.variables, self.published, self.limits = variables, published, limits

    def of(self, rows: Counter[Row]) -> Counter[Row]:
        """Coarsen these rows."""
        classes: list[tuple[Row, Rows]] = [((), list(rows.items()))] if rows.total() >= K else []
        for number in range(len(self.variables)):
            classes = [part for said, own in classes for part in self._divided(number, said, own)]
        sizes = [(list(said), _size(own)) for said, own in classes]
        for number in range(len(self.variables)):
            self._suppress_some(number, sizes)
        found: Counter[Row] = Counter()
        for answers, size in sizes:
            found[tuple(answers)] += size
        return found

    def _divided(self, number: int, said: Row, rows: Rows) -> list[tuple[Row, Rows]]:
        """Divide a class by its answers to a key variable; `said` are its answers to the key variables before it."""
        variable, left = self.variables[number], rows
        parts: dict[Answer, Rows] = {}
        if variable.within is None or said[variable.within] is not SUPPRESSED:
            for recoding in (None, *variable.recodings):
                own, left = _by_answer(left, number, recoding), []
                for answer, part in own.items():
                    if answer is SUPPRESSED or _size(part) < K:
                        left += part
                    else:
                        parts[answer] = parts.get(answer, []) + part
            if left and _size(left) < K:
                left += parts.pop(min(parts, key=lambda answer: (_size(parts[answer]), answer)))
        if left:
            parts[SUPPRESSED] = left
        return [((*said, answer), part) for answer, part in parts.items()]

    def _suppress_some(self, number: int, classes: list[tuple[list[Answer], int]]) -> None:
        """Suppress answers in the smallest classes until each is within its limit and leaves no unsafe remainder."""
        saying = defaultdict(list)
        for said, size in classes:
            saying[said[number]].append((size, str(said), said))
        for answer, held in saying.items():
            held.sort(key=itemgetter(0, 1), reverse=True)
            while held and not self._may_be_said((number, answer), sum(size for size, *_ in held)):
                self._suppress(number, held.pop()[-1])

    def _may_be_said(self, key: tuple[int, Answer], size: int) -> bool:
        return size <= self.limits.get(key, size) and not is_unsafe(self.published.get(key, size) - size)

    def _suppress(self, number: int, said: list[Answer]) -> None:
        said[number] = SUPPRESSED
        for other, variable in enumerate(self.variables):
            if variable.within == number:
                said[other] = SUPPRESSED


def _by_answer(rows: Rows, number: int, recoding: Recoding | None) -> dict[Answer, Rows]:
    parts = defaultdict(list)
    for row, size in rows:
        answer = row[number]
        parts[answer if answer is SUPPRESSED or recoding is None else recoding(answer)].append((row, size))
    return parts


def _size(rows: Rows) -> int:
    return sum(size for _, size in rows)
