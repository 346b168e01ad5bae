"""The mark by which a client of Loket's own file is recognised when the file comes back."""
import datetime
import re

_MADE_MARK = re.compile(r"nr-(\d{1,9})-(\d{14})")


def mark_of(number: int, form_key: str | None, created_at: datetime.datetime) -> str:
    """Return the mark that identifies a client: the key of its form, or its number and moment of registration."""
    return form_key or f"nr-{number}-{created_at:%Y%m%d%H%M%S}"


def number_in(mark: str) -> int | None:
    """Return the number in a mark that `mark_of` made for a client without a form key; None for another mark."""
    made = _MADE_MARK.fullmatch(mark)
    return int(made[1]) if made else None
