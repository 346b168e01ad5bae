"""The columns of the two CSV files that the register knows: the old register's export, and Loket's own.

Both are made from the questionnaire file. Loket's own carries the number, the name, the earlier answers and a mark by
which a client is recognised when the file comes back.
"""
import re

from models.arbeidszorg.register.periods import HEADINGS
from models.arbeidszorg.register.questionnaire import current

OLD, OWN = "old", "own"

PROVINCE, ORGANISATION, EMAIL = "province", "organisation", "email"
NUMBER, OLD_NUMBER, NAME, PAST, MARK = "number", "old_number", "name", "past_answers", "mark"

PLACE = {PROVINCE: "Provincie", ORGANISATION: "Organisatie", EMAIL: "E-mail organisatie"}

_MADE_MARK = re.compile(r"nr-(\d{1,9})-(\d{14})")


def columns(kind, questionnaire=None):
    """The columns of a file of this kind, in order: code to heading."""
    questionnaire = questionnaire or current()
    client = {question.code: question.column for question in questionnaire.of_client}
    period = HEADINGS | {question.code: question.column for question in questionnaire.of_closing}
    if kind == OLD:
        return PLACE | {OLD_NUMBER: "Volgnummer"} | client | period
    head = {NUMBER: "Nummer", OLD_NUMBER: "Oud volgnummer", NAME: "Naam"}
    return head | client | period | PLACE | {PAST: "Vroegere antwoorden", MARK: "Kenmerk"}


def mark_of(number, form_key, created_at):
    """By what a client is recognised, here and elsewhere: the key of the form it was made with, or how it was made."""
    return form_key or f"nr-{number}-{created_at:%Y%m%d%H%M%S}"


def number_in(mark):
    """The number in a mark that `mark_of` made for a client without a form key; None for another mark."""
    made = _MADE_MARK.fullmatch(mark)
    return int(made[1]) if made else None
