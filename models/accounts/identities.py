"""Identities: accounts that another service signs in, by its address (issuer) and its name for somebody (subject).

A mail address is never an identity: the service may give it to somebody else.
"""
import peewee

from models.accounts.accounts import Account
from models.audit import Actor, Event, record
from models.database import BaseModel, now, transaction


class Identity(BaseModel):
    issuer = peewee.TextField()
    subject = peewee.TextField()
    account_id = peewee.IntegerField()
    created_at = peewee.DateTimeField(default=now)

    class Meta:
        primary_key = peewee.CompositeKey("issuer", "subject")

    @classmethod
    def add(cls, account: Account, issuer: str, subject: str, by: Actor | None = None) -> "Identity":
        """Let this service sign the account in. Raises IntegrityError if the identity is of an account already."""
        with transaction():
            identity = cls.create(issuer=issuer, subject=subject, account_id=account.id)
            record(Event.IDENTITY_ADDED, by=by, account=account.id)
        return identity

    @classmethod
    def account_of(cls, issuer: str, subject: str) -> Account | None:
        """Return the account with this identity that may sign in now: not blocked, and with a grant; or None."""
        found = cls.get_or_none(cls.issuer == issuer, cls.subject == subject)
        account = found and Account.get_by_id(found.account_id)
        return account if account and not account.blocked and account.grants else None
