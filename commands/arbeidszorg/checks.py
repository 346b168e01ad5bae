"""The checks of the doctor in the data of arbeidszorg."""
from collections.abc import Iterator

from models.arbeidszorg.register import clients, periods


def marks() -> Iterator[str]:
    """Yield a line for each mark that is stored with clients and does not follow from their rows."""
    if wrong := clients.with_wrong_mark().count():
        yield f"clients whose mark 'incomplete' is wrong: {wrong}; run `flask --app app init`"
    if wrong := periods.with_wrong_end().count():
        yield f"clients whose 'active_until' is not the end of their last period: {wrong}"


CHECKS = (marks,)
