"""Grants: the roles of a login in each wing, and their scope."""
import contextlib
import datetime
from collections.abc import Iterator
from typing import NoReturn

import click
import peewee
from flask.cli import with_appcontext

from commands.common import Coded, json_option, organisation_named, refusing, say_table
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant, Scope
from models.accounts.roles import PROVINCE, TENANT, Role
from models.database import now
from models.organisations import PROVINCES
from models.tenants import Tenant


@click.group()
def grant() -> None:
    """The roles of a login in each wing, and their scope."""


email_option = click.option("--email", required=True, help="The address of the login.")
role_option = click.option("--role", "code", required=True, help="The role with its wing: wing:role.")
province_option = click.option("--province", type=Coded(PROVINCES), help="The province, or that of the organisation.")
organisation_option = click.option("--organisation", help="The name of the organisation, for a role in one.")


@grant.command("list")
@email_option
@json_option
@with_appcontext
def list_grants(email: str, as_json: bool) -> None:
    """List the grants of a login, ended ones too."""
    with refusing():
        rows = [(one.id, one.code, _scope(one), one.since, one.until) for one in Grant.of(_account(email).id)]
    say_table(("id", "role", "scope", "since", "until"), rows, as_json)


@grant.command("give")
@email_option
@role_option
@province_option
@organisation_option
@click.option("--tenant", type=click.IntRange(1, 2**31 - 1), help="The id of another kind of tenant, for a role in it.")
@click.option("--days", type=click.IntRange(1, 36_500), help="End it after so many days; without this it does not end.")
@with_appcontext
def give_grant(email: str, code: str, province: str | None, organisation: str | None, tenant: int | None,
               days: int | None) -> None:
    """Give a login a role: in a province, an organisation of a province, another tenant, or the whole of a wing."""
    with _refusing():
        account, role = _account(email), _role(code)
        to = _to(role, province, organisation, tenant)
        until = now() + datetime.timedelta(days=days) if days else None
        given = Grant.give(account.id, role, to, until=until)
    click.echo(f"grant {given.id}: {role.code} {_scope(given)}")


@grant.command("end")
@click.argument("grant_id", type=click.IntRange(1))
@email_option
@with_appcontext
def end_grant(grant_id: int, email: str) -> None:
    """End a grant of a login: from the next request on it does not count."""
    with _refusing():
        found = {one.id: one for one in Grant.of(_account(email).id)}.get(grant_id)
        ended = (found or _no("grant with that id")).end()
    click.echo("ended" if ended else "had ended already")


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turn a `Refused`, and a rule that the wing of a role has in the database, into a message and exit code 1."""
    with refusing():
        try:
            yield
        except peewee.IntegrityError as error:
            rule = str(error).splitlines()[0]
            raise click.ClickException(f"The wing of this role refuses it: {rule}.") from error


def _account(email: str) -> Account:
    return Account.by_email(email) or _no("login with that address")


def _role(code: str) -> Role:
    return roles.of(code) or _no(f"role {code}; there are {', '.join(sorted(role.code for role in roles.known()))}")


def _to(role: Role, province: str | None, organisation: str | None, tenant: int | None) -> Scope:
    given = {TENANT: (province, organisation, tenant), PROVINCE: (province,)}.get(role.scope, ())
    if [one for one in (province, organisation, tenant) if one and one not in given]:
        raise click.UsageError(f"the role {role.code} has another scope: {role.scope}")
    if role.scope == TENANT and tenant:
        return Tenant.get_or_none(Tenant.id == tenant) or _no("tenant with that id")
    if role.scope == TENANT:
        return organisation_named(province or "", organisation or "")
    if role.scope == PROVINCE:
        return province or _no("province given: add --province")
    return None


def _no(thing: str) -> NoReturn:
    raise click.ClickException(f"There is no {thing}.")


def _scope(one: Grant) -> str:
    if one.tenant_id:
        return f"tenant {one.tenant_id}"
    return one.province or "whole"
