"""The operator's commands, `flask --app app …`. Each one is thin: it calls a model, as a view would."""
from flask import Flask

from commands import refusals
from commands.administrators import administrator
from commands.arbeidszorg.refusals import REFUSALS as ARBEIDSZORG
from commands.clients import client
from commands.importing import register
from commands.log import show_log
from commands.mailing import mail
from commands.organisations import organisation
from commands.purging import purge
from commands.reporting import report
from commands.requests import deletion, request
from commands.rotation import names_group
from commands.serving import init, serve

COMMANDS = (init, serve, purge, organisation, administrator, request, client, deletion, show_log, mail, names_group,
            register, report)


def init_app(app: Flask) -> None:
    """Add the commands to `flask --app app`, and the words of arbeidszorg for its refusals."""
    refusals.add(ARBEIDSZORG)
    for command in COMMANDS:
        app.cli.add_command(command)
