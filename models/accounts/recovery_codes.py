"""Recovery codes: an administrator without a phone signs in with one. Each works once.

They are long enough to be stored as a plain hash. They need no key, so they work when app.key is missing too.
"""
import base64
import hashlib
import secrets

import peewee

from models.audit import Actor
from models.database import BaseModel, now
from models.errors import Code, Refused

HOW_MANY = 10
# 120 bits, 24 letters and digits of base 32.
BYTES = 15
GROUP = 4
# Base 32 has no 0, 1 or 8: whoever types one misread a letter.
MISREAD = str.maketrans("018", "OIB")


class RecoveryCode(BaseModel):
    code_hash = peewee.TextField(primary_key=True)
    account_id = peewee.IntegerField()
    created_at = peewee.DateTimeField()

    @classmethod
    def renew(cls, account: Actor) -> list[str]:
        """Make new codes in place of the account's own and return them, the only time that they can be shown."""
        codes = [_draw() for _ in range(HOW_MANY)]
        moment = now()
        cls.revoke(account)
        cls.insert_many([{"code_hash": _hash(code), "account_id": account.id, "created_at": moment}
                         for code in codes]).execute()
        return codes

    @classmethod
    def use(cls, account: Actor, typed: str) -> None:
        """Use a code up; raises `Refused` if the account does not have this code (any more)."""
        # Of two simultaneous uses, only one deletes the row.
        if not cls.delete().where(cls.account_id == account.id, cls.code_hash == _hash(typed)).execute():
            raise Refused(Code.RECOVERY_CODE)

    @classmethod
    def left(cls, account: Actor) -> int:
        """Return how many codes the account has left."""
        return cls.select().where(cls.account_id == account.id).count()

    @classmethod
    def revoke(cls, account: Actor) -> None:
        """Delete the account's codes."""
        cls.delete().where(cls.account_id == account.id).execute()


def _draw() -> str:
    text = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return "-".join(text[start:start + GROUP] for start in range(0, len(text), GROUP))


def _hash(code: str) -> str:
    bare = "".join(character for character in code.upper() if character.isalnum()).translate(MISREAD)
    return hashlib.sha256(bare.encode()).hexdigest()
