"""The entries of the log that the desk may read: of every facility, of its own people, and of the wing."""
import peewee

from models.audit import AuditEntry
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import DESK


def entries() -> "peewee.ModelSelect[AuditEntry]":
    """Select the entries, the newest first: none is about a name."""
    of_facilities = AuditEntry.tenant_id.in_(Facility.select(Facility.id))
    of_desk = AuditEntry.actor.in_([role.code for role in DESK])
    return (AuditEntry.select().where(of_facilities | of_desk | AuditEntry.event.in_(list(EcalcuraEvent)))
            .order_by(AuditEntry.id.desc()))


def choices() -> list[tuple[int, str]]:
    """Return (id, name with HCO number) of the facilities by which the log is filtered, by name."""
    return [(one.id, f"{one.name} ({one.hco})") for one in Facility.with_dossier()]
