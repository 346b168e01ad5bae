"""What the commands share: a database that is up to date, refusals in plain words, lines of output, who acts where."""
import contextlib

import click

from models.audit import OPERATOR
from models.database import Refused, pending_migrations
from models.mail import letters
from models.organisations import PROVINCES, Organisation

REFUSALS = {
    "names_key": "names.key is missing, or is not this database's: nothing was changed.",
    "new_key": "names.key.new cannot be used; nothing was changed. Delete it, and try again.",
    "organisation_name": "The name has 1 to 200 characters.",
    "organisation_exists": "This province has an organisation of that name already.",
    "stale": "Somebody changed it a moment ago: look again.",
    "email": "That is no mail address; where none is known, give --email.",
    "email_taken": "That mail address belongs to another login.",
    "has_login": "This organisation has a login already: `organisation password` mails it a link to a new password.",
    "login_blocked": "This login is blocked: unblock it first.",
    "not_accepted": "This login has no password yet: invite it, at the right address.",
    "move_same": "That is the address that the login has.",
    "move_pending": "A move of this login waits already: cancel it first.",
    "no_factor": "This administrator has no second factor: one is set up at the next sign-in.",
    "mail_key": "app.key is missing: without it nothing can be mailed, and nothing was changed.",
    "request_decided": "This request was decided or withdrawn already.",
    "client_gone": "This client is deleted already.",
    "answer": "Give a word back for the organisation.",
    "remark_long": "The text has at most 500 characters.",
    "remark_characters": "There is a character in the text that cannot be kept.",
    "national_number": "There is a national number in the text: leave it out.",
    "already_restored": "This client was put back already.",
    "restore_late": "It is too late: what was deleted can be put back for 30 days.",
    "restore_taken": "Another client of the organisation has its old number by now: it cannot be put back.",
    "year": "The register has nobody who was guided in that year.",
    "edition_empty": "Nobody was guided there in that year: there is nothing to keep.",
    "restore_sent_again": "The organisation registered it again by the same form: it cannot be put back.",
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


def acting_for(province):
    """The operator, in the place of a province's administrator."""
    return OPERATOR._replace(province=province)


def organisation_named(province, name):
    return Organisation.by_name(province, name) or absent("organisation of that name")


def absent(what):
    raise click.ClickException(f"This province has no {what}.")


def confirm(number, typed):
    """What cannot simply be taken back asks for the client's number once more."""
    if typed != number:
        raise click.ClickException(f"That is client {number}: give --confirm {number}.")


def say(*cells):
    """A line of output, its cells parted by tabs; what no terminal should get is a question mark."""
    click.echo("\t".join(_printable("" if cell is None else str(cell)) for cell in cells))


def tell_invited(account, token):
    click.echo(f"{account.email} is invited. The mail is on its way; this is its link, which works once, for 7 days:")
    click.echo(letters.link("invitation", token))


def _printable(text):
    return "".join(character if character.isprintable() else "?" for character in " ".join(text.split("\n")))
