"""Organisations and their logins."""
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from commands import refusals
from commands.common import (
    Coded,
    in_province,
    json_option,
    organisation_named,
    refusing,
    say,
    say_fields,
    say_invited,
    say_table,
)
from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.bulk import inviting, loading
from models.accounts.logins import Login
from models.accounts.moves import LoginMove
from models.accounts.organisation_list import Count, ListedOrganisation, OrganisationList
from models.alike import alike
from models.database import transaction
from models.errors import Refused
from models.organisations import CONTACT, PROVINCES, SECTORS, Organisation
from views.shell import filters
from views.shell.fields import TELEPHONE, is_website


@click.group()
def organisation() -> None:
    """Organisations and their logins."""


def _at_most(length: int, is_valid: Callable[[str], object] = bool) -> Callable[..., str | None]:
    """A callback that checks an option as the pages check its field."""
    def check(_context: click.Context, option: click.Parameter, value: str | None) -> str | None:
        if value and (len(value) > length or not value.isprintable() or not is_valid(value)):
            raise click.BadParameter(f"not valid, or longer than {length} characters", param=option)
        return value and value.strip()

    return check


OPTIONS = (
    click.option("--sector", type=Coded(SECTORS)),
    click.option("--address", callback=_at_most(300)),
    click.option("--telephone", callback=_at_most(50, TELEPHONE.match)),
    click.option("--website", callback=_at_most(200, is_website), help="Begins with https:// or http://."),
)


def described(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for what an organisation tells about itself."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


anyway = click.option("--anyway", is_flag=True, help="Also if it may be an organisation that is there already.")


def _check_alike(anyway: bool, name: str, province: str, email: str = "", but: int | None = None) -> None:
    """Raise click.ClickException, without `anyway`, if an organisation has nearly this name or this address."""
    found = [] if anyway else alike(name, province, email, but)
    if found:
        named = "; ".join(
            f"{one.organisation.name} ({PROVINCES[one.organisation.province]}) has "
            f"{'nearly the same name' if one.by_name else 'the same mail address'}" for one in found)
        raise click.ClickException(f"{named}. If it is another organisation, add --anyway.")


@organisation.command("list")
@in_province
@json_option
@with_appcontext
def list_organisations(province: str, as_json: bool) -> None:
    """List the organisations: name, sector, the numbers of the wings, state of the login, last sign-in."""
    added = [column for wing in current_app.extensions["wings"] for column in wing.organisation_columns]
    with refusing():
        rows = [(row.name, row.sector, *row.counts, row.state, row.last_sign_in)
                for row in _every_page(province, tuple(column.count for column in added))]
    say_table(("name", "sector", *(column.name for column in added), "state", "last_sign_in"), rows, as_json)


def _every_page(province: str, counts: tuple[Count, ...]) -> Iterator[ListedOrganisation]:
    """The organisations of every page."""
    page = OrganisationList(province, counts)
    yield from page.rows
    while page.page < page.pages:
        page = OrganisationList(province, counts, page=page.page + 1)
        yield from page.rows


@organisation.command("show")
@click.argument("name")
@in_province
@json_option
@with_appcontext
def show_organisation(name: str, province: str, as_json: bool) -> None:
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
@anyway
@described
@with_appcontext
def create_organisation(name: str, province: str, email: str, anyway: bool, **values: str | None) -> None:
    """Create an organisation and invite its login."""
    given = {field: value for field, value in values.items() if value is not None}
    with refusing(), transaction():
        _check_alike(anyway, name, province, "" if Account.by_email(email) else email)
        invited = Account.invite(Organisation.create_new(name, province, email, **given), email)
    say_invited(*invited)


@organisation.command("edit")
@click.argument("name")
@in_province
@click.option("--name", "new_name", help="Its new name.")
@anyway
@described
@with_appcontext
def edit_organisation(name: str, province: str, new_name: str | None, anyway: bool, **values: str | None) -> None:
    """Change the fields that are given, and keep the others."""
    with refusing():
        found = organisation_named(province, name)
        if new_name is not None:
            _check_alike(anyway, new_name, province, but=found.id)
        changes = {"name": new_name, **values}
        kept = {field: getattr(found, field) for field in changes}
        given = {field: value for field, value in changes.items() if value is not None}
        found.change(kept | given, found.version)
    click.echo("saved")


@organisation.command("invite")
@click.argument("name", required=False)
@in_province
@click.option("--email", help="The address of its login; by default the known one.")
@click.option("--all-new", is_flag=True, help="Invite all organisations of the province that never were invited.")
@click.option("--yes", is_flag=True, help="With --all-new: do not ask first.")
@with_appcontext
def invite_organisation(name: str | None, province: str, email: str | None, all_new: bool, yes: bool) -> None:
    """Invite the login of an organisation that was imported, or invited before; or --all-new."""
    if all_new == (name is not None) or (all_new and email):
        raise click.UsageError("Give the name of an organisation, or --all-new.")
    if name is None:
        _invite_all_new(province, yes)
        return
    with refusing():
        found = organisation_named(province, name)
        invited = Account.invite(found, email or logins.known_email(found))
    say_invited(*invited)


def _invite_all_new(province: str, yes: bool) -> None:
    with refusing():
        choice = inviting.choose(province)
        _say_skipped(choice.skipped)
        click.echo(f"to invite: {len(choice.invitable)}, skipped: {len(choice.skipped)}")
        if not choice.invitable:
            return
        if not yes:
            click.confirm("Invite them?", abort=True)
        done = inviting.invite_all(choice.invitable)
    for organisation in done.invitable:
        say("invited", organisation.name, organisation.email)
    _say_skipped(done.skipped)
    click.echo(f"invited: {len(done.invitable)}. The mails are on their way.")


def _say_skipped(skipped: Iterable[inviting.Skipped]) -> None:
    for one in skipped:
        say("skipped", one.organisation.name, refusals.words(Refused(one.code)))


@organisation.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Load, report, and undo it all.")
@click.option("--replace", is_flag=True, help="Also replace values that differ.")
@with_appcontext
def load_organisations(file: Path, dry_run: bool, replace: bool) -> None:
    """Load sectors and mail addresses of organisations from a list of two or three columns."""
    with refusing():
        loaded = loading.load(file, replace, dry_run)
    for found, changed in loaded.changed:
        say("changed", found.name, PROVINCES[found.province], ", ".join(changed))
    for kind, notes in (("kept", loaded.kept), ("refused", loaded.refused)):
        for note in notes:
            say(kind, f"line {note.line}", refusals.words(Refused(note.code)))
    click.echo(f"rows: {loaded.rows}, organisations changed: {len(loaded.changed)}, values kept: {len(loaded.kept)}, "
               f"rows refused: {len(loaded.refused)}")
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


@organisation.command("password")
@click.argument("name")
@in_province
@with_appcontext
def offer_password(name: str, province: str) -> None:
    """Mail the login a link to choose a new password. Nothing changes before the link is used."""
    with refusing():
        logins.offer_password(_login_of(province, name))
    click.echo("mailed")


@organisation.command("block")
@click.argument("name")
@in_province
@with_appcontext
def block_organisation(name: str, province: str) -> None:
    """Block the login and end its sessions."""
    with refusing():
        changed = _login_of(province, name).block()
    click.echo("blocked" if changed else "already blocked")


@organisation.command("unblock")
@click.argument("name")
@in_province
@with_appcontext
def unblock_organisation(name: str, province: str) -> None:
    """Let a blocked login sign in again."""
    with refusing():
        changed = _login_of(province, name).unblock()
    click.echo("unblocked" if changed else "not blocked")


@organisation.command("move")
@click.argument("name")
@in_province
@click.option("--email", required=True, help="The new address of its login.")
@with_appcontext
def move_organisation(name: str, province: str, email: str) -> None:
    """Move the login to another address, after 72 hours in which the organisation can cancel."""
    with refusing():
        move = LoginMove.ask(_login_of(province, name), email)
    click.echo(f"moves to {move.new_email} at {filters.moment(move.effective_at)} unless cancelled")


@organisation.command("cancel-move")
@click.argument("name")
@in_province
@with_appcontext
def cancel_move(name: str, province: str) -> None:
    """Cancel the pending move of the login."""
    with refusing():
        move = LoginMove.pending(_login_of(province, name))
        cancelled = move and move.cancel()
    click.echo("cancelled" if cancelled else "no pending move")


def _login_of(province: str, name: str) -> Account:
    account = Login.of(organisation_named(province, name)).account
    if not account:
        raise click.ClickException("This organisation has no login yet: invite it.")
    return account
