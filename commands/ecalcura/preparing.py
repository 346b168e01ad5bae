"""The part of ecalcura in `flask init`."""
from models.ecalcura.contracts import lists
from models.ecalcura.facilities import kinds


def prepare() -> None:
    """Write the kinds of facilities and the codes of the lists to the database."""
    kinds.store()
    lists.store()
