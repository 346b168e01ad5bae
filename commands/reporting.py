"""The yearly report."""
import sys

import click
from flask.cli import with_appcontext

from commands.common import Coded, refusing, say
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.report import SCOPES
from models.database import today

PARTS = 1000


@click.group()
def report():
    """The yearly report."""


@report.command("publish")
@click.argument("year", type=int)
@click.option("--scope", required=True, type=Coded(SCOPES))
@click.option("--remark", default="", help="Stands in the edition, for ever: no names.")
@with_appcontext
def publish_edition(year, scope, remark):
    """Count the report of YEAR as it is now and keep it as an edition, which nobody can change or delete."""
    with refusing(), click.progressbar(length=PARTS, label="Counting", file=sys.stderr) as bar:
        edition = Edition.publish(
            year, scope, remark, None, today(), told=lambda far: bar.update(round(PARTS * far) - bar.pos))
    say(f"edition {edition.id}", edition.year, edition.scope, edition.published_at)
    say("SHA-256", edition.hash)
