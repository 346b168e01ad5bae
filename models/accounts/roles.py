"""Roles of a wing: their scope, and the limits on an account that has one."""
import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import peewee

from models.database import BaseModel, transaction
from models.errors import Code, Refused
from models.tenants import TenantKind

# The scope of a role: one tenant, one province, or the whole of its wing.
TENANT, PROVINCE, WHOLE = "tenant", "province", "whole"
# Pages of the hall that a role may open: about its own organisation, about the organisations of its province, or about
# the login of one person alone.
OF_ORGANISATION, OF_PROVINCE, OF_PERSON = "hall:organisation", "hall:province", "hall:person"
# How long a login that signs in here has a role that another service gives.
EMERGENCY = datetime.timedelta(days=1)


class Limits(NamedTuple):
    """The limits on an account: of its sessions, its password (in characters), and whether it has a second factor."""

    idle: datetime.timedelta
    absolute: datetime.timedelta
    shortest_password: int
    second_factor: bool


@dataclass(frozen=True)
class Role:
    """A role of a wing. `opens` names the pages of the hall that it may open.

    `single`: in one tenant, one account at a time has this role. `excludes` names roles of the same wing that an
    account never has at the same time. Both are rules of the database. `addressed`: the address of a page says in which
    tenant somebody acts, so that a session has no need to choose between grants of such roles. `beside`: somebody has
    it beside another role and acts by it on its own pages alone, so that a session acts by the other one elsewhere.
    """

    wing: str
    name: str
    scope: str
    limits: Limits
    tenant_kind: str | None = None
    opens: str | None = None
    single: bool = False
    excludes: tuple[str, ...] = ()
    addressed: bool = False
    beside: bool = False

    @property
    def code(self) -> str:
        """The role with its wing, such as 'wing:role', as the log and the routes name it."""
        return f"{self.wing}:{self.name}"


class WingRole(BaseModel):
    """A role, as the database knows it."""

    wing = peewee.TextField()
    role = peewee.TextField()
    scope = peewee.TextField()
    tenant_kind = peewee.TextField(null=True)
    single = peewee.BooleanField(default=False)

    class Meta:
        table_name = "wing_role"
        primary_key = peewee.CompositeKey("wing", "role")


class RoleExclusion(BaseModel):
    """Two roles that an account never has at the same time; each pair in both orders."""

    wing = peewee.TextField()
    role = peewee.TextField()
    other = peewee.TextField()

    class Meta:
        table_name = "role_exclusion"
        primary_key = peewee.CompositeKey("wing", "role", "other")


class _State:
    roles: ClassVar[dict[str, Role]] = {}
    outside: ClassVar[frozenset[str]] = frozenset()


def use(roles: Iterable[Role], outside: Iterable[Role] = ()) -> None:
    """Make these the roles of the running application: those of the wings that are on.

    The roles `outside` are given by the service that signs people in from outside (models/accounts/outside).
    """
    _State.roles = {role.code: role for role in roles}
    _State.outside = frozenset(role.code for role in outside)


def store() -> None:
    """Write the roles in use to the database. A role that is there already keeps its row; its scope never changes."""
    roles = list(_State.roles.values())
    kinds = {role.tenant_kind: role.wing for role in roles if role.tenant_kind}
    pairs = {pair for role in roles for other in role.excludes
             for pair in ((role.wing, role.name, other), (role.wing, other, role.name))}
    with transaction():
        _insert(TenantKind, [{"kind": kind, "wing": wing} for kind, wing in kinds.items()])
        _insert(WingRole, [{"wing": role.wing, "role": role.name, "scope": role.scope, "tenant_kind": role.tenant_kind,
                            "single": role.single} for role in roles])
        _insert(RoleExclusion, [{"wing": wing, "role": role, "other": other} for wing, role, other in sorted(pairs)])


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        table.insert_many(rows).on_conflict_ignore().execute()


def known() -> Collection[Role]:
    """Return the roles of the wings that are on."""
    return _State.roles.values()


def of(code: str) -> Role | None:
    """Return the role with this code, or None if no wing that is on has it."""
    return _State.roles.get(code)


def is_beside(code: str) -> bool:
    """Say whether the role with this code is one that somebody has beside another."""
    role = of(code)
    return role is not None and role.beside


def outside() -> frozenset[str]:
    """Return the codes of the roles that another service gives."""
    return _State.outside


def is_outside(code: str) -> bool:
    """Say whether another service gives this role, so that nobody gives it here."""
    return code in _State.outside


def counts(code: str, local: object, since: datetime.datetime, until: datetime.datetime | None) -> bool:
    """Say whether a grant of this role can count: its wing is on, and it was given where the role is given.

    A role that another service gives counts for a login that signs in here (`local`) only in an emergency: from the
    operator, for a day at most (docs/decisions/0122).
    """
    if code not in _State.roles:
        return False
    return not local or code not in _State.outside or (until is not None and until - since <= EMERGENCY)


def that_opens(pages: str) -> Role:
    """Return the role that opens these pages of the hall; raises `Refused` if no wing that is on has one."""
    for role in _State.roles.values():
        if role.opens == pages:
            return role
    raise Refused(Code.NO_ROLE)


def strictest(codes: Iterable[str]) -> Limits:
    """Return the strictest limits of these roles; of all roles, if none of them is known."""
    known = _State.roles
    limits = [known[code].limits for code in codes if code in known] or [role.limits for role in known.values()]
    if len(limits) == 1:
        return limits[0]
    return Limits(min(one.idle for one in limits), min(one.absolute for one in limits),
                  max(one.shortest_password for one in limits), any(one.second_factor for one in limits))
