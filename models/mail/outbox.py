"""The outbox: mails are stored in the transaction of the event that they tell about, and delivered outside requests.

A body can contain a one-time link, so it is stored sealed, and removed once delivered.
"""
import datetime
from collections.abc import Callable
from typing import Any

import peewee

from models import keys
from models.database import BaseModel, now
from models.errors import Code, Refused, Unreadable
from models.patience import waiting

MINUTE = datetime.timedelta(minutes=1)
# The time until the next try after each refusal; after the last one the mail is given up.
WAITS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE, 720 * MINUTE, 1440 * MINUTE]
# A worker that claims a mail has this time to deliver it. If it dies, another one delivers it later.
CLAIM = 10 * MINUTE
KEPT = datetime.timedelta(days=30)
REFUSAL_LENGTH = 300
Send = Callable[[str, str, str], object]  # recipient, subject, body

_key: bytes | None = None


class Mail(BaseModel):
    id = peewee.AutoField()
    recipient = peewee.TextField()
    subject = peewee.TextField()
    sealed_body = peewee.BlobField(null=True)
    created_at = peewee.DateTimeField()
    tries = peewee.IntegerField(default=0)
    next_try_at = peewee.DateTimeField()
    sent_at = peewee.DateTimeField(null=True)
    refusal = peewee.TextField(default="")

    @property
    def given_up(self) -> bool:
        """Whether the mail was refused so often that it is not tried again."""
        return self.sent_at is None and self.sealed_body is None

    def claim(self) -> bool:
        """Claim the mail for delivery; of several workers that try, only one changes the row and gets True."""
        moment = now()
        return bool(
            Mail.update(tries=Mail.tries + 1, next_try_at=moment + CLAIM)
            .where(Mail.id == self.id, Mail.sent_at.is_null(), Mail.next_try_at <= moment)
            .execute())

    def deliver(self, send: Send) -> bool:
        """Send the mail by `send`, or store why it was refused; return whether it was sent."""
        try:
            body = keys.unseal(_mail_key(), bytes(self.sealed_body or b""), _context(self.recipient, self.subject))
            send(self.recipient, self.subject, body.decode())
        except Unreadable:
            self._refused("the body cannot be opened with this app.key")
        except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors
            self._refused(f"{type(error).__name__}: {error}")
        else:
            # It is sent again when its claim ends before this is written, so this outlasts even a large import.
            with waiting(CLAIM.total_seconds()):
                Mail.update(sent_at=now(), sealed_body=None, refusal="").where(Mail.id == self.id).execute()
            return True
        return False

    def _refused(self, reason: str) -> None:
        values: dict[str, Any]
        reason = " ".join(reason.split())[:REFUSAL_LENGTH]
        if self.tries < len(WAITS):
            values = {"next_try_at": now() + WAITS[self.tries]}
        else:
            values = {"sealed_body": None}
        Mail.update(refusal=reason, **values).where(Mail.id == self.id).execute()


def use(app_key: bytes | None) -> None:
    """Seal bodies under this key; without a key no mail can be posted."""
    global _key  # noqa: PLW0603
    _key = keys.derive(app_key, "outbox") if app_key else None


def opens(app_key: bytes) -> bool | None:
    """Say whether this key opens the mails that have not been sent; None if all have been sent."""
    unsent = Mail.select().where(Mail.sealed_body.is_null(False)).first()
    if unsent is None or unsent.sealed_body is None:
        return None
    try:
        keys.unseal(
            keys.derive(app_key, "outbox"), bytes(unsent.sealed_body), _context(unsent.recipient, unsent.subject))
    except Unreadable:
        return False
    return True


def can_post() -> bool:
    """Say whether there is a key to seal mails under."""
    return _key is not None


def post(recipient: str, subject: str, body: str) -> None:
    """Store a mail to be sent, in the transaction that is open; raises `Refused` without a key to seal it under."""
    moment = now()
    Mail.delete().where(Mail.sent_at < moment - KEPT).execute()
    Mail.insert(recipient=recipient, subject=subject, sealed_body=_seal(recipient, subject, body),
                created_at=moment, next_try_at=moment).execute()


def pretend(recipient: str, subject: str, body: str) -> None:
    """Do the work of `post` without storing a mail, so that an address without an account takes as long."""
    moment = now()
    Mail.delete().where(Mail.sent_at < moment - KEPT).execute()
    Mail.update(recipient=recipient, subject=subject, sealed_body=_seal(recipient, subject, body),
                created_at=moment, next_try_at=moment).where(Mail.id == 0).execute()


def deliver(send: Send, limit: int = 50) -> int:
    """Send at most `limit` mails that are due and return how many were sent. Several workers may call it at once."""
    if not _key:
        return 0
    due = (
        Mail.select()
        .where(Mail.sent_at.is_null(), Mail.sealed_body.is_null(False), Mail.next_try_at <= now())
        .order_by(Mail.next_try_at, Mail.id)
        .limit(limit)
    )
    return sum(mail.claim() and mail.deliver(send) for mail in list(due))


def refused() -> "peewee.ModelSelect[Mail]":
    """Select the mails that were refused and not sent since: they will be tried again, or were given up."""
    return Mail.select().where(Mail.sent_at.is_null(), Mail.refusal != "").order_by(Mail.id)


def _seal(recipient: str, subject: str, body: str) -> bytes:
    return keys.seal(_mail_key(), body.encode(), _context(recipient, subject))


def _mail_key() -> bytes:
    if not _key:
        raise Refused(Code.MAIL_KEY)
    return _key


def _context(recipient: str, subject: str) -> bytes:
    return f"mail\n{recipient}\n{subject}".encode()
