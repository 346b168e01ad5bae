"""Resident data of a trimester: sums by care profile and their totals, never a resident. A submission freezes them."""
from collections.abc import Mapping
from typing import NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, transaction
from models.ecalcura.deliveries import fields, sheet
from models.ecalcura.deliveries.fields import RESIDENTS
from models.ecalcura.deliveries.sheet import Read, Shape
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import hold, refuse_entry_of, touch
from models.errors import Refused, Stale
from models.files.reading.sources import Source

PLACES, DAYS, TOTAL = "places", "days", "total"
MEASURES = {PLACES: "Erkende plaatsen", DAYS: "Gefactureerde dagen"}
# (code of the field, or TOTAL; measure) → number. An empty field has no key.
Counts = dict[tuple[str, str], int]


class ResidentData(BaseModel):
    """The resident data of a facility in a trimester. They have a row once somebody entered something."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    trimester_id = peewee.IntegerField()
    version = peewee.IntegerField(default=1)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "resident_data"

    @classmethod
    def at(cls, facility: Facility, trimester: Trimester) -> "ResidentData":
        """Return the data of a trimester; some that are not saved if there is no row."""
        return (cls.get_or_none(cls.facility_id == facility.id, cls.trimester_id == trimester.id)
                or cls(facility_id=facility.id, trimester_id=trimester.id))

    @classmethod
    def get_or_make(cls, facility: Facility, trimester: Trimester) -> "ResidentData":
        """Return the data of a trimester, which get a row if they lack one."""
        cls.insert(facility_id=facility.id, trimester_id=trimester.id).on_conflict(
            action="NOTHING", conflict_target=[cls.facility_id, cls.trimester_id]).execute()
        return cls.at(facility, trimester)

    def counts(self) -> Counts:
        """Return the numbers that are filled in."""
        rows = ResidentCount.select(ResidentCount.field, ResidentCount.measure, ResidentCount.amount).where(
            ResidentCount.resident_data_id == self.id).tuples()
        return {(field, measure): amount for field, measure, amount in rows}


class ResidentCount(BaseModel):
    """A number of a field."""

    resident_data_id = peewee.IntegerField()
    field = peewee.TextField()
    measure = peewee.TextField()
    amount = peewee.IntegerField()

    class Meta:
        table_name = "resident_count"
        primary_key = peewee.CompositeKey("resident_data_id", "field", "measure")


def fields_of(facility: Facility, trimester: Trimester) -> dict[str, str]:
    """Return code → label of the fields of a trimester; the last one is the total."""
    return {**fields.fields_of(facility, RESIDENTS, trimester.first, trimester.last), TOTAL: "Totaal"}


def counts_of(facility: Facility, trimester: Trimester) -> Counts:
    """Return the numbers of a facility in a trimester."""
    return ResidentData.at(facility, trimester).counts() if trimester.id else {}


def save_residents(facility: Facility, trimester: Trimester, counts: Mapping[tuple[str, str], int | None], version: int,
                   by: Actor | None = None) -> None:
    """Save the resident data of a trimester, and record it. The same numbers once more change nothing.

    Raises `Refused` while the trimester takes no data (V24) and once it is submitted (V33); `Stale` if a colleague
    changed them after the form with this `version` was made.
    """
    filled: Counts = {key: amount for key, amount in counts.items() if amount is not None}
    with transaction():
        hold(facility)
        refuse_entry_of(facility, trimester)
        data = ResidentData.get_or_make(facility, trimester)
        if filled == data.counts():
            return
        if version != data.version:
            raise Stale(data)
        ResidentCount.delete().where(ResidentCount.resident_data_id == data.id).execute()
        for (field, measure), amount in filled.items():
            ResidentCount.insert(resident_data_id=data.id, field=field, measure=measure, amount=amount).execute()
        ResidentData.update(version=ResidentData.version + 1, changed_at=now()).where(
            ResidentData.id == data.id).execute()
        touch(facility, trimester.first, trimester.last)
        record(EcalcuraEvent.RESIDENTS_CHANGED, by=by, tenant_id=facility.id, subject=trimester.subject)


class Difference(NamedTuple):
    """A sum that differs from what it has to be (V29)."""

    sum: int
    against: int


def differences(facility: Facility, trimester: Trimester, counts: Counts) -> list[Difference]:
    """Return the sums that are wrong: parts that do not make the total, and more days than places × days."""
    sums = {measure: sum(amount for (field, of), amount in counts.items() if of == measure and field != TOTAL)
            for measure in MEASURES}
    found = [Difference(sums[measure], counts.get((TOTAL, measure), 0)) for measure in MEASURES
             if sums[measure] != counts.get((TOTAL, measure), 0)]
    places = sums[PLACES] or facility.places
    if places is not None and sums[DAYS] > places * trimester.days:
        found.append(Difference(sums[DAYS], places * trimester.days))
    return found


def snapshot_of(facility: Facility, trimester: Trimester) -> dict[str, object] | None:
    """Return the resident data as the snapshot of a submission keeps them, with labels; None without any."""
    counts = counts_of(facility, trimester)
    if not counts:
        return None
    # A list, for the snapshot sorts the keys of an object.
    return {"measures": [list(one) for one in MEASURES.items()], "rows": [
        {"field": field, "label": label, **{measure: counts.get((field, measure)) for measure in MEASURES}}
        for field, label in fields_of(facility, trimester).items()]}


def _shape(facility: Facility, trimester: Trimester) -> Shape:
    return Shape("Bewonersgegevens", ("Code", "Omschrijving"), fields_of(facility, trimester), MEASURES,
                 trimester.subject)


def template(facility: Facility, trimester: Trimester) -> bytes:
    """Return the template of a trimester as XLSX, with the numbers that are stored."""
    data = ResidentData.at(facility, trimester)
    return sheet.template(_shape(facility, trimester), counts_of(facility, trimester), data.version)


def read(facility: Facility, trimester: Trimester, source: Source, by: Actor | None = None) -> Read:
    """Save the numbers of a filled-in template, all of them or none.

    Raises `Refused` for a file that cannot be read, and if the trimester takes no data.
    """
    refuse_entry_of(facility, trimester)
    data = ResidentData.at(facility, trimester)
    found = sheet.read(_shape(facility, trimester), counts_of(facility, trimester), data.version, source)
    if found.refused or not found.lines:
        return found
    try:
        save_residents(facility, trimester, found.numbers, data.version, by)
    except Stale as stale:
        refused: Refused = stale
        return Read([line._replace(refused=refused) for line in found.lines], found.numbers)
    return found
