"""Makes clients with the names that no account outside an organisation may meet, and says where to look for them."""
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from tests.factories import client_of, days, period_of

# The query strings that are tried at the addresses below /province.
PLACE = "/province"
QUERIES = (
    "", "?page=2", "?page=8", "?q=3", "?q=Kanarie003", "?sort=number-desc", "?scope=vlaanderen", "?status=active")


def named_rows(cast, names):
    """Give clients of De Ploeg and Het Atelier these names: some renamed, some to be deleted, some deleted,
    one that is to move and one that moved.

    Returns what replaces the walk's own rows in an address: one dict of argument → id for each address to try.
    """
    clients = []
    for number, name in enumerate(names):
        login = (cast.ploeg, cast.outsider)[number % 2]
        client = client_of(login, name)
        period_of(client, login, days(-400 - number), days(-number) if number % 3 == 0 else None)
        clients.append(client)
    clients[0].change({"income": "pension"}, f"{names[0]} B.", 1, by=cast.ploeg.account)
    for client in clients[2:8:2]:
        DeletionRequest.ask(client, "double", "", cast.ploeg.account)
    for client in clients[10:16:2]:
        Deletion.make(client, "double", cast.administrator)
    for client, agreed in ((clients[16], False), (clients[18], True)):
        move = ClientMove.propose(client.number, cast.outsider.organisation.id, "", cast.administrator)
        move.agree(cast.ploeg.account)
        if agreed:
            move.accept(cast.outsider.account)
    Deletion.get(Deletion.client_number == clients[10].number).restore(cast.administrator)
    assert Client.get_by_id(clients[10].number).name == names[10]
    return [{"number": clients[place].number} for place in (0, 4, 12, 16, 18)]
