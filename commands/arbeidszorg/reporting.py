"""The yearly report."""
import sys

import click
from flask.cli import with_appcontext

from commands.common import Coded, refusing, say
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.report import SCOPES
from models.database import today

STEPS = 1000  # of the progress bar


@click.group()
def report() -> None:
    """The yearly report."""


@report.command("publish")
@click.argument("year", type=int)
@click.option("--scope", required=True, type=Coded(SCOPES))
@click.option("--remark", default="", help="Kept in the edition for ever: write no names in it.")
@with_appcontext
def publish_edition(year: int, scope: str, remark: str) -> None:
    """Publish the report of YEAR, counted now, as an edition that nobody can change or delete."""
    with refusing(), click.progressbar(length=STEPS, label="Counting", file=sys.stderr) as bar:
        edition = Edition.publish(
            year, scope, remark, None, today(), on_progress=lambda share: bar.update(round(STEPS * share) - bar.pos))
    say(f"edition {edition.id}", edition.year, edition.scope, edition.published_at)
    say("SHA-256", edition.hash)
