"""Requests to delete a client, and what was deleted."""
import click
from flask.cli import with_appcontext

from commands.clients import client_as_json, say_client, view
from commands.common import (
    absent,
    acting_for,
    confirm,
    in_province,
    json_option,
    refusing,
    say,
    say_json,
    say_table,
)
from models.arbeidszorg.deletion.requests import PENDING, REASONS, DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.errors import Refused


@click.group()
def request():
    """Requests of organisations to delete a client."""


@request.command("list")
@in_province
@json_option
@with_appcontext
def list_requests(province, as_json):
    """List the pending requests: id, the client's number, organisation, reason, time."""
    with refusing():
        rows = [(one.id, one.client_number, one.organisation.name, REASONS[one.reason], one.created_at)
                for one in DeletionRequest.of_province(province)]
    say_table(("id", "client_number", "organisation", "reason", "requested_at"), rows, as_json)


@request.command("show")
@click.argument("request_id", type=int)
@in_province
@json_option
@with_appcontext
def show_request(request_id, province, as_json):
    """Show a request and, while it is pending, its client as an administrator sees it. The log records the view."""
    with refusing():
        asked = _one(province, request_id)
        client = view(province, asked.client_number) if asked.status == PENDING else None
    if as_json:
        say_json({
            "id": asked.id, "status": asked.status, "requested_at": asked.created_at, "reason": REASONS[asked.reason],
            "remark": asked.remark, "answer": asked.answer, "client": client and client_as_json(client)})
        return
    say("Aanvraag", asked.id, asked.status, asked.created_at)
    say("Reden", REASONS[asked.reason])
    say("Opmerking", asked.remark)
    if asked.answer:
        say("Antwoord", asked.answer)
    if client:
        say_client(client)


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
@json_option
@with_appcontext
def list_deletions(province, purged, as_json):
    """List the deleted clients: number, organisation, reason, when it was deleted, days left to put it back."""
    last = "purged_at" if purged else "days_left"
    with refusing():
        rows = [(one.client_number, one.organisation.name, REASONS[one.reason], one.deleted_at, getattr(one, last))
                for one in (Deletion.purged(province) if purged else Deletion.in_trash(province))]
    say_table(("client_number", "organisation", "reason", "deleted_at", last), rows, as_json)


def _one(province, request_id):
    return DeletionRequest.one(province, request_id) or absent("request with that id")
