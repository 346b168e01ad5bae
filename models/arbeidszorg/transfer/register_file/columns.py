"""The columns of the two CSV files that the register knows: the old register's export, and Loket's own.

The old register's are frozen as they are. Loket's own are made from the questionnaire file; they carry the number, the
name, the earlier answers and a mark by which a client is recognised when the file comes back. The heading of the mark
says the version of the file and how many questions it was written with (docs/decisions/0082).
"""
import re
from collections.abc import Iterable

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register.hours import PAST_HOURS, PAST_HOURS_HEADING
from models.arbeidszorg.register.periods import END, HEADINGS, HOURS, START
from models.arbeidszorg.register.questionnaire import TYPED, current
from models.errors import Refused

OLD, OWN = "old", "own"

PROVINCE, ORGANISATION, EMAIL = "province", "organisation", "email"
NUMBER, OLD_NUMBER, NAME, PAST, MARK = "number", "old_number", "name", "past_answers", "mark"

# The questions from before any was added: those of the old register, and of Loket's own files without a version.
FIRST_QUESTIONS = {
    "birth_date": "Geboortedatum",
    "gender": "Geslacht",
    "marital_status": "Burgerlijke staat",
    "home_postcode": "Postcode woonplaats",
    "work_postcode": "Postcode werkplaats",
    "main_problem": "Hoofdproblematiek",
    "living_situation": "Leefsituatie",
    "education": "Onderwijsniveau",
    "referrer": "Belangrijkste verwijzer",
    "income": "Hoofdinkomen",
    "compensation": "Vergoeding",
    "paid_work": "Bezoldigd circuit",
    "subsidy": "Subsidie",
    "agreement": "Overeenkomst",
    "method": "Methodiek",
}
# The old register's export never gets another column: never change these, whatever the questionnaire file asks.
OLD_REGISTER = {
    PROVINCE: "Provincie",
    ORGANISATION: "Organisatie",
    EMAIL: "E-mail organisatie",
    OLD_NUMBER: "Volgnummer",
    **FIRST_QUESTIONS,
    HOURS: "Aantal uren",
    START: "Startdatum",
    END: "Einddatum",
    "closing_reason": "Reden van stopzetting",
    "outlook": "Perspectief na stopzetting",
}

PLACE = {PROVINCE: "Provincie", ORGANISATION: "Organisatie", EMAIL: "E-mail organisatie"}
# The version of Loket's own file: one more when a column that is no question is added, or means something else.
VERSION = 3
# The columns that were added after the first version, with the version that has them first.
SINCE = {PAST_HOURS: 3}
UNVERSIONED_MARK = "Kenmerk"

_VERSIONED_MARK = re.compile(r"Kenmerk \(versie (\d{1,4}): (\d{1,4}) vragen\)")


def columns(kind: str) -> dict[str, str]:
    """The columns of a file of this kind as it is written today, in order: code to heading."""
    if kind == OLD:
        return OLD_REGISTER
    asked = current()
    client = {question.code: question.column for question in asked.of_client}
    period = {HOURS: HEADINGS[HOURS], PAST_HOURS: PAST_HOURS_HEADING, **HEADINGS}
    period |= {question.code: question.column for question in asked.of_closing}
    head = {NUMBER: "Nummer", OLD_NUMBER: "Oud volgnummer", NAME: "Naam"}
    tail = {PAST: "Vroegere antwoorden", MARK: f"Kenmerk (versie {VERSION}: {len(client)} vragen)"}
    return head | client | period | PLACE | tail


def columns_in(heading: list[str]) -> tuple[str, dict[str, str]]:
    """The kind of the file with these headings, and the columns that it must have, in order: code to heading.

    Loket's own has a number or a mark; it may lack the questions that were added after it was written. Raises
    Refused(FILE_LATER) where it was written by a later version, or with more questions than are asked here.
    """
    mark = mark_in(heading)
    own = columns(OWN)
    if mark is None and own[NUMBER] not in heading:
        return OLD, OLD_REGISTER
    mark = mark or UNVERSIONED_MARK
    added = _added_since(heading, mark)
    return OWN, {code: column for code, column in (own | {MARK: mark}).items() if code not in added}


def mark_in(heading: Iterable[str]) -> str | None:
    """The heading of the clients' marks, if it is among these."""
    return next((cell for cell in heading if cell == UNVERSIONED_MARK or _VERSIONED_MARK.fullmatch(cell)), None)


def _added_since(heading: list[str], mark: str) -> set[str]:
    """Return the codes of the columns that were added after the file with these headings was written."""
    asked = current().of_client
    absent = {question.code for question in asked if question.column not in heading} - {*TYPED}
    versioned = _VERSIONED_MARK.fullmatch(mark)
    if versioned is None:
        return (absent - FIRST_QUESTIONS.keys()) | SINCE.keys()
    version, questions = map(int, versioned.groups())
    if version > VERSION or questions > len(asked):
        raise Refused(ImportCode.FILE_LATER, version=version, questions=questions, known=VERSION, asked=len(asked))
    later = {code for code, first in SINCE.items() if version < first}
    # With fewer questions than it was written with, a column was taken out of the file.
    return absent | later if len(asked) - len(absent) >= questions else later


def version_in(mark: str) -> int:
    """Return the version of a file by the heading of its mark; 1 for a file without a version."""
    versioned = _VERSIONED_MARK.fullmatch(mark)
    return int(versioned[1]) if versioned else 1
