"""The list of the facilities in a trimester: those that have not submitted it, unless another part is chosen."""
import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.database import as_day, as_moment, today
from models.ecalcura.communication.contacts import ContactPerson
from models.ecalcura.communication.themes import ECALCURA
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.progress.parts import PARTS, UNSENT, files, part
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.roles import PRIVACY, WING
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.windows import TrimesterWindow
from models.organisations import PROVINCES
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER

# In the address; without one, those that have not submitted.
ALL = "all"
SORTS = (NAME, KIND, PROVINCE, ACTIVITY, CHECKS) = ("name", "kind", "province", "activity", "checks")


class Chosen(NamedTuple):
    """The choice of a list, as its address has it: see `clean`."""

    part: str = ""
    kind: str = ""
    province: str = ""
    without_holder: bool = False
    without_contact: bool = False
    sort: str = NAME

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are shown."""
        return {"": UNSENT, ALL: PARTS}.get(self.part, (self.part,))

    @property
    def is_filtered(self) -> bool:
        """Whether a filter leaves facilities out that have not submitted."""
        return bool(self.part or self.kind or self.province or self.without_holder or self.without_contact)


def clean(part: str = "", kind: str = "", province: str = "", without_holder: bool = False,
          without_contact: bool = False, sort: str = NAME) -> Chosen:
    """Return the choice of these words, each without its value if there is no such value."""
    return Chosen(part if part in (*PARTS, ALL) else "", kind if kind in kinds() else "",
                  province if province in PROVINCES else "", without_holder, without_contact,
                  sort if sort in SORTS else NAME)


class ListedFacility(NamedTuple):
    """A row of the list. `has_holder`: whether somebody may submit; `has_contact`: whether it has a contact person.

    `open_checks` is None as long as it was not counted.
    """

    facility_id: int
    hco: str
    name: str
    kind: str
    province: str | None
    part: str
    deadline: datetime.date | None
    open_checks: int | None
    last_activity: datetime.datetime | None
    has_holder: bool
    has_contact: bool


class Listing:
    """A page of the list: `rows` are the facilities on it, `total` how many the choice leaves."""

    def __init__(self, place: Place, chosen: Chosen, page: int = 1) -> None:
        self.place, self.chosen = place, chosen
        ids = [facility_id for facility_id, in _ordered(_query(place, chosen, Facility.id), chosen).tuples()]
        self.total = len(ids)
        self.page, self.pages = shown_page(min(page, BIGGEST_NUMBER), self.total)
        first = (self.page - 1) * PAGE_SIZE
        # The other columns are looked up for the rows of the page alone.
        self.rows = list(_rows(place, chosen, Facility.id.in_(ids[first:first + PAGE_SIZE])))


def every_row(place: Place, chosen: Chosen) -> Iterator[ListedFacility]:
    """Yield all facilities that the choice leaves, in its order."""
    return _rows(place, chosen)


def _rows(place: Place, chosen: Chosen, *conditions: Any) -> Iterator[ListedFacility]:
    query = _query(
        place, chosen, Facility.id, Facility.hco, Facility.name, Facility.kind, Facility.province,
        part(today()).alias("part"), TrimesterWindow.deadline, FileSums.open_checks, FileSums.last_activity,
        _has_holder().alias("has_holder"), _has_contact().alias("has_contact"))
    for row in _ordered(query.where(*conditions) if conditions else query, chosen).tuples().iterator():
        found = ListedFacility(*row)
        yield found._replace(deadline=as_day(found.deadline), last_activity=as_moment(found.last_activity),
                             has_holder=bool(found.has_holder), has_contact=bool(found.has_contact))


def _ordered(query: Any, chosen: Chosen) -> Any:
    checks = peewee.fn.COALESCE(FileSums.open_checks, 0)
    orders = {NAME: (), KIND: (Facility.kind,), PROVINCE: (Facility.province,),
              ACTIVITY: (FileSums.last_activity.is_null(False), FileSums.last_activity), CHECKS: (checks.desc(),)}
    return query.order_by(*orders[chosen.sort], Facility.name, Facility.hco)


def _query(place: Place, chosen: Chosen, *columns: Any) -> Any:
    query = files(*columns).join_from(TrimesterWindow, FileSums, peewee.JOIN.LEFT_OUTER, on=(
        (FileSums.facility_id == Facility.id) & (FileSums.trimester_id == Trimester.id))).where(
        Trimester.period == place.period, Trimester.number == place.number, part(today()).in_(chosen.parts))
    if chosen.kind:
        query = query.where(Facility.kind == chosen.kind)
    if chosen.province:
        query = query.where(Facility.province == chosen.province)
    if chosen.without_holder:
        query = query.where(~_has_holder())
    return query.where(~_has_contact()) if chosen.without_contact else query


def _has_holder() -> Any:
    """Whether somebody who can sign in has the privacy role, and so may submit."""
    return peewee.fn.EXISTS(
        Grant.current(Grant.wing == WING, Grant.role == PRIVACY.name, Grant.tenant_id == Facility.id)
        .join(Account, on=(Account.id == Grant.account_id) & ~Account.blocked).select(Grant.id))


def _has_contact() -> Any:
    return peewee.fn.EXISTS(ContactPerson.select(ContactPerson.id).where(
        ContactPerson.facility_id == Facility.id, ContactPerson.theme == ECALCURA))
