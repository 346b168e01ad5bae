"""Taking over what RaaS had. No name and no number of a person is printed."""
import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from commands import refusals
from commands.common import check_database
from models.ecalcura.people import numbers, registers
from models.ecalcura.transfer.raas.columns import FILES
from models.ecalcura.transfer.raas.importing import Outcome, import_raas, results
from models.ecalcura.transfer.raas.reasons import Result
from models.errors import Refused

IN_ENGLISH: Mapping[StrEnum, str] = {
    Result.TAKEN: "taken over", Result.REMARKED: "with a remark", Result.UNDECIDED: "to be decided by the desk",
    Result.REFUSED: "refused", Result.WAITING: "waiting for a register"}


@click.group()
def raas() -> None:
    """Taking over contracts, certificates and contact data from RaaS."""


@raas.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Do it all, report, and take it back.")
@click.option("--registers", "people", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A JSON file of made-up people, from which the registers answer. Not in production.")
@click.option("--result", "target", type=click.Path(dir_okay=False, writable=True, path_type=Path),
              help="Write what became of each contract to this JSON file.")
@with_appcontext
def import_files(folder: Path, dry_run: bool, people: Path | None, target: Path | None) -> None:
    """Take over the four files of RaaS in FOLDER. Run again, it decides only what was not taken over.

    It pauses when a register no longer answers; run it again then. The exit code is 1 while contracts wait for that.
    """
    check_database()
    if people and current_app.config["PRODUCTION"]:
        raise click.ClickException("--registers is for made-up people: production asks the real registers.")
    try:
        if people:
            registers.use(registers.FromFile(people))
            numbers.use(simulated=True)
        outcome = import_raas(folder, dry_run, lambda done: target and _write(target, done))
    except Refused as refused:
        name = f"{refused.context['name']}: " if "name" in refused.context else ""
        raise click.ClickException(f"{name}{refusals.words(refused)} Nothing was changed.") from refused
    _say(outcome, dry_run)
    if outcome.waits:
        sys.exit(1)


def _write(target: Path, outcome: Outcome) -> None:
    """Write the file of results, one contract a line: it may be longer than memory."""
    counts = {result.value: outcome.counts.get(("contracts", result), 0) for result in Result}
    with target.open("w", encoding="utf-8") as file:
        head = {"rows": outcome.read["contracts"], "results": {word: count for word, count in counts.items() if count}}
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "contracts": [')
        for place, one in enumerate(results(outcome.import_id)):
            file.write(("," if place else "") + "\n" + json.dumps(one, ensure_ascii=False))
        file.write("\n]}\n")


def _say(outcome: Outcome, dry_run: bool) -> None:
    for file, (name, _) in FILES.items():
        parts = [f"{count} {IN_ENGLISH[result]}" for result in Result if (count := outcome.counts.get((file, result)))]
        if unread := outcome.unread(file):
            parts.append(f"{unread} not reached")
        click.echo(f"{name}: {outcome.read[file]} rows{': ' if parts else ''}{', '.join(parts)}")
    if outcome.paused:
        click.echo("The registers do not answer: the run has paused. Run it again later.")
    if dry_run:
        click.echo("Dry run: nothing is kept, except that the registers were asked.")
