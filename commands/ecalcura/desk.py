"""The roles at the desk, which the operator gives and ends."""
import click
from flask.cli import with_appcontext

from commands.common import json_option, refusing, say_table
from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor
from models.ecalcura.desk import accounts
from models.ecalcura.roles import DESK

role_option = click.option("--role", required=True, type=click.Choice([role.name for role in DESK]),
                           help="dossier sees all facilities and their staff; calculator sees sums and no person.")
email_option = click.option("--email", required=True, help="A personal address, which only this person reads.")


@click.group()
def desk() -> None:
    """The desk: people who check the dossiers of all facilities, or calculate."""


@desk.command("create")
@role_option
@email_option
@with_appcontext
def create(role: str, email: str) -> None:
    """Give somebody a role at the desk, and mail an invitation. Run again, it sends a new one."""
    with refusing():
        accounts.give(accounts.role_named(role), email)
    click.echo("The role is given. A login that was not accepted yet gets a mail.")


@desk.command("end")
@role_option
@email_option
@with_appcontext
def end(role: str, email: str) -> None:
    """End a role at the desk, and every open session of that person."""
    with refusing():
        if not accounts.end(accounts.role_named(role), email):
            raise click.ClickException("Nobody with that address has this role.")
    click.echo("The role has ended.")


@desk.command("list")
@json_option
@with_appcontext
def list_members(as_json: bool) -> None:
    """List the people of the desk: address, state of the login, roles."""
    with refusing():
        rows = [(one.account.email, one.state, ", ".join(one.roles)) for one in accounts.members()]
    say_table(("email", "state", "roles"), rows, as_json)


@desk.command("reset-factor")
@email_option
@with_appcontext
def reset_factor(email: str) -> None:
    """Remove the second factor of somebody at the desk who lost it. The next sign-in sets up a new one."""
    with refusing():
        account = Account.by_email(email)
        if account is None or account.id not in [member.account.id for member in accounts.members()]:
            raise click.ClickException("Nobody with that address has a role at the desk.")
        SecondFactor.remove(account)
    click.echo("The second factor is removed. The person is told by mail.")
