"""The events of site in the log: see models/audit.py."""
from models.audit import Audited


class SiteEvent(Audited):
    """Each event about the public pages."""

    PUBLIC_CONTACT_CHANGED = "public-contact-changed"
    FIXED_PAGE_SAVED = "fixed-page-saved"
