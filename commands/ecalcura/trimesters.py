"""Trimesters: the days that the desk sets, and reopening what a facility submitted."""
import datetime

import click
from flask.cli import with_appcontext

from commands.common import json_option, refusing, say_table
from commands.ecalcura.options import facility_named, hco_option
from models.days import parse_date
from models.ecalcura.trimesters import overview, reopening, windows
from models.ecalcura.trimesters.calendar import Place
from models.errors import Refused


class Day(click.ParamType):
    """A day, typed as dd/mm/yyyy or yyyy-mm-dd."""

    name = "day"

    def convert(self, value: str | datetime.date, param: click.Parameter | None,
                ctx: click.Context | None) -> datetime.date:
        """Return the day; click.BadParameter for anything else."""
        try:
            return value if isinstance(value, datetime.date) else parse_date(value)
        except Refused:
            self.fail("type it as 01/10/2026", param, ctx)


period_option = click.option("--period", required=True, type=click.IntRange(2000, 2200), metavar="YEAR",
                             help="The year in which the reference period begins, on 1 July.")
number_option = click.option("--number", required=True, type=click.IntRange(1, 4), help="1 is July to September.")
kind_option = click.option("--kind", "kinds", multiple=True, type=click.Choice(windows.kinds_with_files()),
                           help="May be given more than once; by default all kinds with a dossier.")


@click.group()
def trimester() -> None:
    """Trimesters: when facilities enter and submit them."""


@trimester.command("open")
@period_option
@number_option
@kind_option
@click.option("--entry-from", required=True, type=Day(), help="The first day on which data are saved.")
@click.option("--submit-from", type=Day(), help="The first day on which it is submitted; empty: not known yet.")
@click.option("--deadline", type=Day(), help="The last day that is not late; empty: none.")
@with_appcontext
def open_trimester(period: int, number: int, kinds: tuple[str, ...], entry_from: datetime.date,
                   submit_from: datetime.date | None, deadline: datetime.date | None) -> None:
    """Set the days of a trimester for kinds of facilities. Run again, it changes them, and opens what was closed."""
    kinds = kinds or tuple(windows.kinds_with_files())
    with refusing():
        windows.open_trimester(Place(period, number), kinds, entry_from, submit_from, deadline)
    click.echo(f"The days are set for {len(kinds)} kinds.")


@trimester.command("close")
@period_option
@number_option
@kind_option
@with_appcontext
def close_trimester(period: int, number: int, kinds: tuple[str, ...]) -> None:
    """Refuse entry and submission of a trimester from now on, for kinds of facilities."""
    with refusing():
        closed = windows.close_trimester(Place(period, number), kinds or windows.kinds_with_files())
    click.echo(f"Closed for {closed} kinds.")


@trimester.command("reopen")
@hco_option
@period_option
@number_option
@click.option("--reason", required=True, help="Shown to the facility. Write no name and no number of a person.")
@click.option("--until", type=Day(), help="The last day of entry; empty: no end.")
@with_appcontext
def reopen_trimester(hco: str, period: int, number: int, reason: str, until: datetime.date | None) -> None:
    """Reopen the trimester that a facility submitted, and mail those who may submit it. The submission stays."""
    with refusing():
        reopening.reopen(facility_named(hco), Place(period, number), reason, until)
    click.echo("The trimester is open again. The mails are on their way.")


@trimester.command("requests")
@json_option
@with_appcontext
def list_requests(as_json: bool) -> None:
    """List the questions of facilities to reopen a trimester that still wait."""
    with refusing():
        rows = [(one.hco, one.place.period, one.place.number, one.day, one.reason) for one in reopening.requests()]
    say_table(("hco", "period", "number", "asked_on", "reason"), rows, as_json)


@trimester.command("list")
@json_option
@with_appcontext
def list_trimesters(as_json: bool) -> None:
    """List the days of each trimester and kind, and the number of facilities in each state."""
    with refusing():
        rows = overview.rows()
    say_table(overview.COLUMNS, rows, as_json)
