"""Limits on attempts, such as signing in. They are counted in the database: for all processes, across restarts."""
import datetime
import hashlib

import peewee

from models.database import BaseModel, now
from models.errors import Code, Refused

MINUTE = datetime.timedelta(minutes=1)
# The purpose -> how many attempts are allowed, and within which time.
LIMITS = {
    "sign-in": (5, MINUTE),
    "check-password": (5, MINUTE),
    "second-factor": (5, 15 * MINUTE),
    "request-password": (5, 15 * MINUTE),
}
KEPT = 60 * MINUTE


class Attempt(BaseModel):
    id = peewee.AutoField()
    subject = peewee.TextField()
    made_at = peewee.DateTimeField()

    @classmethod
    def count(cls, purpose: str, who: str | int) -> "Attempt":
        """Store an attempt and return it; raises `Refused` if there were too many within the limit's time.

        Must not be called within a transaction: the row has to be visible to everybody before attempts are counted, so
        that simultaneous attempts do not pass the limit together. `who`, an address or an account's id, is stored as a
        hash: it may be an address without an account, or a password that was typed in the wrong field.
        """
        at_most, within = LIMITS[purpose]
        moment = now()
        subject = hashlib.sha256(f"{purpose} {who}".encode()).hexdigest()
        cls.delete().where(cls.made_at < moment - KEPT).execute()
        attempt = cls.create(subject=subject, made_at=moment)
        # The upper bound lets simultaneous attempts count, and leaves out those of a clock that was far ahead.
        lately = cls.made_at.between(moment - within, moment + within)
        if cls.select().where(cls.subject == subject, lately).count() > at_most:
            attempt.forget()
            raise Refused(Code.TOO_MANY)
        return attempt

    def forget(self) -> None:
        """Let this attempt not count: it succeeded, or it was refused before anything was tried."""
        self.delete_instance()

    def forget_all(self) -> None:
        """Clear this attempt and the earlier failed ones, once the second factor was shown."""
        Attempt.delete().where(Attempt.subject == self.subject).execute()
