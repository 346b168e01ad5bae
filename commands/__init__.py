"""The operator's commands: `flask --app app …`. Thin: each calls a model, as a view would."""
from commands.administrators import administrator
from commands.importing import register
from commands.mailing import mail
from commands.organisations import organisation
from commands.purging import purge
from commands.rotation import names_group
from commands.serving import init, serve


def init_app(app):
    for command in (init, serve, purge, organisation, administrator, mail, names_group, register):
        app.cli.add_command(command)
