"""Requests to delete a client: an organisation asks, its province's administrator decides."""
import re
import unicodedata

import peewee

from models import names
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.values import clean_remark
from models.audit import Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Refused
from models.organisations import Organisation

REASONS = {
    "double": "Dubbel geregistreerd",
    "not-guided": "Nooit begeleid",
    "wrong-organisation": "Bij de verkeerde organisatie geregistreerd",
    "other": "Andere reden",
}
PENDING, WITHDRAWN, REFUSED, APPROVED = "pending", "withdrawn", "refused", "approved"
SHORTEST_WORD = 3
# The second of two simultaneous requests, and one for a client that is deleted by now, meet these constraints.
CONSTRAINTS = {
    "deletion_request_without_client": ArbeidszorgCode.CLIENT_GONE, "deletion_request": ArbeidszorgCode.ALREADY_ASKED}
# Words of family names that stand in any sentence.
PARTICLES = {"van", "den", "der", "ten", "ter", "het", "des"}


class DeletionRequest(BaseModel):
    client_number = peewee.IntegerField()
    organisation = peewee.ForeignKeyField(Organisation)
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
            raise Refused(ArbeidszorgCode.REASON, value=reason)
        remark = clean_remark(remark or "")
        # An old number was chosen freely: it may be a name.
        if word := word_of_name(client.name, remark) or word_of_name(client.old_number, remark):
            raise Refused(ArbeidszorgCode.REMARK_NAME, word=word)
        if waiting := cls.pending(client):
            raise Refused(ArbeidszorgCode.ALREADY_ASKED, request=waiting)
        with refusing(**CONSTRAINTS), transaction():
            request = cls.create(
                client_number=client.number, organisation=client.organisation_id, account_id=by.id, reason=reason,
                remark=remark)
            record(Event.DELETION_REQUESTED, by=by, organisation=client.organisation, client=client, reason=reason)
        return request

    @classmethod
    def pending(cls, client):
        """The request that still waits, if there is one."""
        return cls.get_or_none(cls.client_number == client.number, cls.status == PENDING)

    @classmethod
    def latest(cls, client):
        """The last request for this client, whatever came of it."""
        return cls.select().where(cls.client_number == client.number).order_by(cls.id.desc()).first()

    @classmethod
    def of_province(cls, province):
        """The requests that wait in a province, the oldest first, each with its organisation."""
        return cls._of(province).where(cls.status == PENDING).order_by(cls.created_at, cls.id)

    @classmethod
    def one(cls, province, request_id):
        """The request with this id of a province, whatever came of it; None where it has none of it."""
        return cls._of(province).where(cls.id == request_id).first()

    @classmethod
    def _of(cls, province):
        return cls.select(cls, Organisation).join(Organisation).where(Organisation.province == province)

    def withdraw(self, by):
        """The organisation takes its request back; `Refused` when it was decided already."""
        with transaction():
            self._settle(WITHDRAWN)
            record(Event.DELETION_WITHDRAWN, by=by, organisation=self.organisation, client=self.client_number)

    def refuse(self, answer, by=None):
        """Refuse it, with a word back for the organisation; `Refused` when it was decided already."""
        answer = clean_remark(answer or "")
        if not answer:
            raise Refused(ArbeidszorgCode.ANSWER)
        with transaction():
            self._settle(REFUSED, answer=answer, decided_by=by and by.id)
            record(Event.DELETION_REFUSED, by=by, organisation=self.organisation, client=self.client_number)

    def approve(self, by=None):
        """Within the transaction that deletes the client: trash.py."""
        self._settle(APPROVED, decided_by=by and by.id)

    def _settle(self, status, **values):
        # Of two that decide at the same moment one changes the row.
        settled = (DeletionRequest
                   .update(status=status, changed_at=now(), **values)
                   .where(DeletionRequest.id == self.id, DeletionRequest.status == PENDING)
                   .execute())
        if not settled:
            raise Refused(ArbeidszorgCode.REQUEST_DECIDED, request=DeletionRequest.get_by_id(self.id))


def word_of_name(name, text):
    """A word of the name that stands in the text, None where there is none or the name cannot be read."""
    if not name or name == names.UNREADABLE:
        return None
    own = set(_words(name)) - PARTICLES
    return next((word for plain, word in _words(text).items() if plain in own), None)


def _words(text):
    """The words of a text: without accents and capitals → as it stands there."""
    found = {}
    for word in re.findall(r"[^\W\d_]+", text):
        plain = "".join(part for part in unicodedata.normalize("NFKD", word.casefold()) if part.isalpha())
        if len(plain) >= SHORTEST_WORD:
            found.setdefault(plain, word)
    return found
