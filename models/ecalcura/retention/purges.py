"""Purges: a dossier manager proposes one for a facility, another confirms it, and the next daily purge does it."""
from collections.abc import Collection, Iterable
from typing import NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, locked, now, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.retention import due, terms
from models.ecalcura.same_person import is_same_person
from models.errors import Refused

PROPOSED, CONFIRMED, WITHDRAWN, DONE = "proposed", "confirmed", "withdrawn", "done"


class Purge(BaseModel):
    """A purge of what a facility kept longer than a term. `before`: the first day that is kept."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    term = peewee.TextField()
    before = peewee.DateField()
    state = peewee.TextField(default=PROPOSED)
    proposer_id = peewee.IntegerField()
    proposed_at = peewee.DateTimeField(default=now)
    confirmer_id = peewee.IntegerField(null=True)
    confirmed_at = peewee.DateTimeField(null=True)
    ended_at = peewee.DateTimeField(null=True)

    class Meta:
        table_name = "retention_purge"

    @classmethod
    def waiting(cls, term: str) -> "peewee.ModelSelect[Purge]":
        """Select the purges of a term that are not done."""
        return cls.select().where(cls.term == term, cls.state.in_((PROPOSED, CONFIRMED)))

    @classmethod
    def to_do(cls) -> "peewee.ModelSelect[Purge]":
        """Select the purges that two people decided on, the oldest first."""
        return cls.select().where(cls.state == CONFIRMED).order_by(cls.id)

    def move(self, state: str, **values: object) -> None:
        """Go on to a next state."""
        for name, value in {"state": state, **values}.items():
            setattr(self, name, value)
        self.save()


class Outcome(NamedTuple):
    """How many purges a step moved, and how many it could not, because the same person proposed them."""

    moved: int
    own: int = 0


def propose(term: str, facility_ids: Collection[int], by: Actor) -> Outcome:
    """Propose to purge what these facilities kept longer than a term, and record it; a purge that waits stays as it is.

    Raises `Refused` without a term.
    """
    before = terms.first_kept(term)
    if before is None:
        raise Refused(EcalcuraCode.NO_TERM)
    with transaction():
        found = due.by_facility(term, before)
        there = {purge.facility_id for purge in Purge.waiting(term)}
        wanted = sorted({*facility_ids} & found.keys() - there)
        for facility_id in wanted:
            Purge.create(facility_id=facility_id, term=term, before=before, proposer_id=by.id)
            record(EcalcuraEvent.PURGE_PROPOSED, by=by, tenant_id=facility_id, subject=term)
    return Outcome(len(wanted))


def approve(term: str, facility_ids: Collection[int], by: Actor) -> Outcome:
    """Confirm what somebody else proposed, and record it; of the same person it stays proposed."""
    moved = own = 0
    with transaction():
        for purge in _of(term, facility_ids, (PROPOSED,)):
            if is_same_person(purge.proposer_id, by.id):
                own += 1
                continue
            purge.move(CONFIRMED, confirmer_id=by.id, confirmed_at=now())
            record(EcalcuraEvent.PURGE_CONFIRMED, by=by, tenant_id=purge.facility_id, subject=term)
            moved += 1
    return Outcome(moved, own)


def withdraw(term: str, facility_ids: Collection[int], by: Actor) -> Outcome:
    """Withdraw what was proposed or confirmed and is not done, and record it."""
    with transaction():
        found = list(_of(term, facility_ids, (PROPOSED, CONFIRMED)))
        for purge in found:
            purge.move(WITHDRAWN, ended_at=now())
            record(EcalcuraEvent.PURGE_WITHDRAWN, by=by, tenant_id=purge.facility_id, subject=term)
    return Outcome(len(found))


def _of(term: str, facility_ids: Collection[int], states: Iterable[str]) -> "peewee.ModelSelect[Purge]":
    return locked(Purge.select().where(
        Purge.term == term, Purge.facility_id.in_(list(facility_ids)), Purge.state.in_(list(states))
    ).order_by(Purge.id))
