"""The codes of the rules of site: see models/errors.py."""
from enum import StrEnum


class SiteCode(StrEnum):
    """Each rule about the public pages that can be broken."""

    CONTACT_EMPTY = "contact-empty"
    CONTACT_ALONE = "contact-alone"
    CONTACT_OF_LOGIN = "contact-of-login"
    EDITOR_UNKNOWN = "editor-unknown"
    EDITOR_ONESELF = "editor-oneself"
