"""Requests to delete a client, and what was deleted."""
import click
from flask.cli import with_appcontext

from commands.clients import tell, view
from commands.common import absent, acting_for, confirm, in_province, refusing, say
from models.arbeidszorg.deletion.requests import PENDING, REASONS, DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.errors import Refused
from views.shell import filters


@click.group()
def request():
    """Requests of organisations to delete a client."""


@request.command("list")
@in_province
@with_appcontext
def list_requests(province):
    """A line for each that waits: its id, the client's number, the organisation, the reason, since when."""
    with refusing():
        for asked in DeletionRequest.of_province(province):
            say(asked.id, asked.client_number, asked.organisation.name, REASONS[asked.reason],
                filters.moment(asked.created_at))


@request.command("show")
@click.argument("request_id", type=int)
@in_province
@with_appcontext
def show_request(request_id, province):
    """A request, and the client that it is about as an administrator sees it."""
    with refusing():
        asked = _one(province, request_id)
        say("Aanvraag", asked.id, asked.status, filters.moment(asked.created_at))
        say("Reden", REASONS[asked.reason])
        say("Opmerking", asked.remark)
        if asked.answer:
            say("Antwoord", asked.answer)
        if asked.status == PENDING:
            tell(view(province, asked.client_number))


@request.command("approve")
@click.argument("request_id", type=int)
@in_province
@click.option("--confirm", "typed", required=True, type=int, help="The client's number.")
@with_appcontext
def approve_request(request_id, province, typed):
    """Delete the client; for 30 days it can be put back."""
    with refusing():
        asked = _one(province, request_id)
        if asked.status != PENDING:
            raise Refused(ArbeidszorgCode.REQUEST_DECIDED)
        confirm(asked.client_number, typed)
        Deletion.make(view(province, asked.client_number), asked.reason, acting_for(province), asked)
    click.echo(f"client {asked.client_number} is deleted; `client restore` puts it back, for 30 days")


@request.command("refuse")
@click.argument("request_id", type=int)
@in_province
@click.option("--answer", required=True, help="A word back, which the organisation sees.")
@with_appcontext
def refuse_request(request_id, province, answer):
    """Refuse it; the client stays."""
    with refusing():
        _one(province, request_id).refuse(answer, acting_for(province))
    click.echo("refused")


@click.group()
def deletion():
    """What was deleted."""


@deletion.command("list")
@in_province
@click.option("--purged", is_flag=True, help="Those that are gone for good, instead of those that can be put back.")
@with_appcontext
def list_deletions(province, purged):
    """A line for each: the client's number, the organisation, the reason, and when it was deleted and purged."""
    with refusing():
        for one in Deletion.purged(province) if purged else Deletion.in_trash(province):
            say(one.client_number, one.organisation.name, REASONS[one.reason], filters.moment(one.deleted_at),
                filters.moment(one.purged_at) if purged else f"nog {one.days_left} dagen")


def _one(province, request_id):
    return DeletionRequest.one(province, request_id) or absent("request with that id")
