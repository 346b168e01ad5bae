"""The table of codes in the help: each code with its messages, how much it weighs, and what to do about it."""
import re
from typing import NamedTuple

from models.ecalcura.checks.codes import WEIGHTS, Weight
from models.ecalcura.errors import CODES
from views.ecalcura import check_words
from views.ecalcura.messages import MESSAGES

# A value that a message gets, such as a day.
_VALUE = re.compile(r"\{[^}]*\}")
# A colleague changed the row meanwhile: not a refusal of a model with a code of its own.
STALE = "V32"
MESSAGES_OF_STALE = ["Iemand anders wijzigde dit intussen."]
# Also a warning, of an account number that is valid.
IBAN = "V27"
# The messages of checks that have a sentence for each case.
_BY_CASE = {"V11": check_words.V11.values(), "V20": check_words.V20.values(), "V23": [check_words.V23]}
WEIGHT = {
    Weight.BLOCKS: "houdt het opslaan tegen",
    Weight.SUBMISSION: "houdt het indienen tegen",
    Weight.WARNING: "waarschuwing",
    Weight.INFORMATION: "ter info",
}
# Codes that refuse something else than saving, or more than one thing.
WEIGHT_OF = {
    "V23": "waarschuwing; ver erboven houdt het opslaan tegen",
    "V24": "opslaan of indienen kan nog niet, of niet meer",
    "V25": WEIGHT[Weight.SUBMISSION],
    IBAN: "houdt het opslaan tegen; een onbekende bank is een waarschuwing",
    **dict.fromkeys(("V02", "V08", "V10", "V15", "V17", "V18"), "houdt het opslaan of het indienen tegen"),
}
TO_DO = {
    "V01": "Typ de 11 cijfers over van de identiteitskaart.",
    "V01a": "Vergelijk met de identiteitskaart. Klopt het? Dan hoef je niets te doen.",
    "V02": "Vraag het nummer opnieuw aan de medewerker.",
    "V03": "Niets: we vragen het opnieuw. Dien later in.",
    "V04": "Vul de einddatum van het contract in.",
    "V05": "Verwijder het contract, of laat het later beginnen.",
    "V06": "Neem contact op met de dossierbeheerder.",
    "V07": "Open de medewerker en voeg een contract toe.",
    "V08": "Verbeter de begin- of einddatum.",
    "V09": "Beëindig eerst het andere contract, of wijzig daar de uren.",
    "V10": "Verbeter de uren, of beëindig een ander contract.",
    "V11": "Kies de juiste kwalificatie, of laat de medewerker het visum in orde brengen.",
    "V12": "Niets: we vragen het opnieuw. Dien later in.",
    "V13": "Kies vrijstelling.",
    "V14": "Voeg de keuze toe bij de medewerker.",
    "V15": "Laat de keuze later beginnen, of wijzig de keuze die er al is.",
    "V16": "Open de stap bij de medewerker en vul de verklaring in.",
    "V17": "Kies een medewerker met vrijstelling, of de pool.",
    "V18": "Pas de dagen van de vervanging aan.",
    "V19": "Vul de datum van de akte in, zodra die getekend is.",
    "V20": "Je kunt een vervanging toevoegen of aanpassen. Het hoeft niet.",
    "V21": "Vul de uren van dit contract in bij de prestaties.",
    "V22": "Maak de rij leeg.",
    "V23": "Vergelijk met de uren van het contract.",
    "V24": "Wacht tot de dag die er staat. Opslaan kan vaak al wel.",
    "V25": "Vink de verklaring aan.",
    "V26": "Dien eerst dat trimester in. Het hoeft niet.",
    "V27": "Typ het rekeningnummer over van een uittreksel. Klopt het? Dan hoef je niets te doen.",
    "V28": "Kijk de dagen na: elke erkende plaats telt voor elke dag hoogstens één keer.",
    "V29": "Open de bewonersgegevens van het trimester, en vergelijk de delen met het totaal.",
    "V30": "Voeg het contract toe dat ontbreekt, of verbeter de dagen. Was er niemand? Dan hoef je niets te doen.",
    "V32": "Vergelijk, en sla daarna opnieuw op. Wat je typte, is er nog.",
    "V33": "Vraag heropening op de pagina van dat trimester.",
}


class Code(NamedTuple):
    """A row of the table."""

    code: str
    messages: list[str]
    weight: str
    to_do: str


def rows() -> list[Code]:
    """Return the codes that pages can show, in order."""
    found: dict[str, list[str]] = {code: [] for code in (*WEIGHTS, *CODES.values(), STALE)}
    for code in WEIGHTS:
        found[code] += _BY_CASE.get(code) or [check_words.SENTENCES[code]]
    for refusal, code in CODES.items():
        found[code].append(MESSAGES[refusal])
    found[IBAN] += check_words.V27.values()
    found[STALE] += MESSAGES_OF_STALE
    return [Code(code, list(dict.fromkeys(_VALUE.sub("…", text) for text in texts)), _weight(code), TO_DO[code])
            for code, texts in sorted(found.items())]


def _weight(code: str) -> str:
    return WEIGHT_OF.get(code) or WEIGHT[WEIGHTS.get(code, Weight.BLOCKS)]
