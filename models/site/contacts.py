"""The public contacts: of the contact details of administrators and editors, what each of them shows to everybody."""
import functools
import operator
from typing import Any, NamedTuple

import peewee

from models.accounts import administrators, roles
from models.accounts.accounts import Account
from models.accounts.administrators import Contact
from models.accounts.grants import Grant
from models.accounts.roles import OF_PROVINCE
from models.audit import Actor, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Refused
from models.site.errors import SiteCode
from models.site.events import SiteEvent
from models.site.roles import EDITOR

# The place of the editors, who keep what is of no single province.
FLANDERS = None


class Ticks(NamedTuple):
    """The parts of an account's contact details that everybody may see."""

    name: bool = False
    telephone: bool = False
    email: bool = False


class PublicContact(BaseModel):
    account_id = peewee.IntegerField(primary_key=True)
    name = peewee.BooleanField(default=False)
    telephone = peewee.BooleanField(default=False)
    email = peewee.BooleanField(default=False)
    changed_at = peewee.DateTimeField(default=now)


def ticks_of(account_id: int) -> Ticks:
    """Return what this account shows to everybody: nothing until it says so."""
    row = PublicContact.get_or_none(PublicContact.account_id == account_id)
    return Ticks(row.name, row.telephone, row.email) if row else Ticks()


def show(account_id: int, ticks: Ticks, by: Actor) -> None:
    """Let everybody see these parts of an account's contact details, and record a change.

    Raises `Refused` for a part that is empty, for a mail address with which somebody signs in, and for a name alone.
    """
    with transaction(), refusing(public_contact_way=SiteCode.CONTACT_ALONE):
        account = locked(Account.select().where(Account.id == account_id)).get()
        for part in Ticks._fields:
            if getattr(ticks, part) and not getattr(account, f"contact_{part}"):
                raise Refused(SiteCode.CONTACT_EMPTY, part=part)
        if ticks.email and _signs_in(account.contact_email):
            raise Refused(SiteCode.CONTACT_OF_LOGIN)
        before = ticks_of(account_id)
        if ticks != before:
            values = ticks._asdict()
            PublicContact.insert(account_id=account_id, **values).on_conflict(
                conflict_target=[PublicContact.account_id], update={**values, "changed_at": now()}).execute()
            record(SiteEvent.PUBLIC_CONTACT_CHANGED, by=by, province=account.province, account=account_id,
                   fields=[part for part in Ticks._fields if getattr(before, part) != getattr(ticks, part)])


def change(account: Account, contact: Contact, ticks: Ticks, by: Actor) -> None:
    """Change contact details and what everybody sees of them; raises `Refused` as `show` and `change_contact` do."""
    with transaction():
        administrators.change_contact(account, *contact, by=by)
        show(account.id, ticks, by)


def by_place() -> dict[str | None, list[Contact]]:
    """Return the public contacts by province, and those of the editors under `FLANDERS`, by one statement.

    A part that is not shown is empty. A mail address with which somebody signs in is never shown.
    """
    of_province = [role for role in roles.known() if role.opens == OF_PROVINCE]
    held = [(Grant.wing == role.wing) & (Grant.role == role.name) for role in (*of_province, EDITOR)]
    login: Any = Account.alias()
    is_free = ~peewee.fn.EXISTS(login.select(login.id).where(login.email == Account.contact_email))
    rows = (
        Grant.current(functools.reduce(operator.or_, held))
        .select(Grant.province, _part(PublicContact.name, Account.contact_name),
                _part(PublicContact.telephone, Account.contact_telephone),
                _part(PublicContact.email & is_free, Account.contact_email))
        .join(PublicContact, on=PublicContact.account_id == Grant.account_id)
        .join(Account, on=Account.id == Grant.account_id)
        .where(~Account.blocked)
        .order_by(Account.contact_name, Account.id)
        .tuples())
    found: dict[str | None, list[Contact]] = {}
    for province, *parts in rows:
        if any(parts[1:]):
            found.setdefault(province, []).append(Contact(*parts))
    return found


def _part(shown: Any, column: Any) -> Any:
    return peewee.Case(None, [(shown, column)], "")


def _signs_in(email: str) -> bool:
    return Account.select().where(Account.email == email).exists()
