"""The message that a command prints for each refusal of a model of arbeidszorg."""
from enum import StrEnum

from models.arbeidszorg.errors import ArbeidszorgCode

REFUSALS: dict[StrEnum, str] = {
    ArbeidszorgCode.REMARK_LONG: "The text may have at most 500 characters.",
    ArbeidszorgCode.CONCLUSIONS_LONG: "The conclusions may have at most 10,000 characters.",
    ArbeidszorgCode.REMARK_CHARACTERS: "The text contains a character that cannot be stored.",
    ArbeidszorgCode.NATIONAL_NUMBER: "The text contains a national number: leave it out.",
    ArbeidszorgCode.REASON: "That reason does not exist.",
    ArbeidszorgCode.ANSWER: "Give an answer for the organisation.",
    ArbeidszorgCode.REQUEST_DECIDED: "This request has already been decided or withdrawn.",
    ArbeidszorgCode.CLIENT_GONE: "This client has already been deleted.",
    ArbeidszorgCode.ALREADY_RESTORED: "This client has already been restored.",
    ArbeidszorgCode.RESTORE_LATE: "It is too late: a deleted client can be restored for 30 days.",
    ArbeidszorgCode.RESTORE_TAKEN:
        "This client cannot be restored: another client of the organisation has its old number by now.",
    ArbeidszorgCode.RESTORE_SENT_AGAIN:
        "This client cannot be restored: the organisation registered it again with the same form.",
    ArbeidszorgCode.CLIENT_MOVE_PENDING: "Another move of this client is pending: decide about that first.",
    ArbeidszorgCode.CLIENT_MOVE_DECIDED: "This move has already been decided or cancelled.",
    ArbeidszorgCode.CLIENT_MOVE_DELETION: "The deletion of this client was requested: decide about that first.",
    ArbeidszorgCode.CLIENT_MOVE_FIRST:
        "This client is being moved to another organisation: cancel or finish that first.",
    ArbeidszorgCode.CLIENT_MOVE_NAME:
        "The name of a client cannot be opened: the key of the names is absent, or not the right one.",
    ArbeidszorgCode.SCOPE: "There is no such scope: give a province, or vlaanderen.",
    ArbeidszorgCode.YEAR: "Nobody was guided in that year.",
    ArbeidszorgCode.EDITION_EMPTY: "Nobody was guided there in that year: there is nothing to publish.",
}
