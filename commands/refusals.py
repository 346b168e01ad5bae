"""The message that a command prints for each refusal of a model; a wing adds those for its own codes."""
from collections.abc import Mapping
from enum import StrEnum

from models.errors import Code, Refused

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
    Code.NO_FACTOR: "This administrator has no second factor: one is set up at the next sign-in.",
}
_all = dict(REFUSALS)


def add(refusals: Mapping[StrEnum, str]) -> None:
    """Add the words of a wing, keyed by its own codes."""
    _all.update(refusals)


def words(refused: Refused) -> str:
    """The words for a refusal by a model."""
    return _all[refused.code]
