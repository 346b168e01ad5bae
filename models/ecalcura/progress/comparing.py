"""The sums of a trimester against those of the one before: facilities whose hours changed much come first."""
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.trimesters.calendar import A_DAY, Place, Trimester, place_of

# A change of more than this part of the former hours is pointed out.
MUCH = Fraction(1, 4)


class Change(NamedTuple):
    """Hours a week of a facility, in the former trimester and in this one."""

    before: Fraction
    now: Fraction

    @property
    def part(self) -> Fraction | None:
        """The change as a part of the former hours; None if these were zero."""
        return (self.now - self.before) / self.before if self.before else None

    @property
    def is_much(self) -> bool:
        """Whether it is to be pointed out: a quarter or more, or hours where there were no hours."""
        return bool(self.now) if self.part is None else abs(self.part) >= MUCH


class Compared(NamedTuple):
    """A facility that has sums of both trimesters."""

    facility: Facility
    exempt: Change
    hours: Change

    @property
    def is_much(self) -> bool:
        """Whether one of the two changed much."""
        return self.exempt.is_much or self.hours.is_much

    @property
    def size(self) -> float:
        """The larger of the two changes, to put the largest first."""
        return max(float("inf") if one.is_much and one.part is None else abs(float(one.part or 0))
                   for one in (self.exempt, self.hours))


def before(place: Place) -> Place:
    """Return the trimester before this one."""
    return place_of(place.first - A_DAY)


def compare(place: Place) -> list[Compared]:
    """Return the facilities that have sums of this trimester and of the one before, the largest change first."""
    now, former = _sums(place), _sums(before(place))
    facilities = Facility.select().where(Facility.id.in_(list(now.keys() & former.keys())))
    found = [Compared(facility, *(Change(getattr(former[facility.id], name), getattr(now[facility.id], name))
                                  for name in ("exempt", "hours"))) for facility in facilities]
    return sorted(found, key=lambda one: (-one.size, one.facility.name, one.facility.hco))


def _sums(place: Place) -> dict[int, FileSums]:
    trimester = Trimester.known(*place)
    if trimester is None:
        return {}
    rows = FileSums.select().where(FileSums.trimester_id == trimester.id, FileSums.counted_at.is_null(False))
    return {row.facility_id: row for row in rows}
