"""Administrators of a province."""
import click
from flask.cli import with_appcontext

from commands.common import absent, in_province, json_option, refusing, say_table, tell_invited
from models.accounts import administrators
from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor


@click.group()
def administrator():
    """Administrators of a province."""


@administrator.command("list")
@in_province
@json_option
@with_appcontext
def list_administrators(province, as_json):
    """List the administrators: address, state of the login, last sign-in."""
    with refusing():
        rows = [(one.account.email, one.state, one.last_sign_in) for one in administrators.of(province)]
    say_table(("email", "state", "last_sign_in"), rows, as_json)


@administrator.command("create")
@in_province
@click.option("--email", required=True)
@with_appcontext
def create_administrator(province, email):
    """Invite an administrator; the same again sends a new invitation."""
    with refusing():
        invited = Account.invite(province, email)
    tell_invited(*invited)


@administrator.command("block")
@in_province
@click.option("--email", required=True)
@with_appcontext
def block_administrator(province, email):
    """Keep an administrator out from the next request on, the last one of a province too."""
    with refusing():
        administrators.block(_one(province, email), by=None)
    click.echo("blocked")


@administrator.command("unblock")
@in_province
@click.option("--email", required=True)
@with_appcontext
def unblock_administrator(province, email):
    """Let an administrator in again."""
    with refusing():
        administrators.unblock(_one(province, email), by=None)
    click.echo("unblocked")


@administrator.command("reset-factor")
@in_province
@click.option("--email", required=True)
@with_appcontext
def reset_factor(province, email):
    """Take the second factor from who lost phone and recovery codes; the next sign-in sets up a new one."""
    with refusing():
        SecondFactor.remove(_one(province, email))
    click.echo("The second factor is removed, and the administrator is told by mail.")


def _one(province, email):
    account = Account.by_email(email)
    return (account and administrators.one(province, account.id)) or absent("administrator with that address")
