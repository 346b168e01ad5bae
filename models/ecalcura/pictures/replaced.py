"""Exempt against replaced hours: the means of the four trimesters of a reference period, for a facility."""
import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.checks import dossiers
from models.ecalcura.checks.dossiers import Dossier
from models.ecalcura.contracts import days, terms
from models.ecalcura.contracts.days import DAY, ZERO, Piece, Replaced, Rights
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Place


class Quarter(NamedTuple):
    """The means of a trimester, in hours a week or as a part of full time (`..._fte`).

    financed: the smaller of exempt and replaced, day by day. open: exempt hours that nobody replaces. surplus: replaced
    hours above the exempt ones. The pool of the facility is counted in.
    """

    place: Place
    exempt: Fraction
    exempt_fte: Fraction
    replaced: Fraction
    replaced_fte: Fraction
    financed: Fraction
    open: Fraction
    surplus: Fraction


class _Given(NamedTuple):
    """A replacement, and the pieces of the contract that gives its hours."""

    replacement: Replacement
    pieces: list[Piece]


def quarters(facility: Facility, period: int) -> list[Quarter]:
    """Return the trimesters of a reference period, counted from the rows as they are now."""
    loaded = dossiers.load(facility)
    rights = [dossier.rights for dossier in loaded if dossier.choices or dossier.replaced_by]
    given = [one for dossier in loaded for one in _given(dossier)]
    pool = [Replaced(one.since, one.until, one.hours) for one, _ in given if one.replaced_id is None]
    return [_quarter(Place(period, number), rights, given, pool) for number in range(1, 5)]


def _given(dossier: Dossier) -> list[_Given]:
    pieces = {rows.contract.id: terms.pieces(rows.contract, rows.terms) for rows in dossier.contracts}
    return [_Given(one, pieces[one.contract_id]) for one in dossier.replacements]


def _quarter(place: Place, rights: Iterable[Rights], given: Iterable[_Given], pool: list[Replaced]) -> Quarter:
    first, last = place.first, place.last
    runs = [days.runs(one, first, last) for one in rights]
    means = [days.mean(found) for found in runs]
    pooled = days.pool(runs, pool, first, last)
    return Quarter(
        place,
        exempt=sum((one.exempt for one in means), ZERO),
        exempt_fte=sum((one.exempt_fte for one in means), ZERO),
        replaced=sum((one.replaced for one in means), pooled.replaced),
        replaced_fte=sum((_fte(one, first, last) for one in given), ZERO),
        financed=sum((one.financed for one in means), pooled.financed),
        open=sum((one.open for one in means), ZERO) - pooled.financed,
        surplus=sum((one.surplus for one in means), pooled.surplus))


def _fte(given: _Given, first: datetime.date, last: datetime.date) -> Fraction:
    """Return the mean part of full time, by the full-time week of the contract that replaces."""
    found, one = ZERO, given.replacement
    for piece in given.pieces:
        begin = max(first, one.since, piece.first)
        end = min(day for day in (last, one.until, piece.last) if day)
        if begin <= end:
            found += Fraction(one.hours, piece.full_time) * (end + DAY - begin).days
    return found / (last + DAY - first).days
