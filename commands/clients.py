"""Clients 'zonder naam': what an administrator sees of them, in the words of the register, which are Dutch."""
import click
from flask.cli import with_appcontext

from commands.common import (
    Coded,
    absent,
    acting_for,
    confirm,
    in_province,
    json_option,
    organisation_named,
    refusing,
    say,
    say_json,
)
from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.without_names.client import Anonymous
from models.arbeidszorg.without_names.export import STATUS, AnonymousExport
from models.arbeidszorg.without_names.listing import ACTIVE, ANSWER, INACTIVE, Filters
from views.shell import filters

STATUSES = {ACTIVE: STATUS[True], INACTIVE: STATUS[False]}
PERIOD = ("start_date", "end_date", "hours", "closing_reason", "outlook")


@click.group()
def client():
    """Clients, without names."""


@client.command("show")
@click.argument("number", type=int)
@in_province
@json_option
@with_appcontext
def show_client(number, province, as_json):
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
@click.option("--organisation", help="Only of this organisation.")
@click.option("--status", type=Coded(STATUSES))
@click.option("--incomplete", is_flag=True, help="Only those of whom answers are missing.")
@click.option("--born-from", metavar="YEAR")
@click.option("--born-to", metavar="YEAR")
@click.option("--answer", "answers", multiple=True, metavar="QUESTION=OPTION",
              help="Codes of the questionnaire file; may be given more than once.")
@with_appcontext
def export_clients(file, province, organisation, incomplete, answers, **given):
    """Write the clients, a row for each period, to the CSV file FILE ('-' is standard output)."""
    with refusing():
        asked = {code: value for code, value in given.items() if value}
        if organisation:
            asked["organisation"] = str(organisation_named(province, organisation).id)
        if incomplete:
            asked["incomplete"] = "1"
        for answer in answers:
            question, _, option = answer.partition("=")
            asked[ANSWER + question] = option
        found = Filters(province, asked)
        # Left out, a filter that is not understood would give more than was asked for.
        if misread := sorted(set(asked) - set(found.given)):
            told = ", ".join(f"{code.removeprefix(ANSWER)}={asked[code]}" for code in misread)
            raise click.ClickException(f"This cannot be filtered by: {told}.")
        for piece in AnonymousExport(found, "csv", by=acting_for(province)).csv():
            file.write(piece)


@client.command("delete")
@click.argument("number", type=int)
@in_province
@click.option("--reason", required=True, type=Coded(REASONS))
@click.option("--confirm", "typed", required=True, type=int, help="The client's number once more.")
@with_appcontext
def delete_client(number, province, reason, typed):
    """Delete a wrong registration; for 30 days it can be put back."""
    confirm(number, typed)
    with refusing():
        Deletion.make(view(province, number), reason, acting_for(province))
    click.echo(f"client {number} is deleted; `client restore` puts it back, for 30 days")


@client.command("restore")
@click.argument("number", type=int)
@in_province
@with_appcontext
def restore_client(number, province):
    """Put back a client that was deleted less than 30 days ago, as it was."""
    with refusing():
        deletion = Deletion.of_client(province, number) or absent("deleted client with that number")
        deletion.restore(acting_for(province))
    click.echo(f"client {number} is put back")


def view(province, number):
    """The client, written down as seen."""
    return Anonymous.view(number, acting_for(province)) or absent("client with that number")


def say_client(shown):
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


def client_as_json(shown):
    """What `say_client` prints, to be printed as JSON."""
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
