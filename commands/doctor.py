"""The doctor: a list of the problems of an installation."""
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.mailing import refused_mail
from models.database import pending_migrations


@click.command()
@with_appcontext
def doctor() -> None:
    """Check the keys, the database, the mail, the provider and each wing's data; exit with 1 if something is wrong."""
    problems = [*current_app.extensions["keys"].problems, *_problems()]
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo("no problem found")


def _problems() -> Iterator[str]:
    if pending := pending_migrations():
        yield f"the database lacks {', '.join(pending)}: run `flask --app app init`"
        return
    yield from refused_mail()
    if provider := current_app.extensions["outside"][0]:
        yield from provider.problems()
    for wing in current_app.extensions["wings"]:
        for check in wing.checks:
            yield from check()
