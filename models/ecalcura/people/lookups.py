"""Each time that the rijksregister is asked for a person, and how often somebody may ask."""
import datetime
import itertools
from typing import ClassVar

import peewee

from models.accounts.accounts import Account
from models.audit import Actor
from models.database import BaseModel, locked, now, today, transaction
from models.days import local, start_of_day
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import registers
from models.ecalcura.people.registers import NOT_FOUND, SILENT, Answer
from models.errors import Refused

CONTRACT, CORRECTION, RETRY, IMPORT = "contract", "correction", "retry", "import"
# Numbers that somebody types. A list that is read has more rows.
TYPED = (CONTRACT, CORRECTION)
TIMES_OF_IMPORT = 10
# The number of look-ups in a row without a person after which an account has to wait.
IN_A_ROW = 5
PAUSE = datetime.timedelta(minutes=15)
A_DAY = 60


class Lookup(BaseModel):
    """A look-up: by which account (None: in the background), why, about whom, and the answer."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    account_id = peewee.IntegerField(null=True)
    purpose = peewee.TextField()
    number_hash = peewee.BlobField()
    answer = peewee.TextField()
    employee_id = peewee.IntegerField(null=True)
    made_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[Lookup]":
        """Select the look-ups for a facility, the newest first."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.id.desc())


class _State:
    a_day: ClassVar[int] = A_DAY


def use(a_day: int) -> None:
    """Let each account look up this many people a day."""
    _State.a_day = a_day


def find_person(facility: Facility, number: str, number_hash: bytes, by: Actor | None,
                purpose: str) -> tuple[Answer, Lookup]:
    """Ask the rijksregister for a number, and keep that it was asked whatever follows. Never call it in a transaction.

    Raises `Refused` without asking, if this account has asked too often.
    """
    lookup = _begin(facility, number_hash, by, purpose)
    answer = registers.find_person(number)
    if answer.state != SILENT:
        lookup.answer = answer.state
        lookup.save()
    return answer, lookup


def _begin(facility: Facility, number_hash: bytes, by: Actor | None, purpose: str) -> Lookup:
    """Keep the look-up before it is made, so that many at once count too; nothing has answered it yet."""
    account_id = by.id if by else None
    with transaction():
        if account_id is not None:
            locked(Account.select(Account.id).where(Account.id == account_id)).first()
            _check(account_id, purpose)
        return Lookup.create(facility_id=facility.id, account_id=account_id, purpose=purpose, number_hash=number_hash,
                             answer=SILENT)


def _check(account_id: int, purpose: str) -> None:
    typed = purpose in TYPED
    made: list[Lookup] = list(
        Lookup.select(Lookup.answer, Lookup.made_at)
        .where(Lookup.account_id == account_id, Lookup.made_at >= start_of_day(today()),
               Lookup.purpose.in_(TYPED if typed else (purpose,)))
        .order_by(Lookup.id.desc()))
    if len(made) >= (_State.a_day if typed else TIMES_OF_IMPORT * _State.a_day):
        raise Refused(EcalcuraCode.LOOKUPS_TODAY)
    if typed and (paused := _paused_at([one for one in made if one.answer != SILENT])):
        raise Refused(EcalcuraCode.LOOKUPS_PAUSED, hour=local(paused + PAUSE).strftime("%H:%M"))


def _paused_at(answered: list[Lookup]) -> datetime.datetime | None:
    """The moment at which the pause began that lasts now, in the light of these look-ups, the newest first."""
    wrong = list(itertools.takewhile(lambda one: one.answer == NOT_FOUND, answered))
    # Many at once may be more than five: the last one that completes five counts.
    complete = wrong[len(wrong) % IN_A_ROW:]
    return complete[0].made_at if complete and complete[0].made_at > now() - PAUSE else None
