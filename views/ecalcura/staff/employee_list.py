"""Prepares the values of 'Personeelsgegevens': rows with their links, filters, pages, and the empty messages."""
from urllib.parse import urlencode

from models.database import today
from models.ecalcura.contracts import lists
from models.ecalcura.people import numbers
from models.ecalcura.staff.listing import NEWEST
from models.paging import PAGE_SIZE
from views.ecalcura import words
from views.shell import filters, paging

SORTS = {
    "newest": "laatst toegevoegd", "name": "naam", "step": "leeftijdsstap (hoog naar laag)",
    "checks": "te controleren (meest eerst)",
}


def values(listing, base, find_url):
    """The values that the page and its fragment need of a `Listing` at the address `base`; `find_url` gets a search."""
    url = _url(base, listing)
    return {
        "base": base,
        "find_url": find_url,
        "search": listing.search,
        "role": listing.role,
        "roles": {"": "alle", **words.ROLES}.items(),
        "step": str(listing.step or ""),
        "steps": {"": "alle", **{str(age): f"{age} jaar" for age in lists.steps()}}.items(),
        "to_check": listing.to_check,
        "sort": listing.sort,
        "sorts": SORTS.items(),
        "rows": [_row(row, base) for row in listing.rows],
        "shown": paging.shown(listing, "medewerker", "medewerkers"),
        "nothing": _nothing(listing),
        "is_filtered": listing.is_filtered,
        "narrow": PAGE_SIZE if listing.search and listing.total > PAGE_SIZE else None,
        **paging.links(url, listing.page, 1 if listing.search else listing.pages),
    }


def _url(base, listing):
    """The address of the list's first page; defaults are left out."""
    shown = {"role": listing.role, "step": listing.step, "incomplete": "1" if listing.to_check else "",
             "sort": listing.sort if listing.sort != NEWEST else ""}
    shown = {name: value for name, value in shown.items() if value}
    return f"{base}?{urlencode(shown)}" if shown else base


def _row(row, base):
    """An employee, as the template takes it apart."""
    return (row.id, numbers.masked(row.person.number), name_of(row.person), [_contract(one) for one in row.contracts],
            f"{row.step} jaar" if row.step else "", row.open_checks, f"{base}/{row.id}")


def _contract(contract):
    """(role, qualification, last day of a contract that ended, or first day of one that is planned)."""
    now = today()
    when = ""
    if contract.until and contract.until < now:
        when = f"tot {filters.day(contract.until)}"
    elif contract.start > now:
        when = f"vanaf {filters.day(contract.start)}"
    return words.ROLES[contract.role], words.qualification(contract.qualification), when


def name_of(person):
    """A name as 'Tweede Test'; without a name, because the register did not answer, words that say so."""
    return person.name or words.NO_NAME


def label_of(person):
    """An employee in a list of options: the name and the masked number."""
    return f"{name_of(person)} ({numbers.masked(person.number)})"


def _nothing(listing):
    if listing.search:
        if any(map(str.isdigit, listing.search)):
            return "Geen medewerker met dit nummer. Typ alle 11 cijfers."
        return f"Geen medewerker met ‘{listing.search}’ in de naam."
    return "Geen medewerker past bij deze keuze."
