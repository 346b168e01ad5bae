"""The events of bikes in the log: see models/audit.py."""
from models.audit import TENANT, Audited


class BikesEvent(Audited):
    """Each event about bikes."""

    BIKE_ADDED = "bike-added", TENANT
