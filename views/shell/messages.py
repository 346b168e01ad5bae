"""The messages of pages: for values that a form rejects itself, and for each code with which a model refuses."""
from collections.abc import Mapping
from enum import StrEnum

from models.errors import Code, Refused
from views.shell.helpdesk import operator

REQUIRED = "Vul dit in."
TOO_LONG = "Dit is te lang: hoogstens {max} tekens."
WRONG_CHARACTERS = "Hierin staat een teken dat niet kan. Typ het opnieuw."
NO_TELEPHONE = "Typ een telefoonnummer: cijfers, spaties en + ( ) / . -"
NO_WEBSITE = "Typ het adres van een website, bijvoorbeeld www.voorbeeld.be."
NOT_REPEATED = "Dit is niet twee keer hetzelfde."
NOT_IN_LIST = "Kies een antwoord uit de lijst."

MESSAGES = {
    Code.EMAIL: "Dit is geen e-mailadres. Kijk het na, bijvoorbeeld op een spatie of een vergeten @.",
    Code.EMAIL_SAME: "Dit is het e-mailadres dat je login al heeft.",
    Code.EMAIL_TAKEN: "Dit e-mailadres hoort intussen bij een andere login.",
    Code.LOGIN_BLOCKED: "De login van deze organisatie is geblokkeerd. Maak dat eerst ongedaan.",
    Code.HAS_LOGIN: "Deze organisatie heeft haar uitnodiging al aanvaard.",
    Code.NOT_ACCEPTED: "Deze organisatie koos nog geen wachtwoord. Nodig ze uit op het juiste e-mailadres.",
    Code.NO_ROLE: "Dit deel van Loket is nu niet in gebruik.",
    Code.GRANT_EXCLUDED: "Deze login heeft een rol die hier niet mee samengaat. Nodig een ander e-mailadres uit.",
    Code.GRANT_WIDER: "Dit reikt verder dan je eigen rol. Vraag het aan {operator}.",
    Code.GRANT_SINGLE: "Deze organisatie heeft al een login.",
    Code.GRANT_DOUBLE: "Deze login heeft deze rol al.",
    Code.GRANT_SCOPE: "Deze rol bestaat hier niet.",
    Code.MOVE_SAME: "Dit is het e-mailadres dat de login al heeft.",
    Code.MOVE_PENDING: "Er wacht al een verhuizing van deze login. Annuleer die eerst.",
    Code.ORGANISATION_NAME: "Typ een naam van hoogstens 200 tekens.",
    Code.ORGANISATION_EXISTS: "Je provincie heeft al een organisatie met deze naam.",
    Code.OWN_LOGIN: "Je eigen login kan je niet blokkeren: vraag het aan een collega.",
    Code.LAST_ADMINISTRATOR: "Dan kan geen enkele beheerder van je provincie zich nog aanmelden.",
    Code.CONTACT_NAME: "Vul je naam in, of maak alles leeg.",
    Code.CONTACT_WAY: "Vul een telefoonnummer of een e-mailadres in, zodat organisaties je kunnen bereiken.",
    Code.UNKNOWN: "E-mailadres of wachtwoord klopt niet.",
    Code.TOO_MANY: "Er is te vaak na elkaar geprobeerd. Wacht even en probeer het dan opnieuw.",
    Code.TOO_MANY_CODES: "Er is te vaak na elkaar een verkeerde code getypt. Begin over een kwartier opnieuw.",
    Code.PASSWORD_WRONG: "Dit is niet het huidige wachtwoord.",
    Code.PASSWORD_SHORT: "Kies een langer wachtwoord.",
    Code.PASSWORD_LONG: "Kies een korter wachtwoord: hoogstens 256 tekens.",
    Code.PASSWORD_WEAK:
        "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met elkaar "
        "of met je organisatie te maken hebben.",
    Code.DATE: "‘{value}’ is geen datum. Typ dag, maand en jaar, bijvoorbeeld 03/06/2024.",
    Code.DATE_YEAR: "Typ het jaar van ‘{value}’ met vier cijfers, bijvoorbeeld 03/06/2024.",
    Code.DATE_ABSENT: "De dag {value} bestaat niet. Kijk dag en maand na.",
    Code.NAMES_KEY:
        "Namen kunnen nu niet bewaard worden. Laat de naam leeg en vul hem later aan, of verwittig {operator}.",
    Code.PROVINCE: "Deze provincie bestaat niet.",
    Code.CODE:
        "Deze code klopt niet, of werd al gebruikt. Wacht tot je app een nieuwe toont, en kijk of de klok van je "
        "telefoon juist staat.",
    Code.NEW_CODE:
        "Deze code klopt niet. Typ de code die de app nu toont, en kijk of de klok van je telefoon juist staat.",
    Code.RECOVERY_CODE: "Deze herstelcode klopt niet, of werd al gebruikt.",
    Code.CANDIDATE: "Dit formulier was te oud. Scan de QR-code opnieuw.",
    Code.FACTOR_KEY: "Loket kan codes van een app nu niet nakijken. Gebruik een herstelcode.",
    Code.NO_FACTOR: "Je codes zijn intussen weggenomen. Meld je opnieuw aan.",
    Code.DOCUMENT_ONE: "Kies een bestand of vul een link in: een van de twee.",
    Code.DOCUMENT_EMPTY: "Dit bestand is leeg. Kies een ander.",
    Code.DOCUMENT_LARGE: "Dit bestand is groter dan 20 MB. Maak het kleiner, of zet er een link naar.",
    Code.DOCUMENT_FORMAT: "Dit is geen PDF, ODT, DOCX, XLSX, ODS, PPTX of CSV, of het is beveiligd of beschadigd.",
    Code.DOCUMENT_CLAIMS: "Dit bestand is uitgepakt veel te groot. Maak het opnieuw.",
    Code.DOCUMENT_MACRO: "In dit bestand zitten macro’s. Sla het op zonder macro’s en kies het opnieuw.",
    Code.DOCUMENT_LINK: "Typ een volledig adres dat met https:// begint.",
    Code.DOCUMENT_SAME: "Dit is dezelfde inhoud als die van de huidige versie.",
    Code.DOCUMENT_WITHDRAWN: "Dit document is intussen ingetrokken.",
    Code.OUTSIDE: "Aanmelden lukte niet, probeer het opnieuw.",
    Code.MAIL_KEY: "Loket kan nu geen mails versturen. Verwittig {operator}.",
}
_all: dict[StrEnum, str] = dict(MESSAGES)


def add(messages: Mapping[StrEnum, str]) -> None:
    """Add the messages of a wing, keyed by its own codes."""
    _all.update(messages)


def message(refused: Refused, words: str | None = None, **context: object) -> str:
    """The message for a refusal by a model; `words` replaces it where a page has its own.

    The context of the refusal fills in the message, and so does the `context` that a page adds.
    """
    words = _all[refused.code] if words is None else words
    return words.format(**{"value": "", "operator": operator(), **refused.context, **context})
