"""Signing in from outside: a login for when the OpenID provider fails, and the simulated one of the demonstration."""
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.common import refusing
from commands.ecalcura.options import facility_named, hco_option
from commands.serving import check_address
from commands.simulated.provider import CLIENT_ID, SECRET, Person, SimulatedProvider, serving
from models.ecalcura.demonstration.people import MAPPING, people
from models.ecalcura.facilities import emergencies
from models.ecalcura.roles import GIVEN


@click.command("emergency")
@hco_option
@click.option("--role", type=click.Choice([role.name for role in GIVEN]), required=True)
@click.option("--name", required=True, help="The name by which colleagues know this person.")
@click.option("--email", required=True, help="A personal address, which only this person reads.")
@with_appcontext
def emergency(hco: str, role: str, name: str, email: str) -> None:
    """Let somebody sign in here for a day, with a role, while the OpenID provider fails. It is in the log."""
    with refusing():
        until = emergencies.make_login(facility_named(hco), {one.name: one for one in GIVEN}[role], name, email)
    click.echo(f"The role is given until {until:%d/%m/%Y %H:%M} UTC. The mail is on its way.")


@click.command("provider")
@click.option("--port", default=8090, show_default=True, help="The port to listen on, on this machine.")
@with_appcontext
def provider(port: int) -> None:
    """Run a simulated OpenID provider until stopped: it signs in anybody who is picked from a list."""
    if current_app.config["PRODUCTION"]:
        raise click.UsageError("the simulated provider is not for production: it asks for no password")
    check_address("127.0.0.1", port)
    issuer = f"http://127.0.0.1:{port}"
    server = serving(SimulatedProvider(issuer, [Person(*person) for person in people()]), port)
    click.echo(f"The provider listens on {issuer}. Start Loket in another terminal:")
    click.echo(f"  make run WINGS='arbeidszorg ecalcura' OIDC_ISSUER={issuer} OIDC_CLIENT_ID={CLIENT_ID} "
               f"OIDC_CLIENT_SECRET={SECRET} OIDC_CLAIMS={MAPPING} OIDC_NAME='de voorbeelddienst'")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
