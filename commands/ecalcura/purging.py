"""The purge of what facilities kept longer than the terms."""
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import check_database
from models.ecalcura.retention import purging


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Purge what two dossier managers decided on, and again what a restored backup took back. Run it daily."""
    check_database()
    if not purge_due():
        sys.exit(1)


def purge_due() -> bool:
    """Purge and print the outcome. False when the list cannot be written: then nothing is purged."""
    file = purging.list_of(current_app.config["PURGED_FILE"])
    try:
        done = purging.purge(file)
    except OSError as error:
        click.echo(f"Nothing was purged, because {file} cannot be written: {error.strerror or error}", err=True)
        return False
    if done.rows or done.repeated:
        click.echo(f"eCalcura: {done.rows} rows purged, {done.repeated} purged again after a backup was restored")
    if done.held:
        click.echo(f"eCalcura: {done.held} rows that a backup took back are still needed by other rows", err=True)
    for line in done.unreadable:
        click.echo(f"line {line} of {file} cannot be read and is skipped", err=True)
    if not done.emptied:
        click.echo("The database was read all the time: purged data may remain in its write-ahead log until the next "
                   "purge.", err=True)
    return True
