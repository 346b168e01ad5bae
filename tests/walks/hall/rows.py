"""Makes a row of the hall for each kind of id in an address, and the account of each column of routes.py."""
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE
from models.accounts.sessions import Session
from models.organisations import Organisation
from tests.factories import account_with
from tests.walks.hall.routes import NOBODY, NOT_CHOSEN


def people(cast):
    """Nobody, and an account of two organisations: each of its sessions must choose one."""
    role = roles.that_opens(OF_ORGANISATION)
    first, second = (Organisation.create_new(name, "oost-vlaanderen") for name in ("De Ene", "De Andere"))
    several = account_with(role, first, email="twee@voorbeeld.be", password_hash=cast.administrator.password_hash)
    Grant.add(several.id, role, second)
    return {NOBODY: None, NOT_CHOSEN: several}


def rows_for(cast):
    """The ids of De Ploeg's rows and of those that its province's administrator works on, as argument → id."""
    colleague = Account.new(roles.that_opens(OF_PROVINCE), "oost-vlaanderen", email="collega@voorbeeld.be",
                            password_hash=cast.administrator.password_hash)
    return {
        "session_id": session_of(cast),
        "grant_id": cast.ploeg.account.grants[0].id,
        "organisation_id": cast.ploeg.organisation.id,
        "account_id": colleague.id,
        "token": "x" * 43,
    }


def session_of(cast):
    """The id of another open session of De Ploeg."""
    # This works even if an administrator blocked De Ploeg.
    Session.start(cast.ploeg.account, "elders")
    return Session.of(cast.ploeg.account).first().id
