"""Prepares the values of the overview's list of organisations: rows with their links, and pages."""
from typing import NamedTuple
from urllib.parse import urlencode

from models.arbeidszorg.without_names.overview import SORTS
from models.organisations import SECTORS
from views.hall.words import LOGIN_STATES
from views.shell import filters, paging

LABELS = {
    "name": "naam",
    "active": "actieve cliënten (meeste eerst)",
    "incomplete": "te vervolledigen (meeste eerst)",
    "signed-in": "laatst aangemeld (recentste eerst)",
    "not-signed-in": "laatst aangemeld (langst geleden eerst)",
}


class OrganisationRow(NamedTuple):
    """An organisation in the list, as text; `clients_url` lists its clients."""

    id: int
    name: str
    sector: str
    active: str
    incomplete: str
    state: str
    login: str
    last_sign_in: str
    url: str
    clients_url: str


def values(overview, base):
    """The values that the page and its fragment need of an `Overview`; `base` is the page's own address."""
    return {
        "q": overview.search,
        "sort": overview.sort,
        "sorts": [(sort, LABELS[sort]) for sort in SORTS],
        "rows": [_row(row) for row in overview.rows],
        "shown": paging.shown(overview, "organisatie", "organisaties"),
        "all_url": _url(base, overview.sort),
        "empty_province": not overview.organisations,
        **paging.links(_url(base, overview.sort, overview.search), overview.page, overview.pages),
    }


def _url(base, sort, search=""):
    """The address of the list's first page; defaults are left out."""
    shown = {"q": search, "sort": sort if sort != SORTS[0] else ""}
    shown = {name: value for name, value in shown.items() if value}
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row):
    return OrganisationRow(
        row.id, row.name, SECTORS.get(row.sector, ""), filters.number(row.active),
        filters.number(row.incomplete) if row.incomplete else "", row.state, LOGIN_STATES[row.state],
        filters.moment(row.last_sign_in), f"/province/organisations/{row.id}",
        f"/province/clients?organisation={row.id}")
