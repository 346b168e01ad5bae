"""The codes of the rules of ecalcura: see models/errors.py."""
from enum import StrEnum, auto


class EcalcuraCode(StrEnum):
    """Each rule of ecalcura that can be broken."""

    LIST_COLUMNS = auto()
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
    ROLES_OUTSIDE = auto()
    NO_EMERGENCY = auto()
    FACILITY_UNKNOWN = auto()

    TEXT_NUMBER = auto()

    CONTACT_PERSON_NAME = auto()
    CONTACT_PERSON_FUNCTION = auto()
    CONTACT_PERSON_TELEPHONE = auto()
    CONTACT_PERSON_TWICE = auto()
    CONTACT_PERSONS_FULL = auto()
    REMINDED_LATELY = auto()
    MESSAGE_TEXT = auto()

    WINDOW_DAYS = auto()
    NO_TRIMESTER_OPEN = auto()
    TRIMESTER_UNOPENED = auto()
    TRIMESTER_CLOSED = auto()
    ENTRY_EARLY = auto()
    SUBMIT_UNOPENED = auto()
    SUBMIT_EARLY = auto()
    TRIMESTER_SUBMITTED = auto()
    REOPENED_ENDED = auto()
    TRIMESTER_FINAL = auto()
    NOT_SUBMITTED = auto()
    REOPEN_REASON = auto()
    REOPEN_PAST = auto()
    NOT_DECLARED = auto()
    CHECKS_LEFT = auto()
    NO_ROWS = auto()
    NOTHING_BUT_ROWS = auto()

    NUMBER_INVALID = auto()
    PERSON_UNKNOWN = auto()
    ALREADY_EMPLOYEE = auto()
    NUMBER_SAME = auto()
    LOOKUPS_TODAY = auto()
    LOOKUPS_PAUSED = auto()
    REFERENCE_DATE = auto()
    LOOK_REASON = auto()
    HOURS_TYPED = auto()

    IBAN_INVALID = auto()
    ACCOUNT_HOLDER = auto()
    ACCOUNT_EARLY = auto()
    ACCOUNT_LATE = auto()
    ACCOUNT_THERE = auto()
    ACCOUNT_OWN = auto()
    ACCOUNT_NOT_OWN = auto()
    ACCOUNT_DECIDED = auto()
    ACCOUNT_UNPROPOSED = auto()
    ACCOUNT_ROLE = auto()
    ACCOUNT_NOT_ALONE = auto()
    ACCOUNT_NOT_ASKED = auto()
    ACCOUNT_CALLED = auto()
    ACCOUNT_CALL_DAY = auto()
    ACCOUNT_REASON = auto()
    ACCOUNT_IN_REASON = auto()

    ROW_SAVED = auto()
    ROW_SUBMITTED = auto()
    MERGED_AWAY = auto()
    ROLE_UNKNOWN = auto()
    QUALIFICATION_UNKNOWN = auto()
    STATUTE_UNKNOWN = auto()
    STEP_UNKNOWN = auto()
    DAYS_ORDER = auto()
    CONTRACT_START = auto()
    CONTRACT_END = auto()
    CONTRACT_OVERLAP = auto()
    CONTRACT_USED = auto()
    TERMS_OUTSIDE = auto()
    HOURS_POSITIVE = auto()
    FULL_TIME_RANGE = auto()
    HOURS_ABOVE_FULL_TIME = auto()
    PREMIUM_NOT_ALLOWED = auto()
    CHOICE_EARLY = auto()
    CHOICE_TWICE = auto()
    IRREGULAR_WORK_DAYS = auto()
    REPLACEMENT_CHOICE = auto()
    NO_REPLACEMENT_CONTRACT = auto()
    REPLACED_NOT_EXEMPT = auto()
    REPLACEMENT_OUTSIDE = auto()
    STAFF_FILE_COLUMNS = auto()
    STAFF_FILE_EMPTY = auto()
    STAFF_FILE_DAY = auto()
    STAFF_FILE_LONG = auto()
    STAFF_FILE_ACQUIRED = auto()
    REGISTER_SILENT = auto()
    PERFORMANCE_HOURS = auto()
    PERFORMANCE_WRITING = auto()
    PERFORMANCE_NOT_NEEDED = auto()
    PERFORMANCE_COLUMNS = auto()
    PERFORMANCE_LONG = auto()
    PERFORMANCE_CONTRACT = auto()
    PERFORMANCE_TWICE = auto()
    PERFORMANCE_TRIMESTER = auto()

    PARAMETER_REFERENCE = auto()
    PARAMETER_VALUE = auto()
    PARAMETERS_OWN = auto()
    PARAMETERS_DECIDED = auto()
    CALCULATION_EMPTY = auto()
    CALCULATION_UNCOUNTED = auto()
    CALCULATION_OUTDATED = auto()
    CALCULATION_STATE = auto()
    CALCULATION_TWICE = auto()
    PARAMETERS_OLD = auto()
    NO_PARAMETERS = auto()
    NOT_FINAL = auto()
    COUNT_TYPED = auto()
    DELIVERY_COLUMNS = auto()
    DELIVERY_LONG = auto()
    DELIVERY_ROW = auto()
    DELIVERY_TWICE = auto()
    DELIVERY_OTHER = auto()
    BILLED_MOST = auto()
    BILLED_SUBMITTED = auto()
    BILLED_NOT_SUBMITTED = auto()
    BILLED_EARLY = auto()
    BILLED_EMPTY = auto()
    CRA_OVERLAP = auto()
    RIZIV_TYPED = auto()
    CERTIFICATE_KIND = auto()
    CERTIFICATE_NUMBER = auto()
    CERTIFICATE_TWICE = auto()
    CERTIFICATE_LATER = auto()
    CERTIFICATE_TYPE = auto()
    CERTIFICATE_LARGE = auto()
    NO_TERM = auto()
    NOTHING_KEPT = auto()


# The code of ECALCURA's table of checks, for the rules that have one: page, list and export show it.
CODES: dict[EcalcuraCode, str] = {
    EcalcuraCode.NO_TRIMESTER_OPEN: "V24",
    EcalcuraCode.TRIMESTER_UNOPENED: "V24",
    EcalcuraCode.TRIMESTER_CLOSED: "V24",
    EcalcuraCode.ENTRY_EARLY: "V24",
    EcalcuraCode.SUBMIT_UNOPENED: "V24",
    EcalcuraCode.SUBMIT_EARLY: "V24",
    EcalcuraCode.NOT_DECLARED: "V25",
    EcalcuraCode.TRIMESTER_SUBMITTED: "V33",
    EcalcuraCode.REOPENED_ENDED: "V33",
    EcalcuraCode.NUMBER_INVALID: "V01",
    EcalcuraCode.PERSON_UNKNOWN: "V02",
    EcalcuraCode.ALREADY_EMPLOYEE: "V07",
    EcalcuraCode.CONTRACT_START: "V08",
    EcalcuraCode.CONTRACT_END: "V08",
    EcalcuraCode.CONTRACT_OVERLAP: "V09",
    EcalcuraCode.HOURS_POSITIVE: "V10",
    EcalcuraCode.FULL_TIME_RANGE: "V10",
    EcalcuraCode.HOURS_ABOVE_FULL_TIME: "V10",
    EcalcuraCode.PREMIUM_NOT_ALLOWED: "V13",
    EcalcuraCode.CHOICE_EARLY: "V15",
    EcalcuraCode.CHOICE_TWICE: "V15",
    EcalcuraCode.REPLACED_NOT_EXEMPT: "V17",
    EcalcuraCode.REPLACEMENT_OUTSIDE: "V18",
    EcalcuraCode.PERFORMANCE_HOURS: "V23",
    EcalcuraCode.PERFORMANCE_WRITING: "V23",
    EcalcuraCode.PERFORMANCE_NOT_NEEDED: "V22",
    EcalcuraCode.IBAN_INVALID: "V27",
    EcalcuraCode.BILLED_MOST: "V28",
}
