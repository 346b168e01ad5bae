"""Prepares the values of a calculation and of the result of a facility, for the desk and for the facility."""
from collections import defaultdict
from fractions import Fraction

from flask import url_for

from models.ecalcura.calculations import differences, formula
from models.ecalcura.contracts import lists
from models.ecalcura.facilities.kinds import kinds
from views.ecalcura import words as of_wing
from views.ecalcura.calculations import words

HCO, NAME, AGREEMENT, AMOUNT = "HCO-nummer", "Naam", "Revalidatieovereenkomst", "Bedrag in euro"


def kinds_of(calculation):
    """The kinds of facilities of a calculation, in words."""
    with_files = [code for code, kind in kinds().items() if not kind.under]
    if set(calculation.kinds) >= set(with_files):
        return "alle soorten"
    return ", ".join(kinds()[code].label if code in kinds() else code for code in calculation.kinds)


def about(calculation):
    """(label, value) of all that a calculation follows from."""
    version = calculation.parameter_version
    found = [
        ("Voorzieningen", kinds_of(calculation)),
        ("Parameters", f"versie {version.id}: {version.reference}" if version else words.NO_AMOUNTS),
        ("Formule", f"versie {calculation.formula_version}"),
    ]
    if version:
        found.append(("Afronding", words.ROUNDINGS[calculation.rounding]))
    return [*found, ("Vingerafdruk (SHA-256)", calculation.sha256)]


def sums(results):
    """(label, hours a week) of each quantity, summed over these results; and the amount if there is one."""
    found = [(label, of_wing.fraction(sum((Fraction(getattr(one, name)) for one in results), Fraction(0))))
             for name, label in words.QUANTITIES.items()]
    amounts = [one.amount for one in results if one.amount is not None]
    return [*found, ("bedrag", words.euros(sum(amounts)))] if amounts else found


def headings(calculation):
    """The headings of the table of facilities."""
    return ["Voorziening", *(label.capitalize() for label in words.QUANTITIES.values()),
            *(["Bedrag"] if calculation.parameter_version_id else [])]


def lines(results):
    """The results of each row of the table: one facility, or above the two of an agreement both of them."""
    found, of_agreement = [], defaultdict(list)
    for one in results:
        of_agreement[one.facility.agreement or one.facility.hco].append(one)
    for together in of_agreement.values():
        found += [together, *([one] for one in together)] if len(together) > 1 else [together]
    return found


def row(calculation, together):
    """(name, detail, address, cells) of a row in the table; an agreement has no page, and so no address."""
    first, cells = together[0].facility, _cells(calculation, together)
    if len(together) > 1:
        numbers = " en ".join(one.facility.hco for one in together)
        return f"Revalidatieovereenkomst {first.agreement}", f"samen HCO {numbers}", "", cells
    url = url_for("calculations.of_facility", calculation_id=calculation.id, facility=first.hco)
    return first.name, f"HCO {first.hco}", url, cells


def _cells(calculation, together):
    cells = [of_wing.fraction(sum((Fraction(getattr(one, name)) for one in together), Fraction(0)))
             for name in words.QUANTITIES]
    return [*cells, words.euros(sum(one.amount for one in together))] if calculation.parameter_version_id else cells


def columns(calculation):
    """The columns of the CSV file."""
    return [HCO, NAME, AGREEMENT, *(f"{label.capitalize()} (uren per week)" for label in words.QUANTITIES.values()),
            *([AMOUNT] if calculation.parameter_version_id else [])]


def cells(calculation, result):
    """The row of a facility in the CSV file: hours to two decimals, an amount in euros."""
    found = [result.facility.hco, result.facility.name, result.facility.agreement or "",
             *(of_wing.rounded(Fraction(getattr(result, name))) for name in words.QUANTITIES)]
    if calculation.parameter_version_id:
        found.append(formula.euros(result.amount))
    return found


def values(result):
    """The values of the page about a facility's result."""
    parts, former = result.parts, result.former
    before = former.parts if former else parts
    return {
        "result": result,
        "figures_of": [(label, words.exact(getattr(result, name))) for name, label in words.QUANTITIES.items()],
        "groups": [_group(group) for group in parts["sums"]["groups"]],
        "steps": [_step(group, step) for group in parts["sums"]["groups"] for step in group["steps"]],
        "performances": [(lists.performance_kinds().get(kind, kind), of_wing.hours(hours))
                         for kind, hours in parts["sums"]["performances"].items()],
        "lines": None if parts["lines"] is None else [_line(line) for line in parts["lines"]],
        "amount": words.euros(result.amount),
        "payable": words.euros(result.payable) if former else "",
        "has_former": former is not None,
        "changes": [
            *(_change(line, words.PARTS[line.name]) for line in differences.of_quantities(before, parts)),
            *((of_wing.qualification(line.of), words.of_line(line.name).label,
               *(words.euros(int(value)) for value in (line.before, line.now, line.change)))
              for line in differences.of_amounts(before, parts))],
        "origin": [
            ("Ingediend als", f"versie {parts['submission']['number']}"),
            ("Vingerafdruk van die versie", parts["submission"]["sha256"]),
            ("Begin van een stap", words.SETTINGS[parts["sums"]["step_starts"]]),
            ("Vingerafdruk van dit resultaat", result.sha256)],
        "agreement": parts["agreement"],
    }


def _change(line, label):
    return (of_wing.qualification(line.of), label, of_wing.fraction(line.before), of_wing.fraction(line.now),
            words.signed(line.change))


def _group(group):
    return (of_wing.qualification(group["qualification"]),
            [words.exact(group[name]) for name in ("exempt", "replaced", "financed", "financed_fte", "surplus",
                                                   "premium")])


def _step(group, step):
    return (of_wing.qualification(group["qualification"]), f"{step['step']} jaar",
            [words.exact(step[name]) for name in ("exempt", "exempt_fte", "premium")],
            of_wing.fraction(100 * Fraction(step["wage_part"])))


def _line(line):
    """(what, qualification, quantity, factors, euros) of a line of the amount."""
    known = words.of_line(line["line"])
    factors = " × ".join(f"{words.parameter(code).lower()} {words.value(value)}" for code, value in line["factors"])
    return (known.label, of_wing.qualification(line["qualification"]),
            f"{words.exact(line['quantity'])} {known.quantity_label}", factors, words.euros(line["cents"]))
