"""The import of a register. Its report is in Dutch, like the columns and answers of the file."""
import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.arbeidszorg.preparing import apply_questionnaire
from commands.common import check_database
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.report_files import Report
from models.errors import Refused


@click.group()
def register() -> None:
    """The register of clients and guidance periods."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Import, report, and undo it all.")
@click.option("--report", "folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
              help="Folder for the CSV files of refused rows and new numbers; by default the folder of FILE.")
@with_appcontext
def import_file(file: Path, dry_run: bool, folder: Path | None) -> None:
    """Import the old register's export, or one that Loket made."""
    check_database()
    apply_questionnaire()
    if folder is None:
        folder = file.parent if os.access(file.parent, os.W_OK) else current_app.config["DATA_DIR"]
    size = file.stat().st_size if file.exists() else 0
    try:
        with (Report(file, folder, dry_run) as report,
              click.progressbar(length=size, label="Inlezen", file=sys.stderr) as bar):
            result = import_register(file, report, dry_run=dry_run, progress=lambda read: bar.update(read - bar.pos))
    except Refused as refused:
        raise click.ClickException(f"{reason(refused)} Er is niets gewijzigd.") from refused
    for line in [*result.lines(), *report.lines()]:
        click.echo(line)
