"""Prepares the values of an employee's page, so that its template runs no query and makes no decision."""
from typing import NamedTuple

from flask import url_for

from models.database import today
from models.ecalcura.checks import checks
from models.ecalcura.contracts import lists, steps, terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.pictures import time_line
from models.ecalcura.staff import listing
from views.ecalcura import check_words, words
from views.ecalcura.pictures import time_line as drawn_line
from views.ecalcura.staff import mending
from views.ecalcura.staff.employee_list import name_of
from views.ecalcura.staff.page import ticket
from views.shell import filters


class ContractRow(NamedTuple):
    """A contract in the table, as text; `terms` has the hours from each later day."""

    id: int
    role: str
    qualification: str
    acquired: str
    period: str
    hours: str
    terms: list
    statute: str
    visa: str
    visa_class: str
    visa_detail: str
    ends: bool
    ask_url: str | None
    actions: list


class StepRow(NamedTuple):
    """A step in the table, with one of its choices; `place` makes the ids on the page unique."""

    place: int
    label: str
    starts: str
    reached: bool
    kind: str
    period: str
    irregular: str
    actions: list


class ReplacementRow(NamedTuple):
    """A replacement in a table, as text: of whom, or by whom."""

    id: int
    name: str
    url: str | None
    hours: str
    period: str
    act_on: str
    actions: list


def values(facility, employee, to):
    """The values of the page of an employee; `to(endpoint, **ids)` is an address, or None for a page that is not open.

    An action without an address is left out.
    """
    contracts = list(Contract.of(employee))
    entitled = any(contract.role == "entitled" for contract in contracts)
    replacing = [contract for contract in contracts if contract.role == "replacement"]
    later = terms.by_contract([contract.id for contract in contracts])
    chosen, replaces = list(Choice.of(employee)), list(Replacement.of(employee))
    replaced_by = list(Replacement.replacing(employee))
    people = listing.people(facility, {one.replaced_id for one in replaces} - {None}
                            | {one.employee_id for one in replaced_by})
    line = time_line.of(employee.person.born, contracts, later, chosen, replaces, replaced_by, today())
    return {
        "employee_id": employee.id,
        "person": ticket(employee),
        "silent": employee.register_state == "silent",
        "contracts": _contracts(contracts, later, to),
        "is_entitled": entitled,
        "steps": _steps(employee, contracts, chosen, to) if entitled else [],
        "replaces": _replacements(replaces, people, to, "replaced_id"),
        "add_choice": to("choices.create", employee_id=employee.id) if entitled else None,
        "add_replacement": _open((_add_label(contract, replacing), to("replacements.create", contract_id=contract.id))
                                 for contract in replacing),
        "idle": [filters.day(contract.start) for contract in replacing
                 if contract.id not in {one.contract_id for one in replaces}],
        "checks": [_check(one, to) for one in checks.of_employee(facility, employee)],
        "replaced_by": _replacements(replaced_by, people, to, "employee_id"),
        "time_line": drawn_line.values(line, {key: name_of(person) for key, person in people.items()}, today()),
    }


def of_facility(facility):
    """The addresses of a facility's own pages, for `values`."""
    return lambda endpoint, **ids: url_for(endpoint, hco=facility.hco, **ids)


def _open(actions):
    return [(label, url) for label, url in actions if url]


def _contracts(contracts, later, to):
    return [_contract(contract, later[contract.id], to) for contract in contracts]


def _contract(contract, later, to):
    visa, visa_class = words.QUALIFICATION_STATES[contract.qualification_state]
    here = {"contract_id": contract.id}
    return ContractRow(
        contract.id, words.ROLES[contract.role], words.qualification(contract.qualification),
        f"verworven recht tot de stap van {contract.acquired_step} jaar" if contract.acquired_step else "",
        words.period(contract.start, contract.until), _hours(contract),
        [f"{_hours(one)} vanaf {filters.day(one.since)}" for one in later],
        lists.statutes().get(contract.statute, contract.statute), visa, visa_class, _visa_detail(contract),
        contract.until is not None,
        to("contracts.ask", **here) if contract.qualification_state == "unchecked" else None,
        _open([("Verbeteren", to("contracts.edit", **here)), ("Uren wijzigen", to("contracts.change_hours", **here)),
               ("Einddatum" if contract.until else "Beëindigen", to("contracts.end", **here)),
               ("Verwijderen", to("contracts.delete", **here))]))


def _hours(one):
    return f"{words.hours(one.hours)} van {words.hours(one.full_time)}"


def _visa_detail(contract):
    """The qualifications that eCad does know, or the day until which the visum held."""
    detail = contract.found
    known = ", ".join(words.qualification(code) for code in detail.get("codes", ()))
    if contract.qualification_state == "other" and known:
        return f"eCad kent: {known}"
    if contract.qualification_state == "expired" and detail.get("expired_on"):
        return f"op {filters.day(detail['expired_on'])}"
    return ""


def _steps(employee, contracts, choices, to):
    """A row for each choice of each step, and for each step without one."""
    starts = steps.step_starts(employee.person.born)
    chosen = {}
    for choice in choices:
        chosen.setdefault(choice.step, []).append(choice)
    declared = {one.step: one for one in IrregularWork.of(employee)}
    equated = any(lists.qualifications()[one.qualification].equated for one in contracts
                  if one.qualification in lists.qualifications())
    rows = []
    for age in lists.steps():
        for choice in sorted(chosen.get(age, [None]), key=lambda one: one and one.since):
            rows.append(_step(len(rows), employee, age, starts.get(age), choice, declared.get(age), equated, to))
    return rows


def _step(place, employee, age, starts, choice, declared, equated, to):
    here = {"employee_id": employee.id}
    reached = starts is not None and starts <= today()
    if choice:
        actions = [("Wijzigen", to("choices.edit", choice_id=choice.id)),
                   ("Verwijderen", to("choices.delete", choice_id=choice.id))]
    else:
        actions = [("Kiezen", to("choices.create", **here, step=age))] if reached else []
    if equated and reached:
        label = "200 uren wijzigen" if declared else "200 uren verklaren"
        actions.append((label, to("choices.declare", **here, step=age)))
    return StepRow(place, f"{age} jaar", filters.day(starts) or "onbekend", reached,
                   words.CHOICES[choice.kind] if choice else "",
                   words.period(choice.since, choice.until) if choice else "",
                   f"200 uren verklaard: {words.period(declared.first, declared.last)}" if declared else "",
                   _open(actions))


def _add_label(contract, all_of_them):
    """One contract needs no more than 'toevoegen'; of several the start says which."""
    return "Vervanging toevoegen" + (f" (contract van {filters.day(contract.start)})" if len(all_of_them) > 1 else "")


def _replacements(rows, people, to, other):
    """The rows of replacements, each with the employee that its column `other` names."""
    return [_replacement(row, people.get(getattr(row, other)), getattr(row, other), to) for row in rows]


def _replacement(row, person, employee_id, to):
    return ReplacementRow(
        row.id, name_of(person) if person else "de pool van de voorziening",
        to("staff.show", employee_id=employee_id) if person else None, words.hours(row.hours),
        words.period(row.since, row.until), filters.day(row.act_on),
        _open([("Wijzigen", to("replacements.edit", replacement_id=row.id)),
               ("Verwijderen", to("replacements.delete", replacement_id=row.id))]))


def _check(found, to):
    """(code, sentence, whether it blocks submission, label and address where it is mended) of a check."""
    check = found.check
    return (check.code, check_words.sentence(check), check.blocks_submission,
            *mending.link(check, found.trimesters[0], to))
