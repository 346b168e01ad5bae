"""What the overview shows of a province's organisations, made ready: rows with their links, and pages."""
from typing import NamedTuple
from urllib.parse import urlencode

from models.arbeidszorg.overview import PAGE_SIZE, SORTS
from models.organisations import SECTORS
from views import filters, paging
from views.province.words import LOGIN_STATES

LABELS = {
    "name": "naam",
    "active": "actieve cliënten (meeste eerst)",
    "incomplete": "te vervolledigen (meeste eerst)",
    "signed-in": "laatst aangemeld (recentste eerst)",
    "not-signed-in": "laatst aangemeld (langst geleden eerst)",
}


class Row(NamedTuple):
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
    """Everything that the page and its fragment show of the organisations; `base` is the page's own address."""
    return {
        "q": overview.search,
        "sort": overview.sort,
        "sorts": [(sort, LABELS[sort]) for sort in SORTS],
        "rows": [_row(row) for row in overview.rows],
        "shown": _shown(overview),
        "all_url": _url(base, overview.sort),
        "empty_province": not overview.organisations,
        **paging.links(_url(base, overview.sort, overview.search), overview.page, overview.pages),
    }


def _url(base, sort, search=""):
    """The address of the list's first page; what is usual is not in it."""
    shown = {"q": search, "sort": sort if sort != SORTS[0] else ""}
    shown = {name: value for name, value in shown.items() if value}
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row):
    return Row(
        row.id, row.name, SECTORS.get(row.sector, ""), filters.number(row.active),
        filters.number(row.incomplete) if row.incomplete else "", row.state, LOGIN_STATES[row.state],
        filters.moment(row.last_sign_in), f"/province/organisations/{row.id}",
        f"/province/clients?organisation={row.id}")


def _shown(overview):
    if not overview.total:
        return "Geen organisaties gevonden"
    if overview.total == 1:
        return "1 organisatie"
    first = (overview.page - 1) * PAGE_SIZE
    return f"{first + 1}–{first + len(overview.rows)} van {filters.number(overview.total)} organisaties"
