"""The hours of contracts: the first ones are in the contract, those from a later day on in rows of terms."""
import datetime
import re
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple, Protocol

import peewee

from models.database import BaseModel
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.days import DAY, Piece
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

_HOURS = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?")


def parse_hours(text: str) -> int:
    """Read hours a week as people type them, such as 19,5, as hundredths; raises `Refused` for another text.

    The text itself is not in the refusal: a cell of another column may hold a name.
    """
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise Refused(EcalcuraCode.HOURS_TYPED)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


class Terms(BaseModel):
    """Hours of a contract from a day on, after its first ones; in hundredths a week."""

    contract_id = peewee.IntegerField()
    since = peewee.DateField()
    hours = peewee.IntegerField()
    full_time = peewee.IntegerField()

    class Meta:
        table_name = "terms"
        primary_key = peewee.CompositeKey("contract_id", "since")

    @classmethod
    def of(cls, contract_ids: Collection[int]) -> "peewee.ModelSelect[Terms]":
        """Select the terms of these contracts, the oldest first."""
        return cls.select().where(cls.contract_id.in_(list(contract_ids))).order_by(cls.contract_id, cls.since)


class Hours(NamedTuple):
    """Hours a week and the full-time week, in hundredths, from a day on."""

    since: datetime.date
    hours: int
    full_time: int


class ContractLike(Protocol):
    """A contract, as far as its pieces go."""

    @property
    def start(self) -> datetime.date: ...

    @property
    def until(self) -> datetime.date | None: ...

    @property
    def hours(self) -> int: ...

    @property
    def full_time(self) -> int: ...

    @property
    def role(self) -> str: ...

    @property
    def qualification(self) -> str: ...

    @property
    def acquired_step(self) -> int | None: ...


def by_contract(contract_ids: Collection[int]) -> dict[int, list[Hours]]:
    """Return the later hours of these contracts by the contract's id, in order."""
    found: dict[int, list[Hours]] = defaultdict(list)
    for one in Terms.of(contract_ids):
        found[one.contract_id].append(Hours(one.since, one.hours, one.full_time))
    return found


def pieces(contract: ContractLike, later: Collection[Hours]) -> list[Piece]:
    """Return the pieces of a contract with these later hours, in order.

    An acquired right up to a step is no limit for a gelijkgestelde.
    """
    known = lists.qualifications()[contract.qualification]
    hours = [Hours(contract.start, contract.hours, contract.full_time), *later]
    ends = [one.since - DAY for one in hours[1:]] + [contract.until]
    return [Piece(one.since, end, one.hours, one.full_time, contract.role,
                  None if known.equated else contract.acquired_step, known.premium)
            for one, end in zip(hours, ends, strict=True)]
