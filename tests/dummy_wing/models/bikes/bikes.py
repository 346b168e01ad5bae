"""Bikes: each has a number, in a shed."""
import peewee

from models.audit import Actor, record
from models.bikes.errors import BikesCode
from models.bikes.events import BikesEvent
from models.bikes.roles import SHED
from models.database import BaseModel, refusing, transaction
from models.tenants import Tenant

RULES = {"FOREIGN KEY": BikesCode.NO_SHED, "foreign key": BikesCode.NO_SHED, "bike": BikesCode.BIKE_THERE}


class Bike(BaseModel):
    tenant_id = peewee.IntegerField()
    number = peewee.IntegerField()

    class Meta:
        primary_key = peewee.CompositeKey("tenant_id", "number")

    @classmethod
    def add(cls, number: int, shed: int | None = None, by: Actor | None = None) -> "Bike":
        """Add a bike to the shed with this id, by default to a new one.

        Raises `Refused` if there is no such shed, or if it has a bike with this number.
        """
        with transaction(), refusing(**RULES):
            bike = cls.create(tenant_id=shed or Tenant.new(SHED).id, number=number)
            record(BikesEvent.BIKE_ADDED, by=by, tenant_id=bike.tenant_id, subject=number)
        return bike

    @classmethod
    def numbers(cls, shed: int) -> list[int]:
        """Return the numbers of the bikes in a shed, in order."""
        return [bike.number for bike in cls.select(cls.number).where(cls.tenant_id == shed).order_by(cls.number)]
