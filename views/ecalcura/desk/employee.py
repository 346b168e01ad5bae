"""Prepares the values of an employee's page at the desk: those of the facility's own page, to read, and prestaties."""
from flask import url_for

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.performances import performances
from views.ecalcura import words
from views.ecalcura.staff import employee_page


def values(facility, employee):
    """The values of the page of an employee."""
    contracts = {contract.id: contract for contract in Contract.of(employee)}
    person = employee.person
    return {
        **employee_page.values(facility, employee, _addresses(facility)),
        "kinds": list(lists.performance_kinds().values()),
        "hours": [_hours(row, contracts[row.contract_id]) for row in performances.of_contracts(contracts)],
        "may_have_date": bool(person.number) and person.birth is None,
        "has_date": person.reference_date is not None,
    }


def _addresses(facility):
    """The desk opens the page of another employee, and changes nothing."""
    def to(endpoint, **ids):
        return url_for("desk_staff.show", facility=facility.hco, **ids) if endpoint == "staff.show" else None

    return to


def _hours(row, contract):
    """(trimester, contract, hours of each kind) of a row of prestaties, as text."""
    return (row.trimester.label, f"{words.ROLES[contract.role]}, {words.qualification(contract.qualification)}",
            [words.hours(row.hours.get(kind)) or "–" for kind in lists.performance_kinds()])
