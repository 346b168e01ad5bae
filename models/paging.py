"""Lists that are looked through a page at a time."""

PAGE_SIZE = 25


def turned_to(page, total):
    """The page that is shown where `page` is asked for, and the last one of so many rows."""
    last = max(1, -(-total // PAGE_SIZE))
    return min(max(1, page), last), last
