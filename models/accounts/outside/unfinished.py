"""Sign-ins by another service that have begun: rows, so that any number of them fills no cookie."""
import datetime
import hashlib
import secrets

import peewee

from models.database import BaseModel, now, transaction

LIFETIME = datetime.timedelta(minutes=10)
LONGEST_NEXT = 2000


class UnfinishedSignIn(BaseModel):
    state_hash = peewee.TextField(primary_key=True)
    browser_hash = peewee.TextField()
    nonce = peewee.TextField()
    verifier = peewee.TextField()
    next = peewee.TextField()
    started_at = peewee.DateTimeField()

    class Meta:
        table_name = "unfinished_sign_in"

    @classmethod
    def begin(cls, browser: str, next_page: str) -> "tuple[str, UnfinishedSignIn]":
        """Insert a sign-in of this browser, and return its state, the only time that it can be read, and the row."""
        state = secrets.token_urlsafe(32)
        with transaction():
            row = cls.create(state_hash=_hash(state), browser_hash=_hash(browser), nonce=secrets.token_urlsafe(32),
                             verifier=secrets.token_urlsafe(48), started_at=now(),
                             next=next_page if len(next_page) <= LONGEST_NEXT else "/")
        return state, row

    @classmethod
    def take(cls, state: str, browser: str) -> "UnfinishedSignIn | None":
        """Remove the sign-in with this state and return it: once, to the browser that began it, within ten minutes."""
        own = (cls.state_hash == _hash(state)) & (cls.browser_hash == _hash(browser))
        with transaction():
            found = cls.get_or_none(own, cls._lasting())
            # Of two requests at the same moment one removes it.
            removed = cls.delete().where(own).execute()
        return found if removed else None

    @classmethod
    def remove_old(cls) -> None:
        """Remove the sign-ins of more than ten minutes ago."""
        # A chore: it asks before it takes the lock of all that is written.
        if cls.select().where(~cls._lasting()).exists():
            cls.delete().where(~cls._lasting()).execute()

    @classmethod
    def _lasting(cls) -> peewee.Expression:
        return cls.started_at.between(now() - LIFETIME, now())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
