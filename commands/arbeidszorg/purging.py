"""The purge of deleted clients and withdrawn periods."""
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import check_database
from models.arbeidszorg.deletion import purge as purging


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Purge clients and periods deleted more than 30 days ago, also from a restored backup. Run it daily."""
    check_database()
    if not purge_due():
        sys.exit(1)


def purge_due() -> bool:
    """Purge and print the outcome. False when PURGED_FILE cannot be written: then nothing is purged."""
    file = current_app.config["PURGED_FILE"]
    try:
        done = purging.purge(file)
    except OSError as error:
        click.echo(f"Nothing was purged, because {file} cannot be written: {error.strerror or error}", err=True)
        return False
    if done.purged or done.repeated:
        click.echo(f"{done.purged} purged, {done.repeated} purged again after a backup was restored")
    if done.periods or done.periods_repeated:
        click.echo(f"{done.periods} withdrawn periods purged, {done.periods_repeated} purged again after a backup was "
                   "restored")
    if done.merges:
        click.echo(f"{done.merges} merges can no longer be undone: what was kept for that is purged")
    if done.imports:
        click.echo(f"{done.imports} imports can no longer be taken back: what was kept for that is purged")
    for line in done.unreadable:
        click.echo(f"line {line} of {file} cannot be read and is skipped", err=True)
    if not done.emptied:
        click.echo("The database was read all the time: purged data may remain in its write-ahead log until the next "
                   "purge.", err=True)
    return True
