"""The codes of the rules of site: see models/errors.py."""
from enum import StrEnum


class SiteCode(StrEnum):
    """Each rule about the public pages that can be broken."""
