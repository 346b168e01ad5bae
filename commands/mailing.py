"""Outgoing mail."""
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import check_database
from models.mail import outbox, postman


@click.group()
def mail() -> None:
    """Outgoing mail."""


@mail.command("deliver")
@with_appcontext
def deliver_mail() -> None:
    """Deliver the mail that is due now, and report the mail that was refused."""
    check_database()
    click.echo(f"{outbox.deliver(postman.carrier(current_app.config))} delivered")
    report_refused_mail()


def report_refused_mail() -> None:
    """Print a line on standard error for each mail that a mail server refused."""
    for line in refused_mail():
        click.echo(line, err=True)


def refused_mail() -> Iterator[str]:
    """Yield a line for each mail that a mail server refused."""
    for refused in outbox.refused():
        state = "given up" if refused.given_up else f"attempt {refused.tries}, the next at {refused.next_try_at} UTC"
        yield f"mail {refused.id} to {refused.recipient} was refused ({state}): {refused.refusal}"
