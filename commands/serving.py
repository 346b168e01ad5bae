"""Prepare the database, and serve."""
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.mailing import report_refused_mail
from models.accounts import roles
from models.accounts.moves import LoginMove
from models.database import migrate
from views.shell import static
from views.shell.front.server import listen

# Settings of glibc's allocator, which otherwise keeps what a sign-in or an export needed for a moment (decision 0106).
ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


@click.command()
@with_appcontext
def init() -> None:
    """Create or update the database and the keys, and carry out what is due."""
    for name in migrate():
        click.echo(f"migration {name} applied")
    roles.store()
    for wing in current_app.extensions["wings"]:
        if wing.prepare:
            wing.prepare()
    LoginMove.carry_out()
    if not static.compress():
        click.echo("static/ cannot be written: its files are served without compression", err=True)
    for problem in current_app.extensions["keys"].problems:
        click.echo(problem, err=True)
    report_refused_mail()


@click.command()
@click.option("--demonstration", "with_demonstration", is_flag=True, help="Fill an empty database with fictional data.")
@click.pass_context
@with_appcontext
def serve(context: click.Context, with_demonstration: bool) -> None:
    """Prepare the database, then answer requests until stopped."""
    context.invoke(init)
    settings = current_app.config
    if with_demonstration and settings["PRODUCTION"]:
        raise click.UsageError("--demonstration is not for production: its logins have known passwords")
    check_address(settings["HOST"], settings["PORT"])
    logins = _demonstration() if with_demonstration else []
    beside = _start_companions() if with_demonstration else {}
    click.echo(f"Loket: {settings['BASE_URL']}")
    for description, email, password, *codes in logins:
        click.echo(f"  {description}: {email}, wachtwoord: {password}")
        if codes:
            click.echo(f"    tweede stap, elk één keer: {' of '.join(codes)}")
    sys.stdout.flush()
    # The server runs in the application's folder, so it gets absolute paths.
    paths = {name: str(value) for name, value in settings.items() if isinstance(value, Path)}
    os.chdir(current_app.root_path)
    os.execve(sys.executable, server(settings), ALLOCATOR | os.environ | paths | beside)  # noqa: S606 - no shell, no user input


def _demonstration() -> list[tuple[str, ...]]:
    """Let each wing fill an empty database; return the description, address, password and codes of the logins."""
    return [login for wing in current_app.extensions["wings"] if wing.demonstration for login in wing.demonstration()]


def _start_companions() -> dict[str, str]:
    """Start the programs that run beside a demonstration; return the settings by which the server finds them.

    The server replaces this process, so it is their parent, and they end when it does.
    """
    found: dict[str, str] = {}
    for wing in current_app.extensions["wings"]:
        for companion in wing.companions(current_app.config):
            subprocess.Popen(companion.command, cwd=current_app.root_path)  # noqa: S603 - no shell, no user input
            found |= companion.settings
    return found


def check_address(host: str, port: int) -> None:
    """Raise click.ClickException when another program listens there."""
    try:
        listen(host, port).close()
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}, port {port}: {error.strerror}. "
                                   "Stop the program that listens there, or set another PORT.") from error


def server(settings: Mapping[str, Any]) -> list[str]:
    """The command line of the server; it reads its other settings from the environment."""
    command = [sys.executable, "-m", "views.shell.front.server", "--host", settings["HOST"],
               "--port", settings["PORT"], "--workers", settings["WORKERS"]]
    if settings["TLS_CERTIFICATE"]:
        command += ["--certificate", settings["TLS_CERTIFICATE"], "--key", settings["TLS_KEY"]]
    return [str(word) for word in command]
