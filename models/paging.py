"""Lists that are shown a page at a time."""

PAGE_SIZE = 25


def shown_page(page: int, total: int) -> tuple[int, int]:
    """Return the page to show when `page` is asked for, and the last page, of a list with `total` rows."""
    last = max(1, -(-total // PAGE_SIZE))
    return min(max(1, page), last), last
