"""The message that a command prints for each refusal of a model; a wing adds those for its own codes."""
from collections.abc import Mapping
from enum import StrEnum

from models.accounts.bulk.errors import BulkCode
from models.errors import Code, Refused
from models.files.reading.errors import FileCode

REFUSALS: dict[StrEnum, str] = {
    Code.STALE: "Somebody else changed it in the meantime: look again.",
    Code.DATE: "That is not a date: type it as 03/06/2024.",
    Code.DATE_YEAR: "Type the year with four digits: 03/06/2024.",
    Code.DATE_ABSENT: "There is no such day: check the day and the month.",
    Code.NAMES_KEY: "names.key is missing, or belongs to another database; nothing was changed.",
    Code.NEW_KEY: "names.key.new cannot be used; nothing was changed. Delete it and try again.",
    Code.MAIL_KEY: "app.key is missing: without it nothing can be mailed, and nothing was changed.",
    Code.PROVINCE: "There is no province with that name.",
    Code.ORGANISATION_NAME: "The name must have 1 to 200 characters.",
    Code.ORGANISATION_EXISTS: "This province already has an organisation with that name.",
    Code.EMAIL: "That is not a mail address. If none is known yet, give --email.",
    Code.EMAIL_TAKEN: "That mail address belongs to another login.",
    Code.HAS_LOGIN:
        "This organisation already has a login: `organisation password` mails it a link to a new password.",
    Code.LOGIN_BLOCKED: "This login is blocked: unblock it first.",
    Code.NOT_ACCEPTED: "This login has no password yet: invite it again, at the right address.",
    Code.NO_ROLE: "No wing that is on has a role for this: see WINGS.",
    Code.GRANT_EXCLUDED: "This login has a role that excludes this one.",
    Code.GRANT_WIDER: "Nobody grants wider than they hold.",
    Code.GRANT_SINGLE: "Another login has this role there, and only one at a time can have it.",
    Code.GRANT_DOUBLE: "The login has this role there already.",
    Code.GRANT_SCOPE: "This role has another scope.",
    Code.MOVE_SAME: "The login already has that address.",
    Code.MOVE_PENDING: "This login already has a pending change of address. Cancel it first.",
    BulkCode.COLUMN_TWICE: "The list has a column twice.",
    BulkCode.COLUMN_OTHER: "The list has another column than Organisatie, Sector, E-mailadres and Provincie.",
    BulkCode.ORGANISATION_ABSENT: "There is no organisation with that name.",
    BulkCode.ORGANISATION_NAMESAKES: "Several provinces have an organisation with that name: add a column Provincie.",
    BulkCode.ORGANISATION_REPEATED: "An earlier line is about this organisation too.",
    BulkCode.SECTOR: "There is no such sector.",
    BulkCode.VALUE_KEPT: "The organisation has another value, which stays: --replace replaces it.",
    BulkCode.LOGIN_ADDRESS: "The organisation has a login with another address: `organisation move` changes that.",
    BulkCode.ADDRESS_ABSENT: "No mail address is known.",
    BulkCode.ADDRESS_SHARED: "Another organisation without a login has the same mail address.",
    FileCode.FILE_NONE: "There is no such file, or it is not a plain file.",
    FileCode.FILE_UNREADABLE: "The file cannot be read.",
    FileCode.FILE_EMPTY: "The file is empty.",
    FileCode.FILE_EXCEL: "This is another spreadsheet (XLS, XLSB or ODS): save it as XLSX, or as CSV in UTF-8.",
    FileCode.FILE_LOCKED: "This spreadsheet has a password: save it without one.",
    FileCode.FILE_LARGE: "This spreadsheet is too large once unpacked: save the rows as CSV in UTF-8.",
    FileCode.FILE_SPREADSHEET: "This spreadsheet is damaged: save it again as XLSX, or as CSV in UTF-8.",
    FileCode.FILE_WIDE: "The file is in UTF-32, or in UTF-16 without a mark: save it as UTF-8.",
    FileCode.FILE_BINARY: "The file holds null characters: it is not text.",
    FileCode.FILE_LINE: "A line of the file has no end, or more than 65,536 characters.",
    FileCode.FILE_ENCODING: "The file is neither UTF-8 nor Windows-1252, or mixes the two: save it as UTF-8.",
    FileCode.FILE_HEADING: "None of the first 20 lines has the names of the columns.",
    FileCode.ROW_QUOTES: "The quotes of this line do not match.",
    FileCode.ROW_COLUMNS: "This line has too many columns, or too few.",
    FileCode.CELL_ERROR: "The line has an error of the spreadsheet, such as #N/A.",
    FileCode.CELL_FORMULA: "The line has a formula without a value.",
    Code.NO_FACTOR: "This administrator has no second factor: one is set up at the next sign-in.",
}
_all = dict(REFUSALS)


def add(refusals: Mapping[StrEnum, str]) -> None:
    """Add the words of a wing, keyed by its own codes."""
    _all.update(refusals)


def words(refused: Refused) -> str:
    """The words for a refusal by a model."""
    return _all[refused.code]
