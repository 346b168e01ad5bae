"""The editors: administrators to whom an editor gave this role as well, and others to whom the operator did."""
import datetime
from typing import Any, NamedTuple

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import OF_PROVINCE
from models.audit import Actor
from models.errors import Refused
from models.site.errors import SiteCode
from models.site.roles import EDITOR


class Editor(NamedTuple):
    """An editor, with the contact name if there is one, and since when."""

    account_id: int
    email: str
    name: str
    since: datetime.datetime


def everybody() -> list[Editor]:
    """Return the editors, by address."""
    rows: Any = (
        _current().select(Grant.account_id, Account.email, Account.contact_name, Grant.since)
        .join(Account, on=Account.id == Grant.account_id).where(~Account.blocked).order_by(Account.email, Grant.id))
    return [Editor(account_id, email or "", name, since) for account_id, email, name, since in rows.tuples()]


def give(email: str, by: Actor) -> None:
    """Make the administrator with this address an editor as well; one who is an editor already stays so.

    Raises `Refused` if no administrator of a province has the address.
    """
    account = Account.by_email(email)
    opens = [role.opens for grant in (account.grants if account else ()) if (role := roles.of(grant.code))]
    if account is None or account.blocked or OF_PROVINCE not in opens:
        raise Refused(SiteCode.EDITOR_UNKNOWN)
    if EDITOR.code not in [grant.code for grant in account.grants]:
        Grant.give(account.id, EDITOR, by=by)


def end(account_id: int, by: Actor) -> bool | None:
    """End an editor's role; return False if it had ended already, None if this account never was an editor.

    Raises `Refused` for the own role, so that there is always an editor left.
    """
    if account_id == by.id:
        raise Refused(SiteCode.EDITOR_ONESELF)
    grants = [grant for grant in Grant.of(account_id) if grant.code == EDITOR.code]
    return True in [grant.end(by) for grant in grants if grant.lasts] if grants else None


def _current() -> Any:
    return Grant.current(Grant.wing == EDITOR.wing, Grant.role == EDITOR.name)
