"""The lists of ecalcura, from lists.toml: qualifications, statutes, steps and kinds of prestaties."""
import datetime
import functools
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import peewee

from models.database import BaseModel, transaction

FILE = Path(__file__).parent / "lists.toml"


class Qualification(NamedTuple):
    """A qualification: see lists.toml. `since` and `until` are the days on which it can be used."""

    code: str
    label: str
    premium: bool = False
    visa: bool = False
    equated: bool = False
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Say whether it can be used on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Step(NamedTuple):
    """A step: the age at which it begins, the hours a week and a year of a full-time worker, the premium in percent.

    `hours` are those that this step adds; `year` and `premium` are the totals with the steps before it.
    """

    age: int
    hours: int
    year: int
    premium: Decimal


@functools.cache
def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@functools.cache
def qualifications() -> dict[str, Qualification]:
    """Return the qualifications by their codes."""
    return {one["code"]: Qualification(**one) for one in _read()["qualification"]}


@functools.cache
def statutes() -> dict[str, str]:
    """Return code → label of the statutes."""
    return {one["code"]: one["label"] for one in _read()["statute"]}


@functools.cache
def steps() -> dict[int, Step]:
    """Return the steps by their ages, in order."""
    read = [Step(**one | {"premium": Decimal(one["premium"])}) for one in _read()["step"]]
    return {step.age: step for step in sorted(read)}


@functools.cache
def premium_added(step: Step) -> Fraction:
    """Return the percent of the full-time wage that the premium of this step adds to those before it."""
    before = [Fraction(other.premium) for other in steps().values() if other.age < step.age]
    return Fraction(step.premium) - max(before, default=Fraction(0))


@functools.cache
def performance_kinds() -> dict[str, str]:
    """Return code → label of the kinds of prestaties."""
    return {one["code"]: one["label"] for one in _read()["performance_kind"]}


class _Code(BaseModel):
    code = peewee.TextField(primary_key=True)


class QualificationCode(_Code):
    """A qualification, as the database knows it."""

    class Meta:
        table_name = "qualification"


class StatuteCode(_Code):
    """A statute, as the database knows it."""

    class Meta:
        table_name = "statute"


class PerformanceKindCode(_Code):
    """A kind of prestaties, as the database knows it."""

    class Meta:
        table_name = "performance_kind"


class StepAge(BaseModel):
    """A step, as the database knows it."""

    age = peewee.IntegerField(primary_key=True)

    class Meta:
        table_name = "step"


def store() -> None:
    """Write the codes to the database. One that is there already stays."""
    with transaction():
        for table, codes in ((QualificationCode, qualifications()), (StatuteCode, statutes()),
                             (PerformanceKindCode, performance_kinds())):
            table.insert_many([{"code": code} for code in codes]).on_conflict_ignore().execute()
        StepAge.insert_many([{"age": age} for age in steps()]).on_conflict_ignore().execute()
