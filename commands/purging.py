"""Purging for good what was deleted."""
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import check_database
from models.arbeidszorg.deletion import purge as purging


@click.command("purge")
@with_appcontext
def purge():
    """Purge what was deleted more than 30 days ago, and again what a backup brought back. For a daily timer."""
    check_database()
    if not purge_due():
        sys.exit(1)


def purge_due():
    """Purge, and say what is worth saying; whether it could be done."""
    file = current_app.config["PURGED_FILE"]
    try:
        done = purging.purge(file)
    except OSError as error:
        click.echo(f"Nothing was purged, for {file} cannot be written: {error.strerror or error}", err=True)
        return False
    if done.purged or done.repeated:
        click.echo(f"{done.purged} purged, {done.repeated} purged again after a backup was put back")
    for line in done.unreadable:
        click.echo(f"line {line} of {file} cannot be read, and is passed over", err=True)
    if not done.emptied:
        click.echo("Somebody kept reading: what was purged may still stand in the write-ahead log of the database, "
                   "until the next purge.", err=True)
    return True
