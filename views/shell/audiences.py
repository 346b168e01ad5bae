"""Audiences: for each role of a wing the pages that it opens, its menu, and the words that the hall uses for it.

A page names its audiences in @open_to: those of the hall below, or a role such as 'care:organisation'.
"""
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from flask import Response

from models.accounts import roles
from models.accounts.roles import OF_ORGANISATION, OF_PERSON, OF_PROVINCE, Role
from models.accounts.sessions import Held

# Everybody; everybody who is signed in. The others keep an organisation, administer a province, or act as one person.
ANYONE, SIGNED_IN = "anyone", "signed-in"
# The pages on which somebody with several roles chooses one.
CHOOSING = ("account.roles", "account.choose")
OF_HALL = frozenset((ANYONE, SIGNED_IN, OF_ORGANISATION, OF_PROVINCE, OF_PERSON))


@dataclass(frozen=True)
class MenuItem:
    """A link to a page; a template that sets `section` to the same word marks it as the current one."""

    section: str
    endpoint: str
    label: str


@dataclass(frozen=True)
class TenantInAddress:
    """How the addresses of a wing's pages name the tenant in which somebody acts; its roles are `addressed`."""

    # The argument of the addresses, such as 'code' in /care/<code>; the tenant's id of a value, and the reverse.
    argument: str
    tenant_of: Callable[[str], int | None]
    value_of: Callable[[int], str]
    # Answers somebody who has no role there that opens the page: gets their grants in this wing, the value in the
    # address (None for an address without) and the roles that open the page.
    refuse: Callable[[Collection[Held], str | None, Collection[str]], Response]
    # The page that lists the own tenants.
    own_tenants: MenuItem


@dataclass(frozen=True)
class Audience:
    """The people with one role in one wing. The first item of their menu is their first page."""

    role: Role
    # The name of this role where somebody chooses one; that of the organisation or province follows.
    label: str
    menu: tuple[MenuItem, ...]
    # The page that shows their own login.
    own_login: MenuItem

    # The data that they work on, in the words of a sentence of the hall.
    data: str
    # Links on the hall's page of one organisation; each address gets its id as `organisation`.
    about_organisation: tuple[MenuItem, ...] = ()
    # Whether colleagues share one login.
    shares_login: bool = False
    # For a role that is `addressed`: all such roles of a wing have the same one.
    address: TenantInAddress | None = None

    @cached_property
    def names(self):
        """The audiences in @open_to that let them in."""
        return frozenset((SIGNED_IN, self.role.code, self.role.opens))


def address_in(known, names):
    """How the address of a page that these audiences may open names the tenant; None if the session says it.

    `known` has the audiences of the wings that are on by the code of their role.
    """
    return next((found.address for name in names if (found := known.get(name)) and found.address), None)


def is_beside(account, grant):
    """Whether this other grant counts beside the one by which the account acts: one of both roles is such a role."""
    return grant.id != account.grant_id and (roles.is_beside(grant.role) or roles.is_beside(account.role))


def opening(known, account, names):
    """The grant by which the account opens a page of these audiences: its session's, else one beside it; or None."""
    own = [grant for grant in account.grants if grant.id == account.grant_id]
    beside = [grant for grant in account.grants if is_beside(account, grant)]
    return next((grant for grant in own + beside
                 if (one := known.get(grant.role)) and not names.isdisjoint(one.names)), None)


def switch(known, account):
    """The menu's item to act in another role or tenant; None for an account that has no other.

    With one role and another beside it, the item leads to the first page of the one in which the account does not act.
    """
    if len(account.grants) < 2:
        return None
    own = [grant.role for grant in account.grants if not known[grant.role].role.beside]
    if len(own) == 1 and len(account.grants) == 2:
        other = known[next(grant.role for grant in account.grants if grant.role != account.role)]
        page = other.address.own_tenants if other.address else other.menu[0]
        return MenuItem("roles", page.endpoint, other.label)
    ways = {address_in(known, [grant.role]) for grant in account.grants}
    if len(ways) > 1 or ways == {None}:
        return MenuItem("roles", CHOOSING[0], "Wissel van rol")
    return ways.pop().own_tenants if len({grant.tenant_id for grant in account.grants}) > 1 else None
