"""The initiatives that appear on the site, which visitors find by place, form of work and sector.

One statement reads them all: Flanders has some hundreds, which are searched and counted in memory.
"""
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import peewee
from peewee import JOIN, fn

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.compiled import Statement
from models.organisations import PROVINCES, SECTORS, Organisation
from models.searching import clean_search, fold, matching
from models.site.initiatives.forms_of_work import FORMS
from models.site.initiatives.initiatives import Initiative, is_of_login
from models.site.initiatives.near import HERE, NAMED, NEARNESS, Place, place_of

# Tiles on a page: whole rows of one, two, three or four.
TILES = 24
LONGEST_SLUG = 60


class Tile(NamedTuple):
    """An initiative in the list. `near` says how near it is to the place that was searched for."""

    id: int
    name: str
    province: str
    sector: str | None
    postcode: str
    municipality: str
    sentence: str
    forms: str
    website: str
    doeners: str
    picture_id: int | None
    near: str = ""

    @property
    def slug(self) -> str:
        """The last part of the address of its page."""
        return slug(self.id, self.name)


class Filters(NamedTuple):
    """The filters of the list, each '' for all; `q` is words of a name or municipality, or a postcode."""

    q: str = ""
    province: str = ""
    work: str = ""
    sector: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Filters":
        """Return the filters of an address; a value that no list has is left out."""
        known = {"province": PROVINCES, "work": FORMS, "sector": SECTORS}
        chosen = {name: value for name, codes in known.items() if (value := values.get(name, "")) in codes}
        return cls(clean_search(values.get("q", "")), **chosen)


class Listing:
    """One page of the initiatives that these filters find.

    `rows` are the tiles on the page, `total` how many there are; `by_province` counts what the other filters find.
    `place` is the place that was searched for, if it is one, and `here` how many are there and not only near by.
    """

    def __init__(self, filters: Filters, page: int = 1) -> None:
        self.filters = filters
        self.place, found = _found(filters)
        self.by_province = {province: sum(tile.province == province for tile in found) for province in PROVINCES}
        if filters.province:
            found = [tile for tile in found if tile.province == filters.province]
        self.total = len(found)
        self.here = sum(tile.near == HERE for tile in found)
        self.pages = max(1, -(-self.total // TILES))
        self.page = min(max(1, page), self.pages)
        self.rows = found[(self.page - 1) * TILES:self.page * TILES]


def _found(filters: Filters) -> tuple[Place | None, list[Tile]]:
    """Find the place that was typed, and what all filters but the province find: by name, or the nearest first."""
    tiles = [tile for tile in all_that_appear() if (not filters.work or filters.work in tile.forms.split())
             and filters.sector in ("", tile.sector)]
    if place := place_of(filters.q, [(tile.postcode, tile.municipality) for tile in tiles]):
        named = set(matching(filters.q, [tile.name for tile in tiles]))
        near = [tile._replace(near=_nearness(tile, place, number in named)) for number, tile in enumerate(tiles)]
        return place, sorted((tile for tile in near if tile.near), key=lambda tile: NEARNESS.index(tile.near))
    numbers = matching(filters.q, [f"{tile.name} {tile.municipality} {tile.postcode}" for tile in tiles])
    return None, [tiles[number] for number in numbers]


def _nearness(tile: Tile, place: Place, named: bool) -> str:
    near = place.nearness(tile.postcode, tile.municipality, tile.province)
    return NAMED if named and near != HERE else near


def all_that_appear() -> list[Tile]:
    """Return all initiatives that appear, by name."""
    return sorted((Tile(*row) for row in _STATEMENT.rows()), key=lambda tile: (fold(tile.name), tile.id))


def counts() -> dict[str, int]:
    """Return how many initiatives appear in each province, by its code."""
    return Listing(Filters()).by_province


def one(organisation_id: int | None) -> tuple[Organisation, Initiative] | None:
    """Return the organisation with this id and what it publishes, or None if it does not appear."""
    found = _joined(Organisation.select(Organisation, Initiative)).where(
        Organisation.id == organisation_id, appears()).first()
    if found is None:
        return None
    published = getattr(found, "initiative", None) or Initiative(organisation_id=found.id)
    if published.email and is_of_login(published.email):
        # It became one after the page was saved.
        published.email = ""
    return found, published


def appears() -> Any:
    """Return the condition that an organisation appears: its login was accepted or its province ticked it.

    One that stopped (its login is blocked), that does not want to, or that its province hides does not appear. It
    compares no moment, so that a browser that asks whether a page changed gets the right answer (site/moment.py).
    """
    return (
        (fn.COALESCE(Initiative.ticked, False) | accepted()) & ~fn.COALESCE(Initiative.unwilling, False)
        & (fn.COALESCE(Initiative.hidden_because, "") == "") & ~blocked())


def accepted() -> Any:
    """Return the condition that an organisation has a login that was accepted."""
    return fn.EXISTS(_logins().where(Account.password_hash.is_null(False) | ~Account.local))


def blocked() -> Any:
    """Return the condition that the login of an organisation is blocked."""
    return fn.EXISTS(_logins().where(Account.blocked))


def _logins() -> "peewee.ModelSelect[Grant]":
    return Grant.select(Grant.id).join(Account, on=Account.id == Grant.account_id).where(
        Grant.tenant_id == Organisation.id, Grant.until.is_null())


def _joined(query: "peewee.ModelSelect[Organisation]") -> "peewee.ModelSelect[Organisation]":
    return query.join(Initiative, JOIN.LEFT_OUTER, on=Initiative.organisation_id == Organisation.id, attr="initiative")


def _build() -> "peewee.ModelSelect[Organisation]":
    texts = (Initiative.postcode, Initiative.municipality, Initiative.sentence, Initiative.forms, Initiative.website,
             Initiative.doeners)
    return _joined(Organisation.select(
        Organisation.id, Organisation.name, Organisation.province, Organisation.sector,
        *(fn.COALESCE(text, "") for text in texts), Initiative.picture_id)).where(appears())


_STATEMENT = Statement(_build)


def slug(organisation_id: int, name: str) -> str:
    """Return the last part of an initiative's address: its name, and its id, so that two names never fight for one.

    The id alone finds it, so that an address goes on working after the name changed (docs/decisions/0150).
    """
    words = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:LONGEST_SLUG].strip("-")
    return f"{words or 'initiatief'}-{organisation_id}"


def id_in(slug: str) -> int | None:
    """Return the id at the end of an address, or None without one."""
    found = re.search(r"(?:^|-)([1-9][0-9]{0,8})$", slug)
    return int(found[1]) if found else None
