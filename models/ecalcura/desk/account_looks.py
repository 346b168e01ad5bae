"""Each look of the desk at the whole number of a bank account: the login, the moment and the reason."""
from collections.abc import Iterable

import peewee

from models.audit import Actor
from models.database import BaseModel, now


class AccountLook(BaseModel):
    """A look at the number of a bank account. The database refuses to change or delete one."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    bank_account_id = peewee.IntegerField()
    account_id = peewee.IntegerField()
    reason = peewee.TextField()
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "bank_account_look"


def keep(bank_accounts: Iterable[tuple[int, int]], reason: str, by: Actor) -> None:
    """Keep, in the transaction that is open, that somebody of the desk got these numbers: (facility, id) of each."""
    moment = now()
    for facility_id, bank_account_id in bank_accounts:
        AccountLook.create(facility_id=facility_id, bank_account_id=bank_account_id, account_id=by.id, reason=reason,
                           made_at=moment)
