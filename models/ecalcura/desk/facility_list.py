"""The facilities with a dossier, as the desk lists them: searched, filtered, sorted, with a few numbers of each.

Names and places are read of all facilities, which are some hundreds; staff and trimester files of the page alone.
"""
from collections.abc import Sequence
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import Role
from models.database import today
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.people.employees import Employee
from models.ecalcura.roles import ACCESS, FINANCIAL, PRIVACY, WING
from models.ecalcura.trimesters.calendar import Place, Trimester, place_of
from models.ecalcura.trimesters.files import TrimesterFile
from models.ecalcura.trimesters.track import Stage
from models.ecalcura.trimesters.windows import TrimesterWindow
from models.organisations import PROVINCES
from models.paging import PAGE_SIZE, shown_page
from models.searching import clean_search, fold, matching

SORTS = (NAME, TOWN, HCO) = ("name", "town", "hco")
# Filter → the roles of which nobody who can sign in has one in the facility now.
LACKING: dict[str, tuple[Role, ...]] = {"access": (ACCESS,), "roles": (PRIVACY, FINANCIAL)}


class ListedFacility(NamedTuple):
    """A row of the list: the numbers of its staff and of those with a blocking check, and its present trimester."""

    facility: Facility
    staff: int
    to_check: int
    stage: Stage


class Listing:
    """A page of the list: `rows` are the facilities on it, `total` how many match.

    `search` is words of a name or town, or an HCO or KBO number. A filter, sort or page that does not exist is left
    out, or becomes the nearest page.
    """

    def __init__(self, search: str = "", kind: str = "", province: str = "", lacking: str = "", sort: str = NAME,
                 page: int = 1) -> None:
        self.search = clean_search(search)
        self.kind = kind if kind in kinds() else ""
        self.province = province if province in PROVINCES else ""
        self.lacking = lacking if lacking in LACKING else ""
        self.sort = sort if sort in SORTS else NAME
        self.place: Place = place_of(today())
        found = self._found()
        self.total = len(found)
        self.page, self.pages = shown_page(page, self.total)
        first = (self.page - 1) * PAGE_SIZE
        self.rows = self._rows([facility_id for facility_id, *_ in found[first:first + PAGE_SIZE]])

    @property
    def is_filtered(self) -> bool:
        """Whether a filter or a search leaves facilities out."""
        return bool(self.search or self.kind or self.province or self.lacking)

    def _found(self) -> list[tuple[Any, ...]]:
        """Return (id, HCO number, KBO number, name, town) of the facilities that match, in the chosen order."""
        query = Facility.select(Facility.id, Facility.hco, Facility.kbo, Facility.name, Facility.town).where(
            Facility.under == "")
        if self.kind:
            query = query.where(Facility.kind == self.kind)
        if self.province:
            query = query.where(Facility.province == self.province)
        if self.lacking:
            query = query.where(Facility.id.not_in(_with_a_holder(LACKING[self.lacking])))
        rows: list[tuple[Any, ...]] = list(query.tuples())
        there = [rows[place] for place in matching(self.search, [_searched(*row) for row in rows])]
        column = {NAME: 3, TOWN: 4, HCO: 1}[self.sort]
        return sorted(there, key=lambda row: (fold(row[column]), fold(row[3]), row[1]))

    def _rows(self, ids: Sequence[int]) -> list[ListedFacility]:
        facilities = {one.id: one for one in Facility.named(list(ids))}
        staff, stages = _staff(ids), self._stages(list(facilities.values()))
        return [ListedFacility(facilities[key], *staff.get(key, (0, 0)), stages[key]) for key in ids]

    def _stages(self, facilities: Sequence[Facility]) -> dict[int, Stage]:
        """Return the present trimester of these facilities, by their ids."""
        trimester = Trimester.known(*self.place)
        if trimester is None:
            return {one.id: Stage(self.place, None, None) for one in facilities}
        windows = {window.kind: window for window in TrimesterWindow.select().where(
            TrimesterWindow.trimester == trimester.id)}
        files = {file.facility_id: file for file in TrimesterFile.select().where(
            TrimesterFile.trimester == trimester.id, TrimesterFile.facility_id.in_([one.id for one in facilities]))}
        return {one.id: Stage(self.place, files.get(one.id),
                              None if one.is_merged_before(trimester.first) else windows.get(one.kind))
                for one in facilities}


def lacking() -> tuple[dict[str, int], int]:
    """Return filter of LACKING → the number of facilities that it finds; and the number of all with a dossier."""
    every = Facility.select().where(Facility.under == "")
    return {code: every.where(Facility.id.not_in(_with_a_holder(roles))).count()
            for code, roles in LACKING.items()}, every.count()


def _searched(_: int, hco: str, kbo: str, name: str, town: str) -> str:
    """The text in which words are looked for; people write a KBO number with or without points."""
    return f"{name} {town} {hco} {kbo} {kbo[:4]}.{kbo[4:7]}.{kbo[7:]}"


def _with_a_holder(roles: Sequence[Role]) -> "peewee.ModelSelect[Grant]":
    """Select the ids of the facilities where somebody who can sign in has one of these roles now."""
    return (
        Grant.current(Grant.wing == WING, Grant.role.in_([role.name for role in roles]),
                      Grant.tenant_id.is_null(False))
        .join(Account, on=Account.id == Grant.account_id)
        .where(~Account.blocked)
        .select(Grant.tenant_id))


def _staff(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return the number of employees of these facilities, and of those with a check that blocks a submission."""
    blocked = peewee.fn.SUM(peewee.Case(None, [(Employee.open_checks > 0, 1)], 0))
    rows: Any = (Employee.select(Employee.facility_id, peewee.fn.COUNT(Employee.id), blocked)
                 .where(Employee.facility_id.in_(list(ids))).group_by(Employee.facility_id).tuples())
    return {facility_id: (number, int(to_check)) for facility_id, number, to_check in rows}
