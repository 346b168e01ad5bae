"""Organisations and their logins."""
import click
from flask.cli import with_appcontext

from commands.common import in_province, refusing, tell_invited
from models.accounts import Account
from models.database import transaction
from models.organisations import Organisation


@click.group()
def organisation():
    """Organisations and their login."""


@organisation.command("create")
@click.argument("name")
@in_province
@click.option("--email", required=True, help="The address of its login.")
@with_appcontext
def create_organisation(name, province, email):
    """Make an organisation and invite its login."""
    with refusing(), transaction():
        invited = Account.invite(Organisation.create_new(name, province, email), email)
    tell_invited(*invited)


@organisation.command("invite")
@click.argument("name")
@in_province
@click.option("--email", help="The address of its login; left out, the one that is known.")
@with_appcontext
def invite_organisation(name, province, email):
    """Invite the login of an organisation that is there: imported, or invited before."""
    with refusing():
        found = Organisation.by_name(province, name)
        if not found:
            raise click.ClickException("This province has no organisation of that name.")
        invited = Account.invite(found, email or Account.known_email(found))
    tell_invited(*invited)
