"""Facilities: loading the desk's file, and the access managers of each one."""
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from commands import refusals
from commands.common import json_option, refusing, say_table
from commands.ecalcura.desk import desk
from commands.ecalcura.options import facility_named, hco_option
from commands.ecalcura.outside import emergency, provider
from commands.ecalcura.purging import purge
from commands.ecalcura.raas import raas
from commands.ecalcura.staff import employee
from commands.ecalcura.trimesters import trimester
from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor
from models.ecalcura.facilities import colleagues, loading


@click.group()
def ecalcura() -> None:
    """Facilities, who gives the roles there, trimesters, staff, and RaaS."""


for command in (trimester, employee, desk, emergency, provider, raas, purge):
    ecalcura.add_command(command)


@ecalcura.group()
def facilities() -> None:
    """The facilities, as the desk's file has them."""


@facilities.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Load, report, and undo it all.")
@with_appcontext
def load_facilities(file: Path, dry_run: bool) -> None:
    """Add and change the facilities of FILE, as CSV or XLSX. Run again, it changes nothing.

    Each refused row is printed with its line, its column and the reason; the exit code is then 1.
    """
    with refusing():
        loaded = loading.load(file, dry_run)
    for line, column, refused in loaded.faults:
        click.echo(f"line {line}: {column + ': ' if column else ''}{refusals.words(refused)}", err=True)
    undone = " (dry run: nothing is kept)" if dry_run else ""
    click.echo(f"{loaded.added} added, {loaded.changed} changed, {loaded.same} the same, "
               f"{len(loaded.faults)} refused{undone}")
    if loaded.faults:
        sys.exit(1)


@ecalcura.group("access-manager")
def access_manager() -> None:
    """The access managers of a facility, who give their colleagues a role."""


@access_manager.command("create")
@hco_option
@click.option("--name", required=True, help="The name by which colleagues know this person.")
@click.option("--email", required=True, help="A personal address, which only this person reads.")
@with_appcontext
def create_access_manager(hco: str, name: str, email: str) -> None:
    """Make somebody an access manager of a facility, and mail an invitation. Run again, it sends a new one."""
    with refusing():
        colleagues.make_access_manager(facility_named(hco), name, email)
    click.echo("The role is given. The mail is on its way.")


@access_manager.command("list")
@json_option
@with_appcontext
def list_access_managers(as_json: bool) -> None:
    """List the facilities with a dossier: HCO number, and how many access managers can sign in now."""
    with refusing():
        rows = colleagues.numbers_of_managers()
    say_table(("hco", "access_managers"), rows, as_json)


@access_manager.command("reset-factor")
@hco_option
@click.option("--email", required=True)
@with_appcontext
def reset_factor(hco: str, email: str) -> None:
    """Remove the second factor of a colleague of a facility who lost it. The next sign-in sets up a new one."""
    with refusing():
        account = Account.by_email(email)
        person = account and colleagues.one(facility_named(hco), account.id)
        if not person:
            raise click.ClickException("This facility has no colleague with that address.")
        SecondFactor.remove(person.account)
    click.echo("The second factor is removed. The colleague is told by mail.")
