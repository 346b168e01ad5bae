"""What the commands share: a database that is up to date, refusals in plain words, invitations."""
import contextlib

import click

from models import letters
from models.database import Refused, pending_migrations
from models.organisations import PROVINCES

REFUSALS = {
    "names_key": "names.key is missing, or is not this database's: nothing was changed.",
    "new_key": "names.key.new cannot be used; nothing was changed. Delete it, and try again.",
    "organisation_name": "The name has 1 to 200 characters.",
    "organisation_exists": "This province has an organisation of that name already.",
    "email": "That is no mail address; where none is known, give --email.",
    "email_taken": "That mail address belongs to another login.",
    "has_login": "This organisation has a login already; its page 'Wachtwoord vergeten?' gives it a new password.",
    "login_blocked": "This login is blocked: unblock it first.",
    "mail_key": "app.key is missing: without it no invitation can be mailed.",
}
in_province = click.option("--province", required=True, type=click.Choice(list(PROVINCES)))


def check_database():
    if pending_migrations():
        raise click.ClickException("The database is not up to date: run `flask --app app init`.")


@contextlib.contextmanager
def refusing():
    check_database()
    try:
        yield
    except Refused as refused:
        raise click.ClickException(REFUSALS[refused.code]) from refused


def tell_invited(account, token):
    click.echo(f"{account.email} is invited. The mail is on its way; this is its link, which works once, for 7 days:")
    click.echo(letters.link("invitation", token))
