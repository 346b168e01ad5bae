"""The tables of a submission's documents, made from its snapshot alone. Numbers of people are masked."""
import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.days import local
from models.ecalcura.people.numbers import masked
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.trimesters.calendar import Place

ROLES = {"entitled": "gerechtigde", "replacement": "vervanger"}
CHOICES = {"premium": "premie", "exemption": "vrijstelling"}
QUALIFICATION_STATES = {
    "in_order": "in orde", "no_visa": "geen visum", "other": "andere kwalificatie", "expired": "verlopen",
    "not_applicable": "niet van toepassing", "unchecked": "niet gecontroleerd",
}
WEIGHTS = {"warning": "waarschuwing", "information": "informatie",
           # Of rows that nobody submitted yet.
           "submission": "houdt het indienen tegen", "blocks": "houdt het indienen tegen"}
POOL = "pool van de voorziening"
CONTRACTS = ("Naam", "Nummer", "Rol", "Kwalificatie", "Visum", "Statuut", "Begin", "Einde", "Uren per week",
             "Voltijds per week")
HOURS = ("Naam", "Nummer", "Rol", "Kwalificatie", "Vanaf", "Uren per week", "Voltijds per week")
CHOICES_HEADINGS = ("Naam", "Nummer", "Stap", "Keuze", "Vanaf", "Tot en met")
REPLACEMENTS = ("Vervanger", "Nummer", "Vervangt", "Uren per week", "Vanaf", "Tot en met", "Overeenkomst vermeldt "
                "de compensatie sinds")
# Quantity → its heading: means over the trimester, in hours a week unless it says otherwise.
QUANTITIES = {
    "hours": "Uren per week", "fte": "VTE", "exempt": "Vrijgesteld", "premium": "Premie: uren",
    "percent": "Premie: procent van het voltijdse loon", "replaced": "Vervangen", "financed": "Gefinancierd",
    "open": "Niet vervangen", "surplus": "Niet in deze financiering",
}
CHECKS = ("Code", "Soort", "Naam")
Row = tuple[Any, ...]


def facts(content: Content, sha256: str) -> list[tuple[str, str]]:
    """Return (label, value) of what identifies the submission."""
    facility, submitted = content["facility"], content["submitted"]
    made = [("Voorziening", facility["name"]), ("HCO-nummer", facility["hco"]), ("Soort", facility["kind_label"]),
            ("Organisatie", f"{facility['organisation'] or '–'} · KBO {facility['kbo']}"),
            ("Trimester", f"{label(content)}, referentieperiode {period(content)}"),
            ("Versie", str(content["version"])), ("Ingediend op", _moment(submitted["at"])),
            ("Ingediend door", submitted["by"] or "–"), ("Vingerafdruk (SHA-256)", sha256)]
    if content["previous"]:
        made.append(("Vervangt de versie met vingerafdruk", content["previous"]))
    if submitted["late"]:
        made.append(("Te laat", "ingediend na de uiterste dag"))
    return made


def label(content: Content) -> str:
    """Return the trimester in words."""
    return Place(content["trimester"]["period"], content["trimester"]["number"]).label


def period(content: Content) -> str:
    """Return the reference period in words: '2026–2027'."""
    year = content["trimester"]["period"]
    return f"{year}–{year + 1}"


def _moment(text: str) -> str:
    return f"{local(datetime.datetime.fromisoformat(text)):%d/%m/%Y om %H:%M}"


def contracts(content: Content) -> Iterator[Row]:
    """Yield a row for each contract: see CONTRACTS."""
    for employee, contract in _contracts(content):
        yield (*_person(employee), ROLES[contract["role"]], contract["qualification_label"],
               QUALIFICATION_STATES[contract["qualification_state"]], contract["statute_label"],
               day(contract["start"]), day(contract["until"]), hours(contract["hours"]), hours(contract["full_time"]))


def changed_hours(content: Content) -> Iterator[Row]:
    """Yield a row for each change of the hours of a contract: see HOURS."""
    for employee, contract in _contracts(content):
        for terms in contract["terms"]:
            yield (*_person(employee), ROLES[contract["role"]], contract["qualification_label"], day(terms["since"]),
                   hours(terms["hours"]), hours(terms["full_time"]))


def choices(content: Content) -> Iterator[Row]:
    """Yield a row for each choice: see CHOICES_HEADINGS."""
    for employee in content["employees"]:
        for choice in employee["choices"]:
            yield (*_person(employee), choice["step"], CHOICES[choice["kind"]], day(choice["since"]),
                   day(choice["until"]))


def replacements(content: Content) -> Iterator[Row]:
    """Yield a row for each replacement: see REPLACEMENTS."""
    named = {employee["id"]: name(employee) for employee in content["employees"]}
    for employee, contract in _contracts(content):
        for one in contract["replacements"]:
            replaced = POOL if one["replaced"] is None else named.get(one["replaced"], "–")
            yield (*_person(employee), replaced, hours(one["hours"]), day(one["since"]), day(one["until"]),
                   day(one["act_on"]))


def performances(content: Content) -> tuple[list[str], list[Row]]:
    """Return the headings and a row for each contract with prestaties, one column a kind."""
    kinds = content["performance_kinds"]
    rows = [(*_person(employee), ROLES[contract["role"]], contract["qualification_label"],
             *(hours(contract["performances"].get(kind)) for kind in kinds))
            for employee, contract in _contracts(content) if contract["performances"]]
    return ["Naam", "Nummer", "Rol", "Kwalificatie", *kinds.values()], rows


def quantities(content: Content) -> Iterator[Row]:
    """Yield the quantities of each employee, to two decimals: see QUANTITIES."""
    for employee in content["employees"]:
        yield (*_person(employee), *(_decimal(employee["quantities"].get(name)) for name in QUANTITIES))


def residents(content: Content) -> tuple[list[str], list[Row]]:
    """Return the headings and a row for each field of the resident data; an older snapshot lacks them."""
    found = content.get("residents")
    measures = dict(found["measures"]) if found else {}
    return ["Omschrijving", *measures.values()], [
        (row["label"], *(row[measure] for measure in measures)) for row in (found["rows"] if found else ())]


def resident_counts(content: Content) -> Iterator[tuple[str, str, str, int]]:
    """Yield (code of the field, its label, label of the measure, number) of each number of the resident data."""
    found = content.get("residents") or {"rows": (), "measures": ()}
    for row in found["rows"]:
        for measure, label in found["measures"]:
            if row[measure] is not None:
                yield row["field"], row["label"], label, row[measure]


def _decimal(fraction: str | None) -> Decimal | None:
    if fraction is None:
        return None
    exact = Fraction(fraction)
    return round(Decimal(exact.numerator) / exact.denominator, 2)


def checks(content: Content) -> Iterator[Row]:
    """Yield a row for each warning and information that was there on submitting: see CHECKS."""
    named = {employee["id"]: name(employee) for employee in content["employees"]}
    for check in content["checks"]:
        yield check["code"], WEIGHTS[check["weight"]], named.get(check["employee"], "–")


def name(employee: Content) -> str:
    """Return the name of an employee: family name first, as lists are sorted."""
    return f"{employee['family']} {employee['first']}".strip() or "–"


def _person(employee: Content) -> tuple[str, str]:
    # An export to the desk has it, with a reason; a snapshot never does.
    return name(employee), employee.get("whole_number") or masked(employee["number"])


def _contracts(content: Content) -> Iterator[tuple[Content, Content]]:
    for employee in content["employees"]:
        for contract in employee["contracts"]:
            yield employee, contract


def day(text: str | None) -> datetime.date | None:
    """Return a day of the snapshot."""
    return datetime.date.fromisoformat(text) if text else None


def hours(hundredths: int | None) -> Decimal | None:
    """Return hours from hundredths, exactly."""
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)
