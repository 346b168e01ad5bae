"""Sessions: a random token in the cookie, its hash in the database, limits that the server keeps."""
import contextlib
import datetime
import functools
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

import peewee

from models.accounts import roles
from models.accounts.grants import Grant
from models.accounts.roles import Limits
from models.audit import NOBODY, Actor, Event, record
from models.database import BaseModel, as_moment, at_once, database, now, transaction
from models.errors import Code, Refused

TOKEN_BYTES = 32
DEVICE_LENGTH = 100
# The time that somebody has, after the password, to show the second factor.
TO_SHOW_FACTOR = datetime.timedelta(minutes=10)
# The time of the last request is written at most this often.
SEEN_EVERY = datetime.timedelta(minutes=1)

# A row for each grant of the account. Python looks which count now: that takes less time than to bind moments.
_FIND = """
  SELECT s.id, s.created_at, s.seen_at, s.grant_id, a.id, a.email,
    g.since, g.until, a.local, g.id, g.wing, g.role, g.province, g.tenant_id, o.name, o.province
  FROM session s
  JOIN account a ON a.id = s.account_id
  JOIN account_grant g ON g.account_id = a.id
  LEFT JOIN organisation o ON o.id = g.tenant_id
  WHERE s.token_hash = ? AND s.ended_at IS NULL AND NOT a.blocked"""
# Every request runs this statement. It is written out, because building it takes longer than running it.
FIND = f"{_FIND} AND NOT s.awaits_factor ORDER BY g.id"
FIND_WAITING = f"{_FIND} AND s.awaits_factor ORDER BY g.id"
SEEN = "UPDATE session SET seen_at = ? WHERE id = ?"


class OwnOrganisation(NamedTuple):
    """The part of the organisation that every request needs."""

    id: int
    name: str
    province: str


class Held(NamedTuple):
    """A grant of the account that makes a request: its id, the code of its role, and its scope."""

    id: int
    role: str
    province: str | None
    tenant_id: int | None
    organisation: OwnOrganisation | None


class SignedIn(NamedTuple):
    """The account that makes a request, and its session. It acts (`by`) as an `Account` does, by one of its grants.

    Until somebody with several grants has chosen one, `grant_id` is None and `role` is 'nobody'.
    """

    session_id: int
    account_id: int
    role: str
    email: str | None
    province: str | None
    tenant_id: int | None
    organisation: OwnOrganisation | None
    grant_id: int | None
    grants: tuple[Held, ...]

    @property
    def id(self) -> int:
        """The id of the account."""
        return self.account_id

    @property
    def limits(self) -> Limits:
        """The strictest limits of its grants."""
        return roles.strictest([grant.role for grant in self.grants])

    def by(self, grant: Held) -> "SignedIn":
        """Return the account as it acts by this one of its grants."""
        return self._replace(role=grant.role, province=grant.province, tenant_id=grant.tenant_id,
                             organisation=grant.organisation, grant_id=grant.id)

    @property
    def organisation_id(self) -> int | None:
        """The id of the organisation, None for an administrator."""
        return self.organisation.id if self.organisation else None


class Person(Actor, Protocol):
    """An actor who has an account: an `Account`, or the `SignedIn` of a request."""

    @property
    def limits(self) -> Limits:
        """The strictest limits of its grants."""


class Session(BaseModel):
    id = peewee.AutoField()
    token_hash = peewee.TextField()
    account_id = peewee.IntegerField()
    grant_id = peewee.IntegerField(null=True)
    device = peewee.TextField(default="")
    created_at = peewee.DateTimeField()
    seen_at = peewee.DateTimeField()
    ended_at = peewee.DateTimeField(null=True)
    awaits_factor = peewee.BooleanField(default=False)

    @classmethod
    def start(cls, account: Person, device: str = "", awaits_factor: bool = False) -> str:
        """Start a session of the account and return its token, the only time that it can be read.

        A session that awaits the second factor opens no page: it only tells whose password was right. An account with
        one grant, apart from grants `beside` it, acts by it; else somebody chooses one, unless addresses say which.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        moment = now()
        with transaction():
            # Only sessions of the same kind: beginning to sign in must not remove the time of the last sign-in.
            cls.delete().where(cls.account_id == account.id, cls.awaits_factor == awaits_factor,
                               cls.created_at < moment - account.limits.absolute).execute()
            held = [grant for grant in Grant.current(Grant.account_id == account.id) if grant.counts]
            own = [grant for grant in held if not roles.is_beside(grant.code)] or held
            one = len(own) == 1 or (own and _all_addressed(grant.code for grant in own))
            grant_id = own[0].id if one else None
            cls.insert(token_hash=_hash(token), account_id=account.id, grant_id=grant_id, device=device[:DEVICE_LENGTH],
                       created_at=moment, seen_at=moment, awaits_factor=awaits_factor).execute()
            if grant_id and not awaits_factor:
                record(Event.SIGNED_IN, by=account)
        return token

    @classmethod
    def choose(cls, token: str, grant_id: int) -> bool:
        """Let the session with this token act by another grant of its account; return False for any other grant."""
        signed_in = cls.find(token)
        if not signed_in or grant_id not in [grant.id for grant in signed_in.grants]:
            return False
        if grant_id != signed_in.grant_id:
            with transaction():
                cls.update(grant_id=grant_id).where(cls.id == signed_in.session_id).execute()
                chosen = cls.find(token)
                if chosen is None:
                    return False
                record(Event.SIGNED_IN, by=chosen)
        return True

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
        moment = now()
        found = _signed_in(FIND, token, moment)
        if not found:
            return None
        signed_in, created_at, seen_at, limits = found
        if not _within_limits(limits, created_at, seen_at, moment):
            return None
        if moment - seen_at >= SEEN_EVERY:
            _note_request(signed_in.session_id, moment)
        return signed_in

    @classmethod
    def find_waiting(cls, token: str) -> SignedIn | None:
        """Return who gave the right password and still has to show the second factor.

        None if the session has ended or the account is blocked, and after ten minutes.
        """
        moment = now()
        found = _signed_in(FIND_WAITING, token, moment)
        return found[0] if found and datetime.timedelta(0) <= moment - found[1] < TO_SHOW_FACTOR else None

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
                       tenant_id=account.tenant_id, province=account.province, account=account.id, sessions=ended)
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
    def of(cls, account: Person) -> "peewee.ModelSelect[Session]":
        """Select the sessions of the account that are open now, the last used first."""
        moment = now()
        return (
            cls.select()
            .where(cls.account_id == account.id, cls.ended_at.is_null(), ~cls.awaits_factor)
            .where(cls.created_at.between(moment - account.limits.absolute, moment))
            .where(cls.seen_at.between(moment - account.limits.idle, moment))
            .order_by(cls.seen_at.desc(), cls.id.desc())
        )


@functools.lru_cache(maxsize=1024)
def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@functools.cache
def _statement(sql: str, param: str) -> str:
    return sql.replace("?", param)


def _signed_in(sql: str, token: str, moment: datetime.datetime,
               ) -> tuple[SignedIn, datetime.datetime, datetime.datetime, Limits] | None:
    """Return whose session this is, when it began and was last used, and its limits; None without a grant to act by."""
    rows = database.execute_sql(_statement(sql, database.param), (_hash(token),)).fetchall()
    if not rows:
        return None
    session_id, created_at, seen_at, chosen, account_id, email = rows[0][:6]
    began, lasting = as_moment(created_at), [row for row in rows if _counts(row, moment)]
    # A grant given since then needs another sign-in, which asks what its role asks; its limits hold at once.
    grants = tuple([_held(*row[9:]) for row in lasting if as_moment(row[6]) <= began])
    if not grants:
        return None
    by = next((grant for grant in grants if grant.id == chosen), None)
    if by is None and _all_addressed(grant.role for grant in grants):
        by = grants[0]
    role, province, tenant_id, organisation = by[1:] if by else (NOBODY.role, None, None, None)
    signed_in = SignedIn(session_id, account_id, role, email, province, tenant_id, organisation, by and by.id, grants)
    limits = roles.strictest([f"{row[10]}:{row[11]}" for row in lasting])
    return signed_in, began, as_moment(seen_at), limits


def _all_addressed(codes: Iterable[str]) -> bool:
    return all(role is not None and role.addressed for role in map(roles.of, codes))


def _counts(row: tuple[Any, ...], moment: datetime.datetime) -> bool:
    since, until = as_moment(row[6]), as_moment(row[7])
    return since <= moment and (until is None or until > moment) and roles.counts(
        f"{row[10]}:{row[11]}", row[8], since, until)


def _held(grant_id: int, wing: str, role: str, province: str | None, tenant_id: int | None,
          name: str | None, its_province: str) -> Held:
    if tenant_id is None or name is None:
        return Held(grant_id, f"{wing}:{role}", province, tenant_id, None)
    return Held(
        grant_id, f"{wing}:{role}", its_province, tenant_id, OwnOrganisation(tenant_id, name, its_province))


def _within_limits(limits: Limits, created_at: datetime.datetime, seen_at: datetime.datetime,
                   moment: datetime.datetime) -> bool:
    # A time in the future was written by a clock that was wrong: the session may have any age.
    if created_at > moment or seen_at > moment:
        return False
    return moment - created_at < limits.absolute and moment - seen_at < limits.idle


def _note_request(session_id: int, moment: datetime.datetime) -> None:
    # Neither a full disk nor a lock may keep anybody from reading. If it is not written, the next request tries again.
    with contextlib.suppress(peewee.OperationalError), at_once():
        database.execute_sql(_statement(SEEN, database.param), (moment, session_id))
