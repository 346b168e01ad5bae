"""Employees with contracts, choices and replacements, as rows."""
import datetime

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.cast import employee, opened

LONG_AGO = datetime.date(2020, 1, 1)


def trimester(period=2026, number=2):
    """A trimester that is open: October to December 2026 by default, which has 92 days."""
    return Trimester.known(period, number) or opened(period, number)


def contract(of, role="entitled", qualification="VPK", start=LONG_AGO, until=None, hours=3800, full_time=3800,
             terms=(), **values):
    """A contract of an employee."""
    row = Contract.create(
        employee_id=of.id, facility_id=of.facility_id, role=role, qualification=qualification,
        statute="arbeidsovereenkomst", start=start, until=until, hours=hours, full_time=full_time, **values)
    for since, week in terms:
        Terms.create(contract_id=row.id, since=since, hours=week, full_time=full_time)
    return row


def choice(of, kind="premium", step=45, since=LONG_AGO, until=None):
    """A choice of an employee."""
    return Choice.create(employee_id=of.id, facility_id=of.facility_id, step=step, kind=kind, since=since, until=until)


def nurse_with_premium(made, family="Vandamme", first="Rita", **values):
    """A nurse who chose the premium; returns the contract."""
    row = employee(made, first=first, family=family)
    choice(row)
    return contract(row, **values)


def replacement(made, family="Okonjo", first="Grace", replaces=None, hours=400, **values):
    """Somebody who replaces an employee, or the pool, for some hours a week; returns the contract."""
    row = contract(employee(made, first=first, family=family), "replacement", "ZKD", hours=hours, **values)
    Replacement.create(contract_id=row.id, employee_id=row.employee_id, facility_id=made.id, hours=hours,
                       replaced_id=replaces.id if replaces else None, since=row.start, until=row.until)
    return row
