"""The operator's commands: `flask --app app …`. Thin: each calls a model, as a view would."""
import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from models.arbeidszorg import clients, demonstration, questionnaire
from models.arbeidszorg.questionnaire import QuestionnaireError
from models.database import migrate
from views import static


def init_app(app):
    for command in (init, serve):
        app.cli.add_command(command)


# --- Preparing and serving


@click.command()
@with_appcontext
def init():
    """Make or update the database and the keys."""
    for name in migrate():
        click.echo(f"migration {name} applied")
    try:
        clients.follow(questionnaire.current())
    except QuestionnaireError as error:
        raise click.ClickException(str(error)) from error
    if not static.compress():
        click.echo("static/ cannot be written to: its files are served without compression", err=True)
    for problem in current_app.extensions["keys"].problems:
        click.echo(problem, err=True)


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
    logins = demonstration.fill() if with_demonstration else []
    click.echo(f"Loket: {settings['BASE_URL']}")
    for line in logins:
        click.echo(line)
    sys.stdout.flush()
    # The server runs in another folder, perhaps.
    paths = {name: str(value) for name, value in settings.items() if isinstance(value, Path)}
    os.execve(sys.executable, granian(settings), os.environ | paths)  # noqa: S606 - no shell, nothing that was typed


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
