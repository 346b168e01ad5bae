"""Requests to delete a client: an organisation asks, its province's administrator decides."""
import re
import unicodedata
from typing import Any, Self

import peewee

from models import names
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.register.values import clean_remark
from models.audit import Actor, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Refused
from models.organisations import Organisation

DOUBLE = "double"
REASONS = {
    DOUBLE: "Dubbel geregistreerd",
    "not-guided": "Nooit begeleid",
    "wrong-organisation": "Bij de verkeerde organisatie geregistreerd",
    "other": "Andere reden",
}
PENDING, WITHDRAWN, REFUSED, APPROVED = "pending", "withdrawn", "refused", "approved"
SHORTEST_WORD = 3
# Constraints that a second simultaneous request breaks, and a request for a client deleted meanwhile.
CONSTRAINTS = {
    "deletion_request_without_client": ArbeidszorgCode.CLIENT_GONE, "deletion_request": ArbeidszorgCode.ALREADY_ASKED}
# Words of family names that ordinary sentences use too.
PARTICLES = {"van", "den", "der", "ten", "ter", "het", "des"}


class DeletionRequest(BaseModel):
    client_number = peewee.IntegerField()
    organisation = peewee.ForeignKeyField(Organisation)
    organisation_id: int
    account_id = peewee.IntegerField()
    reason = peewee.TextField()
    remark = peewee.TextField(default="")
    other_number = peewee.IntegerField(null=True)
    status = peewee.TextField(default=PENDING)
    answer = peewee.TextField(default="")
    decided_by = peewee.IntegerField(null=True)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def ask(cls, client: Client, reason: str, remark: str | None, by: Any, other_number: int | None = None) -> Self:
        """Request the deletion of a client; raises `Refused` while an earlier request is pending.

        `other_number` is the number of the other registration of the same person, for the reason 'double'.
        """
        if reason not in REASONS:
            raise Refused(ArbeidszorgCode.REASON, value=reason)
        remark = clean_remark(remark or "")
        if word := identifying_word(client, remark):
            raise Refused(ArbeidszorgCode.REMARK_NAME, word=word)
        if other_number is not None and (
                other_number == client.number or Client.one(client.organisation_id, other_number) is None):
            raise Refused(ArbeidszorgCode.OTHER_NUMBER, value=other_number)
        if waiting := cls.pending(client):
            raise Refused(ArbeidszorgCode.ALREADY_ASKED, request=waiting)
        with refusing(**CONSTRAINTS), transaction():
            request = cls.create(
                client_number=client.number, organisation=client.organisation_id, account_id=by.id, reason=reason,
                remark=remark, other_number=other_number)
            record(ArbeidszorgEvent.DELETION_REQUESTED, by=by, organisation=client.organisation,
                   subject=client.number, reason=reason)
        return request

    @classmethod
    def pending(cls, client: Client) -> Self | None:
        """Return the client's pending request, or None."""
        return cls.get_or_none(cls.client_number == client.number, cls.status == PENDING)

    @classmethod
    def latest(cls, client: Client) -> Self | None:
        """Return the last request of the client's organisation, whatever its status, or None."""
        # A client that moved here may have been the subject of a request of another organisation.
        own = (cls.client_number == client.number) & (cls.organisation == client.organisation_id)
        return cls.select().where(own).order_by(cls.id.desc()).first()

    @classmethod
    def of_province(cls, province: str) -> peewee.ModelSelect:
        """Return the pending requests of a province, oldest first, each with its organisation."""
        return cls._of(province).where(cls.status == PENDING).order_by(cls.created_at, cls.id)

    @classmethod
    def one(cls, province: str, request_id: int) -> Self | None:
        """Return the request with this id, whatever its status; None if it is not of the province."""
        return cls._of(province).where(cls.id == request_id).first()

    @classmethod
    def _of(cls, province: str) -> peewee.ModelSelect:
        return cls.select(cls, Organisation).join(Organisation).where(Organisation.province == province)

    @property
    def current_other_number(self) -> int | None:
        """The number by which the other registration is in the register today, at the same organisation, or None.

        It may have been merged with a third one since; not with this client, whose request keeps it from merging.
        """
        if self.other_number is None:
            return None
        goes_on = FormerNumber.goes_on(self.organisation_id, self.other_number)
        other = Client.select(Client.number).where(
            Client.organisation == self.organisation_id, Client.number == (goes_on or self.other_number))
        return other.scalar()

    def withdraw(self, by: Any) -> None:
        """Withdraw the organisation's own request; raises `Refused` if it is no longer pending."""
        with transaction():
            self._settle(WITHDRAWN)
            record(ArbeidszorgEvent.DELETION_WITHDRAWN, by=by, organisation=self.organisation,
                   subject=self.client_number)

    def refuse(self, answer: str | None, by: Actor | None = None) -> None:
        """Refuse the request with an answer for the organisation; raises `Refused` if it is no longer pending."""
        answer = clean_remark(answer or "")
        if not answer:
            raise Refused(ArbeidszorgCode.ANSWER)
        with transaction():
            self._settle(REFUSED, answer=answer, decided_by=by and by.id)
            record(ArbeidszorgEvent.DELETION_REFUSED, by=by, organisation=self.organisation, subject=self.client_number)

    def approve(self, by: Actor | None = None) -> None:
        """Approve the request. Call it in the transaction that deletes the client (trash.py)."""
        self._settle(APPROVED, decided_by=by and by.id)

    def _settle(self, status: str, **values: Any) -> None:
        # Of two simultaneous decisions only one finds the request pending.
        settled = (DeletionRequest
                   .update(status=status, changed_at=now(), **values)
                   .where(DeletionRequest.id == self.id, DeletionRequest.status == PENDING)
                   .execute())
        if not settled:
            raise Refused(ArbeidszorgCode.REQUEST_DECIDED, request=DeletionRequest.get_by_id(self.id))


def identifying_word(client: Client, text: str) -> str | None:
    """Return a word of the client's name, or of one of its old numbers, as it occurs in the text; None without any."""
    # An old number was chosen freely: it may be a name.
    words = (word_of_name(own, text) for own in (client.name, *client.old_numbers()))
    return next(filter(None, words), None)


def word_of_name(name: str | None, text: str) -> str | None:
    """Return a word of the name as it occurs in the text; None if no word does, or the name cannot be read."""
    if not name or name == names.UNREADABLE:
        return None
    own = set(_words(name)) - PARTICLES
    return next((word for plain, word in _words(text).items() if plain in own), None)


def _words(text: str) -> dict[str, str]:
    """Return the words of a text: the word without accents and capitals → the word as typed."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", text):
        plain = "".join(part for part in unicodedata.normalize("NFKD", word.casefold()) if part.isalpha())
        if len(plain) >= SHORTEST_WORD:
            found.setdefault(plain, word)
    return found
