"""The billed days of a facility in a calendar year, in two parts; submitted as a version that never changes."""
import datetime
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, today, transaction
from models.ecalcura.deliveries import fields
from models.ecalcura.deliveries.fields import BILLED
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import A_DAY
from models.ecalcura.trimesters.files import hold
from models.errors import Refused, Stale

ENTRY, SUBMITTED, REOPENED = "entry", "submitted", "reopened"
# (number of the part, code of the field) → days. An empty field has no key.
Days = dict[tuple[int, str], int]


class Part(NamedTuple):
    """A part of a calendar year: 1 ends on 30 June, 2 begins on 1 July."""

    number: int
    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """The number of its days: 181 or 182, and 184."""
        return (self.last - self.first).days + 1


def parts(year: int) -> tuple[Part, Part]:
    """Return the two parts of a year."""
    return (Part(1, datetime.date(year, 1, 1), datetime.date(year, 6, 30)),
            Part(2, datetime.date(year, 7, 1), datetime.date(year, 12, 31)))


def years(facility: Facility) -> list[int]:
    """Return the years of which a facility delivers billed days, the newest first.

    A year with a row stays, also if its kind no longer delivers them.
    """
    found = {year for (year,) in BilledYear.select(BilledYear.year).where(
        BilledYear.facility_id == facility.id).tuples()}
    if fields.delivers(facility, BILLED):
        last = today().year
        if facility.merged_on:
            # Of the year in which it merged it had days of its own, unless it merged on the first one.
            last = min(last, (facility.merged_on - A_DAY).year)
        found |= set(range(fields.first_billed_year(), last + 1))
    return sorted(found, reverse=True)


def fields_of(facility: Facility, year: int) -> dict[str, str]:
    """Return code → label of the fields of a year."""
    first, last = parts(year)
    return fields.fields_of(facility, BILLED, first.first, last.last)


class BilledYear(BaseModel):
    """A year of a facility. It has a row once somebody entered or submitted something."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    year = peewee.IntegerField()
    state = peewee.TextField(default=ENTRY)
    reopen_reason = peewee.TextField(default="")
    asked_at = peewee.DateTimeField(null=True)
    asked_reason = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "billed_year"

    @classmethod
    def at(cls, facility: Facility, year: int) -> "BilledYear":
        """Return a year of a facility; one that is not saved if it has no row."""
        return (cls.get_or_none(cls.facility_id == facility.id, cls.year == year)
                or cls(facility_id=facility.id, year=year))

    @classmethod
    def get_or_make(cls, facility: Facility, year: int) -> "BilledYear":
        """Return a year of a facility, which gets a row if it lacks one."""
        cls.insert(facility_id=facility.id, year=year).on_conflict(
            action="NOTHING", conflict_target=[cls.facility_id, cls.year]).execute()
        return cls.at(facility, year)

    def days(self) -> Days:
        """Return the days that are filled in."""
        rows = BilledDays.select(BilledDays.part, BilledDays.field, BilledDays.days).where(
            BilledDays.billed_year_id == self.id).tuples()
        return {(part, field): days for part, field, days in rows}

    def versions(self) -> "list[BilledVersion]":
        """Return the versions that were submitted, the newest first."""
        return list(BilledVersion.select().where(BilledVersion.billed_year_id == self.id)
                    .order_by(BilledVersion.number.desc())) if self.id else []

    def move(self, **values: object) -> None:
        """Save these values as the next version of the row."""
        BilledYear.update(values, version=BilledYear.version + 1, changed_at=now()).where(
            BilledYear.id == self.id).execute()
        for name, value in {**values, "version": self.version + 1}.items():
            setattr(self, name, value)


class BilledDays(BaseModel):
    """The days of a field in a part of a year."""

    billed_year_id = peewee.IntegerField()
    part = peewee.IntegerField()
    field = peewee.TextField()
    days = peewee.IntegerField()

    class Meta:
        table_name = "billed_days"
        primary_key = peewee.CompositeKey("billed_year_id", "part", "field")


class BilledVersion(BaseModel):
    """A year as it was submitted. The database refuses to change or delete one."""

    id = peewee.AutoField()
    billed_year_id = peewee.IntegerField()
    number = peewee.IntegerField()
    account_id = peewee.IntegerField()
    content = peewee.TextField()
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "billed_version"

    @property
    def days(self) -> Days:
        """The days that were submitted."""
        return {(int(part), field): days for part, found in json.loads(self.content)["days"].items()
                for field, days in found.items()}

    @property
    def labels(self) -> dict[str, str]:
        """Code → label of its fields at that moment."""
        labels: dict[str, str] = json.loads(self.content)["fields"]
        return labels


def check_most(facility: Facility, year: int, days: Days) -> None:
    """Raise `Refused` (V28) if the days of a part pass the recognised places × its days; `part` is in its context."""
    for part in parts(year):
        total = sum(number for (number_of_part, _), number in days.items() if number_of_part == part.number)
        if facility.places is not None and total > facility.places * part.days:
            raise Refused(EcalcuraCode.BILLED_MOST, places=facility.places, days=part.days, part=part.number)


def save_days(facility: Facility, year: int, days: Mapping[tuple[int, str], int | None], version: int,
         by: Actor | None = None) -> BilledYear:
    """Save the days of a year, and record it. The same days once more change nothing.

    Raises `Refused` for too many days (V28), and once the year is submitted; `Stale` if a colleague changed the year
    after the form with this `version` was made.
    """
    filled: Days = {key: number for key, number in days.items() if number is not None}
    with transaction():
        hold(facility)
        facility = Facility.get_by_id(facility.id)
        billed = BilledYear.get_or_make(facility, year)
        if billed.state == SUBMITTED:
            raise Refused(EcalcuraCode.BILLED_SUBMITTED, year=year)
        if filled == billed.days():
            return billed
        if version != billed.version:
            raise Stale(billed)
        check_most(facility, year, filled)
        BilledDays.delete().where(BilledDays.billed_year_id == billed.id).execute()
        for (part, field), number in filled.items():
            BilledDays.insert(billed_year_id=billed.id, part=part, field=field, days=number).execute()
        billed.move()
        record(EcalcuraEvent.BILLED_DAYS_CHANGED, by=by, tenant_id=facility.id, subject=year)
        return billed


def submit_days(facility: Facility, year: int, version: int, by: Actor, declared: bool) -> bool:
    """Freeze the days of a year as its next version, and record it; return False if it was submitted already.

    Raises `Refused` while the year lasts, without the declaration, and if a part is not filled in or has too many days;
    `Stale` if the year was changed after the page with this `version` was made.
    """
    with transaction():
        hold(facility)
        facility = Facility.get_by_id(facility.id)
        billed = BilledYear.get_or_make(facility, year)
        if billed.state == SUBMITTED:
            return False
        if version != billed.version:
            raise Stale(billed)
        check_submitting(facility, billed)
        if not declared:
            raise Refused(EcalcuraCode.NOT_DECLARED)
        content = _content(facility, billed)
        earlier = billed.versions()
        number = earlier[0].number + 1 if earlier else 1
        BilledVersion.create(billed_year_id=billed.id, number=number, account_id=by.id, content=json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        billed.move(state=SUBMITTED, asked_at=None, asked_reason="")
        record(EcalcuraEvent.BILLED_DAYS_SUBMITTED, by=by, tenant_id=facility.id, subject=year, number=number)
        return True


def check_submitting(facility: Facility, billed: BilledYear) -> None:
    """Raise `Refused` while the year lasts, and if a part is not filled in or has too many days."""
    if today().year <= billed.year:
        raise Refused(EcalcuraCode.BILLED_EARLY, day=datetime.date(billed.year + 1, 1, 1))
    days = billed.days()
    if any((part.number, field) not in days for part in parts(billed.year) for field in fields_of(
            facility, billed.year)):
        raise Refused(EcalcuraCode.BILLED_EMPTY)
    check_most(facility, billed.year, days)


def _content(facility: Facility, billed: BilledYear) -> dict[str, Any]:
    labels, days = fields_of(facility, billed.year), billed.days()
    return {"year": billed.year, "places": facility.places, "fields": labels,
            "days": {str(part.number): {field: days[part.number, field] for field in labels}
                     for part in parts(billed.year)}}
