"""Makes a row for each kind of id in an address, for the tests that walk over all routes."""
import sqlite3

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.roles import ADMINISTRATOR
from models.database import database, is_sqlite, today
from tests.factories import client_of, days, deleted, period_of

_kept = {}


def copied_rows(cast):
    """The same as `rows_for`, but made once and then copied: making them takes longer than most of these tests.

    The copy replaces the test's register, which may hold only the cast.
    """
    assert not Client.select().exists()
    if not is_sqlite():
        return rows_for(cast)
    if _kept:
        _kept["register"].backup(database.connection())
    else:
        _kept["rows"], _kept["register"] = rows_for(cast), sqlite3.connect(":memory:", check_same_thread=False)
        database.connection().backup(_kept["register"])
    return dict(_kept["rows"])


def rows_for(cast):
    """The ids of De Ploeg's rows and of those that its province's administrator works on, as argument → id."""
    client = client_of(cast.ploeg, "Roos Peeters")
    colleague = Account.new(ADMINISTRATOR, "oost-vlaanderen", email="collega@voorbeeld.be",
                               password_hash=cast.administrator.password_hash)
    return {
        "number": client.number,
        "period_id": period_of(client, cast.ploeg, days(-30)).id,
        "session_id": session_of(cast),
        "grant_id": cast.ploeg.account.grants[0].id,
        "organisation_id": cast.ploeg.organisation.id,
        "account_id": colleague.id,
        **deletions_for(cast),
        "edition_id": edition_of(cast).id,
        "table": "2-gender",
    }


def deletions_for(cast):
    """The ids of a pending request and of a deletion in the trash."""
    return {"request_id": pending_request(cast, client_of(cast.ploeg, "Roos Anders").number),
            "deletion_id": deletion_in_trash(cast, client_of(cast.ploeg, "Roos Weg").number)}


def restored_client(number):
    """The client with this number, restored if it is in the trash."""
    deletion = Deletion.get_or_none(Deletion.client_number == number, Deletion.kept_rows.is_null(False))
    if deletion:
        deletion.restore()
    return Client.get_by_id(number)


def pending_request(cast, number):
    """The id of a pending request to delete this client of De Ploeg."""
    client = restored_client(number)
    request = DeletionRequest.pending(client)
    return (request or DeletionRequest.ask(client, "double", "Zelfde als 1", cast.ploeg.account)).id


def deletion_in_trash(cast, number):
    """The id of the deletion of this client, which is now in the trash."""
    return deleted(restored_client(number), cast.administrator).id


def edition_of(cast):
    """Publish an edition of De Ploeg's province."""
    return Edition.publish(today().year, "oost-vlaanderen", "", cast.administrator, today())


def session_of(cast):
    """The id of another open session of De Ploeg."""
    # This works even if an administrator blocked De Ploeg.
    Session.start(cast.ploeg.account, "elders")
    return Session.of(cast.ploeg.account).first().id
