"""A province's administrators: what colleagues do for each other, and how an organisation reaches them."""
import datetime
from typing import NamedTuple

import peewee

from models.accounts.accounts import Account, clean_email
from models.accounts.links import OneTimeLink
from models.accounts.logins import lately, state_of
from models.accounts.sessions import Session
from models.audit import Event, record
from models.database import locked, now, transaction
from models.errors import Code, Refused


class Contact(NamedTuple):
    """How an administrator can be reached; what was not entered is empty."""

    name: str
    telephone: str
    email: str


class Administrator(NamedTuple):
    """One of a province, and where its login stands: `state` as of `logins.state_of`."""

    account: Account
    state: str
    last_sign_in: datetime.datetime | None


def of(province):
    """The administrators of a province, by address."""
    signed_in = (Session.account_id == Account.id) & ~Session.awaits_factor
    invited = OneTimeLink.working("invitation", now()).where(OneTimeLink.account_id == Account.id)
    found = (
        _all(province)
        .select(Account, peewee.fn.MAX(Session.created_at).alias("last"), peewee.fn.EXISTS(invited).alias("invited"))
        .join(Session, peewee.JOIN.LEFT_OUTER, on=signed_in)
        .group_by(Account.id)
        .order_by(Account.email)
    )
    return [
        Administrator(one, state_of(one.blocked, one.password_hash, one.invited), one.last)
        for one in found
    ]


def one(province, account_id):
    """The administrator of this province with this id; None where it has none of it."""
    return _all(province).where(Account.id == account_id).first()


def contacts(province):
    """How to reach a province's administrators, as they entered it; the addresses of their logins if none did."""
    able = list(_able(province).order_by(Account.contact_name, Account.email))
    entered = [Contact(one.contact_name, one.contact_telephone, one.contact_email) for one in able if one.contact_name]
    return entered or [Contact("", "", one.email) for one in able]


def change_contact(account, name, telephone, email, by):
    """Change how the organisations can reach this administrator; all three empty: not at all."""
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


def invite(province, email, by):
    """Invite a colleague; the link goes by mail alone, not even to who invites. A second click mails no second link."""
    colleague = _all(province).where(Account.email == clean_email(email)).first()
    if colleague and lately(OneTimeLink.of(colleague, "invitation")):
        return
    Account.invite(province, email, by)


def block(account, by):
    """Keep a colleague out from the next request on; `Refused` for oneself, and where nobody would be left.

    The operator (`by` is None) can do that too: whoever has stolen the last login must be kept out.
    """
    _not_oneself(account, by)
    with transaction():
        # Who blocks can have been blocked a moment ago: of two that block each other the later is refused.
        able = {one.id for one in locked(_able(account.province).order_by(Account.id))}
        if by and not able - {account.id}:
            raise Refused(Code.LAST_ADMINISTRATOR)
        account.block(by)


def unblock(account, by):
    """Let a colleague in again."""
    _not_oneself(account, by)
    account.unblock(by)


def _not_oneself(account, by):
    if by and account.id == by.id:
        raise Refused(Code.OWN_LOGIN)


def _all(province):
    # Nobody else has a province: an organisation's login has it by its organisation.
    return Account.select().where(Account.province == province)


def _able(province):
    """Those who can sign in."""
    return _all(province).where(Account.password_hash.is_null(False), ~Account.blocked)
