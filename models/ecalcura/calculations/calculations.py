"""Calculations of a trimester and their results, one for each facility. The database keeps them as they are."""
import json

import peewee

from models.database import BaseModel, now
from models.ecalcura.calculations.formula import ADVANCE, DEFINITIVE, REVISION
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester

KINDS = (ADVANCE, DEFINITIVE, REVISION)
# The kinds that close a trimester.
FINAL = (DEFINITIVE, REVISION)
DRAFT, FROZEN, PUBLISHED, DISCARDED = "draft", "frozen", "published", "discarded"


class Calculation(BaseModel):
    """A calculation: DRAFT, then FROZEN, then PUBLISHED, when facilities see it. `settings`: see `calculating.make`."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    trimester = peewee.ForeignKeyField(Trimester)
    trimester_id: int
    state = peewee.TextField(default=DRAFT)
    formula_version = peewee.IntegerField()
    parameter_version = peewee.ForeignKeyField(ParameterVersion, null=True)
    parameter_version_id: int | None
    settings = peewee.TextField()
    sha256 = peewee.TextField(null=True)
    account_id = peewee.IntegerField(null=True)
    made_at = peewee.DateTimeField(default=now)
    frozen_at = peewee.DateTimeField(null=True)
    publisher_id = peewee.IntegerField(null=True)
    published_at = peewee.DateTimeField(null=True)
    # Of one that was frozen and then outdated: it stays, and is never published.
    discarded_at = peewee.DateTimeField(null=True)
    form_key = peewee.TextField(null=True)

    @classmethod
    def newest(cls) -> "peewee.ModelSelect[Calculation]":
        """Select all calculations with their trimesters, the newest first."""
        return cls.select(cls, Trimester).join(Trimester).order_by(cls.id.desc())

    @classmethod
    def one(cls, calculation_id: int) -> "Calculation | None":
        """Return the calculation with this id, or None."""
        return cls.newest().where(cls.id == calculation_id).first()

    @property
    def stage(self) -> str:
        """Its state, or DISCARDED."""
        return DISCARDED if self.discarded_at else self.state

    @property
    def kinds(self) -> list[str]:
        """The codes of the kinds of facilities that it is of."""
        kinds: list[str] = json.loads(self.settings)["kinds"]
        return kinds

    @property
    def rounding(self) -> str:
        """How its amounts are rounded: see formula.py."""
        rounding: str = json.loads(self.settings)["rounding"]
        return rounding


class Result(BaseModel):
    """The result of a facility. `former_id` is the calculation of an earlier result; `amount` is in cents, or None."""

    calculation = peewee.ForeignKeyField(Calculation)
    calculation_id: int
    facility = peewee.ForeignKeyField(Facility)
    facility_id: int
    formula_version = peewee.IntegerField()
    submission = peewee.ForeignKeyField(Submission)
    submission_id: int
    former_id = peewee.IntegerField(null=True)
    exempt = peewee.TextField()
    replaced = peewee.TextField()
    financed = peewee.TextField()
    surplus = peewee.TextField()
    premium = peewee.TextField()
    amount = peewee.IntegerField(null=True)
    sha256 = peewee.TextField()
    content = peewee.TextField()

    class Meta:
        table_name = "calculation_result"
        primary_key = peewee.CompositeKey("calculation", "facility")

    @property
    def parts(self) -> Content:
        """The content: its quantities' hash, sums, lines of the amount, and the hash of the former result."""
        content: Content = json.loads(self.content)
        return content

    @property
    def former(self) -> "Result | None":
        """The result against which it is compared, or None."""
        return self.former_id and Result.get_or_none(
            Result.calculation == self.former_id, Result.facility == self.facility_id)

    @property
    def payable(self) -> int | None:
        """The cents that it adds to the former result; all of them if the former one has no amount."""
        former = self.former
        return None if self.amount is None else self.amount - ((former and former.amount) or 0)

    @classmethod
    def of(cls, calculation: Calculation) -> "peewee.ModelSelect[Result]":
        """Select the results of a calculation with their facilities, without the content, by HCO number."""
        columns = [column for name, column in cls._meta.fields.items() if name != "content"]
        return (cls.select(*columns, Facility).join(Facility)
                .where(cls.calculation == calculation.id).order_by(Facility.hco))

    @classmethod
    def one(cls, calculation: Calculation, facility: Facility) -> "Result | None":
        """Return the result of a facility in a calculation, or None."""
        return cls.get_or_none(cls.calculation == calculation.id, cls.facility == facility.id)

    @classmethod
    def published_of(cls, facility: Facility) -> "peewee.ModelSelect[Result]":
        """Select the results that a facility sees, with calculation and trimester, the newest first."""
        return cls.all_of(facility).where(Calculation.state == PUBLISHED).order_by(
            Calculation.published_at.desc(), Calculation.id.desc())

    @classmethod
    def all_of(cls, facility: Facility) -> "peewee.ModelSelect[Result]":
        """Select the results of a facility in every state, with calculation and trimester, the newest first."""
        return (cls.select(cls, Calculation, Trimester).join(Calculation).join(Trimester)
                .where(cls.facility == facility.id).order_by(Calculation.id.desc()))


def formers(trimester: Trimester) -> dict[int, Result]:
    """Return the result that was published last of each facility in a trimester, by the facility's id."""
    found = (Result.select(Result).join(Calculation)
             .where(Calculation.trimester == trimester.id, Calculation.state == PUBLISHED)
             .order_by(Calculation.published_at, Calculation.id))
    return {result.facility_id: result for result in found}


def final_ids(trimester: Trimester) -> set[int]:
    """Return the ids of the facilities that have a published definitive calculation of a trimester."""
    rows = (Result.select(Result.facility).join(Calculation)
            .where(Calculation.trimester == trimester.id, Calculation.state == PUBLISHED,
                   Calculation.kind.in_(FINAL)))
    return {facility_id for facility_id, in rows.tuples()}
