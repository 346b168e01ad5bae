"""The operator's commands, `flask --app app …`. Each one is thin: it calls a model, as a view would."""
import copy
from collections.abc import Iterable

from flask import Flask

from commands import refusals
from commands.administrators import administrator
from commands.doctor import doctor
from commands.grants import grant
from commands.log import show_log
from commands.mailing import mail
from commands.organisations import organisation
from commands.rotation import names_group
from commands.serving import init, serve
from views.hall.wing import Wing

COMMANDS = (init, serve, doctor, organisation, administrator, grant, show_log, mail, names_group)


def init_app(app: Flask, wings: Iterable[Wing]) -> None:
    """Add the hall's commands and those of the wings to `flask --app app`, and the wings' words for refusals."""
    for command in COMMANDS:
        app.cli.add_command(command)
    # A copy: another application in this process may have other wings.
    organisations = copy.copy(organisation)
    organisations.commands = dict(organisation.commands)
    app.cli.add_command(organisations)
    for wing in wings:
        for command in wing.organisation_commands:
            organisations.add_command(command)
        refusals.add(wing.refusals)
        for command in wing.commands:
            app.cli.add_command(command)
