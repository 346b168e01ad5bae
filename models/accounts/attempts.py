"""How often something may be tried, counted in the database: for all processes together, and over a restart."""
import datetime
import hashlib

import peewee

from models.database import BaseModel, now
from models.errors import Code, Refused

MINUTE = datetime.timedelta(minutes=1)
# What is limited: so many times, within so long.
LIMITS = {
    "sign-in": (5, MINUTE),
    "check-password": (5, MINUTE),
    "second-factor": (5, 15 * MINUTE),
    "request-password": (5, 15 * MINUTE),
}
KEPT = 60 * MINUTE


class Attempt(BaseModel):
    subject = peewee.TextField()
    made_at = peewee.DateTimeField()

    @classmethod
    def count(cls, purpose, who):
        """Count an attempt; `Refused` ('too_many') when there were too many of late.

        Not to be called within a transaction: the row is there for all to see before any are counted,
        so that of simultaneous attempts not one too many gets through.
        `who` is kept as a hash, for it may be an address that nobody has, or a password typed in the wrong field.
        """
        at_most, within = LIMITS[purpose]
        moment = now()
        subject = hashlib.sha256(f"{purpose} {who}".encode()).hexdigest()
        cls.delete().where(cls.made_at < moment - KEPT).execute()
        attempt = cls.create(subject=subject, made_at=moment)
        # Others may be stamped after this one was, and before it is counted; a year ahead is a wrong clock's.
        lately = cls.made_at.between(moment - within, moment + within)
        if cls.select().where(cls.subject == subject, lately).count() > at_most:
            attempt.forget()
            raise Refused(Code.TOO_MANY)
        return attempt

    def forget(self):
        """It does not count: it succeeded, or was refused before anything was tried."""
        self.delete_instance()

    def forget_all(self):
        """It succeeded, so those before it were mistakes of the same person."""
        Attempt.delete().where(Attempt.subject == self.subject).execute()
