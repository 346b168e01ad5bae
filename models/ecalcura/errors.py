"""The codes of the rules of ecalcura: see models/errors.py."""
from enum import StrEnum, auto


class EcalcuraCode(StrEnum):
    """Each rule of ecalcura that can be broken."""

    LIST_UNREADABLE = auto()
    LIST_COLUMNS = auto()
    LIST_CELLS = auto()
    HCO = auto()
    HCO_TWICE = auto()
    RIZIV = auto()
    KBO = auto()
    FACILITY_KIND = auto()
    FACILITY_KIND_CHANGED = auto()
    FACILITY_NAME = auto()
    FACILITY_TEXT = auto()
    FACILITY_PLACES = auto()
    FACILITY_DAYS = auto()
    PARENT_ABSENT = auto()
    PARENT_KIND = auto()
    PARENT_NONE = auto()
    AGREEMENT_FULL = auto()
    AGREEMENT_NONE = auto()
    SUCCESSOR_ABSENT = auto()
    SUCCESSOR_KIND = auto()
    MERGED_TOGETHER = auto()
    MERGED_ALREADY = auto()

    NO_DOSSIER = auto()
    COLLEAGUE_NAME = auto()
    COLLEAGUE_ACTIVE = auto()
    ROLE_DAYS = auto()
    ROLE_PAST = auto()
    ROLE_GIVER = auto()
    LAST_ACCESS = auto()
