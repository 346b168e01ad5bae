"""The log: pages of the audit, with the addresses of the logins and the names of the organisations in its entries."""
import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import peewee

from models.audit import AuditEntry, Event
from models.database import END_OF_TIME, database
from models.days import start_of_day
from models.organisations import Organisation

PAGE_SIZE = 50
# Events that happen all day long.
ROUTINE = (Event.SIGNED_IN, Event.SIGNED_OUT)
LAST_PAGE = 1_000_000


class Line(NamedTuple):
    """A line of the log. It has no number: gaps between numbers would show that some entries are left out."""

    made_at: datetime.datetime
    event: str
    actor: str
    login: str | None  # the address of the login that acted, or that somebody tried to sign in with
    changed_login: str | None  # the address of the login that was changed
    organisation: str | None
    subject: str | None  # the wing's name for the row, such as its number
    details: dict[str, Any]
    other: str | None = None  # the organisation whose login acted, if the entry is about another one
    tenant_id: int | None = None


class Log:
    """One page of `entries` (`AuditEntry.of_province` or `.of_organisation`), filtered; `more` says if another follows.

    `events` are those to show, None for all; `since` and `until` are days in Flanders, both included.
    """

    def __init__(self, entries: "peewee.ModelSelect[AuditEntry]", events: Collection[str] | None = None,
                 organisation_id: int | None = None, since: datetime.date | None = None,
                 until: datetime.date | None = None, page: int = 1) -> None:
        self.page = min(max(1, page), LAST_PAGE)
        if events is not None:
            entries = entries.where(AuditEntry.event.in_(events))
        if organisation_id is not None:
            entries = entries.where(AuditEntry.tenant_id == organisation_id)
        if since:
            entries = entries.where(AuditEntry.made_at >= start_of_day(since))
        if until and until < END_OF_TIME:
            entries = entries.where(AuditEntry.made_at < start_of_day(until + datetime.timedelta(days=1)))
        # One row more than a page instead of a count of all rows, which nobody pages through.
        found = list(entries.limit(PAGE_SIZE + 1).offset((self.page - 1) * PAGE_SIZE))
        self.more = len(found) > PAGE_SIZE
        self.lines = lines_of(found[:PAGE_SIZE])


def latest(province: str, limit: int, but: Collection[str] = ()) -> list[Line]:
    """Return the newest lines that a province's administrators may read, without the events in `but`."""
    return lines_of(AuditEntry.of_province(province).where(AuditEntry.event.not_in(but)).limit(limit))


def lines_of(entries: Iterable[AuditEntry]) -> list[Line]:
    """Return the lines of these entries, in their order."""
    detailed = [(entry, entry.details) for entry in entries]
    accounts = {number for entry, details in detailed for number in (entry.account_id, details.get("account"))}
    tenants = _tenants_of(accounts)
    organisations = {entry.tenant_id for entry, _ in detailed} | {one for own in tenants.values() for one in own}
    # The table without its class, for accounts import this folder.
    account: Any = peewee.Table("account", ("id", "email")).bind(database)
    emails: dict[int | None, str] = dict(
        account.select(account.id, account.email).where(account.id.in_(accounts)).tuples())
    named: Any = (
        Organisation.select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations)).tuples())
    names: dict[int | None, str] = dict(named)
    return [
        Line(entry.made_at, entry.event, entry.actor, emails.get(entry.account_id),
             emails.get(details.get("account")), names.get(entry.tenant_id), entry.subject, details,
             _other(tenants.get(entry.account_id, ()), entry.tenant_id, names), entry.tenant_id)
        for entry, details in detailed]


def _tenants_of(accounts: Collection[int | None]) -> dict[int | None, list[int]]:
    """Return the tenants in which each of these accounts has or had a role."""
    grant: Any = peewee.Table("account_grant", ("id", "account_id", "tenant_id")).bind(database)
    rows = (grant.select(grant.account_id, grant.tenant_id)
            .where(grant.account_id.in_(accounts), grant.tenant_id.is_null(False))
            .order_by(grant.id).tuples())
    tenants: dict[int | None, list[int]] = {}
    for account, tenant in rows:
        tenants.setdefault(account, []).append(tenant)
    return tenants


def _other(own: Collection[int], tenant_id: int | None, names: dict[int | None, str]) -> str | None:
    """Return the name of the organisation whose login acted on another one; None if it acted on its own."""
    if tenant_id is None or not own or tenant_id in own:
        return None
    return next((names[one] for one in own if one in names), None)
