"""The list of moves of clients between organisations, for an organisation and for an administrator."""
from typing import NamedTuple

from models.arbeidszorg.moving.moves import AGREED, CANCELLED, DONE, PROPOSED
from models.paging import PAGE_SIZE, shown_page
from views.shell import filters, paging


class MoveRow(NamedTuple):
    """A move in the list, as text; `waits` says whether the reader must decide."""

    id: int
    number: int
    sender: str
    receiver: str
    proposed: str
    state: str
    answer: str
    waits: bool
    is_pending: bool


def values(moves, base, page, own_id=None):
    """The values of `arbeidszorg/components/moves.html`.

    `moves` is a query, `base` the list's own address, and `own_id` the organisation that reads.
    """
    total = moves.count()
    page, last = shown_page(page, total)
    return {
        "moves": [_row(move, own_id) for move in moves.paginate(page, PAGE_SIZE)],
        "shown": "1 verhuizing" if total == 1 else f"{filters.number(total)} verhuizingen",
        **paging.links(base, page, last)}


def _row(move, own_id):
    return MoveRow(
        move.id, move.client_number, move.from_organisation.name, move.to_organisation.name,
        filters.day(move.created_at), state(move, own_id), move.answer, move.waits_for(own_id), move.is_pending)


def state(move, own_id=None):
    """How far a move is, in words for the organisation with this id or for an administrator."""
    if move.status == PROPOSED:
        return f"Wacht op {_named(move.from_organisation, own_id)}"
    if move.status == AGREED:
        return f"Wacht op {_named(move.to_organisation, own_id)}"
    ended = filters.moment(move.ended_at)
    if move.status == DONE:
        return f"Verhuisd op {ended}"
    if move.status == CANCELLED:
        return f"Geannuleerd op {ended}"
    by = move.to_organisation if move.agreed_at else move.from_organisation
    return f"Geweigerd door {_named(by, own_id)} op {ended}"


def _named(organisation, own_id):
    return "jou" if organisation.id == own_id else organisation.name
