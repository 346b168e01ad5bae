"""Requests to delete a client: an organisation asks, its province's administrator decides."""
import peewee

from models.arbeidszorg.values import clean_remark
from models.audit import Event, record
from models.database import BaseModel, Refused, now, refusing, transaction

REASONS = {
    "double": "Dubbel geregistreerd",
    "not-guided": "Nooit begeleid",
    "wrong-organisation": "Bij de verkeerde organisatie geregistreerd",
    "other": "Andere reden",
}
PENDING = "pending"


class DeletionRequest(BaseModel):
    client_number = peewee.IntegerField()
    organisation_id = peewee.IntegerField()
    account_id = peewee.IntegerField()
    reason = peewee.TextField()
    remark = peewee.TextField(default="")
    status = peewee.TextField(default=PENDING)
    answer = peewee.TextField(default="")
    decided_by = peewee.IntegerField(null=True)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def ask(cls, client, reason, remark, by):
        """Ask that a client be deleted; `Refused` while an earlier request still waits."""
        if reason not in REASONS:
            raise Refused("reason", value=reason)
        remark = clean_remark(remark or "")
        if waiting := cls.pending(client):
            raise Refused("already_asked", request=waiting)
        # The second of two simultaneous ones meets the database's own rule.
        with refusing(already_asked="deletion_request"), transaction():
            request = cls.create(
                client_number=client.number, organisation_id=client.organisation_id, account_id=by.id, reason=reason,
                remark=remark)
            record(Event.DELETION_REQUESTED, by=by, organisation=client.organisation, client=client, reason=reason)
        return request

    @classmethod
    def pending(cls, client):
        """The request that still waits, if there is one."""
        return cls.get_or_none(cls.client_number == client.number, cls.status == PENDING)
