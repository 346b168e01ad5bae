"""The import of an organisation's own list while the register changes: it is read again, and nobody comes back."""
import threading

import pytest

from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.placing import Importer
from models.database import database
from models.organisations import Organisation
from tests.factories import client_of
from tests.models.arbeidszorg.transfer.lists import FILLED_IN, LIST_ROW, NO_PERIOD, reasons, table, take

# Fills in nothing and contradicts nothing: a row of a client that is there already.
EMPTY = {**dict.fromkeys(LIST_ROW, ""), **NO_PERIOD}


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets somebody else do a deed once, behind the first rows of a file."""
    def meanwhile(deed):
        take_rows, deeds = Importer.take, [deed]

        def do():
            deeds.pop()()
            database.close()

        def take_and_do(importer, rows):
            take_rows(importer, rows)
            if deeds:
                thread = threading.Thread(target=do)
                thread.start()
                thread.join()

        monkeypatch.setattr(Importer, "take", take_and_do)

    return meanwhile


def numbered(client):
    return table({**EMPTY, "number": str(client.number)}, codes=["number", *FILLED_IN])


def test_an_organisation_that_gets_another_name_imports_its_list(cast, meanwhile):
    def rename():
        organisation = Organisation.get_by_id(cast.ploeg.organisation.id)
        organisation.change({"name": "De Nieuwe Ploeg"}, organisation.version)

    before = Organisation.select().count()
    meanwhile(rename)
    assert take(cast.ploeg, table({"name": "Roos"})).clients == 1
    assert [client.name for client in Client.of(cast.ploeg.organisation)] == ["Roos"]
    assert Organisation.select().count() == before


def test_a_client_that_is_deleted_does_not_come_back(cast, meanwhile):
    client = client_of(cast.ploeg)
    meanwhile(lambda: Deletion.make(Client.get_by_id(client.number), "double"))
    [reason] = reasons(take(cast.ploeg, numbered(client))).values()
    assert reason.startswith("Deze cliënt is verwijderd op ")
    assert not Client.select().exists()


def test_a_client_that_moves_does_not_come_back(cast, meanwhile):
    client = client_of(cast.ploeg)
    move = ClientMove.propose(client.number, cast.outsider.organisation.id, "", cast.administrator)
    move.agree(cast.ploeg.account)
    meanwhile(lambda: move.accept(cast.outsider.account))
    [reason] = reasons(take(cast.ploeg, numbered(client))).values()
    assert reason == "Deze cliënt is verhuisd naar een andere organisatie."
    assert not Client.of(cast.ploeg.organisation).exists()
