"""What a list says of its pages, and the links to the others; the first has no number in its address."""
from models.paging import PAGE_SIZE
from views.shell import filters


def links(url, page, last):
    """The values of the macro `pagination` but for `shown`; `url` is the list's own address, without a page."""
    return {
        "pages": [number and {"number": number, "url": _page_url(url, number), "current": number == page}
                  for number in _numbers(page, last)],
        "previous": _page_url(url, page - 1) if page > 1 else None,
        "next": _page_url(url, page + 1) if page < last else None,
    }


def shown(listing, one, many):
    """Which of so many stand on this page of a listing; what they are called, `one` of them and `many`."""
    if not listing.total:
        return f"Geen {many} gevonden"
    if listing.total == 1:
        return f"1 {one}"
    before = (listing.page - 1) * PAGE_SIZE
    first, last = filters.number(before + 1), filters.number(before + len(listing.rows))
    return f"{first}–{last} van {filters.number(listing.total)} {many}"


def _page_url(url, page):
    if page == 1:
        return url
    return f"{url}{'&' if '?' in url else '?'}page={page}"


def _numbers(page, last):
    """The numbers to offer; None where some are skipped."""
    wanted = sorted({1, last, page - 1, page, page + 1} & set(range(1, last + 1)))
    numbers = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
