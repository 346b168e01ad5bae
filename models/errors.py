"""The errors that models raise, and the codes that say which rule was broken.

A code is a member of an enum: `Code` for the ground, accounts and mail, and an enum of its own for each wing
(models/<wing>/errors.py). Two enums never share a value, so a table can be keyed by the members of both. The words for
a code belong to whoever shows them: views/shell/messages.py in Dutch, commands/refusals.py in English.
"""
from enum import StrEnum, auto
from typing import Any


class Code(StrEnum):
    """Every rule of the ground, the accounts and the mail that can be broken."""

    STALE = auto()
    DATE = auto()
    DATE_YEAR = auto()
    DATE_ABSENT = auto()

    NAMES_KEY = auto()
    NEW_KEY = auto()
    MAIL_KEY = auto()
    FACTOR_KEY = auto()

    PROVINCE = auto()
    ORGANISATION_NAME = auto()
    ORGANISATION_EXISTS = auto()

    EMAIL = auto()
    EMAIL_SAME = auto()
    EMAIL_TAKEN = auto()
    HAS_LOGIN = auto()
    NOT_ACCEPTED = auto()
    NO_ROLE = auto()
    GRANT_EXCLUDED = auto()
    GRANT_WIDER = auto()
    GRANT_SINGLE = auto()
    GRANT_DOUBLE = auto()
    GRANT_SCOPE = auto()
    LOGIN_BLOCKED = auto()
    LINK = auto()
    MOVE_SAME = auto()
    MOVE_PENDING = auto()
    OVERTAKEN = auto()
    OWN_LOGIN = auto()
    LAST_ADMINISTRATOR = auto()
    CONTACT_NAME = auto()
    CONTACT_WAY = auto()

    UNKNOWN = auto()
    TOO_MANY = auto()
    PASSWORD_WRONG = auto()
    PASSWORD_SHORT = auto()
    PASSWORD_LONG = auto()
    PASSWORD_WEAK = auto()

    CODE = auto()
    NEW_CODE = auto()
    RECOVERY_CODE = auto()
    TOO_MANY_CODES = auto()
    CANDIDATE = auto()
    FACTOR_THERE = auto()
    NO_FACTOR = auto()
    WAITED_TOO_LONG = auto()
    OUTSIDE = auto()

    DOCUMENT_ONE = auto()
    DOCUMENT_EMPTY = auto()
    DOCUMENT_LARGE = auto()
    DOCUMENT_FORMAT = auto()
    DOCUMENT_CLAIMS = auto()
    DOCUMENT_MACRO = auto()
    DOCUMENT_LINK = auto()
    DOCUMENT_SAME = auto()
    DOCUMENT_WITHDRAWN = auto()


class Refused(Exception):
    """A rule was broken: `code` names the rule, `context` holds the values that fill in its message."""

    def __init__(self, code: StrEnum, **context: Any) -> None:
        if not isinstance(code, StrEnum):
            raise TypeError(f"{code!r} is not a member of an enum of codes")
        super().__init__(code)
        self.code = code
        self.context = context


class Stale(Refused):
    """A form was made from an older version of a row; `current` is the row as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(Code.STALE, current=current)
        self.current = current


class Unreadable(Exception):
    """A sealed value was altered, moved to another place, or sealed under another key."""


class CannotStart(Exception):
    """The application cannot start like this; the message says what the operator has to mend."""


class Unreachable(CannotStart):
    """The database cannot be opened; the message is the driver's, which names no password."""
