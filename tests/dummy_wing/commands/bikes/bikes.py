"""Bikes."""
import click
from flask.cli import with_appcontext

from commands.common import refusing
from models.bikes.bikes import Bike


@click.command("bike")
@click.argument("number", type=click.IntRange(1))
@click.option("--shed", type=click.IntRange(1), help="The id of the shed; without it the bike gets a new one.")
@with_appcontext
def bike(number: int, shed: int | None) -> None:
    """Add a bike, and print the id of its shed: the tenant in which a keeper gets a role."""
    with refusing():
        added = Bike.add(number, shed)
    click.echo(f"shed {added.tenant_id}: bike {added.number}")
