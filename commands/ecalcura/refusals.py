"""The message that a command prints for each refusal of a model of ecalcura."""
from enum import StrEnum

from models.ecalcura.errors import EcalcuraCode

REFUSALS: dict[StrEnum, str] = {
    EcalcuraCode.LIST_UNREADABLE: "The file cannot be read: it must be CSV with semicolons, in UTF-8 or cp1252.",
    EcalcuraCode.LIST_COLUMNS: "The file lacks a required column, or has an unknown one or one twice.",
    EcalcuraCode.LIST_CELLS: "The row has more or fewer cells than there are columns.",
    EcalcuraCode.HCO: "An HCO number has 1 to 20 letters and digits.",
    EcalcuraCode.HCO_TWICE: "An earlier row has this HCO number.",
    EcalcuraCode.RIZIV: "A RIZIV number has at most 11 digits.",
    EcalcuraCode.KBO: "This is not a valid KBO number: check its 10 digits.",
    EcalcuraCode.FACILITY_KIND: "There is no such kind, or not with this type: see kinds.toml.",
    EcalcuraCode.FACILITY_KIND_CHANGED: "A facility never changes its kind.",
    EcalcuraCode.FACILITY_NAME: "The name must have 1 to 200 characters.",
    EcalcuraCode.FACILITY_TEXT: "The text is too long, or has a character that cannot be stored.",
    EcalcuraCode.FACILITY_PLACES: "A whole number of at most 5 digits is expected.",
    EcalcuraCode.FACILITY_DAYS: "The last day is before the first day.",
    EcalcuraCode.PARENT_ABSENT: "The facility under which this one falls is not there.",
    EcalcuraCode.PARENT_KIND: "The facility under which this one falls is of another kind than expected.",
    EcalcuraCode.PARENT_NONE: "A facility of this kind falls under no other.",
    EcalcuraCode.AGREEMENT_FULL: "Two other facilities have this agreement already.",
    EcalcuraCode.AGREEMENT_NONE: "A facility of this kind has no agreement.",
    EcalcuraCode.SUCCESSOR_ABSENT: "The successor is not there.",
    EcalcuraCode.SUCCESSOR_KIND: "The successor has no dossier of its own, or has merged itself.",
    EcalcuraCode.MERGED_TOGETHER: "The successor and the day of merging go together.",
    EcalcuraCode.MERGED_ALREADY: "This facility has merged already: a merger is never changed.",
    EcalcuraCode.NO_DOSSIER: "This facility has no dossier of its own, and so no roles.",
    EcalcuraCode.COLLEAGUE_NAME: "The name must have 1 to 100 characters.",
    EcalcuraCode.COLLEAGUE_ACTIVE: "This login is known at the facility already.",
    EcalcuraCode.LAST_ACCESS: "This is the last access manager of the facility: make another one first.",
    EcalcuraCode.TEXT_NUMBER: "The text holds somebody's number.",
    EcalcuraCode.WINDOW_DAYS: "The days must be in this order: entry from, submit from, deadline.",
    EcalcuraCode.TRIMESTER_FINAL: "This trimester has a definitive calculation: it cannot be reopened.",
    EcalcuraCode.NOT_SUBMITTED: "The facility has not submitted this trimester.",
    EcalcuraCode.REOPEN_REASON: "A reason of 1 to 500 characters is needed.",
    EcalcuraCode.REOPEN_PAST: "The day is in the past.",
}
