"""The record of bikes."""
from pathlib import Path

from commands.bikes import COMMANDS
from commands.bikes.refusals import REFUSALS
from models.bikes import roles
from views.bikes import bikes
from views.bikes.log_words import LOG_WORDS
from views.bikes.messages import MESSAGES
from views.hall.wing import Wing
from views.shell.audiences import Audience, MenuItem

KEEPER = Audience(
    role=roles.KEEPER,
    label="Fietsen",
    menu=(MenuItem("bikes", "bikes.show", "Fietsen"),),
    own_login=MenuItem("password", "account.password", "Mijn wachtwoord"),
    data="de fietsen van je stalling",
)
WING = Wing(
    name="bikes",
    blueprints=(bikes.blueprint,),
    audiences=(KEEPER,),
    messages=MESSAGES,
    log_words=LOG_WORDS,
    refusals=REFUSALS,
    commands=COMMANDS,
    migrations=Path(__file__).parent.parent / "migrations" / "bikes",
)
