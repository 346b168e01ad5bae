"""The codes for a list of organisations and for inviting many: see models/errors.py."""
from enum import StrEnum, auto


class BulkCode(StrEnum):
    """Every reason for which a list, a row of it or an invitation is refused, or a value left as it is."""

    COLUMN_TWICE = auto()
    COLUMN_OTHER = auto()
    ORGANISATION_ABSENT = auto()
    ORGANISATION_NAMESAKES = auto()
    ORGANISATION_REPEATED = auto()
    SECTOR = auto()
    VALUE_KEPT = auto()
    LOGIN_ADDRESS = auto()

    ADDRESS_ABSENT = auto()
    ADDRESS_SHARED = auto()
