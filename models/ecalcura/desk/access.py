"""The last sign-ins of the colleagues of a facility, and ending somebody's open sessions: for the desk."""
import datetime
from typing import Any

import peewee

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.audit import Actor, Outsider
from models.ecalcura.facilities.facilities import Facility


def last_sign_ins(account_ids: list[int]) -> dict[int, datetime.datetime]:
    """Return when somebody last signed in with each of these accounts; one that never did is not there."""
    last = peewee.fn.MAX(Session.created_at)
    rows: Any = (Session.select(Session.account_id, last).where(
        Session.account_id.in_(account_ids), ~Session.awaits_factor).group_by(Session.account_id).tuples())
    return dict(rows)


def end_sessions(facility: Facility, account: Account, by: Actor) -> int:
    """End all open sessions of a colleague of the facility, record it there, and return how many ended.

    A role that was taken away where people sign in from outside is kept until the next sign-in: this is the remedy.
    """
    colleague = Outsider(account.role, account.id, tenant_id=facility.id)
    return Session.end_all(colleague, by=by)
