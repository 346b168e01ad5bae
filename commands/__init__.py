"""The operator's commands, `flask --app app …`. Each one is thin: it calls a model, as a view would."""
from collections.abc import Iterable, Mapping
from enum import StrEnum

import click
from flask import Flask

from commands import refusals
from commands.administrators import administrator
from commands.log import show_log
from commands.mailing import mail
from commands.organisations import organisation
from commands.rotation import names_group
from commands.serving import init, serve

COMMANDS = (init, serve, organisation, administrator, show_log, mail, names_group)


def init_app(app: Flask, wings_commands: Iterable[click.Command], wings_refusals: Mapping[StrEnum, str]) -> None:
    """Add the hall's commands and those of the wings to `flask --app app`, and the wings' words for refusals."""
    refusals.add(wings_refusals)
    for command in (*COMMANDS, *wings_commands):
        app.cli.add_command(command)
