"""The administrators of a province: how they invite and block each other, and how organisations reach them."""
import datetime
from typing import Any, NamedTuple

import peewee

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.logins import state_of, was_mailed_lately
from models.accounts.roles import OF_PROVINCE
from models.accounts.sessions import Session
from models.audit import Actor, Event, record
from models.database import locked, now, transaction
from models.errors import Code, Refused
from models.mail.addresses import clean_email


class Contact(NamedTuple):
    """How an administrator can be reached; a field that was not filled in is empty."""

    name: str
    telephone: str
    email: str


class Administrator(NamedTuple):
    """An administrator and the state of the login, as `logins.state_of` says."""

    account: Account
    state: str
    last_sign_in: datetime.datetime | None


def of(province: str) -> list[Administrator]:
    """Return the administrators of a province, by address."""
    signed_in = (Session.account_id == Account.id) & ~Session.awaits_factor
    invited = OneTimeLink.working("invitation", now()).where(OneTimeLink.account_id == Account.id)
    found: Any = (
        _all(province)
        .select(Account, peewee.fn.MAX(Session.created_at).alias("last"), peewee.fn.EXISTS(invited).alias("invited"))
        .join(Session, peewee.JOIN.LEFT_OUTER, on=signed_in)
        .group_by(Account.id)
        .order_by(Account.email)
    )
    return [
        Administrator(one, state_of(one.blocked, one.password_hash or not one.local, one.invited), one.last)
        for one in found
    ]


def one(province: str, account_id: int) -> Account | None:
    """Return the administrator of the province with this id, or None."""
    return _all(province).where(Account.id == account_id).first()


def contacts(province: str) -> list[Contact]:
    """Return how to reach a province's administrators: as they filled it in, or, if nobody did, by their logins."""
    able = list(_able(province).order_by(Account.contact_name, Account.email))
    entered = [Contact(one.contact_name, one.contact_telephone, one.contact_email) for one in able if one.contact_name]
    return entered or [Contact("", "", one.email) for one in able]


def change_contact(account: Account, name: str, telephone: str, email: str, by: Actor) -> None:
    """Change how organisations can reach this administrator, and record it; three empty fields remove it.

    Raises `Refused` without a name, and with a name but neither a telephone number nor a mail address.
    """
    values = {"contact_name": name, "contact_telephone": telephone, "contact_email": email and clean_email(email)}
    if any(values.values()) and not name:
        raise Refused(Code.CONTACT_NAME)
    if name and not telephone and not email:
        raise Refused(Code.CONTACT_WAY)
    with transaction():
        current = locked(Account.select().where(Account.id == account.id)).get()
        changed = sorted(field for field, value in values.items() if getattr(current, field) != value)
        if changed:
            Account.update(values, changed_at=now()).where(Account.id == account.id).execute()
            record(Event.ADMINISTRATOR_CONTACT_CHANGED, by=by, province=current.province, account=account.id,
                   fields=changed)


def invite(province: str, email: str, by: Actor) -> None:
    """Invite a colleague. Only the mail holds the link; a second click mails no second link.

    Raises `Refused` as `Account.invite` does.
    """
    colleague = _all(province).where(Account.email == clean_email(email)).first()
    if colleague and was_mailed_lately(OneTimeLink.of(colleague, "invitation")):
        return
    Account.invite(province, email, by)


def block(account: Account, by: Actor | None) -> None:
    """Keep a colleague out from the next request on.

    Raises `Refused` for one's own login, and if no administrator of the province could sign in any more. The operator
    (`by` is None) can block the last one too, in case somebody has stolen that login.
    """
    _not_oneself(account, by)
    with transaction():
        # Of two colleagues who block each other at the same moment, the second one is refused.
        able = {one.id for one in locked(_able(str(account.province)).order_by(Account.id))}
        if by and not able - {account.id}:
            raise Refused(Code.LAST_ADMINISTRATOR)
        account.block(by)


def unblock(account: Account, by: Actor | None) -> None:
    """Let a colleague sign in again; raises `Refused` for one's own login."""
    _not_oneself(account, by)
    account.unblock(by)


def _not_oneself(account: Account, by: Actor | None) -> None:
    if by and account.id == by.id:
        raise Refused(Code.OWN_LOGIN)


def _all(province: str) -> "peewee.ModelSelect[Account]":
    return Account.select().where(Account.id.in_(Grant.holders(roles.that_opens(OF_PROVINCE), province)))


def _able(province: str) -> "peewee.ModelSelect[Account]":
    """Select the administrators who can sign in."""
    return _all(province).where(Account.password_hash.is_null(False) | ~Account.local, ~Account.blocked)
