"""The columns of the two CSV files that the register knows: the old register's export, and Loket's own.

Both are made from the questionnaire file. Loket's own carries the number, the name, the earlier answers and a mark by
which a client is recognised when the file comes back.
"""
import re

from models.arbeidszorg.register.questionnaire import current

OLD, OWN = "old", "own"

PROVINCE, ORGANISATION, EMAIL = "province", "organisation", "email"
NUMBER, OLD_NUMBER, NAME, PAST, MARK = "number", "old_number", "name", "past_answers", "mark"
HOURS, START, END = "hours", "start_date", "end_date"

PLACE = {PROVINCE: "Provincie", ORGANISATION: "Organisatie", EMAIL: "E-mail organisatie"}
PERIOD = {HOURS: "Aantal uren", START: "Startdatum", END: "Einddatum"}

DELIMITER = ";"
# A spreadsheet takes a cell that begins with one of these for a formula. The apostrophe itself is among them so that
# disarming can be undone without doubt: what begins with an apostrophe in a file has exactly one too many.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")

_MADE_MARK = re.compile(r"nr-(\d{1,9})-(\d{14})")


def columns(kind, questionnaire=None):
    """The columns of a file of this kind, in order: code to heading."""
    questionnaire = questionnaire or current()
    client = {question.code: question.column for question in questionnaire.of_client}
    period = PERIOD | {question.code: question.column for question in questionnaire.of_closing}
    if kind == OLD:
        return PLACE | {OLD_NUMBER: "Volgnummer"} | client | period
    head = {NUMBER: "Nummer", OLD_NUMBER: "Oud volgnummer", NAME: "Naam"}
    return head | client | period | PLACE | {PAST: "Vroegere antwoorden", MARK: "Kenmerk"}


def disarm(text):
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def restore(text):
    """What `disarm` made of it, as it was."""
    return text[1:] if text.startswith("'") else text


def mark_of(number, form_key, created_at):
    """By what a client is recognised, here and elsewhere: the key of the form it was made with, or how it was made."""
    return form_key or f"nr-{number}-{created_at:%Y%m%d%H%M%S}"


def number_in(mark):
    """The number in a mark that `mark_of` made for a client without a form key; None for another mark."""
    made = _MADE_MARK.fullmatch(mark)
    return int(made[1]) if made else None
