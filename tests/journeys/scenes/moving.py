"""The scenes of a move: proposed, to be agreed to, to be accepted, ended."""
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from tests.factories import client_of, period_of
from tests.journeys.tools.showing import Scene, at, sent

LOGIN, ADMINISTRATOR = "login", "administrator"
MOVE, PROPOSE = "/moves/<int:move_id>", "/province/clients/<int:number>/move"
MOVING_SCENES = [
    Scene("client-moves", "/clients/<int:number>", LOGIN, at("/clients/{leaving.client_number}")),
    Scene("moves", "/moves", LOGIN, at("/moves")),
    Scene("moves-nothing", "/moves", "newcomer", at("/moves")),
    Scene("move-leaving", MOVE, LOGIN, at("/moves/{leaving.id}")),
    Scene("move-leaving-wrong", MOVE, LOGIN, sent("/moves/{leaving.id}", "Verhuizing weigeren"), wrong=True),
    Scene("move-arriving", MOVE, LOGIN, at("/moves/{arriving.id}")),
    Scene("move-refused", MOVE, LOGIN, at("/moves/{not_moved.id}")),
    Scene("province-moves", "/province/moves", ADMINISTRATOR, at("/province/moves")),
    Scene("province-client-moves", "/province/clients/<int:number>", ADMINISTRATOR,
          at("/province/clients/{leaving.client_number}")),
    Scene("province-move", PROPOSE, ADMINISTRATOR, at("/province/clients/{running.number}/move")),
    Scene("province-move-wrong", PROPOSE, ADMINISTRATOR,
          sent("/province/clients/{running.number}/move", "Verhuizing voorstellen"), wrong=True),
]


def moves_of(login, administrator, number):
    """Add moves from and to this login's organisation in each state; returns those that scenes name."""
    organisation = Organisation.create_new(f"De Buren {number}", login.organisation.province)
    neighbour = SimpleNamespace(organisation=organisation, account=Account.new(
        ORGANISATION, organisation, email=f"buren{number}@voorbeeld.be", password_hash="-"))

    def proposed(sender, receiver, name, remark=""):
        client = client_of(sender, name)
        period_of(client, sender)
        return ClientMove.propose(client.number, receiver.organisation.id, remark, administrator)

    arriving = proposed(neighbour, login, "Jef Maes")
    arriving.agree(neighbour.account)
    not_moved = proposed(login, neighbour, "Bo Maes", "Woont nu in Deinze.")
    not_moved.refuse("Blijft nog tot het einde van het jaar bij ons.", login.account)
    moved = proposed(login, neighbour, "Mia Maes")
    moved.agree(login.account)
    moved.accept(neighbour.account)
    return {"leaving": proposed(login, neighbour, "Els Maes", "De begeleiding gaat verder in Deinze."),
            "arriving": arriving, "not_moved": not_moved}
