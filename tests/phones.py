"""An administrator's authenticator app, written from RFC 6238 and independent of Loket's own code."""
import base64
import datetime
import hashlib
import hmac
import re
import struct
from types import SimpleNamespace

from models.accounts.second_factor import Candidate, SecondFactor
from models.database import now

STEP = datetime.timedelta(seconds=30)


class Phone:
    """Makes the codes of a secret, given as the text that a user types into the app."""

    def __init__(self, text):
        self.secret = base64.b32decode(re.sub(r"\s", "", text))

    def code(self, steps=0):
        """The code of this moment, or of `steps` half minutes later."""
        counter = int((now() + steps * STEP).replace(tzinfo=datetime.UTC).timestamp()) // 30
        digest = hmac.digest(self.secret, struct.pack(">Q", counter), hashlib.sha1)
        number, = struct.unpack_from(">I", digest, digest[-1] & 0x0F)
        return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"

    def wrong(self):
        """Six digits that are not a code of these minutes."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(code for code in map("{:06}".format, range(10)) if code not in near)


def factor_of(account):
    """Set up the account's second factor; returns its `phone` and recovery `codes`, none of which was used."""
    candidate = Candidate.draw(account)
    phone = Phone(candidate.text)
    codes = SecondFactor.set_up(account, candidate.sealed, phone.code())
    SecondFactor.update(last_step=0).where(SecondFactor.account_id == account.id).execute()
    return SimpleNamespace(phone=phone, codes=codes)


def check(account, typed):
    """Check a code as at signing in, and do nothing more."""
    with SecondFactor.shown(account, typed):
        pass
