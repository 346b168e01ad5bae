"""How far the facilities of each kind are, from the states of their files."""
from collections.abc import Iterator
from typing import Any

import peewee

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import EMPTY, STATES, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow, before_merger

COLUMNS = ("period", "number", "kind", "entry_from", "submit_from", "deadline", "is_closed", *STATES)


def rows() -> Iterator[tuple[Any, ...]]:
    """Yield the values of COLUMNS for each trimester and kind, the oldest first: its days, then numbers by state.

    A facility without a file of the trimester is counted as empty, unless it merged before the trimester.
    """
    counted = _counts()
    for window in (TrimesterWindow.select(TrimesterWindow, Trimester).join(Trimester)
                   .order_by(Trimester.first, TrimesterWindow.kind)):
        place = window.trimester
        numbers = {state: counted.get((place.id, window.kind, state), 0) for state in STATES}
        numbers[EMPTY] = _facilities(window.kind, place) - sum(numbers.values()) + numbers[EMPTY]
        yield (place.period, place.number, window.kind, window.entry_from, window.submit_from, window.deadline,
               window.closed, *numbers.values())


def _counts() -> dict[tuple[int, str, str], int]:
    """(trimester, kind, state) → number of files."""
    found: Any = (
        TrimesterFile.select(
            TrimesterFile.trimester, Facility.kind, TrimesterFile.state, peewee.fn.COUNT(TrimesterFile.id))
        .join(Facility, on=Facility.id == TrimesterFile.facility_id)
        .where(before_merger())
        .join_from(TrimesterFile, Trimester)
        .group_by(TrimesterFile.trimester, Facility.kind, TrimesterFile.state)
        .tuples())
    return {(trimester, kind, state): number for trimester, kind, state, number in found}


def _facilities(kind: str, trimester: Trimester) -> int:
    """The number of facilities of a kind that had not merged when the trimester began."""
    number: int = Facility.select().where(
        Facility.kind == kind, Facility.merged_on.is_null() | (Facility.merged_on > trimester.first)).count()
    return number
