"""The second factor of administrators: codes from an app on their phone (TOTP, RFC 6238), or a recovery code.

The secret is stored sealed under app.key. Until somebody types a code that it made, it is a `Candidate`, which travels
in the form.
"""
import base64
import binascii
import contextlib
import datetime
import hmac
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

import peewee
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from models import keys
from models.accounts.accounts import Account
from models.accounts.attempts import Attempt
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.sessions import Session, SignedIn
from models.audit import Actor, Event, nobody_at, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused, Unreadable
from models.mail import letters, outbox

ISSUER = "Loket"
SECRET_BYTES = 20
DIGITS = 6
STEP = 30
# The clock of a phone may be a step ahead of ours or behind it.
STEPS = (0, -1, 1)

_key: bytes | None = None


def use(app_key: bytes | None) -> None:
    """Seal secrets under this key; without a key no code from an app can be checked."""
    global _key  # noqa: PLW0603
    _key = keys.derive(app_key, "second factor") if app_key else None


class Candidate(NamedTuple):
    """A secret that is being set up. It travels in the form, `sealed`: nothing is stored before a code was typed."""

    secret: bytes
    sealed: str

    @classmethod
    def draw(cls, account: Actor) -> "Candidate":
        """Draw a new secret for this account; raises `Refused` without app.key."""
        return cls.of(account, secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def of(cls, account: Actor, secret: bytes) -> "Candidate":
        """Seal a secret for this account; raises `Refused` without app.key."""
        sealed = keys.seal(_factor_key(), secret, _context("candidate", account.id))
        return cls(secret, base64.urlsafe_b64encode(sealed).decode())

    @classmethod
    def open(cls, account: Actor, sealed: str) -> "Candidate":
        """Open the secret from a form; raises `Refused` if it was altered or made for another account."""
        key = _factor_key()
        try:
            raw = base64.urlsafe_b64decode(sealed.encode())
            return cls(keys.unseal(key, raw, _context("candidate", account.id)), sealed)
        except (binascii.Error, Unreadable) as error:
            raise Refused(Code.CANDIDATE) from error

    @property
    def text(self) -> str:
        """The secret to type into an app by hand, in groups of four."""
        text = base64.b32encode(self.secret).decode()
        return " ".join(text[start:start + 4] for start in range(0, len(text), 4))

    @property
    def code(self) -> str:
        """The code that an app with this secret shows now."""
        return _totp(self.secret).generate(_seconds()).decode()

    def address(self, email: str) -> str:
        """Return the text of the QR code; the app shows this mail address beside its codes."""
        return _totp(self.secret).get_provisioning_uri(email, ISSUER)


class SecondFactor(BaseModel):
    account_id = peewee.IntegerField(primary_key=True)
    sealed_secret = peewee.BlobField()
    last_step = peewee.IntegerField()
    created_at = peewee.DateTimeField()

    @staticmethod
    def needed(account: Account | SignedIn) -> bool:
        """Say whether this account needs a second factor to sign in."""
        return account.limits.second_factor

    @classmethod
    def of(cls, account: Actor) -> "SecondFactor | None":
        """Return the account's second factor, or None if it has not been set up."""
        return cls.get_or_none(cls.account_id == account.id)

    @classmethod
    def readable(cls) -> bool:
        """Say whether codes from an app can be checked: not without app.key."""
        return _key is not None

    # Setting up

    @classmethod
    def set_up(cls, account: Account | SignedIn, sealed: str, code: str) -> list[str]:
        """Store the account's first second factor and return its recovery codes, to be shown once.

        `sealed` is the candidate from the form, and `code` a code that it made. Raises `Refused` for a wrong code, and
        if the account has a second factor by now.
        """
        values = cls._values(account, sealed, code)
        # The database refuses a second row, so that a password alone cannot replace the factor that is there.
        with transaction(), refusing(second_factor=Code.FACTOR_THERE):
            cls.insert(account_id=account.id, **values).execute()
            codes = RecoveryCode.renew(account)
            _tell(account, "set")
            record(Event.FACTOR_SET, by=account)
        return codes

    @classmethod
    def replace_device(cls, account: Account, password: str, code: str, sealed: str, new_code: str,
                       keep_session: int | None) -> list[str]:
        """Replace the device, end the account's sessions but the one with id `keep_session`, and return recovery codes.

        `password` and `code`, of the old device or a recovery code, prove who asks; `sealed` and `new_code` are as in
        `set_up`. Raises `Refused` if one of them is wrong.
        """
        values = cls._values(account, sealed, new_code)
        account.check_password(password)
        with cls.shown(account, code):
            if not cls.update(**values).where(cls.account_id == account.id).execute():
                raise Refused(Code.NO_FACTOR)
            codes = RecoveryCode.renew(account)
            Session.end_all(account, except_=keep_session)
            _tell(account, "replaced")
            record(Event.FACTOR_SET, by=account, replaced=True)
        return codes

    @classmethod
    def _values(cls, account: Actor, sealed: str, code: str) -> dict[str, Any]:
        secret = Candidate.open(account, sealed).secret
        step = _step_of(secret, code)
        if step is None:
            raise Refused(Code.NEW_CODE)
        sealed_secret = keys.seal(_factor_key(), secret, _context("secret", account.id))
        return {"sealed_secret": sealed_secret, "last_step": step, "created_at": now()}

    @classmethod
    def renew_codes(cls, account: Account, password: str, code: str) -> list[str]:
        """Make new recovery codes in place of the old ones and return them, to be shown once.

        `password` and `code` prove who asks: raises `Refused` if one of them is wrong.
        """
        account.check_password(password)
        with cls.shown(account, code):
            codes = RecoveryCode.renew(account)
            _tell(account, "recovery-renewed")
            record(Event.RECOVERY_CODES_MADE, by=account)
        return codes

    @classmethod
    def remove(cls, account: Account, by: Actor | None = None) -> None:
        """Remove the second factor of somebody who lost phone and codes; the next sign-in sets up a new one.

        Raises `Refused` if the factor is absent.
        """
        with transaction():
            if not cls.delete().where(cls.account_id == account.id).execute():
                raise Refused(Code.NO_FACTOR)
            RecoveryCode.revoke(account)
            Session.end_all(account, by=by)
            _tell(account, "removed")
            record(Event.FACTOR_REMOVED, by=by, province=account.province, tenant_id=account.tenant_id,
                   account=account.id)

    # Checking

    @classmethod
    def sign_in(cls, waiting: SignedIn, typed: str, device: str = "") -> str:
        """Start a session in place of `waiting` and return its token; raises `Refused` as `shown` does."""
        with cls.shown(waiting, typed):
            return Session.complete(waiting, device)

    @classmethod
    @contextlib.contextmanager
    def shown(cls, account: Account | SignedIn, typed: str) -> Iterator[None]:
        """Open a transaction in which a code is used up: a code from an app, all digits, or a recovery code.

        Raises `Refused` with CODE or RECOVERY_CODE if it is wrong or was used before, with TOO_MANY_CODES after too
        many attempts, and with FACTOR_KEY without the key to check a code from an app.
        """
        typed = "".join(typed.split())
        somebody = nobody_at(account)
        try:
            attempt = Attempt.count("second-factor", account.id)
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=somebody)
            # A code of its own, because this takes longer to end than the limit on passwords.
            raise Refused(Code.TOO_MANY_CODES) from None
        use_up = cls._use_code if typed.isdecimal() else cls._use_recovery_code
        try:
            with transaction():
                use_up(account, typed)
                yield
        except Refused as refused:
            if refused.code in (Code.CODE, Code.RECOVERY_CODE):
                record(Event.FACTOR_FAILED, by=somebody)
            else:
                attempt.forget()
            raise
        attempt.forget_all()

    @classmethod
    def _use_code(cls, account: Account | SignedIn, typed: str) -> None:
        factor = cls.of(account)
        step = _step_of(factor._secret(), typed) if factor else None
        if step is None:
            raise Refused(Code.CODE)
        # Of two simultaneous uses, only one changes the row.
        used = cls.update(last_step=step).where(cls.account_id == account.id, cls.last_step < step).execute()
        if not used:
            raise Refused(Code.CODE)

    @classmethod
    def _use_recovery_code(cls, account: Account | SignedIn, typed: str) -> None:
        with transaction():
            RecoveryCode.use(account, typed)
            left = RecoveryCode.left(account)
            # Without app.key no mail can be posted, and a recovery code is the only way left to sign in.
            if outbox.can_post():
                _tell(account, "recovery-used", left=left)
            record(Event.RECOVERY_CODE_USED, by=account, left=left)

    def _secret(self) -> bytes:
        try:
            return keys.unseal(_factor_key(), bytes(self.sealed_secret), _context("secret", self.account_id))
        except Unreadable:
            raise Refused(Code.FACTOR_KEY) from None

    @classmethod
    def unreadable(cls) -> int:
        """Return how many second factors the key in use does not open; their recovery codes still work."""
        count = 0
        for factor in cls.select():
            try:
                factor._secret()
            except Refused:
                count += 1
        return count


def _tell(account: Account | SignedIn, change: str, **values: int) -> None:
    """Mail the account that its second factor changed, if it has an address; see `letters.factor`."""
    if account.email:
        outbox.post(account.email, *letters.factor(change, account.email, **values))


def _step_of(secret: bytes, code: str) -> int | None:
    """Return the number of the half minute of this code, or None if it is not a code of about now."""
    code = "".join(code.split())
    moment = _seconds() // STEP
    right = [moment + step for step in STEPS
             if hmac.compare_digest(_totp(secret).generate((moment + step) * STEP), code.encode())]
    return right[0] if right else None


def _seconds() -> int:
    return int(now().replace(tzinfo=datetime.UTC).timestamp())


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what RFC 6238 and every app use


def _factor_key() -> bytes:
    if not _key:
        raise Refused(Code.FACTOR_KEY)
    return _key


def _context(kind: str, account_id: int | None) -> bytes:
    return f"second factor {kind} {account_id}".encode()
