"""The part of ecalcura in `flask init`."""
from commands.ecalcura.purging import purge_due
from models.ecalcura.contracts import lists
from models.ecalcura.facilities import kinds
from models.ecalcura.people import index


def prepare() -> None:
    """Write what the database needs, and purge."""
    store()
    purge_due()


def store() -> None:
    """Write the kinds of facilities and the codes of the lists to the database, and make the index of people."""
    kinds.store()
    lists.store()
    index.prepare()
