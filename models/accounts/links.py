"""Links that work once, for a while, and no longer after a newer one: their tokens are kept hashed."""
import datetime
import hashlib
import secrets

import peewee

from models.database import BaseModel, now, transaction
from models.errors import Code, Refused

TOKEN_BYTES = 32
LIFETIMES = {
    "invitation": datetime.timedelta(days=7),
    "password": datetime.timedelta(hours=1),
    "email": datetime.timedelta(hours=1),
}


class OneTimeLink(BaseModel):
    account_id = peewee.IntegerField()
    kind = peewee.TextField()
    token_hash = peewee.TextField()
    new_email = peewee.TextField(null=True)
    created_at = peewee.DateTimeField()
    expires_at = peewee.DateTimeField()

    @classmethod
    def make(cls, account, kind, new_email=None):
        """A link of this kind for the account, instead of the one it may have; the token is handed out only here."""
        token, values = _new(kind, new_email)
        with transaction():
            cls.delete().where(cls.account_id == account.id, cls.kind == kind).execute()
            cls.insert(account_id=account.id, kind=kind, **values).execute()
        return token

    @classmethod
    def pretend(cls, kind):
        """The work of `make` for an address that nobody has, so that both take as long. Nothing comes of it."""
        token, values = _new(kind, None)
        with transaction():
            cls.delete().where(cls.account_id == 0, cls.kind == kind).execute()
            cls.update(kind=kind, **values).where(cls.account_id == 0).execute()
        return token

    @classmethod
    def of(cls, account, kind):
        """The link of this kind that was made last for the account, whether it still works or not."""
        return cls.get_or_none(cls.account_id == account.id, cls.kind == kind)

    @property
    def works(self):
        # A link from the future was made by a clock that was wrong: it may have any age.
        return self.created_at <= now() < self.expires_at

    @classmethod
    def look(cls, kind, token):
        """The link, if it works now. Looking does not use it up: mail scanners open every link."""
        return cls.working(kind, now()).where(cls.token_hash == _hash(token)).first()

    @classmethod
    def working(cls, kind, moment):
        """The links of this kind that work at this moment, whoever they are for."""
        # A link from the future was made by a clock that was wrong: it may have any age.
        return cls.select().where(cls.kind == kind, cls.created_at <= moment, cls.expires_at > moment)

    @classmethod
    def use(cls, kind, token):
        """Use the link up and hand it out; `Refused` when it does not work (any more)."""
        link = cls.look(kind, token)
        # Of two that use it at once, one deletes the row.
        if not link or not cls.delete().where(cls.id == link.id, cls.token_hash == link.token_hash).execute():
            raise Refused(Code.LINK)
        return link

    @classmethod
    def revoke(cls, account):
        cls.delete().where(cls.account_id == account.id).execute()


def _new(kind, new_email):
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now()
    return token, {
        "token_hash": _hash(token), "new_email": new_email,
        "created_at": moment, "expires_at": moment + LIFETIMES[kind],
    }


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
