"""The codes of the rules of site: see models/errors.py."""
from enum import StrEnum, auto


class SiteCode(StrEnum):
    """Each rule about the public pages that can be broken."""

    CONTACT_EMPTY = auto()
    CONTACT_ALONE = auto()
    CONTACT_OF_LOGIN = auto()
    EDITOR_UNKNOWN = auto()
    EDITOR_ONESELF = auto()
    PICTURE_EMPTY = auto()
    PICTURE_LARGE = auto()
    PICTURE_FORMAT = auto()
    PICTURE_BROKEN = auto()
    PICTURE_PIXELS = auto()
    PICTURE_SMALL = auto()
    PICTURE_SHAPE = auto()
    PICTURE_MOVES = auto()
    PICTURE_ALTERNATIVE = auto()
    PICTURE_CONSENT = auto()
    CHECKED_LATER = auto()

    NEWS_PAST = auto()
    NEWS_PUBLISHED = auto()
    NEWS_NOT_PUBLIC = auto()
    NEWS_NOT_CONCEPT = auto()
    NOT_HTTPS = auto()
    NOT_DOENERS = auto()
    WRONG_POSTCODE = auto()
    EMAIL_OF_LOGIN = auto()
    NO_REASON = auto()
