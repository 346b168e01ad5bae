"""Shared by the commands: the check of the database, messages for refusals, options, output as lines or JSON."""
import contextlib
import datetime
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

import click

from commands import refusals
from models.accounts.accounts import Account
from models.audit import OPERATOR, Actor
from models.database import pending_migrations
from models.days import local
from models.errors import Refused
from models.mail import letters
from models.organisations import PROVINCES, Organisation
from views.shell import filters


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
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for another program to read.")


def check_database() -> None:
    """Raise click.ClickException when the database needs migrations."""
    if pending_migrations():
        raise click.ClickException("The database is not up to date: run `flask --app app init`.")


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Check the database, and turn a model's `Refused` into its message and exit code 1."""
    check_database()
    try:
        yield
    except Refused as refused:
        raise click.ClickException(refusals.words(refused)) from refused


def acting_for(province: str) -> Actor:
    """The operator, acting in the place of a province's administrator."""
    return OPERATOR._replace(province=province)


def organisation_named(province: str, name: str) -> Organisation:
    """Return the organisation of a province with this name; raises click.ClickException for an unknown one."""
    return Organisation.by_name(province, name) or absent("organisation of that name")


def absent(thing: str) -> NoReturn:
    """Raise click.ClickException: the province has no such thing."""
    raise click.ClickException(f"This province has no {thing}.")


def say_table(columns: Sequence[str], rows: Iterable[Sequence[object]], as_json: bool) -> None:
    """Print a header line and a line for each row, tabs between the cells; or a JSON array with an object for each.

    `columns` are the names in the header and the keys of the objects. On a terminal spaces align the columns.
    """
    if as_json:
        say_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    lines = [[_cell(value) for value in line] for line in (columns, *rows)]
    if on_terminal():
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)][:-1] + [0]
        lines = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    for line in lines:
        say(*line)


def on_terminal() -> bool:
    """Whether a person looks at the output, not a program."""
    return sys.stdout.isatty()


def say_fields(values: Mapping[str, object], as_json: bool) -> None:
    """Print a line for each field, its name first; or a JSON object."""
    if as_json:
        say_json(values)
        return
    for name, value in values.items():
        say(name, value)


def say(*cells: object) -> None:
    """Print a line, tabs between its cells. Days and moments as on the pages; control characters as question marks."""
    click.echo("\t".join(map(_cell, cells)))


def say_json(value: object) -> None:
    """Print JSON in UTF-8: days and moments in ISO 8601, control characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_json_value)
    # json escapes no control characters beyond ASCII. The line breaks left in `text` are those of the layout.
    safe = (character if character.isprintable() or character == "\n" else json.dumps(character)[1:-1]
            for character in text)
    click.echo("".join(safe).encode())


def say_invited(account: Account, token: str) -> None:
    """Print that a login is invited, with the link of the invitation."""
    click.echo(f"{account.email} is invited. The mail is on its way. Its link works once, within 7 days:")
    click.echo(letters.link("invitation", token))


def _cell(value: object) -> str:
    if isinstance(value, datetime.datetime):
        text = filters.moment(value)
    elif isinstance(value, datetime.date):
        text = filters.day(value)
    elif isinstance(value, Decimal):
        text = filters.hours(value)
    else:
        text = "" if value is None else str(value)
    return "".join(character if character.isprintable() else "?" for character in " ".join(text.split("\n")))


def _json_value(value: object) -> str | float:
    if isinstance(value, datetime.datetime):
        return local(value).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
