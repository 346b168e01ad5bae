"""The audit: each event and who acted, written in the transaction of the change itself; never a client's name."""
import json
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

import peewee

from models.database import BaseModel, now


class Event(StrEnum):
    """Every event that can be recorded."""

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

    CLIENT_REGISTERED = "client-registered"
    CLIENT_CHANGED = "client-changed"
    CLIENT_NAME_CHANGED = "client-name-changed"
    CLIENT_VIEWED = "client-viewed"
    CLIENTS_EXPORTED = "clients-exported"
    ROWS_EXPORTED = "rows-exported"
    DELETION_REQUESTED = "deletion-requested"
    DELETION_WITHDRAWN = "deletion-withdrawn"
    DELETION_REFUSED = "deletion-refused"
    CLIENT_DELETED = "client-deleted"
    CLIENT_RESTORED = "client-restored"
    CLIENT_PURGED = "client-purged"
    PERIOD_ADDED = "period-added"
    PERIOD_CHANGED = "period-changed"
    PERIOD_CLOSED = "period-closed"
    PERIOD_REOPENED = "period-reopened"

    REGISTER_IMPORTED = "register-imported"
    REGISTER_EXPORTED = "register-exported"
    NAMES_ROTATED = "names-rotated"
    EDITION_PUBLISHED = "edition-published"


# Only the organisation itself can read that a name was given or changed.
HIDDEN_FROM_PROVINCE = (Event.CLIENT_NAME_CHANGED,)


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
        """'organisation', 'administrator', 'operator' or 'nobody'."""

    @property
    def id(self) -> int | None:
        """The id of the account."""

    @property
    def organisation(self) -> OrganisationLike | None:
        """The organisation whose login acts."""

    @property
    def province(self) -> str | None:
        """The province of an administrator."""


class Outsider(NamedTuple):
    """An actor who is not signed in: the operator, or nobody, at the sign-in page of the account `id`."""

    role: str
    id: int | None = None
    organisation: OrganisationLike | None = None
    province: str | None = None


OPERATOR = Outsider("operator")
NOBODY = Outsider("nobody")


class AuditEntry(BaseModel):
    id = peewee.AutoField()
    made_at = peewee.DateTimeField()
    event = peewee.TextField()
    actor = peewee.TextField()
    account_id = peewee.IntegerField(null=True)
    organisation_id = peewee.IntegerField(null=True)
    province = peewee.TextField(null=True)
    client_number = peewee.IntegerField(null=True)
    detail = peewee.TextField(default="{}")

    @property
    def details(self) -> dict[str, Any]:
        """The details that were recorded with the event."""
        return json.loads(self.detail)

    @classmethod
    def of_province(cls, province: str) -> "peewee.ModelSelect[AuditEntry]":
        """Select the entries that a province's administrators may read, the newest first: none is about a name."""
        return (cls.select()
                .where(cls.province == province, cls.event.not_in(HIDDEN_FROM_PROVINCE))
                .order_by(cls.id.desc()))

    @classmethod
    def of_organisation(cls, organisation: OrganisationLike) -> "peewee.ModelSelect[AuditEntry]":
        """Select every entry about an organisation and its clients, whoever acted, the newest first."""
        own = cls.select(cls.id).where(cls.organisation_id == organisation.id)
        # Written exactly as in the condition of the index, or SQLite does not use that index.
        of_whole_province = cls.select(cls.id).where(
            cls.province == organisation.province,
            peewee.SQL("event = 'clients-exported' AND organisation_id IS NULL"))
        return cls.select().where(cls.id.in_(own.union_all(of_whole_province))).order_by(cls.id.desc())


def record(event: Event, by: Actor | None = None, organisation: OrganisationLike | None = None,
           client: Any = None, province: str | None = None, **detail: Any) -> None:
    """Record an event, in the transaction that is open. `by` is whoever acted, None for the operator.

    The entry is about `organisation` or `province`, by default those of the actor. `client` is a client or its number.
    """
    by = by or OPERATOR
    organisation = organisation or by.organisation
    AuditEntry.insert(
        made_at=now(),
        event=Event(event),
        actor=by.role,
        account_id=by.id,
        organisation_id=organisation.id if organisation else None,
        province=organisation.province if organisation else province or by.province,
        client_number=getattr(client, "number", client),
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    ).execute()
