"""The key that encrypts the names."""
import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import refusing
from models import keys, names


@click.group("names")
def names_group() -> None:
    """The key that encrypts the names."""


@names_group.command("rotate")
@with_appcontext
def rotate_names() -> None:
    """Replace names.key, and rewrap the data keys that it wraps. Stop the server first."""
    with refusing():
        keys.replace_names_key(current_app.config["KEY_DIR"], names.opens, names.rewrap)
    click.echo("names.key is replaced; the old one is names.key.old. Keep a copy of the new one elsewhere.")
    click.echo("Start the server again, and delete names.key.old once no backup needs it.")
