"""Turning the checked claims of a person into an account whose grants are what the provider sent: no more, no less."""
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import NamedTuple

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import Grant, Scope
from models.accounts.identities import Identity
from models.accounts.outside.signing_in import Person
from models.accounts.outside.tokens import Claims
from models.accounts.roles import Role
from models.accounts.sessions import Session
from models.audit import NOBODY, Event
from models.database import locked, transaction
from models.errors import Code, Refused


class Sent(NamedTuple):
    """The grants that claims give, each a role and its scope; and why others of them give nothing, if they do not."""

    grants: Collection[tuple[Role, Scope]]
    refused: StrEnum | None = None


class OfWing(NamedTuple):
    """How a wing reads claims, as its table in OIDC_CLAIMS says."""

    # The roles that the provider gives, so that nobody gives them here.
    roles: Collection[Role]
    read: Callable[[Claims], Sent]
    # Called with the id of the account when its grants are there, and with those that ended.
    arrived: Callable[[int, Claims, Collection[Grant]], None]


class Arrival(NamedTuple):
    """The account that signs in, None without a grant; and the reasons for which claims gave nothing."""

    account: Account | None
    refused: list[StrEnum]


def arrive(person: Person, wings: Collection[OfWing]) -> Arrival:
    """Replace the grants of a person by those that the claims give.

    A grant that is no longer sent ends, and every open session with it. Raises `Refused` for a blocked account, and
    for grants that the database refuses.
    """
    try:
        return _arrive(person, wings)
    except peewee.IntegrityError:
        # The same person arrived for the first time in another browser, at the same moment: now the account is there.
        return _arrive(person, wings)


def _arrive(person: Person, wings: Collection[OfWing]) -> Arrival:
    with transaction():
        answers = [wing.read(person.claims) for wing in wings]
        refused = [answer.refused for answer in answers if answer.refused]
        sent = {_key(role, to): (role, to) for answer in answers for role, to in answer.grants}
        account = _account(person)
        if account is None and not sent:
            return Arrival(None, refused)
        if account is None:
            account = Account.create(local=False)
            Identity.add(account, person.issuer, person.subject, NOBODY)
        withdrawn = _replace(account, sent, {role.code for wing in wings for role in wing.roles})
        for wing in wings:
            wing.arrived(account.id, person.claims, withdrawn)
    # Read again, with the grants as they are now.
    return Arrival(Account.get_by_id(account.id) if sent else None, refused)


def _account(person: Person) -> Account | None:
    identity = Identity.get_or_none(Identity.issuer == person.issuer, Identity.subject == person.subject)
    if identity is None:
        return None
    account: Account = locked(Account.select().where(Account.id == identity.account_id)).get()
    if account.blocked:
        raise Refused(Code.OUTSIDE)
    return account


def _replace(account: Account, sent: dict[tuple[str, object], tuple[Role, Scope]], outside: set[str]) -> list[Grant]:
    """Make the grants of the account those that were sent, and return those that ended."""
    # One that was ended before it began lasts no moment.
    held = {_key_of(grant): grant for grant in Grant.of(account.id)
            if grant.lasts and grant.until != grant.since and grant.code in outside}
    withdrawn = [grant for key, grant in held.items() if key not in sent]
    for grant in withdrawn:
        grant.end(NOBODY, Event.GRANT_WITHDRAWN)
    if withdrawn:
        Session.end_all(account, by=NOBODY)
    for key, (role, to) in sent.items():
        if key not in held:
            Grant.give(account.id, role, to, NOBODY, event=Event.GRANT_RECEIVED)
    return withdrawn


def _key(role: Role, to: Scope) -> tuple[str, object]:
    return role.code, to if to is None or isinstance(to, str) else to.id


def _key_of(grant: Grant) -> tuple[str, object]:
    return grant.code, grant.tenant_id or grant.province
