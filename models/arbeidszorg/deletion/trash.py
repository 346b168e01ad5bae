"""Deleted clients: gone from every list, count and export at once, and for 30 days to be put back.

The rows themselves are taken out and kept with the deletion, so no query has to leave them out (docs/decisions/0064).
"""
import datetime

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.requests import REASONS, DeletionRequest
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.clients import Client, recount_incomplete
from models.arbeidszorg.register.periods import Period
from models.audit import Event, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Refused
from models.organisations import Organisation

KEPT = datetime.timedelta(days=30)
# The rules that stand in the way where somebody was given the old number, or sent the same form again, meanwhile.
TAKEN = {"old_number": ArbeidszorgCode.RESTORE_TAKEN, "form_key": ArbeidszorgCode.RESTORE_SENT_AGAIN}


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
    def make(cls, client, reason, by=None, request=None):
        """Delete a client (or its number), by its request or without one; a request that waits is approved with it.

        `Refused` where the request was decided already, or the client is gone.
        """
        if reason not in REASONS:
            raise Refused(ArbeidszorgCode.REASON, value=reason)
        with transaction():
            client = locked(
                Client.select(Client.number, Client.organisation, Client.created_at)
                .where(Client.number == getattr(client, "number", client))).first()
            request = request or (client and DeletionRequest.pending(client))
            if request:
                request.approve(by)
            if client is None:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            deletion = cls.create(
                client_number=client.number, organisation=client.organisation_id, account_id=by and by.id,
                request=request, reason=reason, registered_at=client.created_at,
                kept_rows=kept_rows.taken(client.number), **_years(client))
            kept_rows.keep_name(client.number)
            kept_rows.remove(client.number)
            record(Event.CLIENT_DELETED, by=by, organisation=client.organisation, client=client, reason=reason)
        return deletion

    def restore(self, by=None):
        """Put the client back as it was; `Refused` after 30 days, or where its place is taken."""
        with refusing(**TAKEN), transaction():
            deletion = locked(Deletion.select().where(Deletion.id == self.id)).get()
            if deletion.restored_at:
                raise Refused(ArbeidszorgCode.ALREADY_RESTORED)
            if deletion.kept_rows is None or deletion.ends_at <= now():
                raise Refused(ArbeidszorgCode.RESTORE_LATE)
            (Deletion.update(kept_rows=None, restored_at=now())
             .where(Deletion.id == self.id).execute())
            kept_rows.put_back(deletion.kept_rows, deletion.client_number)
            # The questionnaire may ask more or less than it did.
            recount_incomplete(deletion.client_number)
            record(Event.CLIENT_RESTORED, by=by, organisation=deletion.organisation, client=deletion.client_number)

    @property
    def ends_at(self):
        """From when on it is not put back, but purged."""
        return self.deleted_at + KEPT

    @property
    def days_left(self):
        """How many days it can still be put back, the last one counted whole."""
        return max(0, -((now() - self.ends_at) // datetime.timedelta(days=1)))

    @classmethod
    def one(cls, province, deletion_id):
        """The deletion with this id of a province; None where it has none of it."""
        return cls.of_province(province).where(cls.id == deletion_id).first()

    @classmethod
    def of_client(cls, province, number):
        """The deletion by which a province's client with this number is gone; None where it is not."""
        return cls.of_province(province).where(cls.client_number == number, cls.restored_at.is_null()).first()

    @classmethod
    def of_province(cls, province):
        """Every deletion of a province, the newest first, each with its organisation; without the rows kept in it."""
        shown = [field for field in cls._meta.sorted_fields if field is not cls.kept_rows]
        return (cls.select(*shown, Organisation)
                .join(Organisation)
                .where(Organisation.province == province)
                .order_by(cls.id.desc()))

    @classmethod
    def in_trash(cls, province):
        """Those that can still be put back, or wait for the purge."""
        return cls.of_province(province).where(cls.kept_rows.is_null(False))

    @classmethod
    def purged(cls, province):
        """What stays of those that were purged."""
        return cls.of_province(province).where(cls.purged_at.is_null(False))

    @classmethod
    def due(cls):
        """Those that are to be purged now."""
        return cls.select().where(cls.kept_rows.is_null(False), cls.deleted_at <= now() - KEPT).order_by(cls.id)


def _years(client):
    """The first and last year of guidance; no last one where a period has no end."""
    periods = list(Period.of(client))
    ends = [period.end_date for period in periods]
    return {
        "first_year": min((period.start_date.year for period in periods), default=None),
        "last_year": max((end.year for end in ends), default=None) if None not in ends else None,
    }
