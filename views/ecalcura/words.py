"""The words of ecalcura's pages for codes that the models keep, and hours as Dutch text."""
from decimal import Decimal

from models.ecalcura.contracts import lists
from views.shell import filters

NO_NAME = "naam volgt"
ROLES = {"entitled": "gerechtigde", "replacement": "vervanger"}
CHOICES = {"premium": "premie", "exemption": "vrijstelling"}
# Answers of eCad: the words, and the class of the state in ecalcura.css.
QUALIFICATION_STATES = {
    "in_order": ("visum in orde", "done"),
    "no_visa": ("geen visum", "wrong"),
    "other": ("andere kwalificatie", "wrong"),
    "expired": ("visum verlopen", "wrong"),
    "not_applicable": ("geen visum nodig", "done"),
    "unchecked": ("visum nog niet gecontroleerd", "todo"),
}


# The terms of models/ecalcura/retention.
TERMS = {
    "submissions": "ingediende trimesters",
    "staff": "medewerkers",
    "messages": "berichten",
    "deliveries": "certificaten en CRA-contracten",
}


def family_first(person):
    """Family name and first name, for a list by family name; words for a person without a name yet."""
    return ", ".join(filter(None, (person.family, person.first))) or NO_NAME


def hours(hundredths):
    """Hours in hundredths as 1.212,5; '' for None."""
    return "" if hundredths is None else filters.short(Decimal(hundredths) / 100)


def fraction(exact):
    """Exact hours or a part of full time, to two decimals: 1.201,5."""
    return filters.short(rounded(exact))


def rounded(exact):
    """An exact fraction as a decimal number with two decimals."""
    return round(Decimal(exact.numerator) / exact.denominator, 2)


def qualification(code):
    """The label of a qualification; the code of one that the list no longer has."""
    known = lists.qualifications().get(code)
    return known.label if known else code


def period(first, last):
    """Days as '01/07/2026 – 30/09/2026', or 'vanaf 01/07/2026' without an end."""
    return f"{filters.day(first)} – {filters.day(last)}" if last else f"vanaf {filters.day(first)}"
