"""The organisations at which clients were before they moved."""
import datetime

import peewee

from models.database import BaseModel
from models.organisations import Organisation


class PastOrganisation(BaseModel):
    """An organisation at which a client was until the day `until`, that day included."""

    client_number = peewee.IntegerField()
    organisation = peewee.ForeignKeyField(Organisation, backref="+")
    organisation_id: int
    until = peewee.DateField()

    class Meta:
        primary_key = peewee.CompositeKey("client_number", "until")

    @classmethod
    def of(cls, number: int) -> "peewee.ModelSelect[PastOrganisation]":
        """Select the earlier organisations of the client with this number, the first one first."""
        return cls.select().where(cls.client_number == number).order_by(cls.until)

    @classmethod
    def left_after(cls, number: int, day: datetime.date) -> bool:
        """Whether the client with this number went to another organisation on the day after this one."""
        return bool(cls.of(number).where(cls.until == day).exists())
