"""A row for each kind of id that an address holds, for the tests that walk over all routes."""
from models.accounts import Account
from models.sessions import Session
from tests.factories import client_of, days, period_of


def rows_for(cast):
    """De Ploeg's own rows, and those that the administrator of its province works on."""
    client = client_of(cast.ploeg, "Roos Peeters")
    colleague = Account.create(role="administrator", province="oost-vlaanderen", email="collega@voorbeeld.be",
                               password_hash=cast.administrator.password_hash)
    return {
        "number": client.number,
        "period_id": period_of(client, cast.ploeg, days(-30)).id,
        "session_id": session_of(cast),
        "organisation_id": cast.ploeg.organisation.id,
        "account_id": colleague.id,
        "table": "2-gender",
    }


def session_of(cast):
    """Another open session of De Ploeg."""
    return Session.find(Session.start(cast.ploeg.account, "elders")).session_id
