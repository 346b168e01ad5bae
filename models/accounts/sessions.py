"""Sessions: a random token in the cookie, its hash in the database, limits that the server keeps."""
import contextlib
import datetime
import functools
import hashlib
import secrets
from typing import NamedTuple

import peewee

from models.audit import Event, record
from models.database import BaseModel, as_moment, database, now, transaction
from models.errors import Code, Refused

TOKEN_BYTES = 32
DEVICE_LENGTH = 100
# Signed out after so long without a request, and after so long in all.
IDLE = {"organisation": datetime.timedelta(minutes=60), "administrator": datetime.timedelta(minutes=15)}
ABSOLUTE = {"organisation": datetime.timedelta(hours=12), "administrator": datetime.timedelta(hours=8)}
# How long somebody has, after the password, to show the second factor.
TO_SHOW_FACTOR = datetime.timedelta(minutes=10)
# A request within this time of the noted one writes nothing.
SEEN_EVERY = datetime.timedelta(minutes=1)

_FIND = """
  SELECT s.id, s.created_at, s.seen_at, a.id, a.role, a.email, a.province, o.id, o.name, o.province
  FROM session s
  JOIN account a ON a.id = s.account_id
  LEFT JOIN organisation o ON o.id = a.organisation_id
  WHERE s.token_hash = ? AND s.ended_at IS NULL AND NOT a.blocked"""
# The hottest statement of all: written out once, for building it takes longer than running it.
FIND = f"{_FIND} AND NOT s.awaits_factor"
FIND_WAITING = f"{_FIND} AND s.awaits_factor"
SEEN = "UPDATE session SET seen_at = ? WHERE id = ?"


class OwnOrganisation(NamedTuple):
    """As much of the organisation as each request needs."""

    id: int
    name: str
    province: str


class SignedIn(NamedTuple):
    """Who makes a request; stands for the `Account` wherever one acts (`by`)."""

    session_id: int
    account_id: int
    role: str
    email: str
    province: str
    organisation: OwnOrganisation | None

    @property
    def id(self):
        return self.account_id

    @property
    def organisation_id(self):
        return self.organisation.id if self.organisation else None

    @property
    def organisation_name(self):
        return self.organisation.name if self.organisation else None


class Session(BaseModel):
    token_hash = peewee.TextField()
    account_id = peewee.IntegerField()
    device = peewee.TextField(default="")
    created_at = peewee.DateTimeField()
    seen_at = peewee.DateTimeField()
    ended_at = peewee.DateTimeField(null=True)
    awaits_factor = peewee.BooleanField(default=False)

    @classmethod
    def start(cls, account, device="", awaits_factor=False):
        """A new session of the account; its token is handed out here and never again.

        One that awaits the second factor opens nothing: it only says for whom the password was right.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        moment = now()
        with transaction():
            # Of the same kind: who only began to sign in has not signed in since the last time.
            cls.delete().where(cls.account_id == account.id, cls.awaits_factor == awaits_factor,
                               cls.created_at < moment - ABSOLUTE[account.role]).execute()
            cls.insert(token_hash=_hash(token), account_id=account.id, device=device[:DEVICE_LENGTH],
                       created_at=moment, seen_at=moment, awaits_factor=awaits_factor).execute()
            if not awaits_factor:
                record(Event.SIGNED_IN, by=account)
        return token

    @classmethod
    def complete(cls, waiting, device=""):
        """The second factor was shown: a session with a token of its own, instead of `waiting`."""
        with transaction():
            # Ended meanwhile: signed out, blocked, or another password.
            if not cls._open(waiting).where(cls.id == waiting.session_id, cls.awaits_factor).execute():
                raise Refused(Code.WAITED_TOO_LONG)
            return cls.start(waiting, device)

    @classmethod
    def find(cls, token):
        """The `SignedIn` whose token this is; None when it has ended, outlived a limit, or its account is blocked."""
        row = database.execute_sql(_statement(FIND, database.param), (_hash(token),)).fetchone()
        if not row:
            return None
        session_id, created_at, seen_at, _account_id, role, *_ = row
        moment = now()
        seen_at = as_moment(seen_at)
        if not _within_limits(role, as_moment(created_at), seen_at, moment):
            return None
        if moment - seen_at >= SEEN_EVERY:
            _seen(session_id, moment)
        return _signed_in(row)

    @classmethod
    def find_waiting(cls, token):
        """Who gave the right password and still has to show the second factor.

        None where `find` gives none, and after ten minutes.
        """
        row = database.execute_sql(_statement(FIND_WAITING, database.param), (_hash(token),)).fetchone()
        waited = now() - as_moment(row[1]) if row else None
        return _signed_in(row) if row and datetime.timedelta(0) <= waited < TO_SHOW_FACTOR else None

    @classmethod
    def end(cls, token):
        """Sign out: the token is worth nothing from here on."""
        signed_in = cls.find(token)
        with transaction():
            ended = cls.update(ended_at=now()).where(cls.token_hash == _hash(token), cls.ended_at.is_null()).execute()
            if ended and signed_in:
                record(Event.SIGNED_OUT, by=signed_in)

    @classmethod
    def end_one(cls, account, session_id):
        """End one session of the account from another; False when it has no such open session."""
        with transaction():
            ended = cls._open(account).where(cls.id == session_id).execute()
            if ended:
                record(Event.SESSION_ENDED, by=account)
        return bool(ended)

    @classmethod
    def end_all(cls, account, except_=None, by=None):
        """End the account's sessions but the one with id `except_`; how many there were."""
        with transaction():
            ended = cls._open(account).where(cls.id != (except_ or 0)).execute()
            if ended:
                record(Event.SESSIONS_ENDED, by=by or account, organisation=account.organisation,
                       province=account.province, account=account.id, sessions=ended)
        return ended

    @classmethod
    def _open(cls, account):
        return cls.update(ended_at=now()).where(cls.account_id == account.id, cls.ended_at.is_null())

    @classmethod
    def last_start(cls, account):
        """When somebody last signed in with this login; None where nobody ever did."""
        started = cls.select(peewee.fn.MAX(cls.created_at)).where(cls.account_id == account.id, ~cls.awaits_factor)
        return started.scalar()

    @classmethod
    def of(cls, account):
        """The sessions of the account that are open now, the last used first."""
        moment = now()
        return (
            cls.select()
            .where(cls.account_id == account.id, cls.ended_at.is_null(), ~cls.awaits_factor)
            .where(cls.created_at.between(moment - ABSOLUTE[account.role], moment))
            .where(cls.seen_at.between(moment - IDLE[account.role], moment))
            .order_by(cls.seen_at.desc(), cls.id.desc())
        )


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


@functools.cache
def _statement(sql, param):
    return sql.replace("?", param)


def _signed_in(row):
    session_id, _created_at, _seen_at, account_id, role, email, province, *organisation = row
    own = OwnOrganisation(*organisation) if organisation[0] is not None else None
    return SignedIn(session_id, account_id, role, email, province or own.province, own)


def _within_limits(role, created_at, seen_at, moment):
    # What is stamped later than now was stamped by a clock that was wrong: it may have any age.
    if created_at > moment or seen_at > moment:
        return False
    return moment - created_at < ABSOLUTE[role] and moment - seen_at < IDLE[role]


def _seen(session_id, moment):
    # A full disk must not stop reading: not noted, the session only ends sooner.
    with contextlib.suppress(peewee.OperationalError):
        database.execute_sql(_statement(SEEN, database.param), (moment, session_id))
