"""Emptying what is kept to take an import back: 30 days after the import, or of a client that is purged."""
from collections.abc import Collection

import peewee

from models.arbeidszorg.deletion.trash import KEPT
from models.database import database, now


def empty_imports(numbers: Collection[int]) -> int:
    """Empty the imports that can no longer be taken back, and return their count; forget the clients with these
    numbers in the others.
    """
    noted = peewee.Table("register_import", ("id", "imported_at", "undone_at", "purged_at")).bind(database)
    addition = peewee.Table("import_addition", ("import_id", "client_number")).bind(database)
    made = peewee.Table("import_organisation", ("import_id",)).bind(database)
    addition.delete().where(addition.client_number.in_(list(numbers))).execute()
    due = [number for number, in noted.select(noted.id).where(
        noted.undone_at.is_null(), noted.purged_at.is_null(), noted.imported_at <= now() - KEPT).tuples()]
    if due:
        addition.delete().where(addition.import_id.in_(due)).execute()
        made.delete().where(made.import_id.in_(due)).execute()
        noted.update({noted.purged_at: now()}).where(noted.id.in_(due)).execute()
    return len(due)
