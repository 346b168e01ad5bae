"""One-time links: each works once, for a limited time, until a newer one of its kind is made. Tokens are hashed."""
import datetime
import hashlib
import secrets
from typing import Any

import peewee

from models.audit import Actor
from models.database import BaseModel, now, transaction
from models.errors import Code, Refused

TOKEN_BYTES = 32
LIFETIMES = {
    "invitation": datetime.timedelta(days=7),
    "password": datetime.timedelta(hours=1),
    "email": datetime.timedelta(hours=1),
}


class OneTimeLink(BaseModel):
    id = peewee.AutoField()
    account_id = peewee.IntegerField()
    kind = peewee.TextField()
    token_hash = peewee.TextField()
    new_email = peewee.TextField(null=True)
    created_at = peewee.DateTimeField()
    expires_at = peewee.DateTimeField()

    @classmethod
    def make(cls, account: Actor, kind: str, new_email: str | None = None) -> str:
        """Make a link of this kind for the account, in place of an earlier one, and return its token."""
        token, values = _new(kind, new_email)
        with transaction():
            cls.delete().where(cls.account_id == account.id, cls.kind == kind).execute()
            cls.insert(account_id=account.id, kind=kind, **values).execute()
        return token

    @classmethod
    def pretend(cls, kind: str) -> str:
        """Do the work of `make` for an address without an account, so that both take as long. No link is made."""
        token, values = _new(kind, None)
        with transaction():
            cls.delete().where(cls.account_id == 0, cls.kind == kind).execute()
            cls.update(kind=kind, **values).where(cls.account_id == 0).execute()
        return token

    @classmethod
    def of(cls, account: Actor, kind: str) -> "OneTimeLink | None":
        """Return the account's latest link of this kind, whether it still works or not, or None."""
        return cls.get_or_none(cls.account_id == account.id, cls.kind == kind)

    @property
    def works(self) -> bool:
        """Whether the link can be used now."""
        # A link from the future was made by a clock that was wrong: it may have any age.
        return self.created_at <= now() < self.expires_at

    @classmethod
    def find(cls, kind: str, token: str) -> "OneTimeLink | None":
        """Return the link with this token if it works now, without using it up: mail scanners open every link."""
        return cls.working(kind, now()).where(cls.token_hash == _hash(token)).first()

    @classmethod
    def working(cls, kind: str, moment: datetime.datetime | peewee.Value) -> "peewee.ModelSelect[OneTimeLink]":
        """Select the links of this kind that work at this moment, of all accounts."""
        # A link from the future was made by a clock that was wrong: it may have any age.
        return cls.select().where(cls.kind == kind, cls.created_at <= moment, cls.expires_at > moment)

    @classmethod
    def use(cls, kind: str, token: str) -> "OneTimeLink":
        """Use the link up and return it; raises `Refused` if it does not work (any more)."""
        link = cls.find(kind, token)
        # Of two simultaneous uses, only one deletes the row.
        if not link or not cls.delete().where(cls.id == link.id, cls.token_hash == link.token_hash).execute():
            raise Refused(Code.LINK)
        return link

    @classmethod
    def revoke(cls, account: Actor) -> None:
        """Delete the account's links of every kind."""
        cls.delete().where(cls.account_id == account.id).execute()


def _new(kind: str, new_email: str | None) -> tuple[str, dict[str, Any]]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now()
    return token, {
        "token_hash": _hash(token), "new_email": new_email,
        "created_at": moment, "expires_at": moment + LIFETIMES[kind],
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
