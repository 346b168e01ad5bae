"""Contracts of the coordinating and advising physician (CRA): the name comes from the register and is never typed."""
import datetime
import json
import re
from collections.abc import Sequence
from typing import NamedTuple

import peewee

from models import names
from models.audit import Actor, record
from models.database import END_OF_TIME, BaseModel, now, refusing, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import lookups, numbers
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import CONTRACT
from models.ecalcura.people.registers import FOUND, NOT_FOUND, SILENT, Answer
from models.ecalcura.trimesters.calendar import A_DAY
from models.ecalcura.trimesters.files import hold
from models.errors import Refused, Stale

KIND = "cra"
RIZIV_DIGITS = 11
Span = tuple[datetime.date, datetime.date]


class Physician(NamedTuple):
    """A physician; without a name while the register is silent, without a number if they cannot be read."""

    number: str
    family: str = ""
    first: str = ""
    riziv: str = ""

    @property
    def name(self) -> str:
        """First name and family name."""
        return f"{self.first} {self.family}".strip()


UNREADABLE = Physician("", names.UNREADABLE)


class CraContract(BaseModel):
    """A contract of a physician. Of one facility two contracts never overlap."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    number_hash = peewee.BlobField()
    sealed = peewee.BlobField()
    register_state = peewee.TextField()
    lookup_id = peewee.IntegerField(null=True)
    since = peewee.DateField()
    until = peewee.DateField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "cra_contract"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[CraContract]":
        """Select the contracts of a facility, the oldest first."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.since)

    @classmethod
    def one(cls, facility: Facility, contract_id: int) -> "CraContract | None":
        """Return the facility's contract with this id, or None."""
        return cls.of(facility).where(cls.id == contract_id).first()

    @property
    def physician(self) -> Physician:
        """The physician, decrypted; `UNREADABLE` without the names' key."""
        try:
            return self.opened()
        except Refused:
            return UNREADABLE

    def opened(self) -> Physician:
        """Return the physician; raises `Refused` if they cannot be read."""
        return Physician(*json.loads(names.open_bytes(self.facility_id, self.id, KIND, bytes(self.sealed))))

    def seal(self, physician: Physician) -> None:
        """Seal the physician for this row; raises `Refused` without the names' key."""
        content = json.dumps(physician, ensure_ascii=False).encode()
        self.sealed = names.seal_bytes(self.facility_id, self.id, KIND, content)


def add_physician(facility: Facility, number: str, riziv: str, since: datetime.date, until: datetime.date | None,
                  by: Actor | None = None, form_key: str | None = None) -> CraContract:
    """Ask the register for a physician and add the contract, and record it. A form that is sent again adds nothing.

    It asks a register, so never call it in a transaction. Raises `Refused` for a number that is not valid or not known,
    for days in the wrong order and for an overlap.
    """
    if sent := _sent(facility, form_key):
        return sent
    number = numbers.clean(number)
    _check_days(facility, since, until)
    answer, lookup = lookups.find_person(facility, number, hash_of(number), by, CONTRACT)
    if answer.state == NOT_FOUND:
        raise Refused(EcalcuraCode.PERSON_UNKNOWN)
    physician = _told(Physician(number, riziv=riziv), answer)
    with transaction(), refusing(cra_contract_overlap=EcalcuraCode.CRA_OVERLAP):
        hold(facility)
        if sent := _sent(facility, form_key):
            return sent
        _check_days(facility, since, until)
        contract = CraContract(
            facility_id=facility.id, number_hash=hash_of(physician.number), sealed=b"", lookup_id=lookup.id,
            register_state=SILENT if answer.state == SILENT else FOUND, since=since, until=until, form_key=form_key)
        contract.save(force_insert=True)
        # Sealed together with the id, which the database has just given out.
        contract.seal(physician)
        contract.save()
        record(EcalcuraEvent.CRA_ADDED, by=by, tenant_id=facility.id, subject=contract.id)
        return contract


def _sent(facility: Facility, form_key: str | None) -> CraContract | None:
    return CraContract.of(facility).where(CraContract.form_key == form_key).first() if form_key else None


def _told(physician: Physician, answer: Answer) -> Physician:
    if answer.state == SILENT:
        return physician
    return physician._replace(number=answer.number, family=answer.family, first=answer.first)


def _check_days(facility: Facility, since: datetime.date, until: datetime.date | None, but: int = 0) -> None:
    if until and until < since:
        raise Refused(EcalcuraCode.DAYS_ORDER)
    for other in CraContract.of(facility).where(CraContract.id != but):
        if other.since <= (until or END_OF_TIME) and (other.until or END_OF_TIME) >= since:
            raise Refused(EcalcuraCode.CRA_OVERLAP, first=other.since, last=other.until)


def ask_again(contract: CraContract, by: Actor | None = None) -> bool:
    """Ask the register for the name of a physician that it did not give; return False while it is silent.

    Never call it in a transaction. Raises `Refused` if it does not know the number.
    """
    if contract.register_state != SILENT:
        return True
    facility, number = Facility.get_by_id(contract.facility_id), contract.opened().number
    answer, lookup = lookups.find_person(facility, number, hash_of(number), by, CONTRACT)
    if answer.state == NOT_FOUND:
        raise Refused(EcalcuraCode.PERSON_UNKNOWN)
    if answer.state == SILENT:
        return False
    with transaction():
        hold(facility)
        found = CraContract.get_by_id(contract.id)
        found.seal(_told(found.opened(), answer))
        found.number_hash, found.register_state, found.lookup_id = hash_of(answer.number), FOUND, lookup.id
        found.changed_at = now()
        found.save()
        record(EcalcuraEvent.CRA_NAMED, by=by, tenant_id=facility.id, subject=contract.id)
    return True


def change_physician(contract: CraContract, riziv: str, since: datetime.date, until: datetime.date | None, version: int,
                     by: Actor | None = None) -> None:
    """Change the days or the RIZIV number of a contract, and record it; the same values change nothing.

    Raises `Refused` for days in the wrong order and for an overlap; `Stale` for an older version.
    """
    facility = Facility.get_by_id(contract.facility_id)
    with transaction(), refusing(cra_contract_overlap=EcalcuraCode.CRA_OVERLAP):
        hold(facility)
        found = CraContract.one(facility, contract.id)
        if found is None:
            raise Stale(None)
        physician = found.opened()
        if (physician.riziv, found.since, found.until) == (riziv, since, until):
            return
        if found.version != version:
            raise Stale(found)
        _check_days(facility, since, until, but=found.id)
        found.seal(physician._replace(riziv=riziv))
        found.since, found.until, found.version, found.changed_at = since, until, version + 1, now()
        found.save()
        record(EcalcuraEvent.CRA_CHANGED, by=by, tenant_id=facility.id, subject=contract.id)


def remove_physician(contract: CraContract, by: Actor | None = None) -> None:
    """Delete a contract that was entered wrongly, and record it; one that is gone changes nothing."""
    facility = Facility.get_by_id(contract.facility_id)
    with transaction():
        hold(facility)
        if CraContract.delete().where(CraContract.id == contract.id).execute():
            record(EcalcuraEvent.CRA_REMOVED, by=by, tenant_id=facility.id, subject=contract.id)


def gaps(contracts: Sequence[CraContract]) -> list[Span]:
    """Return the first and last days between two contracts, given by day, on which there is no physician (V30)."""
    return [(one.until + A_DAY, other.since - A_DAY) for one, other in zip(contracts, contracts[1:], strict=False)
            if one.until and one.until + A_DAY < other.since]


def parse_riziv(text: str) -> str:
    """Return the 11 digits of a RIZIV number as people type it, '' for none; raises `Refused` for any other text."""
    digits = re.sub(r"[\s./-]", "", text)
    if digits and not (len(digits) == RIZIV_DIGITS and digits.isascii() and digits.isdigit()):
        raise Refused(EcalcuraCode.RIZIV_TYPED)
    return digits


def is_usual_riziv(text: str) -> bool:
    """Say whether the check digits of a RIZIV number are right: six digits, two check digits, three digits."""
    return int(text[6:8]) in (97 - int(text[:6]) % 97, 89 - int(text[:6]) % 97)
