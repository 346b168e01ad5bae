"""The operator's commands: `flask --app app …`. Thin: each calls a model, as a view would."""
import contextlib
import os
import socket
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from models import keys, letters, names, outbox, postman
from models.accounts import Account
from models.arbeidszorg import clients, demonstration, questionnaire
from models.arbeidszorg.questionnaire import QuestionnaireError
from models.arbeidszorg.register_import import import_register
from models.arbeidszorg.register_report import Report, reason
from models.database import Refused, migrate, pending_migrations, transaction
from models.organisations import PROVINCES, Organisation
from views import static


def init_app(app):
    for command in (init, serve, organisation, administrator, mail, names_group, register):
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
    _tell_refused_mail()


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


# --- Organisations, administrators and mail

REFUSALS = {
    "names_key": "names.key is missing, or is not this database's: nothing was changed.",
    "new_key": "names.key.new cannot be used; nothing was changed. Delete it, and try again.",
    "organisation_name": "The name has 1 to 200 characters.",
    "organisation_exists": "This province has an organisation of that name already.",
    "email": "That is no mail address; where none is known, give --email.",
    "email_taken": "That mail address belongs to another login.",
    "has_login": "This organisation has a login already; its page 'Wachtwoord vergeten?' gives it a new password.",
    "mail_key": "app.key is missing: without it no invitation can be mailed.",
}
in_province = click.option("--province", required=True, type=click.Choice(list(PROVINCES)))


@click.group()
def organisation():
    """Organisations and their login."""


@organisation.command("create")
@click.argument("name")
@in_province
@click.option("--email", required=True, help="The address of its login.")
@with_appcontext
def create_organisation(name, province, email):
    """Make an organisation and invite its login."""
    with _refusing(), transaction():
        invited = Account.invite(Organisation.create_new(name, province, email), email)
    _tell(*invited)


@organisation.command("invite")
@click.argument("name")
@in_province
@click.option("--email", help="The address of its login; left out, the one that is known.")
@with_appcontext
def invite_organisation(name, province, email):
    """Invite the login of an organisation that is there: imported, or invited before."""
    with _refusing():
        found = Organisation.by_name(province, name)
        if not found:
            raise click.ClickException("This province has no organisation of that name.")
        invited = Account.invite(found, email or Account.known_email(found))
    _tell(*invited)


@click.group()
def administrator():
    """Administrators of a province."""


@administrator.command("create")
@in_province
@click.option("--email", required=True)
@with_appcontext
def create_administrator(province, email):
    """Invite an administrator; the same again sends a new invitation."""
    with _refusing():
        invited = Account.invite(province, email)
    _tell(*invited)


@click.group()
def mail():
    """Outgoing mail."""


@mail.command("deliver")
@with_appcontext
def deliver_mail():
    """Deliver what is due now, and say what was refused."""
    _check_database()
    click.echo(f"{outbox.deliver(postman.carrier(current_app.config))} delivered")
    _tell_refused_mail()


def _tell_refused_mail():
    for refused in outbox.refused():
        state = "given up" if refused.given_up else f"tried {refused.tries} times, again at {refused.next_try_at} UTC"
        click.echo(f"mail {refused.id} to {refused.recipient} was refused ({state}): {refused.refusal}", err=True)


def _tell(account, token):
    click.echo(f"{account.email} is invited. The mail is on its way; this is its link, which works once, for 7 days:")
    click.echo(letters.link("invitation", token))


def _check_database():
    if pending_migrations():
        raise click.ClickException("The database is not up to date: run `flask --app app init`.")


@contextlib.contextmanager
def _refusing():
    _check_database()
    try:
        yield
    except Refused as refused:
        raise click.ClickException(REFUSALS[refused.code]) from refused


@click.group("names")
def names_group():
    """The key that encrypts the names."""


@names_group.command("rotate")
@with_appcontext
def rotate_names():
    """Replace names.key; the names themselves stay as they are. Stop the server first."""
    with _refusing():
        keys.replace_names_key(current_app.config["KEY_DIR"], names.opens, names.rewrap)
    click.echo("names.key is replaced; the old one is names.key.old. Keep a copy of the new one elsewhere.")
    click.echo("Start the server again, and delete names.key.old once no backup needs it.")


# --- The register: its report is in Dutch, as the columns and answers in it are


@click.group()
def register():
    """The register of clients and guidance periods."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Do all of it, report, and take it back.")
@click.option("--report", "folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
              help="Folder for the CSV files of refused rows and new numbers; left out, that of FILE.")
@with_appcontext
def import_file(file, dry_run, folder):
    """Import the old register's export, or one that Loket made."""
    _check_database()
    clients.follow(questionnaire.current())
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
