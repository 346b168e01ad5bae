"""Rows made alike: what a row says is said by at least five rows, word for word (k-anonymity, docs/decisions/0076).

Column by column, in their order, a group of rows that say the same so far is parted by what they answer. A part of five
rows or more keeps its answer; the others answer something coarser or, at last, nothing.
"""
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import itemgetter

SMALLEST = 5
NOT_SAID = None


@dataclass(frozen=True)
class Column:
    """`coarser` are the ways to say it with less detail, the finest first, each a function of an answer.

    `within` is the place of the column that it only refines: where that one says nothing, it says nothing either.
    """

    code: str
    coarser: tuple = ()
    within: int | None = None


class Coarsened:
    """Rows, a Counter of answers in the order of the columns, as they may be published: `rows`, five or more of each.

    An answer that is NOT_SAID from the start is said nowhere. By (the column's place, answer): `known` is how many
    rows a reader knows to give it, and `most` how many may say it.
    """

    def __init__(self, rows, columns, known, most):
        self.columns, self.known, self.most = columns, known, most
        groups = [((), list(rows.items()))] if rows.total() >= SMALLEST else []
        for place in range(len(columns)):
            groups = [part for group in groups for part in self._parted(place, *group)]
        said = [[list(said), _size(part)] for said, part in groups]
        for place in range(len(columns)):
            self._silence_some(place, said)
        self.rows = Counter()
        for answers, number in said:
            self.rows[tuple(answers)] += number

    def _parted(self, place, said, rows):
        """The group parted by its answers in this column, from what is said of the columns before it."""
        column, parts, left = self.columns[place], {}, rows
        if column.within is None or said[column.within] is not NOT_SAID:
            for coarser in (None, *column.coarser):
                own, left = _by_answer(left, place, coarser), []
                for answer, part in own.items():
                    if answer is NOT_SAID or _size(part) < SMALLEST:
                        left += part
                    else:
                        parts[answer] = parts.get(answer, []) + part
            if left and _size(left) < SMALLEST:
                left += parts.pop(min(parts, key=lambda answer: (_size(parts[answer]), answer)))
        if left:
            parts[NOT_SAID] = left
        return [((*said, answer), part) for answer, part in parts.items()]

    def _silence_some(self, place, groups):
        """Let the smallest groups say nothing, until no answer is said too often, nor by all but 1 to 4 of its rows."""
        saying = defaultdict(list)
        for said, number in groups:
            saying[said[place]].append((number, str(said), said))
        for answer, held in saying.items():
            held.sort(key=itemgetter(0, 1), reverse=True)
            while held and not self._may_be_said((place, answer), sum(number for number, *_ in held)):
                self._silence(place, held.pop()[-1])

    def _may_be_said(self, key, number):
        return number <= self.most.get(key, number) and not 0 < self.known.get(key, number) - number < SMALLEST

    def _silence(self, place, said):
        said[place] = NOT_SAID
        for other, column in enumerate(self.columns):
            if column.within == place:
                said[other] = NOT_SAID


def _by_answer(rows, place, coarser):
    parts = defaultdict(list)
    for answers, number in rows:
        answer = answers[place]
        parts[answer if answer is NOT_SAID or coarser is None else coarser(answer)].append((answers, number))
    return parts


def _size(rows):
    return sum(number for _, number in rows)
