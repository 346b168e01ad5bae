"""The import of a register. Its report is in Dutch, like the columns and answers of the file."""
import os
import sys
from enum import StrEnum
from pathlib import Path
from zipfile import is_zipfile

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.arbeidszorg.preparing import apply_questionnaire
from commands.common import check_database
from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.transfer.importing import LARGE, LARGE_SPREADSHEET, import_register
from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.report_files import Report
from models.arbeidszorg.transfer.undoing import RegisterImport, undo
from models.errors import Refused

# The option with which the operator says that the file is right.
CONFIRMED_BY: dict[StrEnum, str] = {
    ImportCode.DATES_SWAPPED: "--dates dmy",
    ImportCode.DATES_OPEN: "--dates dmy",
    ImportCode.NUMBERS_MADE: "--numbers right",
}
STOP_FIRST = (
    "Dit bestand is groot ({megabytes} MB). Terwijl de rijen in het register komen, kan niemand iets opslaan, en dat "
    "duurt langer dan een pagina wacht. Breek dit af, stop eerst de server en importeer dan.")


@click.group()
def register() -> None:
    """The register of clients and guidance periods."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read, check and report, and change nothing.")
@click.option("--report", "folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
              help="Folder for the CSV files of refused rows and new numbers; by default the folder of FILE.")
@click.option("--dates", type=click.Choice(["dmy"]), help="Says that the dates of a file in doubt are day/month/year.")
@click.option("--numbers", type=click.Choice(["right"]),
              help="Says that the old numbers are right, though they look made by a spreadsheet.")
@with_appcontext
def import_file(file: Path, dry_run: bool, folder: Path | None, dates: str | None, numbers: str | None) -> None:
    """Import the old register's export, or one that Loket made."""
    check_database()
    apply_questionnaire()
    if folder is None:
        folder = file.parent if os.access(file.parent, os.W_OK) else current_app.config["DATA_DIR"]
    size = file.stat().st_size if file.exists() else 0
    if size > (LARGE_SPREADSHEET if is_zipfile(file) else LARGE) and not dry_run:
        click.echo(STOP_FIRST.format(megabytes=size // 1_000_000), err=True)
    try:
        with (Report(file, folder, dry_run) as report,
              click.progressbar(length=size, label="Inlezen", file=sys.stderr) as bar):
            result = import_register(file, report, dry_run=dry_run, progress=lambda read: bar.update(read - bar.pos),
                                     dates_are_dmy=dates is not None, numbers_are_right=numbers is not None)
    except Refused as refused:
        option = CONFIRMED_BY.get(refused.code)
        hint = f" Bevestigen doe je met {option}." if option else ""
        raise click.ClickException(f"{reason(refused)}{hint} Er is niets gewijzigd.") from refused
    for line in filter(None, [*result.lines(), *report.lines(), result.how_to_undo()]):
        click.echo(line)
    if dry_run and result.made_numbers:
        click.echo("Kloppen die volgnummers? Importeer dan met --numbers right.")


@register.command("undo")
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@with_appcontext
def undo_import(number: int, yes: bool) -> None:
    """Take an import back, by the NUMBER that it printed: within 30 days, while nothing of it was changed."""
    check_database()
    try:
        made = RegisterImport.to_undo(number).made
        click.echo(f"Import {number}: organisaties gemaakt: {made['organisations']}, cliënten gemaakt: "
                   f"{made['clients']}, periodes gemaakt: {made['periods']}, cliënten aangevuld: {made['completed']}")
        if not yes:
            click.confirm("Dit alles terugdraaien?", abort=True)
        undo(number)
    except Refused as refused:
        raise click.ClickException(f"{reason(refused)} Er is niets gewijzigd.") from refused
    click.echo("Teruggedraaid: het register is weer zoals voor deze import.")
