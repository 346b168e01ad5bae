"""The content of a snapshot: all rows of a facility that have a day in a trimester, as they are now."""
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from models.ecalcura.checks.codes import Check
from models.ecalcura.checks.dossiers import ContractRows, Dossier
from models.ecalcura.contracts import lists, steps
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import mean_over
from models.ecalcura.deliveries import residents
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.trimesters.calendar import Trimester


def has_rows(facility: Facility, trimester: Trimester) -> bool:
    """Say whether the facility has a contract in a trimester, or resident data."""
    return bool(residents.counts_of(facility, trimester)) or Contract.select().where(
        Contract.facility_id == facility.id, Contract.start <= trimester.last,
        Contract.until.is_null() | (Contract.until >= trimester.first)).exists()


def touching(dossiers: Iterable[Dossier], trimester: Trimester) -> list[Dossier]:
    """Return the dossiers with a contract in a trimester, each with these contracts alone."""
    found = [dossier._replace(contracts=[
        rows for rows in dossier.contracts if trimester.touches(rows.contract.start, rows.contract.until)])
        for dossier in dossiers]
    return [dossier for dossier in found if dossier.contracts]


def of(facility: Facility, trimester: Trimester, dossiers: Iterable[Dossier], found: Iterable[Check]) -> Content:
    """Return the content for these dossiers, and the checks that found something."""
    return {
        "facility": _facility(facility),
        "trimester": {"period": trimester.period, "number": trimester.number, "first": _day(trimester.first),
                      "last": _day(trimester.last)},
        "settings": {"step_starts": steps.in_use()},
        "performance_kinds": lists.performance_kinds(),
        "residents": residents.snapshot_of(facility, trimester),
        "employees": [_employee(dossier, trimester) for dossier in dossiers],
        "checks": [_check(check) for check in found],
    }


def _facility(facility: Facility) -> Content:
    named = ("hco", "riziv", "kbo", "kind", "name", "street", "postcode", "town", "province", "places", "agreement")
    return {**{name: getattr(facility, name) for name in named}, "kind_label": facility.kind_label,
            "organisation": facility.organisation.name}


def _employee(dossier: Dossier, trimester: Trimester) -> Content:
    employee, person = dossier.employee, dossier.person
    return {
        "id": employee.id, "number": person.number, "family": person.family, "first": person.first,
        "birth": _day(person.birth), "deceased_on": _day(person.deceased_on),
        "reference_date": _day(person.reference_date), "register_state": employee.register_state,
        "register_asked_at": _moment(employee.register_asked_at),
        "choices": [_row(choice, "id", "step", "kind", "since", "until") for choice in dossier.choices
                    if trimester.touches(choice.since, choice.until)],
        "irregular_work": [_row(work, "step", "first", "last") for _, work in sorted(dossier.declared.items())],
        "contracts": [_contract(rows, dossier, trimester) for rows in dossier.contracts],
        "quantities": _quantities(dossier, trimester),
    }


def _quantities(dossier: Dossier, trimester: Trimester) -> Content:
    """The means over the days of the trimester, as exact fractions: see `days.Amounts`."""
    means = mean_over(dossier.rights, trimester.first, trimester.last)
    return {name: str(value) for name, value in means._asdict().items()}


def _contract(rows: ContractRows, dossier: Dossier, trimester: Trimester) -> Content:
    contract = rows.contract
    return {
        **_row(contract, "id", "role", "qualification", "statute", "start", "until", "hours", "full_time",
               "acquired_step", "qualification_state", "raas_number"),
        "qualification_label": lists.qualifications()[contract.qualification].label,
        "statute_label": lists.statutes()[contract.statute],
        "qualification_asked_at": _moment(contract.qualification_asked_at),
        "terms": [_row(terms, "since", "hours", "full_time") for terms in rows.terms],
        "replacements": [
            {**_row(one, "id", "hours", "since", "until", "act_on"), "replaced": one.replaced_id}
            for one in dossier.replacements
            if one.contract_id == contract.id and trimester.touches(one.since, one.until)],
        "performances": dict(rows.performances),
    }


def _check(check: Check) -> Content:
    return {"code": check.code, "weight": check.weight.value, "employee": check.employee_id,
            "contract": check.contract_id, "replacement": check.replacement_id, "values": _values(check.values)}


def _values(values: Mapping[str, Any]) -> Content:
    return {name: value if value is None or isinstance(value, str | int | list) else str(value)
            for name, value in values.items()}


def _row(row: Any, *columns: str) -> Content:
    values = {column: getattr(row, column) for column in columns}
    return {name: _day(value) if isinstance(value, datetime.date) else value for name, value in values.items()}


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
