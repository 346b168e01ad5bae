"""Prepares the values of the list of organisations: rows, with the numbers and links of wings, and pages."""
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from models.accounts.organisation_list import Count
from models.organisations import SECTORS
from views.hall.words import LOGIN_STATES
from views.shell import filters, paging

# The table's headings: before the columns of wings, and after.
FIRST, LAST = ["Naam", "Sector"], ["Laatst aangemeld", "Login", ""]
SORT_LABELS = {
    "name": "naam",
    "signed-in": "laatst aangemeld (recentste eerst)",
    "not-signed-in": "laatst aangemeld (langst geleden eerst)",
}


class Column(NamedTuple):
    """A number that a wing shows of each organisation; `name` is the column's name in the operator's list.

    With an `address`, which gets the organisation's id, the number is a link, and zero is a dash.
    """

    count: Count
    name: str
    label: str
    address: Callable[[int], str] | None = None


class Link(NamedTuple):
    """A link that a wing adds to each organisation; `address` gets the organisation's id."""

    label: str
    address: Callable[[int], str]


class OrganisationRow(NamedTuple):
    """An organisation in the list, as text; `numbers` are (label, number, url), `links` are (label, url)."""

    id: int
    name: str
    sector: str
    numbers: list
    state: str
    login: str
    last_sign_in: str
    url: str
    links: list


def values(listing, columns, links, base):
    """The values that a page and its fragment need of an `OrganisationList`, which has the counts of `columns`.

    `links` are the last cell of each row; `base` is the page's own address.
    """
    labels = SORT_LABELS | {column.count.code: f"{column.label.lower()} (meeste eerst)" for column in columns}
    return {
        "q": listing.search,
        "sort": listing.sort,
        "sorts": [(sort, labels[sort]) for sort in listing.sorts],
        "headings": [*FIRST, *(column.label for column in columns), *LAST],
        "rows": [_row(row, columns, links) for row in listing.rows],
        "shown": paging.shown(listing, "organisatie", "organisaties"),
        "all_url": _url(base, listing),
        "empty_province": not listing.organisations,
        **paging.links(_url(base, listing, listing.search), listing.page, listing.pages),
    }


def _url(base, listing, search=""):
    """The address of the list's first page; defaults are left out."""
    shown = {"q": search, "sort": listing.sort if listing.sort != listing.sorts[0] else ""}
    shown = {name: value for name, value in shown.items() if value}
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row, columns, links):
    return OrganisationRow(
        row.id, row.name, SECTORS.get(row.sector, ""),
        [_number(row.id, column, count) for column, count in zip(columns, row.counts, strict=True)],
        row.state, LOGIN_STATES[row.state], filters.moment(row.last_sign_in), f"/province/organisations/{row.id}",
        [(link.label, link.address(row.id)) for link in links])


def _number(organisation_id, column, count):
    if column.address and not count:
        return column.label, "–", None
    return column.label, filters.number(count), column.address and column.address(organisation_id)
