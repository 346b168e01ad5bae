"""Withdrawn periods ('Verkeerd toegevoegd'): absent at once from every list and count, and restorable for 30 days.

The rows leave their tables and are kept with the withdrawal, as those of a deleted client (docs/decisions/0090).
"""
import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Self

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.audit import Actor, record
from models.database import END_OF_TIME, BaseModel, locked, now, transaction
from models.errors import Refused
from models.organisations import Organisation


class Withdrawal(BaseModel):
    period_id = peewee.IntegerField()
    client_number = peewee.IntegerField()
    organisation = peewee.ForeignKeyField(Organisation)
    organisation_id: int
    account_id = peewee.IntegerField(null=True)
    added_at = peewee.DateTimeField()
    first_year = peewee.IntegerField()
    last_year = peewee.IntegerField(null=True)
    kept_rows = peewee.TextField(null=True)
    withdrawn_at = peewee.DateTimeField(default=now)
    restored_at = peewee.DateTimeField(null=True)
    purged_at = peewee.DateTimeField(null=True)

    @classmethod
    def make(cls, period: Period, by: Actor | None = None) -> Self:
        """Withdraw a period and record it; raises `Refused` if the period is not there any more."""
        with transaction():
            client = _locked_client(period.client_number)
            current = client and Period.get_or_none(Period.id == period.id, Period.client == client.number)
            if client is None or current is None:
                raise Refused(ArbeidszorgCode.PERIOD_GONE)
            withdrawal = cls.create(
                period_id=current.id, client_number=client.number, organisation=client.organisation_id,
                account_id=by and by.id, added_at=current.created_at, kept_rows=kept_rows.taken_period(current.id),
                first_year=current.start_date.year, last_year=current.end_date and current.end_date.year)
            kept_rows.remove_period(current.id)
            record(ArbeidszorgEvent.PERIOD_WITHDRAWN, by=by, organisation=client.organisation, subject=client.number,
                   period=current.id)
        return withdrawal

    def restore(self, by: Actor | None = None) -> None:
        """Restore the period as it was and record it.

        Raises `Refused` after 30 days, while its client is not there, and if it overlaps another period or begins
        before the birth date by now.
        """
        with transaction():
            client = _locked_client(self.client_number)
            withdrawal = locked(Withdrawal.select().where(Withdrawal.id == self.id)).get()
            if withdrawal.restored_at:
                raise Refused(ArbeidszorgCode.PERIOD_RESTORED)
            if withdrawal.kept_rows is None or not withdrawal.days_left:
                raise Refused(ArbeidszorgCode.PERIOD_RESTORE_LATE)
            if client is None:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            _check_against_client(client, withdrawal.period)
            Withdrawal.update(kept_rows=None, restored_at=now()).where(Withdrawal.id == self.id).execute()
            kept_rows.put_back_period(withdrawal.kept_rows, withdrawal.client_number)
            record(ArbeidszorgEvent.PERIOD_RESTORED, by=by, organisation=client.organisation, subject=client.number,
                   period=withdrawal.period_id)

    @property
    def period(self) -> Period:
        """The period as it was, while its rows are kept; it is not in the database."""
        row = kept_rows.period(self.kept_rows)
        end = row["end_date"]
        return Period(
            id=row["id"], client=self.client_number, hours=Decimal(row["hours"]) / 100,
            start_date=datetime.date.fromisoformat(row["start_date"]),
            end_date=end and datetime.date.fromisoformat(end),
            closing_reason=row["closing_reason"], outlook=row["outlook"])

    @property
    def days_left(self) -> int:
        """The number of days during which the period can still be restored; a part of a day counts as one."""
        return max(0, -((now() - self.withdrawn_at - KEPT) // datetime.timedelta(days=1)))

    @classmethod
    def of_client(cls, number: int) -> "peewee.ModelSelect[Withdrawal]":
        """Select the withdrawals of the client with this number whose rows are kept, the newest first."""
        return cls.select().where(cls.client_number == number, cls.kept_rows.is_null(False)).order_by(cls.id.desc())

    @classmethod
    def one(cls, number: int, withdrawal_id: int) -> "Withdrawal | None":
        """Return the withdrawal of the client with this number that has this id, or None."""
        return cls.select().where(cls.client_number == number, cls.id == withdrawal_id).first()

    @classmethod
    def is_withdrawn(cls, number: int, period_id: int) -> bool:
        """Say whether the client with this number had this period, and it is withdrawn."""
        found = cls.select().where(
            cls.client_number == number, cls.period_id == period_id, cls.restored_at.is_null())
        return bool(found.exists())

    @classmethod
    def due(cls, numbers: Collection[int] = ()) -> "peewee.ModelSelect[Withdrawal]":
        """Select the withdrawals that are due to be purged, and all of the clients with these numbers."""
        old = cls.withdrawn_at <= now() - KEPT
        return cls.select().where(
            cls.kept_rows.is_null(False), old | cls.client_number.in_(list(numbers))).order_by(cls.id)


def _locked_client(number: int) -> Client | None:
    # Without the name: administrators withdraw and restore too.
    columns = (Client.number, Client.organisation, Client.birth_date)
    return locked(Client.select(*columns).where(Client.number == number)).first()


def _check_against_client(client: Client, period: Period) -> None:
    if client.birth_date is not None and period.start_date < client.birth_date:
        raise Refused(ArbeidszorgCode.PERIOD_RESTORE_BIRTH)
    other = (Period.of(client)
             .where(Period.start_date <= (period.end_date or END_OF_TIME))
             .where(peewee.fn.COALESCE(Period.end_date, END_OF_TIME) >= period.start_date)
             .first())
    if other:
        raise Refused(ArbeidszorgCode.PERIOD_RESTORE_OVERLAP, period=other)
