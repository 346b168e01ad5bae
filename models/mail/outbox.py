"""Mail on its way out: written in the transaction of what it tells of, delivered outside any request.

Bodies hold one-time links, so they are kept sealed, and emptied once delivered.
"""
import datetime

import peewee

from models import keys
from models.database import BaseModel, now
from models.errors import Code, Refused, Unreadable

MINUTE = datetime.timedelta(minutes=1)
# How long after each refusal it is tried again; after the last one it is given up.
WAITS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE, 720 * MINUTE, 1440 * MINUTE]
# Who claims a mail has so long to deliver it; a worker that dies leaves it to the next.
CLAIM = 10 * MINUTE
KEPT = datetime.timedelta(days=30)
REFUSAL_LENGTH = 300

_key = None


class Mail(BaseModel):
    recipient = peewee.TextField()
    subject = peewee.TextField()
    sealed_body = peewee.BlobField(null=True)
    created_at = peewee.DateTimeField()
    tries = peewee.IntegerField(default=0)
    next_try_at = peewee.DateTimeField()
    sent_at = peewee.DateTimeField(null=True)
    refusal = peewee.TextField(default="")

    @property
    def given_up(self):
        return self.sent_at is None and self.sealed_body is None

    def claim(self):
        """Whether it is ours to deliver: of several workers that try, one changes the row."""
        moment = now()
        return bool(
            Mail.update(tries=Mail.tries + 1, next_try_at=moment + CLAIM)
            .where(Mail.id == self.id, Mail.sent_at.is_null(), Mail.next_try_at <= moment)
            .execute())

    def deliver(self, send):
        """Hand it to `send`; whether it went out."""
        try:
            body = keys.unseal(_mail_key(), bytes(self.sealed_body), _context(self.recipient, self.subject))
            send(self.recipient, self.subject, body.decode())
        except Unreadable:
            self._refused("the body cannot be opened with this app.key")
        except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors
            self._refused(f"{type(error).__name__}: {error}")
        else:
            Mail.update(sent_at=now(), sealed_body=None, refusal="").where(Mail.id == self.id).execute()
            return True
        return False

    def _refused(self, reason):
        reason = " ".join(reason.split())[:REFUSAL_LENGTH]
        if self.tries < len(WAITS):
            values = {"next_try_at": now() + WAITS[self.tries]}
        else:
            values = {"sealed_body": None}
        Mail.update(refusal=reason, **values).where(Mail.id == self.id).execute()


def use(app_key):
    """Seal bodies under this key; without one no mail can be posted."""
    global _key  # noqa: PLW0603
    _key = keys.derive(app_key, "outbox") if app_key else None


def opens(app_key):
    """Whether this key opens the mails that wait; None when none does."""
    waiting = Mail.select().where(Mail.sealed_body.is_null(False)).first()
    if waiting is None:
        return None
    try:
        keys.unseal(
            keys.derive(app_key, "outbox"), bytes(waiting.sealed_body), _context(waiting.recipient, waiting.subject))
    except Unreadable:
        return False
    return True


def can_post():
    """Whether there is a key to seal mails under."""
    return _key is not None


def post(recipient, subject, body):
    """Put a mail in the outbox, within the transaction that is open."""
    moment = now()
    Mail.delete().where(Mail.sent_at < moment - KEPT).execute()
    Mail.insert(recipient=recipient, subject=subject, sealed_body=_seal(recipient, subject, body),
                created_at=moment, next_try_at=moment).execute()


def pretend(recipient, subject, body):
    """The work of `post` without a mail: what is not sent must take as long as what is."""
    moment = now()
    Mail.delete().where(Mail.sent_at < moment - KEPT).execute()
    Mail.update(recipient=recipient, subject=subject, sealed_body=_seal(recipient, subject, body),
                created_at=moment, next_try_at=moment).where(Mail.id == 0).execute()


def deliver(send, limit=50):
    """Deliver what is due by `send(recipient, subject, body)`; how many went out. Workers may do so at once."""
    if not _key:
        return 0
    due = (
        Mail.select()
        .where(Mail.sent_at.is_null(), Mail.sealed_body.is_null(False), Mail.next_try_at <= now())
        .order_by(Mail.next_try_at, Mail.id)
        .limit(limit)
    )
    return sum(mail.claim() and mail.deliver(send) for mail in list(due))


def refused():
    """The mails that were refused and have not gone out, for the operator: still tried again, or given up."""
    return Mail.select().where(Mail.sent_at.is_null(), Mail.refusal != "").order_by(Mail.id)


def _seal(recipient, subject, body):
    return keys.seal(_mail_key(), body.encode(), _context(recipient, subject))


def _mail_key():
    if not _key:
        raise Refused(Code.MAIL_KEY)
    return _key


def _context(recipient, subject):
    return f"mail\n{recipient}\n{subject}".encode()
