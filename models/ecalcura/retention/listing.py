"""The terms as the desk reads them, and of one term the facilities where something is due or a purge waits."""
import datetime
from typing import NamedTuple

from models.accounts.accounts import Account
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.retention import due, terms
from models.ecalcura.retention.due import OfFacility
from models.ecalcura.retention.purges import CONFIRMED, PROPOSED, Purge
from models.paging import PAGE_SIZE, shown_page


class OfTerm(NamedTuple):
    """A term: how much is due, in how many facilities, and how many purges wait for a second person or to be done."""

    term: str
    months: int | None
    first_kept: datetime.date | None
    rows: int
    facilities: int
    proposed: int
    confirmed: int


def overview() -> list[OfTerm]:
    """Return each term; nothing is due of one without months."""
    return [_of_term(term) for term in terms.SETTINGS]


def _of_term(term: str) -> OfTerm:
    found = _due(term)
    states = [purge.state for purge in Purge.waiting(term)]
    return OfTerm(term, terms.months_of(term), terms.first_kept(term), sum(one.rows for one in found.values()),
                  len(found), states.count(PROPOSED), states.count(CONFIRMED))


def _due(term: str) -> dict[int, OfFacility]:
    before = terms.first_kept(term)
    return due.by_facility(term, before) if before else {}


class Row(NamedTuple):
    """A facility in which something is due or a purge waits; `decider`: the address of the login that came last."""

    facility: Facility
    rows: int
    oldest: datetime.date | None
    purge: Purge | None
    decider: str | None


class Listing:
    """A page of the facilities of a term, by name; `ids` are those of all pages, `waits`: a purge waits."""

    def __init__(self, term: str, page: int = 1) -> None:
        found = _due(term)
        purges = {purge.facility_id: purge for purge in Purge.waiting(term)}
        self.ids = {*found, *purges}
        self.waits = bool(purges)
        self.total = len(self.ids)
        self.page, self.pages = shown_page(page, self.total)
        facilities = list(Facility.select().where(Facility.id.in_(list(self.ids)))
                          .order_by(Facility.name, Facility.hco).paginate(self.page, PAGE_SIZE))
        emails = _emails(purges)
        none = OfFacility(0, 0, None)
        self.rows = [_row(one, found.get(one.id, none), purges.get(one.id), emails) for one in facilities]


def _row(facility: Facility, found: OfFacility, purge: Purge | None, emails: dict[int, str]) -> Row:
    decider = purge and emails.get(purge.confirmer_id or purge.proposer_id)
    return Row(facility, found.rows, found.oldest, purge, decider)


def _emails(purges: dict[int, Purge]) -> dict[int, str]:
    ids = {purge.confirmer_id or purge.proposer_id for purge in purges.values()}
    return {account.id: account.email for account in Account.select().where(Account.id.in_(ids)) if account.email}
