"""The hours of an employee day by day, in exact fractions: contracts, exemption, premium and replacement.

All functions are pure. Days on which nothing changes are counted together, as one run. Hours come in as hundredths a
week, as they are stored; they go out as hours a week.
"""
import datetime
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple, Protocol

from models.database import END_OF_TIME
from models.ecalcura.contracts import lists

DAY = datetime.timedelta(days=1)
PREMIUM, EXEMPTION = "premium", "exemption"
ENTITLED, REPLACEMENT = "entitled", "replacement"
ZERO = Fraction(0)


class Piece(NamedTuple):
    """Days of a contract with the same hours. `last` is None as long as there is no end.

    `acquired`: an acquired right up to the step of this age, None without that limit. `premium`: whether the
    qualification allows the premium.
    """

    first: datetime.date
    last: datetime.date | None
    hours: int
    full_time: int
    role: str = ENTITLED
    acquired: int | None = None
    premium: bool = True


class Chosen(NamedTuple):
    """A choice for a step, from and until these days."""

    first: datetime.date
    last: datetime.date | None
    step: int
    kind: str


class Replaced(NamedTuple):
    """Hours a week by which somebody is replaced, from and until these days."""

    first: datetime.date
    last: datetime.date | None
    hours: int


class Rights(NamedTuple):
    """All that decides the rights of one employee. `starts` is age → first day of the step."""

    pieces: Sequence[Piece]
    choices: Sequence[Chosen] = ()
    replaced: Sequence[Replaced] = ()
    starts: Mapping[int, datetime.date] = {}


class Amounts(NamedTuple):
    """Amounts of a day, in hours a week or as a part of full time (`..._fte`); or the mean over a number of days.

    hours, fte: of all contracts. exempt: the right to work less. premium: the hours that are kept for the premium.
    percent: the premium, in percent of the full-time wage. financed: the smaller of exempt and replaced. open: exempt
    hours that nobody replaces. surplus: replaced hours above the exempt ones.
    """

    hours: Fraction = ZERO
    fte: Fraction = ZERO
    exempt: Fraction = ZERO
    exempt_fte: Fraction = ZERO
    premium: Fraction = ZERO
    percent: Fraction = ZERO
    replaced: Fraction = ZERO
    financed: Fraction = ZERO
    open: Fraction = ZERO
    surplus: Fraction = ZERO


class Run(NamedTuple):
    """Days, the first and the last included, on which the same holds."""

    first: datetime.date
    last: datetime.date
    amounts: Amounts

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


class _Part(NamedTuple):
    """The part of a full-time week that counts for a step, and the step's hours as a part of that week."""

    whole: Fraction
    fte: Fraction


def on(rights: Rights, day: datetime.date) -> Amounts:
    """Return what holds on this day."""
    pieces = [piece for piece in rights.pieces if _covers(piece, day)]
    exempt = exempt_fte = premium = percent = ZERO
    for choice in rights.choices:
        if _covers(choice, day) and choice.step in rights.starts and rights.starts[choice.step] <= day:
            step = lists.steps()[choice.step]
            part = _part(pieces, step, choice.kind)
            if choice.kind == EXEMPTION:
                exempt, exempt_fte = exempt + step.hours * part.whole, exempt_fte + part.fte
            else:
                premium, percent = premium + step.hours * part.whole, percent + lists.premium_added(step) * part.whole
    replaced = Fraction(sum(one.hours for one in rights.replaced if _covers(one, day)), 100)
    return Amounts(
        hours=Fraction(sum(piece.hours for piece in pieces), 100),
        fte=sum((Fraction(piece.hours, piece.full_time) for piece in pieces), ZERO),
        exempt=exempt, exempt_fte=exempt_fte, premium=premium, percent=percent, replaced=replaced,
        financed=min(exempt, replaced), open=max(exempt - replaced, ZERO), surplus=max(replaced - exempt, ZERO))


class _Span(Protocol):
    @property
    def first(self) -> datetime.date: ...

    @property
    def last(self) -> datetime.date | None: ...


def _covers(span: _Span, day: datetime.date) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)


def _part(pieces: Iterable[Piece], step: lists.Step, kind: str) -> _Part:
    """Return what counts of these contracts for a step: never more than one full-time week."""
    whole, fte = ZERO, ZERO
    for piece in pieces:
        counts = piece.role == ENTITLED and (piece.acquired is None or step.age <= piece.acquired)
        if counts and (kind == EXEMPTION or piece.premium):
            part = Fraction(piece.hours, piece.full_time)
            whole, fte = whole + part, fte + part * Fraction(100 * step.hours, piece.full_time)
    return _Part(whole, fte) if whole <= 1 else _Part(Fraction(1), fte / whole)


def runs(rights: Rights, first: datetime.date, last: datetime.date) -> list[Run]:
    """Return the runs that make up these days."""
    spans: list[_Span] = [*rights.pieces, *rights.choices, *rights.replaced]
    starts = {first, *rights.starts.values(), *(span.first for span in spans),
              *(span.last + DAY for span in spans if span.last and span.last < END_OF_TIME)}
    begins = sorted(day for day in starts if first <= day <= last)
    ends = [*(day - DAY for day in begins[1:]), last]
    return [Run(begin, end, on(rights, begin)) for begin, end in zip(begins, ends, strict=True)]


def mean(found: Sequence[Run]) -> Amounts:
    """Return the means over the days of these runs: of a trimester, say."""
    days = sum(run.days for run in found)
    return Amounts(*(sum((value * run.days for run, value in zip(found, values, strict=True)), ZERO) / days
                     for values in zip(*(run.amounts for run in found), strict=True)))


def mean_over(rights: Rights, first: datetime.date, last: datetime.date) -> Amounts:
    """Return the means over the days from the first to the last."""
    return mean(runs(rights, first, last))


class PoolAmounts(NamedTuple):
    """Means, in hours a week, of the replacements of a facility that name no employee. See `Amounts`."""

    replaced: Fraction
    financed: Fraction
    surplus: Fraction


class PoolRun(NamedTuple):
    """Days on which the pool gives the same hours a week, and on which as many of them are financed."""

    first: datetime.date
    last: datetime.date
    replaced: Fraction
    financed: Fraction


def pool_runs(employees: Iterable[Sequence[Run]], replaced: Sequence[Replaced], first: datetime.date,
              last: datetime.date) -> list[PoolRun]:
    """Return the runs of the pool, which is counted day by day against the open hours of these employees' runs."""
    changes: dict[datetime.date, list[Fraction]] = {first: [ZERO, ZERO]}
    found = [(run.first, run.last, 0, run.amounts.open) for one in employees for run in one if run.amounts.open]
    found += [(one.first, one.last or last, 1, Fraction(one.hours, 100)) for one in replaced]
    for begin, end, which, value in found:
        if begin <= last and end >= first:
            changes.setdefault(max(begin, first), [ZERO, ZERO])[which] += value
            if end < last:
                changes.setdefault(end + DAY, [ZERO, ZERO])[which] -= value
    begins = sorted(changes)
    open_hours = given = ZERO
    counted = []
    for begin, after in zip(begins, [*begins[1:], last + DAY], strict=True):
        open_hours, given = open_hours + changes[begin][0], given + changes[begin][1]
        counted.append(PoolRun(begin, after - DAY, given, min(given, open_hours)))
    return counted


def pool(employees: Iterable[Sequence[Run]], replaced: Sequence[Replaced], first: datetime.date,
         last: datetime.date) -> PoolAmounts:
    """Return the means of the pool over these days."""
    counted = pool_runs(employees, replaced, first, last)
    total = (last - first).days + 1
    lengths = [(run.last - run.first).days + 1 for run in counted]
    given = sum((run.replaced * days for run, days in zip(counted, lengths, strict=True)), ZERO)
    financed = sum((run.financed * days for run, days in zip(counted, lengths, strict=True)), ZERO)
    return PoolAmounts(given / total, financed / total, (given - financed) / total)


def differing(old: Iterable[tuple[datetime.date, datetime.date | None, object]],
              new: Iterable[tuple[datetime.date, datetime.date | None, object]],
              ) -> list[tuple[datetime.date, datetime.date | None]]:
    """Return the spans of days on which two lists of (first, last, value) differ; the last span may have no end."""
    old, new = list(old), list(new)
    starts = sorted({day for first, last, _ in (*old, *new)
                     for day in (first, last + DAY if last and last < END_OF_TIME else None) if day})
    spans: list[tuple[datetime.date, datetime.date | None]] = []
    for begin, after in zip_longest(starts, starts[1:]):
        if _valid_on(old, begin) != _valid_on(new, begin):
            end = after - DAY if after else None
            if spans and spans[-1][1] == begin - DAY:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((begin, end))
    return spans


def _valid_on(spans: Iterable[tuple[datetime.date, datetime.date | None, object]], day: datetime.date) -> list[object]:
    return [value for first, last, value in spans if first <= day and (last is None or day <= last)]
