"""Prepares the values of the dashboard: rows with their links, tabs with counts, pages, and the empty messages."""
import functools
from urllib.parse import urlencode

from models.paging import PAGE_SIZE
from views.arbeidszorg.organisation.client_page import label_of
from views.shell import filters, paging
from views.shell.helpdesk import operator

TABS = {"active": "Actieve cliënten", "inactive": "Niet-actieve cliënten"}
SORTS = {
    "number-asc": "volgnummer (laag naar hoog)",
    "number-desc": "volgnummer (hoog naar laag)",
    "old-asc": "oud volgnummer (laag naar hoog)",
    "old-desc": "oud volgnummer (hoog naar laag)",
}


def values(listing, base):
    """The values that the page and its fragment need of a `Listing`; `base` is the dashboard's own address."""
    urls = _tab_urls(base, listing.sort)
    current_url = _url(base, listing.tab, listing.sort, listing.search, listing.incomplete)
    return {
        "tab": listing.tab,
        "q": listing.search,
        "name": listing.name,
        "sort": listing.sort,
        "sorts": SORTS.items(),
        "incomplete": listing.incomplete,
        "rows": [_row(row, listing.tab) for row in listing.rows],
        "tab_items": [
            (tab, label, filters.number(listing.counts[tab]), urls[tab], tab == listing.tab)
            for tab, label in TABS.items()],
        "shown": paging.shown(listing, "cliënt", "cliënten"),
        "nothing": _empty_message(listing),
        "elsewhere": _elsewhere(listing, base),
        **paging.links(current_url, listing.page, 1 if listing.name else listing.pages),
        "narrow": PAGE_SIZE if listing.name and listing.total > PAGE_SIZE else None,
        "all_url": urls[listing.tab],
        "empty_register": not any(listing.counts.values()),
    }


@functools.lru_cache
def _tab_urls(base, sort):
    """The address of each tab, kept: there are as many as there are orders."""
    return {tab: _url(base, tab, sort) for tab in TABS}


def _url(base, tab, sort, search="", incomplete=False):
    """The address of a list's first page; defaults are left out."""
    shown = {}
    if tab != "active":
        shown["tab"] = tab
    if search:
        shown["q"] = search
    if sort != "number-asc":
        shown["sort"] = sort
    if incomplete:
        shown["incomplete"] = "1"
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row, tab):
    """A client in the list, as the template takes it apart: its page is `url`, `period_url` a period or its form."""
    # Taken apart at once: each `row.name` is a look-up of its own. A number is made text once, for all that holds it.
    number, old_number, name, start, end, period_id, incomplete, former = row
    text = str(number)
    url = "/clients/" + text
    return (text, label_of(text, old_number, *former), name, incomplete, filters.day(start), filters.day(end),
            url, f"{url}/periods/{period_id}" if tab == "active" else url + "/periods/new")


def _empty_message(listing):
    if listing.unreadable:
        return f"Zoeken op naam kan nu niet: de namen zijn niet leesbaar. Verwittig {operator()}."
    if listing.name:
        return f"Geen cliënt bij ‘{TABS[listing.tab]}’ met ‘{listing.name}’ in de naam."
    if listing.search:
        return f"Geen cliënt bij ‘{TABS[listing.tab]}’ met volgnummer ‘{listing.search}’, nieuw of oud."
    if listing.incomplete:
        return f"Bij ‘{TABS[listing.tab]}’ is alles ingevuld."
    return f"Er staan geen cliënten bij ‘{TABS[listing.tab]}’."


def _elsewhere(listing, base):
    """The number of matches on the other tab, with its label and address; None without matches there."""
    if not listing.elsewhere:
        return None
    tab = listing.other_tab
    # A search by name is posted, so it has no address.
    url = None if listing.name else _url(base, tab, listing.sort, listing.search, listing.incomplete)
    return {"tab": tab, "label": TABS[tab], "count": listing.elsewhere, "url": url}
