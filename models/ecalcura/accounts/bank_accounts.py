"""Bank accounts of facilities. The database refuses to change or delete what was written: a new one ends the old one.

IBAN and holder are sealed under the key of the facility. `masked` shows a number without opening it.
"""
import datetime
import json
from collections.abc import Iterable

import peewee

from models import names
from models.database import BaseModel, now
from models.days import local_day, start_of_day
from models.ecalcura.accounts import numbers
from models.ecalcura.facilities.facilities import Facility

PROPOSED, CONFIRMED, WITHDRAWN, REFUSED = "proposed", "confirmed", "withdrawn", "refused"
RAAS, PROPOSAL = "raas", "proposal"
SEALED_IN = "bank_account"
# A payment list flags an account that was confirmed less than this time before it [P].
LATELY = datetime.timedelta(days=10)


class BankAccount(BaseModel):
    """A bank account of a facility. One of RaaS has no proposer until somebody takes it over."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    state = peewee.TextField(default=PROPOSED)
    source = peewee.TextField(default=PROPOSAL)
    sealed = peewee.BlobField()
    masked = peewee.TextField(default="")
    proposer_id = peewee.IntegerField(null=True)
    proposed_at = peewee.DateTimeField(null=True)
    valid_from = peewee.DateField(null=True)
    # The desk is asked to confirm it, because the proposer is alone.
    asked_at = peewee.DateTimeField(null=True)
    decider_id = peewee.IntegerField(null=True)
    decided_at = peewee.DateTimeField(null=True)
    by_desk = peewee.BooleanField(default=False)
    # When the desk called back, and which role it spoke to.
    called_on = peewee.DateField(null=True)
    called = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    # Counts the confirmed accounts of the facility.
    ordinal = peewee.IntegerField(null=True)
    form_key = peewee.TextField(null=True)
    created_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "bank_account"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[BankAccount]":
        """Select the accounts of a facility, in the order in which they came."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.id)

    @classmethod
    def waiting(cls, facility: Facility) -> "peewee.ModelSelect[BankAccount]":
        """Select the accounts of a facility about which nobody has decided."""
        return cls.of(facility).where(cls.state == PROPOSED)

    @classmethod
    def confirmed(cls, facility: Facility) -> "peewee.ModelSelect[BankAccount]":
        """Select the accounts of a facility that were confirmed, in that order."""
        return cls.of(facility).where(cls.state == CONFIRMED).order_by(cls.ordinal)

    @classmethod
    def one(cls, facility: Facility, account_id: int) -> "BankAccount | None":
        """Return the account of the facility with this id, or None."""
        return cls.of(facility).where(cls.id == account_id).first()

    @classmethod
    def last_confirmed(cls, facility: Facility) -> "BankAccount | None":
        """Return the account that was confirmed last: in use, or from its first day on."""
        return cls.confirmed(facility).order_by(cls.ordinal.desc()).first()

    @classmethod
    def waiting_for_desk(cls) -> "peewee.ModelSelect[BankAccount]":
        """Select the accounts that the desk is asked to confirm, the longest waiting first."""
        return cls.select().where(cls.state == PROPOSED, cls.asked_at.is_null(False)).order_by(cls.asked_at, cls.id)

    @classmethod
    def confirmed_lately(cls, day: datetime.date) -> "peewee.ModelSelect[BankAccount]":
        """Select the accounts of all facilities that `changed_lately` says of a day, the newest first."""
        since = start_of_day(day - LATELY + datetime.timedelta(days=1))
        return cls.select().where(cls.state == CONFIRMED, cls.decided_at >= since).order_by(
            cls.decided_at.desc(), cls.id.desc())

    @classmethod
    def add(cls, facility_id: int, number: str, holder: str, **values: object) -> "BankAccount":
        """Insert a proposed account, in the transaction that is open; raises `Refused` without the names' key."""
        added = cls.create(facility_id=facility_id, masked=numbers.masked(number), sealed=b"", **values)
        # The number is sealed together with the id of the row, which the database has just given out.
        content = json.dumps([number, holder], ensure_ascii=False).encode()
        added.sealed = names.seal_bytes(facility_id, added.id, SEALED_IN, content)
        added.save()
        return added

    @classmethod
    def take_from_raas(cls, facility_id: int, number: str, holder: str) -> None:
        """Add the account that RaaS had, in the transaction that is open, unless an earlier run did."""
        if not cls.select().where(cls.facility_id == facility_id, cls.source == RAAS).exists():
            cls.add(facility_id, number, holder, source=RAAS)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided about it."""
        return self.state == PROPOSED

    @property
    def is_unproposed(self) -> bool:
        """Whether it came from RaaS, and waits for somebody who proposes it."""
        return self.is_waiting and self.proposer_id is None

    def opened(self) -> tuple[str, str]:
        """Return IBAN and holder, decrypted; raises `Refused` without the names' key."""
        number, holder = json.loads(names.open_bytes(self.facility_id, self.id, SEALED_IN, bytes(self.sealed)))
        return number, holder


def in_use(facility_ids: Iterable[int], day: datetime.date) -> dict[int, BankAccount]:
    """Return facility id → the confirmed account that is in use on a day; a facility without one is left out."""
    begun = BankAccount.select().where(
        BankAccount.facility_id.in_(list(facility_ids)), BankAccount.state == CONFIRMED,
        BankAccount.valid_from <= day).order_by(BankAccount.ordinal)
    # The last one of a facility stays: each confirmed account begins on the first day of the one before it, or later.
    return {account.facility_id: account for account in begun}


def changed_lately(account: BankAccount, day: datetime.date) -> bool:
    """Say whether an account was confirmed less than ten days before a day, and deserves a second look."""
    return account.decided_at is not None and day - local_day(account.decided_at) < LATELY


def last_days(accounts: Iterable[BankAccount]) -> dict[int, datetime.date]:
    """Return id → last day of each of these accounts of a facility that another one ends or will end."""
    confirmed = sorted((one for one in accounts if one.ordinal), key=lambda one: one.ordinal)
    return {one.id: later.valid_from - datetime.timedelta(days=1)
            for one, later in zip(confirmed, confirmed[1:], strict=False)}
