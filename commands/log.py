"""The log of a province, as its administrators read it."""
import datetime

import click
from flask.cli import ScriptInfo, with_appcontext

from commands.common import Coded, in_province, json_option, organisation_named, refusing, say_table
from models.audit import AuditEntry
from models.days import parse_date
from models.errors import Refused
from models.log import Log
from views.hall import log_words


def _day(_context: click.Context, option: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return parse_date(value) if value else None
    except Refused:
        raise click.BadParameter(f"'{value}' is not a date; type it as 03/06/2024", param=option) from None


class Kind(click.ParamType):
    """A kind of events, of the hall or of a wing that is on: only the application knows them."""

    name = "kind"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The kinds, for the help."""
        return _kinds(ctx).get_metavar(param, ctx)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code of `value`; click.BadParameter, with a list of the codes, for anything else."""
        return _kinds(ctx or click.get_current_context()).convert(value, param, ctx)


def _kinds(context: click.Context) -> Coded:
    with context.ensure_object(ScriptInfo).load_app().app_context():
        return Coded({code: kind.label for code, kind in log_words.kinds().items()})


@click.command("log")
@in_province
@click.option("--organisation", help="Only events of this organisation.")
@click.option("--kind", type=Kind(), help="Only events of this kind.")
@click.option("--since", callback=_day, metavar="DD/MM/YYYY", help="Only from this day on.")
@click.option("--until", callback=_day, metavar="DD/MM/YYYY", help="Only up to and including this day.")
@click.option("--page", default=1, type=click.IntRange(1), help="50 lines a page, the newest first.")
@json_option
@with_appcontext
def show_log(province: str, organisation: str | None, kind: str | None, since: datetime.date | None,
             until: datetime.date | None, page: int, as_json: bool) -> None:
    """List the events of a province: when, who, at which organisation, what happened."""
    with refusing():
        organisation_id = organisation_named(province, organisation).id if organisation else None
        log = Log(AuditEntry.of_province(province), log_words.events_of(kind), organisation_id, since, until, page)
    rows = [(line.made_at, log_words.who(line), line.organisation, log_words.line(line)) for line in log.lines]
    say_table(("time", "actor", "organisation", "event"), rows, as_json)
    if log.more:
        click.echo(f"There are older lines: --page {log.page + 1}.", err=True)
