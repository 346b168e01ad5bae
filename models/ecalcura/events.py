"""The events of ecalcura in the log: see models/audit.py. All are about one facility, and for that facility."""
from models.audit import TENANT, Audited


class EcalcuraEvent(Audited):
    """Each event about facilities."""

    FACILITY_ADDED = "facility-added", TENANT
    FACILITY_CHANGED = "facility-changed", TENANT
    FACILITY_MERGED = "facility-merged", TENANT
