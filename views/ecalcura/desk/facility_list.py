"""Prepares the values of the desk's list of facilities: rows with their links, filters, pages."""
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from flask import url_for

from models.ecalcura.desk.facility_list import NAME, lacking
from models.ecalcura.facilities.kinds import kinds
from models.organisations import PROVINCES
from views.ecalcura.trimesters import words
from views.shell import filters, paging

SORTS = {"name": "naam", "town": "gemeente", "hco": "HCO-nummer"}
MERGED = ("gefuseerd", "later")
LACKING = {"access": "zonder toegangsbeheerder", "roles": "zonder rolhouder"}


class Row(NamedTuple):
    """A facility as text; `state` and `shape` are of its present trimester, or say that it has merged."""

    hco: str
    name: str
    town: str
    kind: str
    staff: str
    to_check: int
    state: str
    shape: str
    url: str


def values(listing):
    """The values that the page and its fragment need of a `Listing`."""
    base = url_for("desk_facilities.index")
    with_dossier = [(code, kind.label) for code, kind in kinds().items() if not kind.under]
    return {
        "base": base,
        "q": listing.search,
        "choices": [
            ("kind", "Soort", [("", "alle"), *with_dossier], listing.kind),
            ("province", "Provincie", [("", "alle"), *PROVINCES.items()], listing.province),
            ("lacking", "Toegang", [("", "alle"), *LACKING.items()], listing.lacking),
            ("sort", "Sorteren op", list(SORTS.items()), listing.sort),
        ],
        "rows": [_row(row) for row in listing.rows],
        "lacking": _lacking(base),
        "trimester": f"Trimester {listing.place.number}",
        "shown": paging.shown(listing, "voorziening", "voorzieningen"),
        "is_filtered": listing.is_filtered,
        **paging.links(_url(base, listing), listing.page, listing.pages),
    }


def _lacking(base):
    """(words, address of the list) of each kind of facilities where nobody has a role, with their share of all."""
    found, total = lacking()
    return [(f"{LACKING[code].capitalize()}: {filters.number(number)} van {filters.number(total)}"
             f" ({filters.percentage(Decimal(round(100 * number / total)))})", f"{base}?{urlencode({'lacking': code})}")
            for code, number in found.items() if number]


def _url(base, listing):
    """The address of the list's first page; defaults are left out."""
    shown = {"q": listing.search, "kind": listing.kind, "province": listing.province, "lacking": listing.lacking,
             "sort": listing.sort if listing.sort != NAME else ""}
    shown = {name: value for name, value in shown.items() if value}
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row):
    facility = row.facility
    return Row(facility.hco, facility.name, facility.town, facility.kind_label,
               filters.number(row.staff), row.to_check, *(MERGED if facility.is_merged else words.state(row.stage)),
               url_for("desk_facilities.show", facility=facility.hco))
