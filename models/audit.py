"""What happened and who did it, written in the transaction of the change itself; never a name of a client."""
import json
from enum import StrEnum
from typing import NamedTuple

import peewee

from models.database import BaseModel, now


class Event(StrEnum):
    """Everything that can be recorded. An event that is not here cannot be."""

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


# That a name was given or changed is the organisation's own.
HIDDEN_FROM_PROVINCE = (Event.CLIENT_NAME_CHANGED,)


class Actor(NamedTuple):
    """Who acts where it is neither an `Account` nor the `SignedIn` of a request."""

    role: str
    id: int | None = None
    organisation: object = None
    province: str | None = None


OPERATOR = Actor("operator")
NOBODY = Actor("nobody")


class AuditEntry(BaseModel):
    made_at = peewee.DateTimeField()
    event = peewee.TextField()
    actor = peewee.TextField()
    account_id = peewee.IntegerField(null=True)
    organisation_id = peewee.IntegerField(null=True)
    province = peewee.TextField(null=True)
    client_number = peewee.IntegerField(null=True)
    detail = peewee.TextField(default="{}")

    @property
    def details(self):
        return json.loads(self.detail)

    @classmethod
    def of_province(cls, province):
        """What a province's administrators may read, the newest first: nothing in it tells of a name."""
        return (cls.select()
                .where(cls.province == province, cls.event.not_in(HIDDEN_FROM_PROVINCE))
                .order_by(cls.id.desc()))

    @classmethod
    def of_organisation(cls, organisation):
        """All that happened to an organisation and its clients, whoever did it, the newest first."""
        own = cls.select(cls.id).where(cls.organisation_id == organisation.id)
        # Said as in the index of these, for else SQLite does not see that it can be used.
        wide = cls.select(cls.id).where(
            cls.province == organisation.province,
            peewee.SQL("event = 'clients-exported' AND organisation_id IS NULL"))
        return cls.select().where(cls.id.in_(own.union_all(wide))).order_by(cls.id.desc())


def record(event, by=None, organisation=None, client=None, province=None, **detail):
    """Write down that `by` did this: an `Account`, a `SignedIn`, `NOBODY`, or None for the operator.

    `organisation` (or `province`) is whom it is about, by itself the actor's own; `client` is a client or its number.
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
