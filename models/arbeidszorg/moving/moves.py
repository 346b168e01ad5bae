"""Moves of a client to another organisation: an administrator proposes, the sender agrees, the receiver accepts.

relocation.py makes the changes of an acceptance (docs/decisions/0093).
"""
import functools
from typing import Any, Self

import peewee
from peewee import fn

from models.arbeidszorg.deletion.requests import DeletionRequest, identifying_word
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.moving.relocation import relocate
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.values import clean_remark
from models.arbeidszorg.without_names.client import ClientDetails, ClientWithoutName
from models.audit import Actor, record, record_reading
from models.compiled import Statement, parameter
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Refused
from models.organisations import Organisation

PROPOSED, AGREED, DONE, REFUSED, CANCELLED = "proposed", "agreed", "done", "refused", "cancelled"
PENDING = (PROPOSED, AGREED)
# Constraints that a second simultaneous proposal breaks, and a proposal for a client that left meanwhile.
CONSTRAINTS = {
    "client_move_without_client": ArbeidszorgCode.CLIENT_GONE, "client_move": ArbeidszorgCode.CLIENT_MOVE_PENDING}
# In a query of moves: the organisation that receives.
Receiver = Organisation.alias("receiver")


class ClientMove(BaseModel):
    id = peewee.AutoField()
    client_number = peewee.IntegerField()
    from_organisation = peewee.ForeignKeyField(Organisation, backref="+")
    from_organisation_id: int
    to_organisation = peewee.ForeignKeyField(Organisation, backref="+")
    to_organisation_id: int
    status = peewee.TextField(default=PROPOSED)
    remark = peewee.TextField(default="")
    answer = peewee.TextField(default="")
    proposed_by = peewee.IntegerField(null=True)
    agreed_by = peewee.IntegerField(null=True)
    ended_by = peewee.IntegerField(null=True)
    created_at = peewee.DateTimeField(default=now)
    agreed_at = peewee.DateTimeField(null=True)
    ended_at = peewee.DateTimeField(null=True)

    @classmethod
    def propose(cls, number: int, to_id: int, remark: str | None, by: Actor) -> Self:
        """Propose to move a client to another organisation, both of the administrator's province.

        Raises `Refused` if the client or the organisation is not of the province, or the client is there already, and
        while another move or a request to delete the client is pending.
        """
        remark = clean_remark(remark or "")
        province = by.province or ""
        receiver = Organisation.one(province, to_id)
        with refusing(**CONSTRAINTS), transaction():
            client = locked(Client.select(Client.number, Client.organisation).where(Client.number == number)).first()
            if client is None or client.organisation.province != province:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            if receiver is None or receiver.id == client.organisation_id:
                raise Refused(ArbeidszorgCode.CLIENT_MOVE_TO)
            if cls.pending(number):
                raise Refused(ArbeidszorgCode.CLIENT_MOVE_PENDING)
            check_no_deletion(client)
            move = cls.create(client_number=number, from_organisation=client.organisation_id, to_organisation=receiver,
                              remark=remark, proposed_by=by.id)
            move._record(ArbeidszorgEvent.CLIENT_MOVE_PROPOSED, by)
        return move

    @classmethod
    def pending(cls, number: int) -> Self | None:
        """Return the pending move of the client with this number, or None."""
        return cls._with_names().where(cls.client_number == number, cls.status.in_(PENDING)).first()

    @classmethod
    def of_province(cls, province: str) -> "peewee.ModelSelect[Self]":
        """Select the moves from and to organisations of a province, the newest first."""
        return cls._with_names().where(
            (Organisation.province == province) | (Receiver.province == province)).order_by(cls.id.desc())

    @classmethod
    def of_organisation(cls, organisation_id: int) -> "peewee.ModelSelect[Self]":
        """Select the moves that an organisation sends, and those that it receives once the sender agreed."""
        arriving = (cls.to_organisation == organisation_id) & cls.agreed_at.is_null(False)
        return cls._with_names().where(
            (cls.from_organisation == organisation_id) | arriving).order_by(cls.id.desc())

    @classmethod
    def one(cls, scope: "peewee.ModelSelect[Self]", move_id: int) -> Self | None:
        """Return the move with this id, or None if it is not in `scope`, a query as above."""
        return scope.where(cls.id == move_id).first()

    @classmethod
    def _with_names(cls) -> "peewee.ModelSelect[Self]":
        return (cls.select(cls, Organisation, Receiver)
                .join(Organisation, on=cls.from_organisation)
                .switch(cls)
                .join(Receiver, on=(cls.to_organisation == Receiver.id), attr="to_organisation"))

    @property
    def is_pending(self) -> bool:
        """Whether the move still waits for somebody's decision."""
        return self.status in PENDING

    def waits_for(self, organisation_id: int) -> bool:
        """Whether this organisation must decide now."""
        return (self.status, organisation_id) in (
            (PROPOSED, self.from_organisation_id), (AGREED, self.to_organisation_id))

    def shown_to_receiver(self, by: Actor) -> ClientDetails | None:
        """Return the client as an administrator sees it, for the receiving organisation, and record that it looked.

        None unless the move is agreed to and `by` is the receiving organisation.
        """
        if not (self.status == AGREED and by.tenant_id == self.to_organisation_id):
            return None
        own = ClientWithoutName.of_organisation(self.from_organisation_id)
        details = ClientWithoutName.details(own, self.client_number)
        if details:
            record_reading(ArbeidszorgEvent.CLIENT_VIEWED, by=by, organisation=self.from_organisation,
                           subject=self.client_number)
        return details

    def agree(self, by: Actor) -> None:
        """Agree, as the sending organisation; raises `Refused` if this move no longer waits for that."""
        with transaction():
            self._settle(PROPOSED, AGREED, agreed_by=by.id, agreed_at=now())
            self._record(ArbeidszorgEvent.CLIENT_MOVE_AGREED, by)

    def refuse(self, answer: str | None, by: Actor) -> None:
        """Refuse, as the sending or the receiving organisation, with an answer for the administrator.

        Raises `Refused` without an answer, if it holds a word of the client's name or old number and the client is
        the own one, and if this move no longer waits for that organisation.
        """
        answer = clean_remark(answer or "")
        if not answer:
            raise Refused(ArbeidszorgCode.CLIENT_MOVE_ANSWER)
        client = Client.one(by.tenant_id or 0, self.client_number)
        if client and (word := identifying_word(client, answer)):
            raise Refused(ArbeidszorgCode.REMARK_NAME, word=word)
        expected = PROPOSED if by.tenant_id == self.from_organisation_id else AGREED
        with transaction():
            self._settle(expected, REFUSED, answer=answer, ended_by=by.id, ended_at=now())
            self._record(ArbeidszorgEvent.CLIENT_MOVE_REFUSED, by)

    def cancel(self, by: Actor | None = None) -> None:
        """Cancel the move; raises `Refused` if it is no longer pending."""
        with transaction():
            self._settle(PENDING, CANCELLED, ended_by=by and by.id, ended_at=now())
            self._record(ArbeidszorgEvent.CLIENT_MOVE_CANCELLED, by)

    def accept(self, by: Actor | None = None) -> bool:
        """Accept, as the receiving organisation: the client is its own from now on.

        Return whether another client had its old number. Raises `Refused`, and changes nothing, if the move no longer
        waits for that, if the client is to be deleted, or if its name cannot be opened.
        """
        with transaction():
            # The order in which every move locks: first the client, then the move.
            client = locked(Client.select().where(Client.number == self.client_number)).first()
            move = locked(ClientMove.select().where(ClientMove.id == self.id)).get()
            if client is None or move.status != AGREED:
                raise Refused(ArbeidszorgCode.CLIENT_MOVE_DECIDED, move=move)
            check_no_deletion(client)
            renumbered = relocate(client, self.from_organisation, self.to_organisation)
            self._settle(AGREED, DONE, ended_by=by and by.id, ended_at=now())
            self._record(ArbeidszorgEvent.CLIENT_MOVED, by)
        return renumbered

    @classmethod
    def move_at_once(cls, number: int, sender: Organisation, receiver: Organisation) -> bool:
        """Move a client as the operator, who acts for both organisations; return as `accept` does.

        Raises `Refused` as `propose` and `accept` do.
        """
        with refusing(**CONSTRAINTS), transaction():
            client = locked(Client.select(Client.number).where(
                Client.number == number, Client.organisation == sender.id)).first()
            if client is None:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            if cls.pending(number):
                raise Refused(ArbeidszorgCode.CLIENT_MOVE_PENDING)
            move = cls.create(client_number=number, from_organisation=sender, to_organisation=receiver, status=AGREED,
                              agreed_at=now())
            return move.accept()

    def _settle(self, expected: str | tuple[str, ...], status: str, **values: Any) -> None:
        # Of two simultaneous decisions only one finds the move as it was.
        expected = (expected,) if isinstance(expected, str) else expected
        settled = (ClientMove
                   .update(status=status, **values)
                   .where(ClientMove.id == self.id, ClientMove.status.in_(expected))
                   .execute())
        if not settled:
            raise Refused(ArbeidszorgCode.CLIENT_MOVE_DECIDED, move=ClientMove.get_by_id(self.id))
        self.status = status
        for field, value in values.items():
            setattr(self, field, value)

    def _record(self, event: ArbeidszorgEvent, by: Actor | None) -> None:
        """Record the step in the log of the sender and, once that agreed, of the receiver."""
        sender, receiver = self.from_organisation, self.to_organisation
        for organisation in (sender, receiver) if self.agreed_at else (sender,):
            record(event, by=by, organisation=organisation, subject=self.client_number, move=self.id,
                   sender=sender.name, receiver=receiver.name)


def check_no_deletion(client: Client) -> None:
    """Raise `Refused` while a request to delete the client is pending."""
    if DeletionRequest.pending(client):
        raise Refused(ArbeidszorgCode.CLIENT_MOVE_DELETION)


def waiting(organisation_id: int) -> int:
    """Return how many moves wait for this organisation's decision."""
    (number,), = _waiting().rows(organisation=organisation_id)
    return int(number)


@functools.cache
def _waiting() -> Statement:
    own = parameter("organisation")
    leaving = (ClientMove.from_organisation == own) & (ClientMove.status == PROPOSED)
    arriving = (ClientMove.to_organisation == own) & (ClientMove.status == AGREED)
    return Statement(lambda: ClientMove.select(fn.COUNT(ClientMove.id)).where(leaving | arriving))
