"""The log as people read it: pages of the audit, with the logins and organisations that its entries name."""
import datetime
from typing import NamedTuple

import peewee

from models.audit import AuditEntry, Event
from models.database import END_OF_TIME, database
from models.days import begins
from models.organisations import Organisation

PAGE_SIZE = 50
# What happens all day.
ROUTINE = (Event.SIGNED_IN, Event.SIGNED_OUT, Event.CLIENT_VIEWED)
LAST_PAGE = 1_000_000
KINDS = {
    "sign-in": (
        Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.SIGN_IN_LIMITED, Event.SIGNED_OUT, Event.SESSION_ENDED,
        Event.SESSIONS_ENDED, Event.FACTOR_FAILED, Event.RECOVERY_CODE_USED),
    "login": (
        Event.INVITED, Event.LOGIN_BLOCKED, Event.LOGIN_UNBLOCKED, Event.LOGIN_MOVE_ASKED, Event.LOGIN_MOVE_CANCELLED,
        Event.LOGIN_MOVED, Event.PASSWORD_REQUESTED, Event.PASSWORD_CHANGED, Event.EMAIL_REQUESTED,
        Event.EMAIL_CHANGED, Event.FACTOR_SET, Event.FACTOR_REMOVED, Event.RECOVERY_CODES_MADE),
    "organisation": (
        Event.ORGANISATION_CREATED, Event.ORGANISATION_CHANGED, Event.CONTACT_CHANGED,
        Event.ADMINISTRATOR_CONTACT_CHANGED),
    "client": (Event.CLIENT_REGISTERED, Event.CLIENT_CHANGED, Event.CLIENT_NAME_CHANGED),
    "period": (Event.PERIOD_ADDED, Event.PERIOD_CHANGED, Event.PERIOD_CLOSED, Event.PERIOD_REOPENED),
    "view": (Event.CLIENT_VIEWED,),
    "deletion": (
        Event.DELETION_REQUESTED, Event.DELETION_WITHDRAWN, Event.DELETION_REFUSED, Event.CLIENT_DELETED,
        Event.CLIENT_RESTORED, Event.CLIENT_PURGED),
    "edition": (Event.EDITION_PUBLISHED,),
    "export": (
        Event.CLIENTS_EXPORTED, Event.ROWS_EXPORTED, Event.REGISTER_EXPORTED, Event.REGISTER_IMPORTED,
        Event.NAMES_ROTATED),
}


class Line(NamedTuple):
    """An entry without its number, for the gaps between numbers tell that something is not shown."""

    made_at: datetime.datetime
    event: Event
    actor: str
    login: str | None  # the address of who did it; of a stranger, that of the login at whose door
    subject: str | None  # the address of the login to which it was done
    organisation: str | None
    client_number: int | None
    details: dict


class Log:
    """One page of `entries` (`AuditEntry.of_province` or `.of_organisation`), filtered; `more` says there is a next.

    `since` and `until` are days in Flanders, both included.
    """

    def __init__(self, entries, kind=None, organisation_id=None, since=None, until=None, page=1):
        self.page = min(max(1, page), LAST_PAGE)
        if kind in KINDS:
            entries = entries.where(AuditEntry.event.in_(KINDS[kind]))
        if organisation_id is not None:
            entries = entries.where(AuditEntry.organisation_id == organisation_id)
        if since:
            entries = entries.where(AuditEntry.made_at >= begins(since))
        if until and until < END_OF_TIME:
            entries = entries.where(AuditEntry.made_at < begins(until + datetime.timedelta(days=1)))
        # One too many, instead of counting what nobody pages through.
        found = list(entries.limit(PAGE_SIZE + 1).offset((self.page - 1) * PAGE_SIZE))
        self.more = len(found) > PAGE_SIZE
        self.lines = _lines(found[:PAGE_SIZE])


def latest(province, limit, but=()):
    """The newest lines that a province's administrators may read, but those of these events."""
    return _lines(AuditEntry.of_province(province).where(AuditEntry.event.not_in(but)).limit(limit))


def _lines(entries):
    entries = [(entry, entry.details) for entry in entries]
    accounts = {number for entry, details in entries for number in (entry.account_id, details.get("account"))}
    # The table without its class: accounts write the log, and may import it.
    account = peewee.Table("account", ("id", "email")).bind(database)
    emails = dict(account.select(account.id, account.email).where(account.id.in_(accounts)).tuples())
    names = dict(
        Organisation.select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_({entry.organisation_id for entry, _ in entries}))
        .tuples())
    return [
        Line(entry.made_at, Event(entry.event), entry.actor, emails.get(entry.account_id),
             emails.get(details.get("account")), names.get(entry.organisation_id), entry.client_number, details)
        for entry, details in entries]
