"""What the commands share: a database that is up to date, refusals in plain words, lines of output, who acts where."""
import contextlib
from collections.abc import Mapping

import click

from commands import refusals
from models.audit import OPERATOR
from models.database import pending_migrations
from models.errors import Refused
from models.mail import letters
from models.organisations import PROVINCES, Organisation


class Coded(click.Choice[str]):
    """One of the codes of `labels`, typed as the code or as the label on the pages; capitals make no difference."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__(list(labels), case_sensitive=False)
        self.codes = {label.casefold(): code for code, label in labels.items()}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code of `value`; click.BadParameter, with a list of the codes, for anything else."""
        typed = value.strip()
        return super().convert(self.codes.get(typed.casefold(), typed), param, ctx)


in_province = click.option("--province", required=True, type=Coded(PROVINCES))


def check_database():
    if pending_migrations():
        raise click.ClickException("The database is not up to date: run `flask --app app init`.")


@contextlib.contextmanager
def refusing():
    check_database()
    try:
        yield
    except Refused as refused:
        raise click.ClickException(refusals.words(refused)) from refused


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
