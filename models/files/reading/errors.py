"""The codes for a file that is not a table, or whose row cannot be read: see models/errors.py."""
from enum import StrEnum, auto


class FileCode(StrEnum):
    """Every reason for which a file is refused, or one row or cell of it, whatever the table is about."""

    FILE_NONE = auto()
    FILE_UNREADABLE = auto()
    FILE_EMPTY = auto()
    FILE_EXCEL = auto()
    FILE_LOCKED = auto()
    FILE_LARGE = auto()
    FILE_SPREADSHEET = auto()
    FILE_WIDE = auto()
    FILE_BINARY = auto()
    FILE_LINE = auto()
    FILE_ENCODING = auto()
    FILE_HEADING = auto()

    ROW_QUOTES = auto()
    ROW_COLUMNS = auto()
    CELL_ERROR = auto()
    CELL_FORMULA = auto()
