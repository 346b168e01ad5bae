"""The log of the access to a facility: its roles, its invitations, and the sessions that the desk ended."""
from models.audit import AuditEntry, Event
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import DOSSIER
from models.log import Line, Log

ABOUT_ROLES = (Event.GRANT_GIVEN, Event.GRANT_ENDED, Event.INVITED, Event.GRANT_RECEIVED, Event.GRANT_WITHDRAWN,
               EcalcuraEvent.EMERGENCY_LOGIN)


def latest(facility: Facility) -> list[Line]:
    """Return the latest lines about the access to a facility; not of sessions that colleagues ended themselves."""
    by_desk = (AuditEntry.event == Event.SESSIONS_ENDED) & (AuditEntry.actor == DOSSIER.code)
    return Log(AuditEntry.of_tenant(facility.id).where(AuditEntry.event.in_(ABOUT_ROLES) | by_desk)).lines
