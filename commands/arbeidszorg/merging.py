"""The merge of organisations: all clients of one move to another, of any province."""
import sys

import click
from flask.cli import with_appcontext

from commands.common import Coded, in_province, organisation_named, refusing
from commands.refusals import words
from models.accounts.logins import Login
from models.arbeidszorg.moving.merging import Merge, merge, number_of_clients
from models.errors import Refused
from models.organisations import PROVINCES, Organisation

FEW = 20  # numbers that are printed one by one


@click.command("merge")
@click.argument("name")
@click.argument("into")
@in_province
@click.option("--into-province", type=Coded(PROVINCES), help="The province of INTO; by default that of NAME.")
@click.option("--confirm", "typed", required=True, help="NAME again.")
@with_appcontext
def merge_organisations(name: str, into: str, province: str, into_province: str | None, typed: str) -> None:
    """Move all clients of NAME to INTO, at once. Run it again after an interruption: it goes on."""
    with refusing():
        sender, receiver = organisation_named(province, name), organisation_named(into_province or province, into)
        if sender.id == receiver.id:
            raise click.ClickException("An organisation cannot be merged into itself.")
        if " ".join(typed.split()) != sender.name:
            raise click.ClickException(f'Give --confirm "{sender.name}": all of its clients move to {receiver.name}.')
        with click.progressbar(length=number_of_clients(sender), label="Moving", file=sys.stderr) as bar:
            done = merge(sender, receiver, on_client=lambda: bar.update(1))
    _say(done, sender, receiver)
    if done.refused:
        sys.exit(1)


def _say(done: Merge, sender: Organisation, receiver: Organisation) -> None:
    here = f"{sender.name} ({PROVINCES[sender.province]})"
    click.echo(f"{len(done.moved)} clients moved from {here} to {receiver.name} ({PROVINCES[receiver.province]})")
    if done.active:
        click.echo(f"{len(done.active)} of them are guided now: their running periods go on there")
    if done.renumbered:
        click.echo(f"{_listed(done.renumbered)}: {receiver.name} had their old number too, which is now followed by "
                   f"the name of {sender.name}")
    for number, others in done.doubles.items():
        click.echo(f"client {number} is probably {' or '.join(map(str, others))}: same birth date, gender and postcode")
    for code, numbers in done.refused.items():
        click.echo(f"NOT moved: {_listed(numbers)}: {words(Refused(code))}", err=True)
    if done.in_trash:
        click.echo(f"{done.in_trash} deleted clients of {here} did not move: if they are restored, they are there")
    click.echo(f"The report counts past years where the clients were then: at {here}, in its sector.")
    _say_login(sender)


def _say_login(sender: Organisation) -> None:
    login = Login.of(sender)
    if login.account is None:
        return
    click.echo(f"The login {login.email} stays, and sees no clients that moved. If nobody needs it any more: "
               f'`organisation block "{sender.name}" --province {sender.province}`, or `grant end`.')


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:FEW]))
    return f"clients {shown}" + (f" and {len(numbers) - FEW} more" if len(numbers) > FEW else "")
