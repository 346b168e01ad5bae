"""Tenants: each has data and a data key of its own. Each organisation is one."""
import peewee

from models.database import BaseModel


class TenantKind(BaseModel):
    """A kind of tenant, of the wing that it belongs to; written by models/accounts/roles.py."""

    kind = peewee.TextField(primary_key=True)
    wing = peewee.TextField()

    class Meta:
        table_name = "tenant_kind"


class Tenant(BaseModel):
    id = peewee.AutoField()
    wing = peewee.TextField()
    kind = peewee.TextField()

    @classmethod
    def new(cls, kind: str) -> "Tenant":
        """Make a tenant of this kind. Raises `TenantKind.DoesNotExist` if no wing has the kind."""
        return cls.create(kind=kind, wing=TenantKind.get_by_id(kind).wing)
