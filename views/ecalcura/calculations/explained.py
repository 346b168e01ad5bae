"""Prepares 'Hoe is dit berekend': for each contract the days, hours and rows that a quantity follows from.

Names and links to staff are for the privacy role alone; without it a person is 'medewerker 12'.
"""
import datetime
from fractions import Fraction
from typing import NamedTuple

from flask import url_for

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.days import EXEMPTION
from models.ecalcura.people.employees import people_with
from views.ecalcura import words as of_wing
from views.ecalcura.calculations.words import exact
from views.ecalcura.words import CHOICES, ROLES
from views.shell import filters

DAY = datetime.timedelta(days=1)
POOL = "de pool van de voorziening"


class Line(NamedTuple):
    """Days with the same hours: the first and the last, how many, and a sentence."""

    first: str
    last: str
    days: int
    sentence: str


class Part(NamedTuple):
    """A choice or a replacement of a contract: a heading, the address of its row, its lines, and its means."""

    heading: str
    url: str
    lines: list
    means: str


def values(facility, quantities, contracts, sees_staff, links=True):
    """The values of these contracts; `sees_staff` says whether names are shown, `links` whether they lead anywhere."""
    ids = {one["employee"] for one in contracts} | {
        part["replaced_employee"] for one in contracts for part in one["replacements"]}
    names = {employee.id: of_wing.family_first(person)
             for employee, person in people_with(facility, ids - {None})} if sees_staff else {}
    trimester = quantities["trimester"]
    hours_url = url_for("hours.show", hco=facility.hco, period=trimester["period"],
                        number=trimester["number"]) if sees_staff and links else ""
    return {"contracts": [_contract(facility, one, names, hours_url, links) for one in contracts]}


def _contract(facility, contract, names, hours_url, links):
    employee = contract["employee"]
    url = url_for("staff.show", hco=facility.hco, employee_id=employee) if links and employee in names else ""
    performances = [(lists.performance_kinds().get(kind, kind), of_wing.hours(hours))
                    for kind, hours in contract["performances"].items()]
    return {
        "heading": f"{_named(employee, names)} · contract {contract['id']}",
        "url": url and f"{url}#contract-{contract['id']}",
        "about": f"{ROLES[contract['role']]}, {of_wing.qualification(contract['qualification'])}",
        "worked": [_line(spell, f"{exact(spell['hours'])} uren per week, {exact(spell['fte'])} VTE")
                   for spell in contract["spells"]],
        "parts": [*(_choice(one, url) for one in contract["choices"]),
                  *(_replacement(one, names, url) for one in contract["replacements"])],
        "performances": performances,
        "hours_url": hours_url if performances else "",
    }


def _named(employee, names):
    return names.get(employee) or f"medewerker {employee}"


def _choice(choice, url):
    heading = f"{CHOICES[choice['kind']].capitalize()}, stap van {choice['step']} jaar"
    describe = _exemption if choice["kind"] == EXEMPTION else _premium
    return Part(heading, url and f"{url}#choices", [_line(spell, describe(spell)) for spell in choice["spells"]],
                f"Gemiddeld {describe(choice)}")


def _exemption(values):
    return f"{exact(values['exempt'])} uren per week vrijgesteld, {exact(values['exempt_fte'])} VTE"


def _premium(values):
    return (f"{exact(values['premium'])} uren per week behouden, "
            f"{of_wing.fraction(100 * Fraction(values['wage_part']))}\u00a0% premie van een voltijds loon")


def _replacement(one, names, url):
    whom = one["replaced_employee"]
    return Part(f"Vervangt {POOL if whom is None else _named(whom, names)}", url and f"{url}#replacement-{one['id']}",
                [_line(spell, _given(spell)) for spell in one["spells"]], f"Gemiddeld {_given(one)}")


def _given(values):
    surplus = f", {exact(values['surplus'])} niet in deze financiering" if Fraction(values["surplus"]) else ""
    return (f"{exact(values['replaced'])} uren per week vervangen, {exact(values['financed'])} gefinancierd "
            f"({exact(values['financed_fte'])} VTE){surplus}")


def _line(spell, sentence):
    first, last = (datetime.date.fromisoformat(spell[name]) for name in ("first", "last"))
    return Line(filters.day(first), filters.day(last), (last + DAY - first).days, sentence)
