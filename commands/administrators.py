"""Administrators of a province."""
import click
from flask.cli import with_appcontext

from commands.common import in_province, refusing, tell_invited
from models.accounts import Account


@click.group()
def administrator():
    """Administrators of a province."""


@administrator.command("create")
@in_province
@click.option("--email", required=True)
@with_appcontext
def create_administrator(province, email):
    """Invite an administrator; the same again sends a new invitation."""
    with refusing():
        invited = Account.invite(province, email)
    tell_invited(*invited)
