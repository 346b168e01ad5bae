"""Deleted clients: absent at once from every list, count and export, and restorable for 30 days.

The rows leave their tables and are kept with the deletion, so no query has to exclude them (docs/decisions/0064).
"""
import datetime
from typing import Self

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.requests import REASONS, DeletionRequest
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client, recount_incomplete
from models.arbeidszorg.register.periods import Period
from models.audit import Actor, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Refused
from models.organisations import Organisation

# The reasons of deletions: those of requests, and the organisation's own after the retention term (retention.py).
RETENTION = "retention"
LABELS = REASONS | {RETENTION: "Bewaartermijn voorbij"}
KEPT = datetime.timedelta(days=30)
# Constraints that a restored client breaks if an old number of it, or its form key, was used again meanwhile.
TAKEN = {"old_number": ArbeidszorgCode.RESTORE_TAKEN, "former_number": ArbeidszorgCode.RESTORE_TAKEN,
         "form_key": ArbeidszorgCode.RESTORE_SENT_AGAIN}


class Deletion(BaseModel):
    client_number = peewee.IntegerField()
    organisation = peewee.ForeignKeyField(Organisation)
    account_id = peewee.IntegerField(null=True)
    request = peewee.ForeignKeyField(DeletionRequest, null=True)
    reason = peewee.TextField()
    registered_at = peewee.DateTimeField()
    first_year = peewee.IntegerField(null=True)
    last_year = peewee.IntegerField(null=True)
    kept_rows = peewee.TextField(null=True)
    deleted_at = peewee.DateTimeField(default=now)
    restored_at = peewee.DateTimeField(null=True)
    purged_at = peewee.DateTimeField(null=True)

    @classmethod
    def make(cls, client: Client | int, reason: str, by: Actor | None = None,
             request: DeletionRequest | None = None) -> Self:
        """Delete a client, given itself or its number, and approve its request if one is pending.

        Raises `Refused` if the request is no longer pending, if the client is deleted already, or if a move of it to
        another organisation is pending.
        """
        if reason not in REASONS:
            raise Refused(ArbeidszorgCode.REASON, value=reason)
        with refusing(client_move_undecided=ArbeidszorgCode.CLIENT_MOVE_FIRST), transaction():
            row = locked(
                Client.select(Client.number, Client.organisation, Client.created_at)
                .where(Client.number == getattr(client, "number", client))).first()
            request = request or (row and DeletionRequest.pending(row))
            if request:
                request.approve(by)
            if row is None:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            return cls.take_out(row, reason, by, request)

    @classmethod
    def take_out(cls, client: Client, reason: str, by: Actor | None, request: DeletionRequest | None) -> Self:
        """Move the rows of a client to a new deletion. Call it in a transaction that locked the client's row."""
        deletion = cls.create(
            client_number=client.number, organisation=client.organisation_id, account_id=by and by.id,
            request=request, reason=reason, registered_at=client.created_at,
            kept_rows=kept_rows.taken(client.number), **_years(client))
        kept_rows.keep_name(client.number)
        kept_rows.remove(client.number)
        record(ArbeidszorgEvent.CLIENT_DELETED, by=by, organisation=client.organisation, subject=client.number,
               reason=reason)
        return deletion

    def restore(self, by: Actor | None = None) -> None:
        """Restore the client as it was; raises `Refused` after 30 days, or if its old number was given again."""
        with refusing(**TAKEN), transaction():
            deletion = locked(Deletion.select().where(Deletion.id == self.id)).get()
            if deletion.restored_at:
                raise Refused(ArbeidszorgCode.ALREADY_RESTORED)
            if deletion.kept_rows is None or deletion.ends_at <= now():
                raise Refused(ArbeidszorgCode.RESTORE_LATE)
            (Deletion.update(kept_rows=None, restored_at=now())
             .where(Deletion.id == self.id).execute())
            kept_rows.put_back(deletion.kept_rows, deletion.client_number)
            # The questionnaire may have gained or lost questions since.
            recount_incomplete(deletion.client_number)
            record(ArbeidszorgEvent.CLIENT_RESTORED, by=by, organisation=deletion.organisation,
                   subject=deletion.client_number)

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment after which the client is purged and can no longer be restored."""
        return self.deleted_at + KEPT

    @property
    def days_left(self) -> int:
        """The number of days during which the client can still be restored; a part of a day counts as one."""
        return max(0, -((now() - self.ends_at) // datetime.timedelta(days=1)))

    @classmethod
    def one(cls, province: str, deletion_id: int) -> Self | None:
        """Return the deletion with this id; None if it is not of the province."""
        return cls.of_province(province).where(cls.id == deletion_id).first()

    @classmethod
    def of_client(cls, province: str, number: int) -> Self | None:
        """Return the deletion of the province's client with this number; None if it is not deleted."""
        return cls.of_province(province).where(cls.client_number == number, cls.restored_at.is_null()).first()

    @classmethod
    def is_deleted(cls, organisation_id: int, number: int) -> bool:
        """Say whether the organisation had the client with this number, and it is deleted."""
        deleted = cls.select(cls.id).where(
            cls.organisation == organisation_id, cls.client_number == number, cls.restored_at.is_null())
        return bool(deleted.exists())

    @classmethod
    def of_province(cls, province: str) -> peewee.ModelSelect:
        """Return all deletions of a province, newest first, each with its organisation, without the kept rows."""
        shown = [field for field in cls._meta.sorted_fields if field is not cls.kept_rows]
        return (cls.select(*shown, Organisation)
                .join(Organisation)
                .where(Organisation.province == province)
                .order_by(cls.id.desc()))

    @classmethod
    def in_trash(cls, province: str) -> peewee.ModelSelect:
        """Return the deletions of a province that can be restored or are due to be purged."""
        return cls.of_province(province).where(cls.kept_rows.is_null(False))

    @classmethod
    def purged(cls, province: str) -> peewee.ModelSelect:
        """Return the purged deletions of a province."""
        return cls.of_province(province).where(cls.purged_at.is_null(False))

    @classmethod
    def due(cls) -> peewee.ModelSelect:
        """Return the deletions of all provinces that are due to be purged."""
        return cls.select().where(cls.kept_rows.is_null(False), cls.deleted_at <= now() - KEPT).order_by(cls.id)


def _years(client: Client) -> dict[str, int | None]:
    """Return the first and the last year of guidance; the last is None while a period has no end."""
    periods = list(Period.of(client))
    ends = [period.end_date for period in periods]
    return {
        "first_year": min((period.start_date.year for period in periods), default=None),
        "last_year": max((end.year for end in ends), default=None) if None not in ends else None,
    }
