"""Sessions: a random token in the cookie, its hash in the database, limits that the server keeps."""
import contextlib
import datetime
import functools
import hashlib
import secrets
from typing import Any, NamedTuple

import peewee

from models.audit import Actor, Event, record
from models.database import BaseModel, as_moment, database, now, transaction
from models.errors import Code, Refused

TOKEN_BYTES = 32
DEVICE_LENGTH = 100
# A session ends after this time without a request, and after this time in any case.
IDLE = {"organisation": datetime.timedelta(minutes=60), "administrator": datetime.timedelta(minutes=15)}
ABSOLUTE = {"organisation": datetime.timedelta(hours=12), "administrator": datetime.timedelta(hours=8)}
# The time that somebody has, after the password, to show the second factor.
TO_SHOW_FACTOR = datetime.timedelta(minutes=10)
# The time of the last request is written at most this often.
SEEN_EVERY = datetime.timedelta(minutes=1)

_FIND = """
  SELECT s.id, s.created_at, s.seen_at, a.id, a.role, a.email, a.province, o.id, o.name, o.province
  FROM session s
  JOIN account a ON a.id = s.account_id
  LEFT JOIN organisation o ON o.id = a.organisation_id
  WHERE s.token_hash = ? AND s.ended_at IS NULL AND NOT a.blocked"""
# Every request runs this statement. It is written out, because building it takes longer than running it.
FIND = f"{_FIND} AND NOT s.awaits_factor"
FIND_WAITING = f"{_FIND} AND s.awaits_factor"
SEEN = "UPDATE session SET seen_at = ? WHERE id = ?"


class OwnOrganisation(NamedTuple):
    """The part of the organisation that every request needs."""

    id: int
    name: str
    province: str


class SignedIn(NamedTuple):
    """The account that makes a request, and its session. It acts (`by`) as an `Account` does."""

    session_id: int
    account_id: int
    role: str
    email: str
    province: str
    organisation: OwnOrganisation | None

    @property
    def id(self) -> int:
        """The id of the account."""
        return self.account_id

    @property
    def organisation_id(self) -> int | None:
        """The id of the organisation, None for an administrator."""
        return self.organisation.id if self.organisation else None

    @property
    def organisation_name(self) -> str | None:
        """The name of the organisation, None for an administrator."""
        return self.organisation.name if self.organisation else None


class Session(BaseModel):
    id = peewee.AutoField()
    token_hash = peewee.TextField()
    account_id = peewee.IntegerField()
    device = peewee.TextField(default="")
    created_at = peewee.DateTimeField()
    seen_at = peewee.DateTimeField()
    ended_at = peewee.DateTimeField(null=True)
    awaits_factor = peewee.BooleanField(default=False)

    @classmethod
    def start(cls, account: Actor, device: str = "", awaits_factor: bool = False) -> str:
        """Start a session of the account and return its token, the only time that it can be read.

        A session that awaits the second factor opens no page: it only tells whose password was right.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        moment = now()
        with transaction():
            # Only sessions of the same kind: beginning to sign in must not remove the time of the last sign-in.
            cls.delete().where(cls.account_id == account.id, cls.awaits_factor == awaits_factor,
                               cls.created_at < moment - ABSOLUTE[account.role]).execute()
            cls.insert(token_hash=_hash(token), account_id=account.id, device=device[:DEVICE_LENGTH],
                       created_at=moment, seen_at=moment, awaits_factor=awaits_factor).execute()
            if not awaits_factor:
                record(Event.SIGNED_IN, by=account)
        return token

    @classmethod
    def complete(cls, waiting: SignedIn, device: str = "") -> str:
        """Start a session in place of `waiting`, once the second factor was shown, and return its token.

        Raises `Refused` if `waiting` has ended meanwhile: signed out, blocked, or by a new password.
        """
        with transaction():
            if not cls._open(waiting).where(cls.id == waiting.session_id, cls.awaits_factor).execute():
                raise Refused(Code.WAITED_TOO_LONG)
            return cls.start(waiting, device)

    @classmethod
    def find(cls, token: str) -> SignedIn | None:
        """Return whose session this token is of; None if it has ended, passed a limit, or the account is blocked."""
        row = database.execute_sql(_statement(FIND, database.param), (_hash(token),)).fetchone()
        if not row:
            return None
        session_id, created_at, seen_at, _account_id, role, *_ = row
        moment = now()
        seen_at = as_moment(seen_at)
        if not _within_limits(role, as_moment(created_at), seen_at, moment):
            return None
        if moment - seen_at >= SEEN_EVERY:
            _note_request(session_id, moment)
        return _signed_in(row)

    @classmethod
    def find_waiting(cls, token: str) -> SignedIn | None:
        """Return who gave the right password and still has to show the second factor.

        None if the session has ended or the account is blocked, and after ten minutes.
        """
        row = database.execute_sql(_statement(FIND_WAITING, database.param), (_hash(token),)).fetchone()
        if not row or not datetime.timedelta(0) <= now() - as_moment(row[1]) < TO_SHOW_FACTOR:
            return None
        return _signed_in(row)

    @classmethod
    def end(cls, token: str) -> None:
        """End the session with this token, and record that its account signed out."""
        signed_in = cls.find(token)
        with transaction():
            ended = cls.update(ended_at=now()).where(cls.token_hash == _hash(token), cls.ended_at.is_null()).execute()
            if ended and signed_in:
                record(Event.SIGNED_OUT, by=signed_in)

    @classmethod
    def end_one(cls, account: Actor, session_id: int) -> bool:
        """End one open session of the account; return False if the account has no open session with this id."""
        with transaction():
            ended = cls._open(account).where(cls.id == session_id).execute()
            if ended:
                record(Event.SESSION_ENDED, by=account)
        return bool(ended)

    @classmethod
    def end_all(cls, account: Actor, except_: int | None = None, by: Actor | None = None) -> int:
        """End the account's open sessions but the one with id `except_`, and return how many ended."""
        with transaction():
            ended = cls._open(account).where(cls.id != (except_ or 0)).execute()
            if ended:
                record(Event.SESSIONS_ENDED, by=by or account, organisation=account.organisation,
                       province=account.province, account=account.id, sessions=ended)
        return ended

    @classmethod
    def _open(cls, account: Actor) -> peewee.ModelUpdate:
        return cls.update(ended_at=now()).where(cls.account_id == account.id, cls.ended_at.is_null())

    @classmethod
    def last_start(cls, account: Actor) -> datetime.datetime | None:
        """Return when somebody last signed in with this login, or None if nobody did."""
        started: Any = cls.select(peewee.fn.MAX(cls.created_at)).where(cls.account_id == account.id, ~cls.awaits_factor)
        last: datetime.datetime | None = started.scalar()
        return last

    @classmethod
    def of(cls, account: Actor) -> "peewee.ModelSelect[Session]":
        """Select the sessions of the account that are open now, the last used first."""
        moment = now()
        return (
            cls.select()
            .where(cls.account_id == account.id, cls.ended_at.is_null(), ~cls.awaits_factor)
            .where(cls.created_at.between(moment - ABSOLUTE[account.role], moment))
            .where(cls.seen_at.between(moment - IDLE[account.role], moment))
            .order_by(cls.seen_at.desc(), cls.id.desc())
        )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@functools.cache
def _statement(sql: str, param: str) -> str:
    return sql.replace("?", param)


def _signed_in(row: tuple[Any, ...]) -> SignedIn:
    session_id, _created_at, _seen_at, account_id, role, email, province, *organisation = row
    own = OwnOrganisation(*organisation) if organisation[0] is not None else None
    return SignedIn(session_id, account_id, role, email, own.province if own else province, own)


def _within_limits(role: str, created_at: datetime.datetime, seen_at: datetime.datetime,
                   moment: datetime.datetime) -> bool:
    # A time in the future was written by a clock that was wrong: the session may have any age.
    if created_at > moment or seen_at > moment:
        return False
    return moment - created_at < ABSOLUTE[role] and moment - seen_at < IDLE[role]


def _note_request(session_id: int, moment: datetime.datetime) -> None:
    # A full disk must not prevent reading. If this is not written, the session only ends sooner.
    with contextlib.suppress(peewee.OperationalError):
        database.execute_sql(_statement(SEEN, database.param), (moment, session_id))
