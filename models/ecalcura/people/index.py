"""The keyed hashes by which people are found: one index for all facilities, with a data key of its own."""
from typing import ClassVar

import peewee

from models import names
from models.database import BaseModel, database, transaction
from models.ecalcura.roles import WING
from models.tenants import Tenant, TenantKind

KIND = "person_index"
# The database numbers tenants from 1, so organisations and facilities have the same numbers with and without an index.
TENANT_ID = 0


class PersonIndex(BaseModel):
    """The tenant of the index."""

    id = peewee.IntegerField(primary_key=True)
    tenant_id = peewee.IntegerField()
    kind = peewee.TextField(default=KIND)

    class Meta:
        table_name = "person_index"


class _State:
    # Of the connected database.
    found: ClassVar[tuple[object, int] | None] = None


def prepare() -> None:
    """Make the tenant of the index, if it is not there yet."""
    with transaction():
        TenantKind.insert(kind=KIND, wing=WING).on_conflict_ignore().execute()
        if not PersonIndex.select().exists():
            # On PostgreSQL another process may be first: its tenant is the one that counts.
            Tenant.insert(id=TENANT_ID, wing=WING, kind=KIND).on_conflict_ignore().execute()
            PersonIndex.insert(id=1, tenant_id=TENANT_ID).on_conflict_ignore().execute()


def hash_of(number: str) -> bytes:
    """Return the keyed hash of a whole number (11 digits); raises `Refused` without the names' key."""
    return names.keyed_hash(_tenant_id(), number)


def _tenant_id() -> int:
    if _State.found is None or _State.found[0] is not database.obj:
        # Made by `flask init`, so never in a transaction that is still open.
        _State.found = (database.obj, PersonIndex.get_by_id(1).tenant_id)
    return _State.found[1]
