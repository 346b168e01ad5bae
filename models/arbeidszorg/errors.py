"""The codes of what arbeidszorg refuses: see models/errors.py."""
from enum import StrEnum, auto


class ArbeidszorgCode(StrEnum):
    """Every rule that can be broken when people register, delete and report."""

    QUESTION = auto()
    REQUIRED = auto()
    OPTION = auto()
    BIRTH_DATE = auto()
    POSTCODE = auto()
    NAME_LONG = auto()
    NAME_CHARACTERS = auto()
    REMARK_LONG = auto()
    REMARK_CHARACTERS = auto()
    NATIONAL_NUMBER = auto()
    ALREADY_SAVED = auto()

    HOURS = auto()
    HOURS_RANGE = auto()
    HOURS_PRECISE = auto()
    DAY_RANGE = auto()
    CLOSING = auto()
    END_BEFORE_START = auto()
    BEFORE_BIRTH = auto()
    OVERLAP = auto()

    REASON = auto()
    REMARK_NAME = auto()
    ALREADY_ASKED = auto()
    REQUEST_DECIDED = auto()
    ANSWER = auto()
    CLIENT_GONE = auto()
    ALREADY_RESTORED = auto()
    RESTORE_LATE = auto()
    RESTORE_TAKEN = auto()
    RESTORE_SENT_AGAIN = auto()

    NAMES_UNREADABLE = auto()
    SCOPE = auto()
    YEAR = auto()
    EDITION_EMPTY = auto()


class ImportCode(StrEnum):
    """Every reason of its own for which the import refuses a whole file or one row."""

    FILE_NONE = auto()
    FILE_UNREADABLE = auto()
    FILE_EMPTY = auto()
    FILE_ROWS = auto()
    FILE_EXCEL = auto()
    FILE_WIDE = auto()
    FILE_BINARY = auto()
    FILE_LINE = auto()
    FILE_ENCODING = auto()
    FILE_DELIMITER = auto()
    FILE_HEADING = auto()
    FILE_NONSENSE = auto()
    COLUMNS_DOUBLED = auto()
    COLUMNS_MISSING = auto()
    COLUMNS_UNKNOWN = auto()
    COLUMNS_ORDER = auto()

    ROW_QUOTES = auto()
    ROW_COLUMNS = auto()
    EMPTY = auto()
    TEXT = auto()
    NUMBER = auto()
    NUMBER_TAKEN = auto()
    MARK = auto()
    BIRTH_AFTER_PERIOD = auto()
    SECOND_OPEN = auto()
    DELETED = auto()
    DIFFERS = auto()
    PAST_FORM = auto()
    PAST_QUESTION = auto()
    PAST_CHOICE = auto()
    PAST_DATE = auto()
    PAST_POSTCODE = auto()
    PAST_UNTIL = auto()
    PAST_DOUBLED = auto()
    OTHER_CLIENT = auto()
