"""The events of site in the log: see models/audit.py."""
from models.audit import Audited


class SiteEvent(Audited):
    """Each event about the public pages."""

    PUBLIC_CONTACT_CHANGED = "public-contact-changed"
    FIXED_PAGE_SAVED = "fixed-page-saved"
    NEWS_ADDED = "news-added"
    NEWS_CHANGED = "news-changed"
    NEWS_PLANNED = "news-planned"
    NEWS_UNPLANNED = "news-unplanned"
    NEWS_PUBLISHED = "news-published"
    NEWS_WITHDRAWN = "news-withdrawn"
    NEWS_DELETED = "news-deleted"
    INITIATIVE_CHANGED = "initiative-changed"
    INITIATIVE_CHECKED = "initiative-checked"
    INITIATIVE_TICKED = "initiative-ticked"
    INITIATIVE_UNTICKED = "initiative-unticked"
    INITIATIVE_HIDDEN = "initiative-hidden"
    INITIATIVE_SHOWN = "initiative-shown"
