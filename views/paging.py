"""The links to the other pages of a list; a page that is the first has no number in its address."""


def links(url, page, last):
    """The values of the macro `pagination` but for `shown`; `url` is the list's own address, without a page."""
    return {
        "pages": [number and {"number": number, "url": _page_url(url, number), "current": number == page}
                  for number in _numbers(page, last)],
        "previous": _page_url(url, page - 1) if page > 1 else None,
        "next": _page_url(url, page + 1) if page < last else None,
    }


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
