"""What the dashboard shows, made ready: rows with their links, tabs with counts, pages, and what was not found."""
from typing import NamedTuple
from urllib.parse import urlencode

from models.arbeidszorg.dashboard import PAGE_SIZE
from views import filters
from views.arbeidszorg.client_page import label_of

TABS = {"active": "Actieve cliënten", "inactive": "Niet-actieve cliënten"}
SORTS = {
    "number-asc": "volgnummer (laag naar hoog)",
    "number-desc": "volgnummer (hoog naar laag)",
    "old-asc": "oud volgnummer (laag naar hoog)",
    "old-desc": "oud volgnummer (hoog naar laag)",
}


class Row(NamedTuple):
    number: int
    label: str
    name: str | None
    incomplete: bool
    start: str
    end: str
    act_label: str
    act_url: str
    url: str


def values(listing, base, name=""):
    """Everything that the page and its fragment show of a listing; `base` is the dashboard's own address."""
    def url(**changes):
        return _url(base, listing, **changes)

    first = (listing.page - 1) * PAGE_SIZE
    return {
        "tab": listing.tab,
        "q": listing.search,
        "name": name,
        "sort": listing.sort,
        "sorts": SORTS.items(),
        "incomplete": listing.incomplete,
        "rows": [_row(row, listing.tab) for row in listing.rows],
        "tab_items": [
            {"id": tab, "label": label, "count": filters.number(listing.counts[tab]), "current": tab == listing.tab,
             "url": url(tab=tab, search="", incomplete=False, page=1)}
            for tab, label in TABS.items()],
        "shown": _shown(listing, first),
        "nothing": _nothing(listing, name),
        "elsewhere": _elsewhere(listing, name, url),
        "pages": [] if name else [
            number and {"number": number, "url": url(page=number), "current": number == listing.page}
            for number in _page_numbers(listing.page, listing.pages)],
        "previous": url(page=listing.page - 1) if listing.page > 1 and not name else None,
        "next": url(page=listing.page + 1) if listing.page < listing.pages and not name else None,
        "narrow": bool(name) and listing.total > PAGE_SIZE,
        "all_url": url(search="", incomplete=False, page=1),
        "empty_register": not any(listing.counts.values()),
    }


def _url(base, listing, **changes):
    state = {"tab": listing.tab, "search": listing.search, "sort": listing.sort, "incomplete": listing.incomplete,
             "page": listing.page, **changes}
    shown = {
        "tab": state["tab"] if state["tab"] != "active" else "",
        "q": state["search"],
        "sort": state["sort"] if state["sort"] != "number-asc" else "",
        "incomplete": "1" if state["incomplete"] else "",
        "page": state["page"] if state["page"] > 1 else "",
    }
    query = urlencode({key: value for key, value in shown.items() if value})
    return f"{base}?{query}" if query else base


def _row(row, tab):
    url = f"/clients/{row.number}"
    if tab == "active":
        act_label, act_url = "Periode bewerken of afsluiten", f"{url}/periods/{row.period_id}"
    else:
        act_label, act_url = "Nieuwe periode starten", f"{url}/periods/new"
    return Row(row.number, label_of(row.number, row.old_number), row.name, row.incomplete,
               filters.day(row.start), filters.day(row.end), act_label, act_url, url)


def _shown(listing, first):
    if not listing.total:
        return "Geen cliënten gevonden"
    if listing.total == 1:
        return "1 cliënt"
    total = filters.number(listing.total)
    return f"{filters.number(first + 1)}–{filters.number(first + len(listing.rows))} van {total} cliënten"


def _nothing(listing, name):
    if name:
        return f"Geen cliënt bij ‘{TABS[listing.tab]}’ met ‘{name}’ in de naam."
    if listing.search:
        return f"Geen cliënt bij ‘{TABS[listing.tab]}’ met volgnummer ‘{listing.search}’, nieuw of oud."
    if listing.incomplete:
        return f"Bij ‘{TABS[listing.tab]}’ is alles ingevuld."
    return f"Er staan geen cliënten bij ‘{TABS[listing.tab]}’."


def _elsewhere(listing, name, url):
    if not listing.elsewhere:
        return None
    return {
        "tab": listing.other_tab,
        "label": TABS[listing.other_tab],
        "count": listing.elsewhere,
        "url": None if name else url(tab=listing.other_tab, page=1),
    }


def _page_numbers(page, last):
    """The numbers to offer; None where some are skipped."""
    wanted = sorted({1, last, page - 1, page, page + 1} & set(range(1, last + 1)))
    numbers = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
