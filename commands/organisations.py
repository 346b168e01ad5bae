"""Organisations and their logins."""
import click
from flask.cli import with_appcontext

from commands.common import (
    Coded,
    absent,
    in_province,
    json_option,
    organisation_named,
    refusing,
    say_fields,
    say_table,
    tell_invited,
)
from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.logins import Login
from models.accounts.moves import LoginMove
from models.arbeidszorg.without_names.overview import Overview
from models.database import transaction
from models.organisations import CONTACT, SECTORS, Organisation
from views.shell import filters
from views.shell.fields import TELEPHONE, is_website


@click.group()
def organisation():
    """Organisations and their login."""


def _at_most(length, good=lambda text: True):
    """Checks an option as the pages check its field."""
    def check(_context, option, value):
        if value and (len(value) > length or not value.isprintable() or not good(value)):
            raise click.BadParameter(f"at most {length} characters, as the pages want it", param=option)
        return value and value.strip()

    return check


OPTIONS = (
    click.option("--sector", type=Coded(SECTORS)),
    click.option("--address", callback=_at_most(300)),
    click.option("--telephone", callback=_at_most(50, TELEPHONE.match)),
    click.option("--website", callback=_at_most(200, is_website), help="Begins with https:// or http://."),
)


def described(command):
    """The options that say what an organisation is."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@organisation.command("list")
@in_province
@json_option
@with_appcontext
def list_organisations(province, as_json):
    """List the organisations: name, sector, clients, clients to complete, state of the login, last sign-in."""
    with refusing():
        rows = [(row.name, row.sector, row.active, row.incomplete, row.state, row.last_sign_in)
                for row in _overview(province)]
    columns = ("name", "sector", "active_clients", "incomplete_clients", "state", "last_sign_in")
    say_table(columns, rows, as_json)


def _overview(province):
    """The rows of every page."""
    page = Overview(province)
    yield from page.rows
    while page.page < page.pages:
        page = Overview(province, page=page.page + 1)
        yield from page.rows


@organisation.command("show")
@click.argument("name")
@in_province
@json_option
@with_appcontext
def show_organisation(name, province, as_json):
    """Show an organisation and its login."""
    with refusing():
        found = organisation_named(province, name)
        login = Login.of(found)
        move = login.account and LoginMove.pending(login.account)
    about = {field: getattr(found, field) for field in ("name", "sector", *CONTACT)}
    about |= {"email": login.email, "state": login.state, "last_sign_in": login.last_sign_in}
    about |= {"moves_to": move and move.new_email, "moves_at": move and move.effective_at}
    say_fields(about, as_json)


@organisation.command("create")
@click.argument("name")
@in_province
@click.option("--email", required=True, help="The address of its login.")
@described
@with_appcontext
def create_organisation(name, province, email, **values):
    """Make an organisation and invite its login."""
    given = {field: value for field, value in values.items() if value is not None}
    with refusing(), transaction():
        invited = Account.invite(Organisation.create_new(name, province, email, **given), email)
    tell_invited(*invited)


@organisation.command("edit")
@click.argument("name")
@in_province
@click.option("--name", "new_name", help="Another name.")
@described
@with_appcontext
def edit_organisation(name, province, new_name, **values):
    """Change what is given, and leave the rest."""
    with refusing():
        found = organisation_named(province, name)
        changes = {"name": new_name, **values}
        kept = {field: getattr(found, field) for field in changes}
        given = {field: value for field, value in changes.items() if value is not None}
        found.change(kept | given, found.version)
    click.echo("saved")


@organisation.command("invite")
@click.argument("name")
@in_province
@click.option("--email", help="The address of its login; left out, the one that is known.")
@with_appcontext
def invite_organisation(name, province, email):
    """Invite the login of an organisation that is there: imported, or invited before."""
    with refusing():
        found = organisation_named(province, name)
        invited = Account.invite(found, email or Account.known_email(found))
    tell_invited(*invited)


@organisation.command("password")
@click.argument("name")
@in_province
@with_appcontext
def offer_password(name, province):
    """Mail its login a link to choose a new password; until that is done nothing changes."""
    with refusing():
        logins.offer_password(_login_of(province, name))
    click.echo("mailed")


@organisation.command("block")
@click.argument("name")
@in_province
@with_appcontext
def block_organisation(name, province):
    """Let nobody sign in with its login, and end its sessions."""
    with refusing():
        changed = _login_of(province, name).block()
    click.echo("blocked" if changed else "was blocked already")


@organisation.command("unblock")
@click.argument("name")
@in_province
@with_appcontext
def unblock_organisation(name, province):
    """Let its login be used again."""
    with refusing():
        changed = _login_of(province, name).unblock()
    click.echo("unblocked" if changed else "was not blocked")


@organisation.command("move")
@click.argument("name")
@in_province
@click.option("--email", required=True, help="The new address of its login.")
@with_appcontext
def move_organisation(name, province, email):
    """Move its login to another address, after 72 hours in which the organisation can cancel that."""
    with refusing():
        move = LoginMove.ask(_login_of(province, name), email)
    click.echo(f"moves to {move.new_email} at {filters.moment(move.effective_at)}, unless it is cancelled")


@organisation.command("cancel-move")
@click.argument("name")
@in_province
@with_appcontext
def cancel_move(name, province):
    """Cancel the move of its login that waits."""
    with refusing():
        move = LoginMove.pending(_login_of(province, name))
        cancelled = move and move.cancel()
    click.echo("cancelled" if cancelled else "no move waits")


def _login_of(province, name):
    return Login.of(organisation_named(province, name)).account or absent("login for it yet: invite it")
