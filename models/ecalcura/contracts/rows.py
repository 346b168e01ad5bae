"""The rows of choices and replacements as the database has them; their rules are in modules of their own."""
import peewee

from models.database import BaseModel, now


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
