"""The rows of choices, replacements and prestaties as the database has them; their rules are in other modules."""
import peewee

from models.database import BaseModel, now
from models.ecalcura.facilities.facilities import Facility


class StaffRow(BaseModel):
    """The columns that every row about an employee has. `form_key` is of the form that made it."""

    id = peewee.AutoField()
    employee_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)


class ChoiceRow(StaffRow):
    """A choice for a step, from and until these days."""

    step = peewee.IntegerField()
    kind = peewee.TextField()
    since = peewee.DateField()
    until = peewee.DateField(null=True)

    class Meta:
        table_name = "choice"


class ReplacementRow(StaffRow):
    """Hours a week, in hundredths, by which a contract replaces an employee, or the facility's pool without one."""

    contract_id = peewee.IntegerField()
    replaced_id = peewee.IntegerField(null=True)
    hours = peewee.IntegerField()
    since = peewee.DateField()
    until = peewee.DateField(null=True)
    act_on = peewee.DateField(null=True)

    class Meta:
        table_name = "replacement"


class PerformanceRow(BaseModel):
    """The row of a contract in a trimester; its version tells whether a colleague changed the hours."""

    contract_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    trimester_id = peewee.IntegerField()
    version = peewee.IntegerField(default=1)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "performance_row"
        primary_key = peewee.CompositeKey("contract_id", "trimester_id")

    @classmethod
    def of(cls, facility: Facility, trimester_id: int | None) -> "peewee.ModelSelect[PerformanceRow]":
        """Select the rows of a facility in a trimester."""
        return cls.select().where(cls.facility_id == facility.id, cls.trimester_id == trimester_id)


class Performance(BaseModel):
    """The hours of one kind in a row."""

    contract_id = peewee.IntegerField()
    trimester_id = peewee.IntegerField()
    kind = peewee.TextField()
    hours = peewee.IntegerField()

    class Meta:
        primary_key = peewee.CompositeKey("contract_id", "trimester_id", "kind")
