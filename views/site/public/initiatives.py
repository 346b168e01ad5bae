"""'Initiatieven': the list that visitors search, and the page of each."""
import itertools
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request, url_for

from models.organisations import PROVINCES, SECTORS
from models.site.initiatives.forms_of_work import FORMS, labels
from models.site.initiatives.listing import (
    TILES,
    Filters,
    Listing,
    id_in,
    one,
    slug,
)
from models.site.initiatives.near import HERE, NAMED, SAME_PROVINCE, SAME_REGION
from models.site.pictures import pictures
from views.shell import pages, paging
from views.shell.access import open_to
from views.shell.filters import number
from views.site.initiative import shown_of
from views.site.public import answers
from views.site.public.provinces import provinces

blueprint = Blueprint("public_initiatives", __name__)

CHOICES = (
    ("province", "Provincie", "Alle provincies", PROVINCES),
    ("work", "Werkvorm", "Alle werkvormen", FORMS),
    ("sector", "Sector", "Alle sectoren", SECTORS),
)
NEAR = {HERE: "In {place}", NAMED: "Met ‘{typed}’ in de naam", SAME_REGION: "In de buurt van {place}",
        SAME_PROVINCE: "Verder in de provincie"}


class Shown(NamedTuple):
    """A tile, as text. `outside`: its link leads to another site."""

    name: str
    place: str
    sector: str
    sentence: str
    forms: list[str]
    url: str
    link: str
    outside: bool
    picture: pictures.Shown | None


@blueprint.get("/arbeidszorginitiatieven")
@open_to("anyone")
@answers.remembered
def index():
    """List the initiatives that appear, found by the filters and the page of the address."""
    filters = Filters.of(request.args)
    listing = Listing(filters, request.args.get("page", 1, type=int))
    address = address_of(filters)
    answer = answers.render(
        "site/public/initiatives/index.html", "site/public/initiatives/_list.html", filters=filters,
        partial=pages.is_partial(), choices=[(*choice, getattr(filters, choice[0])) for choice in CHOICES],
        provinces=provinces(listing.by_province, filters.province, lambda province: address_of(
            filters._replace(province=province))), **_list(listing, address))
    if pages.is_partial():
        answer.headers["HX-Replace-Url"] = _page_of(address, listing.page)
    return answer


@blueprint.get("/arbeidszorginitiatieven/<address>")
@open_to("anyone")
@answers.remembered
def show(address):
    """Show one initiative; an address from before its name changed leads to the present one."""
    organisation, initiative = one(id_in(address)) or abort(404)
    present = slug(organisation.id, organisation.name)
    if address != present:
        return redirect(url_for("public_initiatives.show", address=present), 301)
    return answers.render("site/public/initiatives/show.html", shown=shown_of(organisation, initiative),
                          province_url=address_of(Filters(province=organisation.province)))


def address_of(filters):
    """The address of the list with these filters."""
    given = {name: value for name, value in filters._asdict().items() if value}
    base = url_for("public_initiatives.index")
    return f"{base}?{urlencode(given)}" if given else base


def _page_of(address, page):
    return address if page == 1 else f"{address}{'&' if '?' in address else '?'}page={page}"


def _list(listing, address):
    filters = listing.filters
    first = (listing.page - 1) * TILES
    found = pictures.pictures_of(tile.picture_id for tile in listing.rows)
    return {
        "heading": _heading(listing),
        "groups": [(_near(listing, near), [_tile(tile, found.get(tile.picture_id)) for tile in tiles])
                   for near, tiles in itertools.groupby(listing.rows, key=lambda tile: tile.near)],
        "chips": [(_label(name, value), address_of(filters._replace(**{name: ""})))
                  for name, value in filters._asdict().items() if value],
        "all_url": address_of(Filters()),
        "wider_url": address_of(Filters(province=filters.province)) if filters.province else address_of(Filters()),
        "pagination_of": {**paging.links(address, listing.page, listing.pages),
                          "shown": f"{first + 1}–{first + len(listing.rows)} van {number(listing.total)}"},
    }


def _heading(listing):
    """The number of initiatives, in words: '9 initiatieven in en rond Gent'."""
    total, place, province = listing.total, listing.place, PROVINCES.get(listing.filters.province)
    if place and total and not listing.here:
        return f"Geen initiatief in {place.name}, wel {number(total)} in {province or 'de buurt of de provincie'}"
    what = "1 initiatief" if total == 1 else f"{number(total)} initiatieven" if total else "Geen initiatief gevonden"
    where = [f"in en rond {place.name}"] if place and total else []
    return " ".join([what, *where, *([f"in {province}"] if province else [])])


def _near(listing, near):
    """The heading of the tiles that are so near to the place that was typed; '' without a place."""
    return NEAR[near].format(place=listing.place.name, typed=listing.filters.q) if near else ""


def _label(name, value):
    return next((labels[value] for code, _, _, labels in CHOICES if code == name), f"‘{value}’")


def _tile(tile, picture):
    url, link = link_of(tile)
    return Shown(tile.name, f"{tile.postcode} {tile.municipality}".strip() or PROVINCES[tile.province],
                 SECTORS.get(tile.sector, ""), tile.sentence, labels(tile.forms), url, link,
                 url.startswith("https:"), picture)


def link_of(tile):
    """(address, words) of a tile's link: doeners.be if it is registered there, else its own website, else its page."""
    if tile.doeners:
        return tile.doeners, "Naar doeners.be"
    if tile.website:
        return tile.website, "Naar de website"
    return url_for("public_initiatives.show", address=tile.slug), "Lees meer"
