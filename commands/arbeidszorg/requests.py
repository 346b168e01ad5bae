"""Requests to delete a client, and deleted clients."""
import click
from flask.cli import with_appcontext

from commands.arbeidszorg.clients import client_as_json, confirm, say_client, say_deleted, view
from commands.common import (
    absent,
    acting_for,
    in_province,
    json_option,
    refusing,
    say,
    say_json,
    say_table,
)
from models.arbeidszorg.deletion.requests import PENDING, REASONS, DeletionRequest
from models.arbeidszorg.deletion.trash import LABELS, Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.errors import Refused


@click.group()
def request() -> None:
    """Requests of organisations to delete a client."""


@request.command("list")
@in_province
@json_option
@with_appcontext
def list_requests(province: str, as_json: bool) -> None:
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
def show_request(request_id: int, province: str, as_json: bool) -> None:
    """Show a request and, while it is pending, its client as an administrator sees it. The log records the view."""
    with refusing():
        deletion_request = _one(province, request_id)
        client = view(province, deletion_request.client_number) if deletion_request.status == PENDING else None
    if as_json:
        say_json({
            "id": deletion_request.id,
            "status": deletion_request.status,
            "requested_at": deletion_request.created_at,
            "reason": REASONS[deletion_request.reason],
            "remark": deletion_request.remark,
            "answer": deletion_request.answer,
            "client": client and client_as_json(client),
        })
        return
    say("Aanvraag", deletion_request.id, deletion_request.status, deletion_request.created_at)
    say("Reden", REASONS[deletion_request.reason])
    say("Opmerking", deletion_request.remark)
    if deletion_request.answer:
        say("Antwoord", deletion_request.answer)
    if client:
        say_client(client)


@request.command("approve")
@click.argument("request_id", type=int)
@in_province
@click.option("--confirm", "typed", required=True, type=int, help="The client's number.")
@with_appcontext
def approve_request(request_id: int, province: str, typed: int) -> None:
    """Approve a request: delete the client. It can be restored for 30 days."""
    with refusing():
        deletion_request = _one(province, request_id)
        if deletion_request.status != PENDING:
            raise Refused(ArbeidszorgCode.REQUEST_DECIDED)
        confirm(deletion_request.client_number, typed)
        client = view(province, deletion_request.client_number)
        Deletion.make(client, deletion_request.reason, acting_for(province), deletion_request)
    say_deleted(deletion_request.client_number)


@request.command("refuse")
@click.argument("request_id", type=int)
@in_province
@click.option("--answer", required=True, help="The answer that the organisation sees.")
@with_appcontext
def refuse_request(request_id: int, province: str, answer: str) -> None:
    """Refuse a request. The client stays."""
    with refusing():
        _one(province, request_id).refuse(answer, acting_for(province))
    click.echo("refused")


@click.group()
def deletion() -> None:
    """Deleted clients."""


@deletion.command("list")
@in_province
@click.option("--purged", is_flag=True, help="Purged clients, instead of those that can be restored.")
@json_option
@with_appcontext
def list_deletions(province: str, purged: bool, as_json: bool) -> None:
    """List the deleted clients: number, organisation, reason, deleted at, days left or purged at."""
    last = "purged_at" if purged else "days_left"
    with refusing():
        rows = [(one.client_number, one.organisation.name, LABELS[one.reason], one.deleted_at, getattr(one, last))
                for one in (Deletion.purged(province) if purged else Deletion.in_trash(province))]
    say_table(("client_number", "organisation", "reason", "deleted_at", last), rows, as_json)


def _one(province: str, request_id: int) -> DeletionRequest:
    return DeletionRequest.one(province, request_id) or absent("request with that id")
