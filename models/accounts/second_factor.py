"""The second factor of administrators: codes that an app on their phone makes (TOTP, RFC 6238), or a recovery code.

The secret is sealed under app.key. Until a code of it was typed it is only a `Candidate`, which travels in the form.
"""
import base64
import binascii
import contextlib
import datetime
import hmac
import secrets
from typing import NamedTuple

import peewee
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from models import keys
from models.accounts.attempts import Attempt
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.sessions import Session
from models.audit import Actor, Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused, Unreadable
from models.mail import letters, outbox

ISSUER = "Loket"
SECRET_BYTES = 20
DIGITS = 6
STEP = 30
# The clock of a phone may be a step before or behind ours.
STEPS = (0, -1, 1)

_key = None


def use(app_key):
    """Seal secrets under this key; without one no code of an app can be checked."""
    global _key  # noqa: PLW0603
    _key = keys.derive(app_key, "second factor") if app_key else None


class Candidate(NamedTuple):
    """A secret that is being set up. `sealed` goes into the form, for nothing is stored before a code was typed."""

    account_id: int
    secret: bytes
    sealed: str

    @classmethod
    def draw(cls, account):
        """A new one for this account."""
        secret = secrets.token_bytes(SECRET_BYTES)
        sealed = keys.seal(_factor_key(), secret, _context("candidate", account.id))
        return cls(account.id, secret, base64.urlsafe_b64encode(sealed).decode())

    @classmethod
    def open(cls, account, sealed):
        """The one that this form carries; `Refused` where it was altered, or made for another account."""
        key = _factor_key()
        try:
            raw = base64.urlsafe_b64decode(sealed.encode())
            return cls(account.id, keys.unseal(key, raw, _context("candidate", account.id)), sealed)
        except (binascii.Error, Unreadable) as error:
            raise Refused(Code.CANDIDATE) from error

    @property
    def text(self):
        """The secret for who types it over, in groups of four."""
        text = base64.b32encode(self.secret).decode()
        return " ".join(text[start:start + 4] for start in range(0, len(text), 4))

    def address(self, email):
        """What the QR code says: the app then shows this address with its codes."""
        return _totp(self.secret).get_provisioning_uri(email, ISSUER)


class SecondFactor(BaseModel):
    account_id = peewee.IntegerField(primary_key=True)
    sealed_secret = peewee.BlobField()
    last_step = peewee.IntegerField()
    created_at = peewee.DateTimeField()

    @staticmethod
    def needed(account):
        """Whether a password alone does not open this account."""
        return account.role == "administrator"

    @classmethod
    def of(cls, account):
        """The account's second factor, None when it has none (yet)."""
        return cls.get_or_none(cls.account_id == account.id)

    @classmethod
    def readable(cls):
        """Whether a code of an app can be checked at all."""
        return _key is not None

    # Setting up

    @classmethod
    def set_up(cls, account, sealed, code):
        """The first one of this account, once a code of it is typed; its recovery codes, to be shown once."""
        values = cls._values(account, sealed, code)
        # Who has the password alone cannot put a factor of his own over the one that is there.
        with transaction(), refusing(second_factor=Code.FACTOR_THERE):
            cls.insert(account_id=account.id, **values).execute()
            codes = RecoveryCode.renew(account)
            outbox.post(account.email, *letters.factor("set", account.email))
            record(Event.FACTOR_SET, by=account)
        return codes

    @classmethod
    def replace(cls, account, password, code, sealed, new_code, keep_session):
        """Another device instead of the one so far, from the session `keep_session`, the only one that goes on.

        `password` and `code` prove who asks; the recovery codes are new too, and handed out here.
        """
        values = cls._values(account, sealed, new_code)
        account.check_password(password)
        with cls.shown(account, code):
            if not cls.update(**values).where(cls.account_id == account.id).execute():
                raise Refused(Code.NO_FACTOR)
            codes = RecoveryCode.renew(account)
            Session.end_all(account, except_=keep_session)
            outbox.post(account.email, *letters.factor("replaced", account.email))
            record(Event.FACTOR_SET, by=account, replaced=True)
        return codes

    @classmethod
    def _values(cls, account, sealed, code):
        secret = Candidate.open(account, sealed).secret
        step = _step_of(secret, code)
        if step is None:
            raise Refused(Code.NEW_CODE)
        sealed_secret = keys.seal(_factor_key(), secret, _context("secret", account.id))
        return {"sealed_secret": sealed_secret, "last_step": step, "created_at": now()}

    @classmethod
    def renew_codes(cls, account, password, code):
        """New recovery codes, to be shown once; those from before work no more. Proven as in `replace`."""
        account.check_password(password)
        with cls.shown(account, code):
            codes = RecoveryCode.renew(account)
            outbox.post(account.email, *letters.factor("recovery-renewed", account.email))
            record(Event.RECOVERY_CODES_MADE, by=account)
        return codes

    @classmethod
    def remove(cls, account, by=None):
        """Take it from an administrator who lost phone and codes: at the next sign-in a new one is set up."""
        with transaction():
            if not cls.delete().where(cls.account_id == account.id).execute():
                raise Refused(Code.NO_FACTOR)
            RecoveryCode.revoke(account)
            Session.end_all(account, by=by)
            outbox.post(account.email, *letters.factor("removed", account.email))
            record(Event.FACTOR_REMOVED, by=by, province=account.province, account=account.id)

    # Checking

    @classmethod
    def sign_in(cls, waiting, typed, device=""):
        """The session of who shows a right code, as in `shown`, instead of the one that waited for it; its token."""
        with cls.shown(waiting, typed):
            return Session.complete(waiting, device)

    @classmethod
    @contextlib.contextmanager
    def shown(cls, account, typed):
        """A transaction in which the code is used up: one of the app (all digits), or a recovery code.

        `Refused` says 'code' or 'recovery_code' where it is wrong or was used before, 'too_many_codes', and
        'factor_key' where no code of an app can be checked.
        """
        typed = "".join(typed.split())
        door = Actor("nobody", account.id, account.organisation, account.province)
        try:
            attempt = Attempt.count("second-factor", account.id)
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=door)
            # Who is refused waits longer than for a password.
            raise Refused(Code.TOO_MANY_CODES) from None
        use_up = cls._use_code if typed.isdecimal() else cls._use_recovery_code
        try:
            with transaction():
                use_up(account, typed)
                yield
        except Refused as refused:
            if refused.code in (Code.CODE, Code.RECOVERY_CODE):
                record(Event.FACTOR_FAILED, by=door)
            else:
                attempt.forget()
            raise
        attempt.forget_all()

    @classmethod
    def _use_code(cls, account, typed):
        factor = cls.of(account)
        step = _step_of(factor._secret(), typed) if factor else None
        if step is None:
            raise Refused(Code.CODE)
        # Of two that use a code at once, one changes the row.
        used = cls.update(last_step=step).where(cls.account_id == account.id, cls.last_step < step).execute()
        if not used:
            raise Refused(Code.CODE)

    @classmethod
    def _use_recovery_code(cls, account, typed):
        with transaction():
            RecoveryCode.use(account, typed)
            left = RecoveryCode.left(account)
            # Without app.key no mail can be posted, and this is the way in that is left.
            if outbox.can_post():
                outbox.post(account.email, *letters.factor("recovery-used", account.email, left=left))
            record(Event.RECOVERY_CODE_USED, by=account, left=left)

    def _secret(self):
        try:
            return keys.unseal(_factor_key(), bytes(self.sealed_secret), _context("secret", self.account_id))
        except Unreadable:
            raise Refused(Code.FACTOR_KEY) from None

    @classmethod
    def unreadable(cls):
        """How many second factors cannot be opened with the key in use; their recovery codes work."""
        count = 0
        for factor in cls.select():
            try:
                factor._secret()
            except Refused:
                count += 1
        return count


def _step_of(secret, code):
    """The half minute whose code this is, None when it is none of now."""
    code = "".join(code.split())
    moment = int(now().replace(tzinfo=datetime.UTC).timestamp()) // STEP
    right = [moment + step for step in STEPS
             if hmac.compare_digest(_totp(secret).generate((moment + step) * STEP), code.encode())]
    return right[0] if right else None


def _totp(secret):
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what RFC 6238 and every app use


def _factor_key():
    if not _key:
        raise Refused(Code.FACTOR_KEY)
    return _key


def _context(kind, account_id):
    return f"second factor {kind} {account_id}".encode()
