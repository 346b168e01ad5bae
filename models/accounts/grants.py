"""Grants: the role of an account in a wing, in exactly one scope, from a moment and perhaps until one."""
import datetime
from typing import Any

import peewee

from models.accounts import roles
from models.accounts.roles import Role
from models.audit import Actor, Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused
from models.organisations import PROVINCES, Organisation
from models.tenants import Tenant

# The scope of a grant: a tenant, such as an organisation; a province (its code); or, with None, the whole of the wing.
Scope = Organisation | Tenant | str | None

# The rule of the database that refuses a grant -> the code.
RULES = {
    "account_grant_excluded": Code.GRANT_EXCLUDED,
    "account_grant_wider": Code.GRANT_WIDER,
    "account_grant_single": Code.GRANT_SINGLE,
    "account_grant_double": Code.GRANT_DOUBLE,
    "account_grant_kind": Code.GRANT_SCOPE,
    "FOREIGN KEY": Code.GRANT_SCOPE,
    "foreign key": Code.GRANT_SCOPE,
}

# models/accounts/accounts.py imports this module.
ACCOUNT = peewee.Table("account", ("id", "local"))


class Grant(BaseModel):
    """A grant. Exactly one of `tenant_id`, `province` and `whole` is its scope; an ended grant is kept."""

    id = peewee.AutoField()
    account_id = peewee.IntegerField()
    wing = peewee.TextField()
    role = peewee.TextField()
    tenant_id = peewee.IntegerField(null=True)
    province = peewee.TextField(null=True)
    whole = peewee.BooleanField(default=False)
    since = peewee.DateTimeField()
    until = peewee.DateTimeField(null=True)
    given_by = peewee.IntegerField(null=True)

    class Meta:
        table_name = "account_grant"

    @property
    def code(self) -> str:
        """The code of its role."""
        return f"{self.wing}:{self.role}"

    @property
    def counts(self) -> bool:
        """Whether the grant counts now: it has begun and has not ended, and its wing is on."""
        return self.counts_for(local=False)

    def counts_for(self, local: bool) -> bool:
        """Say whether the grant counts now, as `roles.counts` says, for a login that signs in here or elsewhere."""
        return self.since <= now() and self.lasts and roles.counts(self.code, local, self.since, self.until)

    @property
    def lasts(self) -> bool:
        """Whether the grant has not ended; also if it has yet to begin, or its wing is off."""
        return self.until is None or self.until > now()

    @classmethod
    def give(cls, account_id: int, role: Role, to: Scope = None, by: Actor | None = None,
             since: datetime.datetime | None = None, until: datetime.datetime | None = None,
             event: Event = Event.GRANT_GIVEN) -> "Grant":
        """Give an account a role, as `add` does, and record it as this event."""
        with transaction():
            grant = cls.add(account_id, role, to, by, since, until)
            record(event, by=by, **grant._subject())
        return grant

    @classmethod
    def add(cls, account_id: int, role: Role, to: Scope = None, by: Actor | None = None,
            since: datetime.datetime | None = None, until: datetime.datetime | None = None) -> "Grant":
        """Insert a grant of a role in this scope.

        It counts from `since`, by default from now on, until just before `until`. Raises `Refused` if the role has
        another scope, if the account has a role that excludes this one or has this one already, if another account has
        a role of which there is one, and if `by` holds less than is given.
        """
        if isinstance(to, str) and to not in PROVINCES:
            raise Refused(Code.PROVINCE)
        with transaction(), refusing(**RULES):
            return cls.create(account_id=account_id, wing=role.wing, role=role.name, since=since or now(), until=until,
                              given_by=by and by.id, **_scope(to))

    def end(self, by: Actor | None = None, event: Event = Event.GRANT_ENDED) -> bool:
        """End the grant from this moment on, and record it as this event; return False if it had ended already."""
        moment = now()
        with transaction():
            ended = Grant.update(until=peewee.Case(None, [(Grant.since > moment, Grant.since)], moment)).where(
                Grant.id == self.id, Grant.until.is_null() | (Grant.until > moment)).execute()
            if ended:
                record(event, by=by, **self._subject())
        return bool(ended)

    def _subject(self) -> dict[str, Any]:
        return {"organisation": Organisation.get_or_none(Organisation.id == self.tenant_id),
                "tenant_id": self.tenant_id, "province": self.province, "account": self.account_id, "role": self.code}

    @classmethod
    def current(cls, *conditions: Any) -> "peewee.ModelSelect[Grant]":
        """Select the grants that count now and meet these conditions, in the order in which they were given."""
        moment = now()
        found = cls.select().where(
            cls.since <= moment, cls.until.is_null() | (cls.until > moment), *conditions).order_by(cls.id)
        return found.where(cls._given_where_it_counts(moment)) if roles.outside() else found

    @classmethod
    def _given_where_it_counts(cls, moment: datetime.datetime) -> Any:
        """Return the condition that `roles.counts` holds for grants that count at this moment."""
        is_outside = cls.wing.concat(":").concat(cls.role).in_(sorted(roles.outside()))
        is_local = peewee.fn.EXISTS(ACCOUNT.select(ACCOUNT.id).where(ACCOUNT.id == cls.account_id, ACCOUNT.local))
        in_emergency = (cls.since > moment - roles.EMERGENCY) & (cls.until <= moment + roles.EMERGENCY)
        return ~is_outside | ~is_local | in_emergency

    @classmethod
    def of(cls, account_id: int) -> "peewee.ModelSelect[Grant]":
        """Select every grant of an account, ended ones too, in the order in which they were given."""
        return cls.select().where(cls.account_id == account_id).order_by(cls.id)

    @classmethod
    def holders(cls, role: Role, to: Scope) -> "peewee.ModelSelect[Grant]":
        """Select the ids of the accounts that have this role now in a scope, as in `give`."""
        scope = [getattr(cls, field) == value for field, value in _scope(to).items()]
        return cls.current(cls.wing == role.wing, cls.role == role.name, *scope).select(cls.account_id)


def _scope(to: Scope) -> dict[str, Any]:
    if to is None:
        return {"whole": True}
    return {"province": to} if isinstance(to, str) else {"tenant_id": to.id}


def check_reach(account: Any, by: Actor | None) -> None:
    """Raise `Refused` if this `Account` has a role outside the province of `by`, who would act there too."""
    if by is None or by.id in (None, account.id) or by.province is None:
        return
    places = {grant.province or getattr(getattr(grant, "organisation", None), "province", None)
              for grant in account.grants}
    if places - {by.province}:
        raise Refused(Code.GRANT_WIDER)
