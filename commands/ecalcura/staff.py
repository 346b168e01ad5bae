"""Staff: a date that the desk sets for an employee, and the look-ups in the registers. No name or number is printed."""
import datetime

import click
from flask.cli import with_appcontext

from commands.common import json_option, refusing, say_table
from commands.ecalcura.options import facility_named, hco_option
from commands.ecalcura.trimesters import Day
from models.audit import OPERATOR
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.staff import reference_dates


@click.group()
def employee() -> None:
    """Employees: the date from which steps are counted, and who was looked up."""


@employee.command("reference-date")
@hco_option
@click.option("--employee", "employee_id", required=True, type=int, help="The number in the address of the page.")
@click.option("--date", type=Day(), help="The date from which steps are counted; empty: remove it.")
@with_appcontext
def reference_date(hco: str, employee_id: int, date: datetime.date | None) -> None:
    """Set a date in the place of a birth date that the register does not have in full."""
    with refusing():
        found = Employee.one(facility_named(hco), employee_id)
        if found is None:
            raise click.ClickException("The facility has no such employee.")
        reference_dates.set_date(found, date, OPERATOR, found.version)
    click.echo("The date is set." if date else "The date is removed.")


@employee.command("look-ups")
@hco_option
@json_option
@with_appcontext
def look_ups(hco: str, as_json: bool) -> None:
    """List the look-ups for a facility, the newest first: moment, login, purpose, answer, and the employee if any."""
    with refusing():
        rows = [(one.made_at, one.account_id, one.purpose, one.answer, one.employee_id)
                for one in Lookup.of(facility_named(hco))]
    say_table(("made_at", "login", "purpose", "answer", "employee"), rows, as_json)
