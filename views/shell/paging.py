"""The pages of a list: the links to them, and which rows are shown; the first page's address has no number."""
import functools

from markupsafe import Markup

from models.paging import PAGE_SIZE
from views.shell import filters

# The dash is a reference: a single character outside Latin-1 doubles a page in memory (docs/decisions/0041).
RANGE = Markup("%s&ndash;%s van %s %s")


def links(url, page, last):
    """The values for the macro `pagination`, except `shown`; `url` is the list's own address, without a page."""
    return {
        # A number as text: Jinja escapes a text in a third of the time.
        "pages": [(str(number), _page_url(url, number), number == page) if number else (None, None, False)
                  for number in _numbers(page, last)],
        "previous": _page_url(url, page - 1) if page > 1 else None,
        "next": _page_url(url, page + 1) if page < last else None,
    }


def shown(listing, singular, plural):
    """Which rows of a listing are on this page, as '26–50 van 1.234 organisaties'; '1 organisatie' for a single row."""
    if not listing.total:
        return f"Geen {plural} gevonden"
    if listing.total == 1:
        return f"1 {singular}"
    before = (listing.page - 1) * PAGE_SIZE
    return _range(before + 1, before + len(listing.rows), listing.total, plural)


@functools.lru_cache(maxsize=1024)
def _range(first, last, total, plural):
    return RANGE % (filters.number(first), filters.number(last), filters.number(total), plural)


def _page_url(url, page):
    if page == 1:
        return url
    return f"{url}{'&' if '?' in url else '?'}page={page}"


def _numbers(page, last):
    """The page numbers to show, with None in place of skipped numbers."""
    wanted = sorted({1, last, page - 1, page, page + 1} & set(range(1, last + 1)))
    numbers = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
