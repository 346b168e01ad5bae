"""The sentences of the checks, in the words of docs/ecalcura.md: the one home of each."""
import datetime
from decimal import Decimal
from fractions import Fraction

from models.ecalcura.accounts import numbers
from models.ecalcura.checks.codes import Check
from models.ecalcura.contracts import lists
from models.ecalcura.errors import EcalcuraCode
from views.ecalcura import words
from views.ecalcura.messages import MESSAGES
from views.shell import filters
from views.shell.filters import day

SENTENCES = {
    "V01a": "Ongewoon nummer: kijk het na.",
    "V02": "Het rijksregister kent dit nummer niet.",
    "V03": "Het rijksregister antwoordt niet. We proberen het opnieuw; je kunt verder werken.",
    "V04": "Volgens het rijksregister overleden op {day}. Pas de einddatum aan.",
    "V05": "Wordt {age} op {day}: nog geen recht in dit trimester.",
    "V06": "De geboortedatum is onvolledig. Vraag de dossierbeheerder om een rekendatum.",
    "V08": MESSAGES[EcalcuraCode.CONTRACT_START],
    "V10": MESSAGES[EcalcuraCode.HOURS_ABOVE_FULL_TIME],
    "V12": "Visum niet gecontroleerd. We proberen het opnieuw.",
    "V14": "Kies premie of vrijstelling voor {age} jaar.",
    "V15": MESSAGES[EcalcuraCode.CHOICE_EARLY],
    "V16": "Verklaar de 200 uren onregelmatige prestaties (24 maanden) voor de stap van {age} jaar.",
    "V17": MESSAGES[EcalcuraCode.REPLACED_NOT_EXEMPT],
    "V18": MESSAGES[EcalcuraCode.REPLACEMENT_OUTSIDE],
    "V19": "De overeenkomst moet de compensatie vermelden.",
    "V21": "Vul de prestaties in.",
    "V26": "Trimester {number} is nog niet ingediend.",
    "V29": "De som klopt niet: {sum} tegenover {against}.",
    "V30": "Geen CRA van {first} tot {last}.",
}
V11 = {
    "no_visa": "Geen visum als {qualification}.",
    "other": "eCad kent: {known}.",
    "expired": "Verlopen op {expired_on}.",
}
V20 = {"short": "{hours} uren niet vervangen: niet gefinancierd.", "more": "{hours} uren te veel."}
V27 = {
    numbers.BANK: "Bank niet herkend: kijk het na.",
    numbers.COUNTRY: "Dit land staat niet in de lijst van SEPA-landen: kijk het na.",
}
V23 = "Uren tussen 0 en {most}."


def sentence(check: Check) -> str:
    """Return the sentence of a check, with its days and hours as people write them."""
    values = {name: _written(name, value) for name, value in check.values.items()}
    if check.code == "V11":
        return V11[check.values["state"]].format(
            qualification=_label(check.values["qualification"]), expired_on=values.get("expired_on", "?"),
            known=", ".join(map(_label, check.values.get("codes", ()))) or "geen kwalificatie")
    if check.code == "V20":
        return V20[check.values["balance"]].format(**values)
    if check.code == "V10":
        # The message writes this day itself.
        values["day"] = check.values["day"]
    return (V23 if check.code == "V23" else SENTENCES[check.code]).format(**values)


def above_full_time(hours: Fraction, on: datetime.date) -> str:
    """Return the sentence of V31, which the desk alone sees."""
    return f"Ook elders: samen {words.fraction(hours)} uren op {day(on)}."


def _written(name: str, value: object) -> object:
    """A value as people write it.

    Hours are a fraction a week (`hours`), hundredths in a trimester (`most`) or a week (`total`, `full_time`).
    """
    if name in ("total", "full_time"):
        return words.hours(value)
    if name == "last" and value is None:
        return "nu"
    if isinstance(value, datetime.date):
        return day(value)
    if name in ("sum", "against"):
        return filters.number(value)
    if name == "most":
        return filters.exact(Decimal(value).scaleb(-2))
    return filters.exact(words.rounded(value)) if name == "hours" else value


def _label(code: str) -> str:
    known = lists.qualifications().get(code)
    return known.label if known else code
