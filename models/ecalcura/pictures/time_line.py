"""The time line of an employee: contracts with their hours, steps, choices and replacements, as spans of days."""
import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from models.ecalcura.contracts import terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.contracts.terms import Hours

CONTRACT, CHOICE, REPLACES, REPLACED = "contract", "choice", "replaces", "replaced"
# So many years before today at most; older days are in the table alone.
MOST_YEARS = 12


class Bar(NamedTuple):
    """Days on a lane, without an end if `last` is None; `hours` and `full_time` a week, in hundredths."""

    first: datetime.date
    last: datetime.date | None
    hours: int | None = None
    full_time: int | None = None


class Lane(NamedTuple):
    """The bars of a contract, of the choices of one kind for a step, or of the replacements with one employee.

    `of` is (role, qualification) of a contract, (age, kind) of choices, (id of the other employee or None).
    """

    kind: str
    of: tuple[str | int | None, ...]
    bars: list[Bar]


class TimeLine(NamedTuple):
    """The lanes, the first day of each step by age, and the days from the first to the last of the picture."""

    first: datetime.date
    last: datetime.date
    lanes: list[Lane]
    steps: Mapping[int, datetime.date]


def of(born: datetime.date | None, contracts: Sequence[Contract], later: Mapping[int, Collection[Hours]],
       choices: Iterable[Choice], replaces: Iterable[Replacement], replaced: Iterable[Replacement],
       day: datetime.date) -> TimeLine | None:
    """Return the time line of an employee as seen on a day; None without a contract. `later`: see by_contract."""
    if not contracts:
        return None
    entitled = any(contract.role == "entitled" for contract in contracts)
    lanes = [Lane(CONTRACT, (contract.role, contract.qualification), [
        Bar(piece.first, piece.last, piece.hours, piece.full_time)
        for piece in terms.pieces(contract, later.get(contract.id, ()))]) for contract in contracts]
    lanes += lanes_of((CHOICE, (one.step, one.kind), Bar(one.since, one.until)) for one in choices)
    lanes += lanes_of((REPLACES, (one.replaced_id,), Bar(one.since, one.until, one.hours)) for one in replaces)
    lanes += lanes_of((REPLACED, (one.employee_id,), Bar(one.since, one.until, one.hours)) for one in replaced)
    return TimeLine(*span_of([bar for lane in lanes for bar in lane.bars], day), lanes,
                    step_starts(born) if entitled else {})


def span_of(bars: Sequence[Bar], day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a picture of these bars as seen on a day."""
    first = min(bar.first for bar in bars)
    last = max(bar.last or bar.first for bar in bars)
    # To the end of next year at least, so that a step that comes soon is in it.
    return (datetime.date(max(first.year, day.year - MOST_YEARS), 1, 1),
            datetime.date(max(day.year + 1, min(last.year, day.year + 3)), 12, 31))


def lanes_of(found: Iterable[tuple[str, tuple[str | int | None, ...], Bar]]) -> list[Lane]:
    """Return a lane for each kind and `of`, in the order of their first bars."""
    lanes: dict[tuple[str, tuple[str | int | None, ...]], Lane] = {}
    for kind, name, bar in sorted(found, key=lambda one: one[2].first):
        lanes.setdefault((kind, name), Lane(kind, name, [])).bars.append(bar)
    return list(lanes.values())
