"""The audit: each event and who acted, written in the transaction of the change itself; never the name of a person."""
import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, NamedTuple, Protocol

import peewee

from models.database import BaseModel, as_moment, at_once, database, is_sqlite, now, reading, transaction
from models.patience import is_busy

PROVINCE, TENANT, TENANTS = "province", "tenant", "tenants"


class Audited(StrEnum):
    """The base of the hall's events and of each wing's: a member's value is its code, `shown_to` says who reads it.

    PROVINCE: the tenant that an entry is about, and the administrators of its province. TENANT: that tenant only.
    TENANTS: as PROVINCE, and an entry about a whole province is read by each of its organisations too.
    """

    shown_to: str

    def __new__(cls, code: str, shown_to: str = PROVINCE) -> "Audited":
        """Make the event with this code."""
        event = str.__new__(cls, code)
        event._value_ = code
        event.shown_to = shown_to
        return event


class Event(Audited):
    """The hall's events. Each wing has an enum of its own."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_IN_LIMITED = "sign-in-limited"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    SESSIONS_ENDED = "sessions-ended"

    FACTOR_SET = "factor-set"
    FACTOR_FAILED = "factor-failed"
    FACTOR_REMOVED = "factor-removed"
    RECOVERY_CODE_USED = "recovery-code-used"
    RECOVERY_CODES_MADE = "recovery-codes-made"

    GRANT_GIVEN = "grant-given"
    GRANT_ENDED = "grant-ended"
    IDENTITY_ADDED = "identity-added"
    GRANT_RECEIVED = "grant-received"
    GRANT_WITHDRAWN = "grant-withdrawn"

    INVITED = "invited"
    LOGIN_BLOCKED = "login-blocked"
    LOGIN_UNBLOCKED = "login-unblocked"
    LOGIN_MOVE_ASKED = "login-move-asked"
    LOGIN_MOVE_CANCELLED = "login-move-cancelled"
    LOGIN_MOVED = "login-moved"
    PASSWORD_REQUESTED = "password-requested"
    PASSWORD_CHANGED = "password-changed"
    EMAIL_REQUESTED = "email-requested"
    EMAIL_CHANGED = "email-changed"
    ORGANISATION_CREATED = "organisation-created"
    ORGANISATION_CHANGED = "organisation-changed"
    CONTACT_CHANGED = "contact-changed"
    ADMINISTRATOR_CONTACT_CHANGED = "administrator-contact-changed"

    DOCUMENT_ADDED = "document-added"
    DOCUMENT_CHANGED = "document-changed"
    DOCUMENT_VERSION_ADDED = "document-version-added"
    DOCUMENT_WITHDRAWN = "document-withdrawn"

    NAMES_ROTATED = "names-rotated"


class OrganisationLike(Protocol):
    """An organisation, as far as the audit needs it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def province(self) -> str:
        """The code of its province."""


class Actor(Protocol):
    """Whoever acts: an `Account`, the `SignedIn` of a request, or an `Outsider`."""

    @property
    def role(self) -> str:
        """The code of the role in which they act, such as 'wing:role'; or 'operator', or 'nobody'."""

    @property
    def id(self) -> int | None:
        """The id of the account."""

    @property
    def organisation(self) -> OrganisationLike | None:
        """The organisation whose login acts."""

    @property
    def tenant_id(self) -> int | None:
        """The id of the tenant in which they have their role: an organisation, or a tenant of another kind."""

    @property
    def province(self) -> str | None:
        """The province of an administrator."""


class Outsider(NamedTuple):
    """An actor who is not signed in: the operator, or nobody, at the sign-in page of the account `id`."""

    role: str
    id: int | None = None
    organisation: OrganisationLike | None = None
    province: str | None = None
    tenant_id: int | None = None


OPERATOR = Outsider("operator")
NOBODY = Outsider("nobody")


def nobody_at(account: Actor | None) -> Outsider:
    """Return the actor for a failed sign-in to this account; for an unknown address nothing about it is recorded."""
    if not account:
        return NOBODY
    return Outsider(NOBODY.role, account.id, account.organisation, account.province, account.tenant_id)


class AuditEntry(BaseModel):
    id = peewee.AutoField()
    made_at = peewee.DateTimeField()
    event = peewee.TextField()
    actor = peewee.TextField()
    account_id = peewee.IntegerField(null=True)
    tenant_id = peewee.IntegerField(null=True)
    province = peewee.TextField(null=True)
    subject = peewee.TextField(null=True)
    shown_to = peewee.TextField(default=PROVINCE)
    detail = peewee.TextField(default="{}")

    @property
    def details(self) -> dict[str, Any]:
        """The details that were recorded with the event."""
        return json.loads(self.detail)

    @classmethod
    def of_province(cls, province: str) -> "peewee.ModelSelect[AuditEntry]":
        """Select the entries that a province's administrators may read, the newest first: none is about a name."""
        return cls.select().where(cls.province == province, cls.shown_to != TENANT).order_by(cls.id.desc())

    @classmethod
    def of_tenant(cls, tenant_id: int) -> "peewee.ModelSelect[AuditEntry]":
        """Select every entry about a tenant, whoever acted, the newest first."""
        return cls.select().where(cls.tenant_id == tenant_id).order_by(cls.id.desc())

    @classmethod
    def of_organisation(cls, organisation: OrganisationLike) -> "peewee.ModelSelect[AuditEntry]":
        """Select every entry about an organisation and what it registered, whoever acted, the newest first."""
        own = cls.select(cls.id).where(cls.tenant_id == organisation.id)
        # Written exactly as in the condition of the index, or SQLite does not use that index.
        of_whole_province = cls.select(cls.id).where(
            cls.province == organisation.province, peewee.SQL("shown_to = 'tenants' AND tenant_id IS NULL"))
        return cls.select().where(cls.id.in_(own.union_all(of_whole_province))).order_by(cls.id.desc())


def record(event: Audited, by: Actor | None = None, organisation: OrganisationLike | None = None,
           subject: object = None, province: str | None = None, tenant_id: int | None = None, **detail: Any) -> None:
    """Record an event, in the transaction that is open. `by` is whoever acted, None for the operator.

    The entry is about `organisation`, about the tenant with id `tenant_id` if it is no organisation, or about
    `province`; by default those of the actor. `subject` is what the wing calls the row that it is about, such as its
    number; never a person's name.
    """
    AuditEntry.insert(_entry(event, by, organisation, subject, province, tenant_id, detail)).execute()


def latest_entry() -> int:
    """Return the id of the newest entry: each entry that is not visible yet gets a higher one."""
    with reading():
        # An id is given before its entry is visible.
        wait_for_recorders()
        return AuditEntry.select(peewee.fn.COALESCE(peewee.fn.MAX(AuditEntry.id), 0)).scalar()


def wait_for_recorders() -> None:
    """Wait for other transactions that have recorded something; until this one ends, no other records anything."""
    if not is_sqlite():
        database.execute_sql("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")


def record_reading(event: Audited, by: Actor | None = None, organisation: OrganisationLike | None = None,
                   subject: object = None, province: str | None = None, tenant_id: int | None = None,
                   **detail: Any) -> None:
    """Record, as `record` does, that somebody is about to read something: such a page never waits for a lock.

    If another holds the lock, the entry goes into a file, on the disk before this returns, until `store_late`.
    """
    entry = _entry(event, by, organisation, subject, province, tenant_id, detail)
    try:
        with at_once():
            AuditEntry.insert(entry).execute()
    except peewee.OperationalError as error:
        if not is_busy(error):
            raise
        with _late() as file:
            # On a line of its own, also after a line that a power cut broke off.
            file.write(b"\n" + json.dumps(entry, default=str).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


def store_late() -> int:
    """Store the entries that wait in the file, and return how many; 0 while another still holds the lock."""
    if not _late_entries().exists() or not _late_entries().stat().st_size:
        return 0
    with _late() as file:
        file.seek(0)
        entries = [entry for line in file if (entry := _whole(line))]
        try:
            # Not waiting, because pages wait for this file. Stopped before the file is emptied, it stores them twice.
            with at_once(), transaction():
                for entry in entries:
                    AuditEntry.insert(entry | {"made_at": as_moment(entry["made_at"])}).execute()
        except peewee.OperationalError as error:
            if is_busy(error):
                return 0
            raise
        file.truncate(0)
    return len(entries)


def use(folder: Path) -> None:
    """Keep the entries of `record_reading` that cannot be written at once in a file in this folder."""
    _Late.folder = folder


class _Late:
    folder: ClassVar[Path]


def _late_entries() -> Path:
    return _Late.folder / "late_audit_entries.jsonl"


@contextlib.contextmanager
def _late() -> Iterator[BinaryIO]:
    """Open the file for this process alone, to append to it."""
    with _late_entries().open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _whole(line: bytes) -> dict[str, Any] | None:
    """Return the entry on a line; None for an empty line, and for one that broke off before its page was shown."""
    # Also when it broke off behind a bracket, as that of the detail.
    try:
        return json.loads(line)
    except ValueError:
        return None


def _entry(event: Audited, by: Actor | None, organisation: OrganisationLike | None, subject: object,
           province: str | None, tenant_id: int | None, detail: dict[str, Any]) -> dict[str, Any]:
    by = by or OPERATOR
    if tenant_id is None:
        organisation = organisation or by.organisation
    return {
        "made_at": now(),
        "event": event,
        "actor": by.role,
        "account_id": by.id,
        "tenant_id": organisation.id if organisation else tenant_id or by.tenant_id,
        "province": organisation.province if organisation else province or by.province,
        "subject": None if subject is None else str(subject),
        "shown_to": event.shown_to,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }
