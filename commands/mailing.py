"""Outgoing mail."""
import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import check_database
from models.mail import outbox, postman


@click.group()
def mail():
    """Outgoing mail."""


@mail.command("deliver")
@with_appcontext
def deliver_mail():
    """Deliver what is due now, and say what was refused."""
    check_database()
    click.echo(f"{outbox.deliver(postman.carrier(current_app.config))} delivered")
    tell_refused_mail()


def tell_refused_mail():
    for refused in outbox.refused():
        state = "given up" if refused.given_up else f"tried {refused.tries} times, again at {refused.next_try_at} UTC"
        click.echo(f"mail {refused.id} to {refused.recipient} was refused ({state}): {refused.refusal}", err=True)
