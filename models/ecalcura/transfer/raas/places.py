"""Where the contracts of RaaS belong: from RIZIV number to facility, and over the day of a merger."""
import datetime
from typing import NamedTuple

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.columns import RIZIV
from models.ecalcura.transfer.raas.reasons import Noted, Reason, note

A_DAY = datetime.timedelta(days=1)
# A kind of facility for which nothing is taken over.
NOT_TAKEN = "ibw"


class Piece(NamedTuple):
    """The days of a contract in one facility: a contract over the day of a merger has two."""

    facility_id: int
    start: datetime.date
    until: datetime.date | None


class Place(NamedTuple):
    """The facility of a RIZIV number, or None, and the reasons."""

    facility: Facility | None
    reasons: tuple[Noted, ...] = ()


class Places:
    """The facilities of this moment, in memory."""

    def __init__(self, undecided: set[str]) -> None:
        """Read them; `undecided` are the RIZIV numbers of facilities without a row, such as a short stay."""
        self._by_id = {facility.id: facility for facility in Facility.select()}
        self._hco = {facility.hco for facility in self._by_id.values()}
        self._undecided = undecided
        self._by_riziv: dict[str, list[Facility]] = {}
        for facility in self._by_id.values():
            if facility.riziv:
                self._by_riziv.setdefault(facility.riziv, []).append(facility)
        self._found: dict[str, Place] = {}

    def of(self, riziv: str) -> Place:
        """Return the place of the contracts with this RIZIV number."""
        place = self._found.get(riziv)
        if place is None:
            place = self._find(riziv)
            # A number that is not known may be anything: only those of facilities are kept.
            if place.facility:
                self._found[riziv] = place
        return place

    def _find(self, riziv: str) -> Place:
        found = self._by_riziv.get(riziv, [])
        if not riziv:
            return Place(None, (note(Reason.EMPTY, RIZIV),))
        if not found:
            reason = (Reason.NO_PARENT if riziv in self._undecided
                      else Reason.HCO_AS_RIZIV if riziv.upper() in self._hco else Reason.RIZIV_UNKNOWN)
            return Place(None, (note(reason, RIZIV),))
        # A short stay and the residential home under which it falls are one dossier.
        dossiers = {facility.parent_id or facility.id for facility in found}
        if len(dossiers) > 1:
            return Place(None, (note(Reason.TWO_FACILITIES, RIZIV),))
        facility = self._by_id[dossiers.pop()]
        if facility.kind == NOT_TAKEN:
            return Place(facility, (note(Reason.NOT_FOR_KIND, RIZIV),))
        at_parent = all(one.parent_id for one in found)
        return Place(facility, (note(Reason.AT_PARENT, RIZIV),) if at_parent else ())

    def pieces(self, facility: Facility, start: datetime.date, until: datetime.date | None) -> list[Piece]:
        """Return the pieces of a contract, in order: from the day of a merger on it is at the successor."""
        pieces = []
        while facility.merged_on and (until is None or until >= facility.merged_on):
            if start < facility.merged_on:
                pieces.append(Piece(facility.id, start, facility.merged_on - A_DAY))
                start = facility.merged_on
            facility = self._by_id[facility.successor_id]
        return [*pieces, Piece(facility.id, start, until)]
