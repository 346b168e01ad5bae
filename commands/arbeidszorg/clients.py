"""Clients without names, as an administrator sees them. The words of the register are Dutch."""
from collections.abc import Mapping
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from commands.common import (
    Coded,
    absent,
    acting_for,
    in_province,
    json_option,
    organisation_named,
    refusing,
    say,
    say_json,
)
from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.without_names.client import ClientDetails, ClientWithoutName
from models.arbeidszorg.without_names.export import STATUS, ExportWithoutNames
from models.arbeidszorg.without_names.listing import ACTIVE, ANSWER_PREFIX, INACTIVE, Filters
from views.shell import filters

STATUSES = {ACTIVE: STATUS[True], INACTIVE: STATUS[False]}
PERIOD = ("start_date", "end_date", "hours", "closing_reason", "outlook")


@click.group()
def client() -> None:
    """Clients, without names."""


@client.command("show")
@click.argument("number", type=int)
@in_province
@json_option
@with_appcontext
def show_client(number: int, province: str, as_json: bool) -> None:
    """Show all that an administrator sees of a client. The log records the view."""
    with refusing():
        shown = view(province, number)
    if as_json:
        say_json(client_as_json(shown))
    else:
        say_client(shown)


@client.command("export")
@click.argument("file", type=click.File("wb"))
@in_province
@click.option("--organisation", help="Only clients of this organisation.")
@click.option("--status", type=Coded(STATUSES))
@click.option("--incomplete", is_flag=True, help="Only clients with missing answers.")
@click.option("--born-from", metavar="YEAR", help="Only clients born in this year or later.")
@click.option("--born-to", metavar="YEAR", help="Only clients born in this year or earlier.")
@click.option("--answer", "answers", multiple=True, metavar="QUESTION=OPTION",
              help="Codes of the questionnaire file. May be given more than once.")
@with_appcontext
def export_clients(file: BinaryIO, province: str, organisation: str | None, incomplete: bool, answers: tuple[str, ...],
                   **options: str | None) -> None:
    """Export the clients, a row for each period, to the CSV file FILE ('-' is standard output)."""
    with refusing():
        values = {code: value for code, value in options.items() if value}
        if organisation:
            values["organisation"] = str(organisation_named(province, organisation).id)
        if incomplete:
            values["incomplete"] = "1"
        for answer in answers:
            question, _, option = answer.partition("=")
            values[ANSWER_PREFIX + question] = option
        for piece in ExportWithoutNames(_filters(province, values), "csv", by=acting_for(province)).csv():
            file.write(piece)


def _filters(province: str, values: Mapping[str, str]) -> Filters:
    applied = Filters(province, values)
    # Ignoring an unknown filter would export more clients than were asked for.
    if unknown := sorted(set(values) - set(applied.given)):
        named = ", ".join(f"{code.removeprefix(ANSWER_PREFIX)}={values[code]}" for code in unknown)
        raise click.ClickException(f"Unknown filter: {named}.")
    return applied


@client.command("delete")
@click.argument("number", type=int)
@in_province
@click.option("--reason", required=True, type=Coded(REASONS))
@click.option("--confirm", "typed", required=True, type=int, help="The client's number again.")
@with_appcontext
def delete_client(number: int, province: str, reason: str, typed: int) -> None:
    """Delete a client that was registered by mistake. It can be restored for 30 days."""
    confirm(number, typed)
    with refusing():
        Deletion.make(view(province, number), reason, acting_for(province))
    say_deleted(number)


@client.command("restore")
@click.argument("number", type=int)
@in_province
@with_appcontext
def restore_client(number: int, province: str) -> None:
    """Restore a client that was deleted less than 30 days ago, as it was."""
    with refusing():
        deletion = Deletion.of_client(province, number) or absent("deleted client with that number")
        deletion.restore(acting_for(province))
    click.echo(f"client {number} is restored")


def view(province: str, number: int) -> ClientDetails:
    """The client as an administrator sees it; the log records the view. click.ClickException for an unknown number."""
    return ClientWithoutName.view(number, acting_for(province)) or absent("client with that number")


def confirm(number: int, typed: int) -> None:
    """Raise click.ClickException unless the operator typed the client's number again."""
    if typed != number:
        raise click.ClickException(f"That is client {number}: give --confirm {number}.")


def say_deleted(number: int) -> None:
    """Print that a client is deleted, and how to restore it."""
    click.echo(f"client {number} is deleted; for 30 days `client restore` restores it")


def say_client(shown: ClientDetails) -> None:
    """Print a client line by line: the questions with their answers, then the periods."""
    say("Nummer", shown.number)
    say("Organisatie", shown.organisation)
    say("Status", STATUS[shown.active])
    say("Geregistreerd op", shown.registered_on)
    for _chapter, facts in shown.chapters:
        for fact in facts:
            say(fact.label, fact.answer or "te vervolledigen")
            for until, answer in fact.earlier:
                say(f"  tot en met {filters.day(until)}", answer)
    for period in shown.periods:
        say("Periode", *(getattr(period, field) for field in PERIOD))


def client_as_json(shown: ClientDetails) -> dict[str, object]:
    """The client as `say_json` prints it, with the same facts as `say_client` prints."""
    return {
        "number": shown.number,
        "organisation": shown.organisation,
        "active": shown.active,
        "registered_on": shown.registered_on,
        "answers": [
            {"question": fact.label, "answer": fact.answer,
             "earlier": [{"until": until, "answer": answer} for until, answer in fact.earlier]}
            for _chapter, facts in shown.chapters for fact in facts],
        "periods": [{field: getattr(period, field) for field in PERIOD} for period in shown.periods],
    }
