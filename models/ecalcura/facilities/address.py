"""The address data of a facility: its own people and the desk change them."""
from typing import NamedTuple

from models.audit import Actor, record
from models.database import locked, now, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused, Stale
from models.mail.addresses import clean_email


class Address(NamedTuple):
    """The address data; a facility may lack an e-mail address and a telephone number."""

    street: str
    postcode: str
    town: str
    email: str = ""
    telephone: str = ""


def address_of(facility: Facility) -> Address:
    """Return the address data of a facility."""
    return Address(*(getattr(facility, name) for name in Address._fields))


def change(facility: Facility, address: Address, version: int, by: Actor | None = None) -> None:
    """Save other address data and record which; the desk's file leaves them as they are from then on.

    Raises `Stale` for an older version, `Refused` for an invalid e-mail address and for a facility that merged.
    """
    address = address._replace(email=clean_email(address.email) if address.email else "")
    with transaction():
        current = locked(Facility.select().where(Facility.id == facility.id)).get()
        if current.version != version:
            raise Stale(current)
        if current.is_merged:
            raise Refused(EcalcuraCode.MERGED_AWAY, day=current.merged_on)
        before = address_of(current)
        changed = [name for name in Address._fields if getattr(before, name) != getattr(address, name)]
        if changed:
            Facility.update(address._asdict(), version=version + 1, address_saved_at=now(), changed_at=now()).where(
                Facility.id == current.id).execute()
            record(EcalcuraEvent.FACILITY_CHANGED, by=by, tenant_id=current.id, subject=current.hco, fields=changed)
