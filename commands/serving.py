"""Preparing the database, and serving."""
import os
import socket
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.mailing import tell_refused_mail
from commands.purging import purge_due
from models.accounts.moves import LoginMove
from models.arbeidszorg import demonstration
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.questionnaire import QuestionnaireError
from models.database import migrate
from views.shell import static


@click.command()
@with_appcontext
def init():
    """Make or update the database and the keys; purge what is due."""
    for name in migrate():
        click.echo(f"migration {name} applied")
    purge_due()
    try:
        clients.follow(questionnaire.current(), kept_rows.options_in_use)
    except QuestionnaireError as error:
        raise click.ClickException(str(error)) from error
    LoginMove.carry_out()
    if not static.compress():
        click.echo("static/ cannot be written to: its files are served without compression", err=True)
    for problem in current_app.extensions["keys"].problems:
        click.echo(problem, err=True)
    tell_refused_mail()


@click.command()
@click.option("--demonstration", "with_demonstration", is_flag=True, help="Fill an empty database with fictional data.")
@click.pass_context
@with_appcontext
def serve(context, with_demonstration):
    """Prepare the database, then answer requests until stopped."""
    context.invoke(init)
    settings = current_app.config
    if with_demonstration and settings["PRODUCTION"]:
        raise click.UsageError("--demonstration is not for production: it makes logins with known passwords")
    check_address(settings["HOST"], settings["PORT"])
    logins = demonstration.fill() if with_demonstration else []
    click.echo(f"Loket: {settings['BASE_URL']}")
    for description, email, password in logins:
        click.echo(f"  {description}: {email}, wachtwoord: {password}")
    sys.stdout.flush()
    # The server runs in another folder, perhaps.
    paths = {name: str(value) for name, value in settings.items() if isinstance(value, Path)}
    os.execve(sys.executable, granian(settings), os.environ | paths)  # noqa: S606 - no shell, nothing that was typed


def check_address(host, port):
    """Granian would share the port with one that runs already, and each would answer some of the requests."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}, port {port}: {error.strerror}. "
                                   "Stop what runs there, or give another PORT.") from error


def granian(settings):
    """The command line of the server; it takes the settings over from the environment."""
    command = [
        sys.executable, "-m", "granian", "app:create_worker", "--factory", "--interface", "wsgi", "--no-ws",
        "--working-dir", current_app.root_path, "--log-level", "warning",
        "--host", settings["HOST"], "--port", settings["PORT"],
        "--workers", settings["WORKERS"], "--blocking-threads", settings["THREADS"],
        # A thread that ends takes its database connection along.
        "--blocking-threads-idle-timeout", 600,
        "--respawn-failed-workers", "--workers-kill-timeout", 10,
    ]
    if settings["TLS_CERTIFICATE"]:
        command += ["--ssl-certificate", settings["TLS_CERTIFICATE"], "--ssl-keyfile", settings["TLS_KEY"],
                    "--ssl-protocol-min", "tls1.2"]
    return [str(word) for word in command]
