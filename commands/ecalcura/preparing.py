"""The part of ecalcura in `flask init`."""
from models.ecalcura.facilities import kinds


def prepare() -> None:
    """Write the kinds of facilities to the database."""
    kinds.store()
