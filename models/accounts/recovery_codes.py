"""Recovery codes: for an administrator whose phone is gone. Each works once.

They are long enough for a plain hash, and need no key: they open the door when app.key is missing too.
"""
import base64
import hashlib
import secrets

import peewee

from models.database import BaseModel, now
from models.errors import Code, Refused

HOW_MANY = 10
# 120 bits, 24 letters and digits of base 32.
BYTES = 15
GROUP = 4
# What is easily misread has no other meaning: base 32 has no 0, 1 or 8.
MISREAD = str.maketrans("018", "OIB")


class RecoveryCode(BaseModel):
    code_hash = peewee.TextField(primary_key=True)
    account_id = peewee.IntegerField()
    created_at = peewee.DateTimeField()

    @classmethod
    def renew(cls, account):
        """New codes instead of those that the account has; they are handed out here and never again."""
        codes = [_draw() for _ in range(HOW_MANY)]
        moment = now()
        cls.revoke(account)
        cls.insert_many([{"code_hash": _hash(code), "account_id": account.id, "created_at": moment}
                         for code in codes]).execute()
        return codes

    @classmethod
    def use(cls, account, typed):
        """Use a code up; `Refused` when the account has no such code (any more)."""
        # Of two that use it at once, one deletes the row.
        if not cls.delete().where(cls.account_id == account.id, cls.code_hash == _hash(typed)).execute():
            raise Refused(Code.RECOVERY_CODE)

    @classmethod
    def left(cls, account):
        """How many codes the account still has."""
        return cls.select().where(cls.account_id == account.id).count()

    @classmethod
    def revoke(cls, account):
        cls.delete().where(cls.account_id == account.id).execute()


def _draw():
    text = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return "-".join(text[start:start + GROUP] for start in range(0, len(text), GROUP))


def _hash(code):
    bare = "".join(sign for sign in code.upper() if sign.isalnum()).translate(MISREAD)
    return hashlib.sha256(bare.encode()).hexdigest()
