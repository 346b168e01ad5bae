"""Administrators of a province."""
import click
from flask.cli import with_appcontext

from commands.common import absent, in_province, json_option, refusing, say_invited, say_table
from models.accounts import administrators
from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor


@click.group()
def administrator() -> None:
    """Administrators of a province."""


@administrator.command("list")
@in_province
@json_option
@with_appcontext
def list_administrators(province: str, as_json: bool) -> None:
    """List the administrators: address, state of the login, last sign-in."""
    with refusing():
        rows = [(one.account.email, one.state, one.last_sign_in) for one in administrators.of(province)]
    say_table(("email", "state", "last_sign_in"), rows, as_json)


@administrator.command("create")
@in_province
@click.option("--email", required=True)
@with_appcontext
def create_administrator(province: str, email: str) -> None:
    """Invite an administrator. Run again, it sends a new invitation."""
    with refusing():
        invited = Account.invite(province, email)
    say_invited(*invited)


@administrator.command("block")
@in_province
@click.option("--email", required=True)
@with_appcontext
def block_administrator(province: str, email: str) -> None:
    """Block an administrator from the next request on, even the last one of a province."""
    with refusing():
        administrators.block(_one(province, email), by=None)
    click.echo("blocked")


@administrator.command("unblock")
@in_province
@click.option("--email", required=True)
@with_appcontext
def unblock_administrator(province: str, email: str) -> None:
    """Let a blocked administrator sign in again."""
    with refusing():
        administrators.unblock(_one(province, email), by=None)
    click.echo("unblocked")


@administrator.command("reset-factor")
@in_province
@click.option("--email", required=True)
@with_appcontext
def reset_factor(province: str, email: str) -> None:
    """Remove the second factor of an administrator who lost it. The next sign-in sets up a new one."""
    with refusing():
        SecondFactor.remove(_one(province, email))
    click.echo("The second factor is removed. The administrator is told by mail.")


def _one(province: str, email: str) -> Account:
    account = Account.by_email(email)
    return (account and administrators.one(province, account.id)) or absent("administrator with that address")
