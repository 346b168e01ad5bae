"""Valid values for each form of the hall. The forms.py of a wing has the same names, for the forms of that wing."""
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.moves import LoginMove
from models.accounts.roles import OF_ORGANISATION
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.walks.hall.factor import FILLED_FACTOR, FILLED_SECOND_STEP

NEW = "een groene lantaarn op zolder"
CHOSEN = {"password": NEW, "repeat_password": NEW}

# By whom → endpoint → the typed values; the form's own hidden fields (token, key, version) are sent along. By whom: as
# in @open_to, of the own scope; 'anyone' is not signed in, and 'second step' gave the password only.
FILLED = {
    "anyone": {
        "auth.login": {"email": "ploeg@voorbeeld.be", "password": PASSWORD},
        "auth.new_password": {"email": "ploeg@voorbeeld.be"},
        "auth.choose_password": CHOSEN,
        "auth.confirm_email": {},
    },
    "second step": FILLED_SECOND_STEP,
    "hall:organisation": {
        "auth.logout": {},
        "organisation.edit": {"address": "Dorp 1"},
        "organisation.cancel_move": {},
        "account.password": {"current_password": PASSWORD, **CHOSEN},
        "account.email": {"email": "nieuw@voorbeeld.be", "password": PASSWORD},
        "account.choose": {},
        "account.end_sessions": {},
        "account.end_session": {},
    },
    "hall:province": FILLED_FACTOR | {
        "organisations.new": {"name": "De Brug", "sector": "welfare", "email": "brug@voorbeeld.be", "invite": "y"},
        "organisations.edit": {"address": "Dorp 1"},
        "organisations.offer_password": {},
        "organisations.move": {"email": "nieuw@voorbeeld.be"},
        "organisations.cancel_move": {},
        "organisations.block": {},
        "organisations.unblock": {},
        "organisations.invite": {"email": "nieuw@voorbeeld.be"},
        "administrators.new": {"email": "nieuwe.collega@voorbeeld.be"},
        "administrators.invite": {},
        "administrators.block": {},
        "administrators.unblock": {},
        "administrators.contact": {"name": "Lies Maes", "telephone": "09 123 45 67"},
    },
}


def ask_move(cast):
    """Request a move of De Ploeg's login, whatever another form did to the login before."""
    login = Account.get_by_id(cast.ploeg.account.id)
    login.save_values(blocked=False, password_hash=cast.administrator.password_hash)
    LoginMove.ask(login, "verhuisd@voorbeeld.be")


def second_grant(cast):
    """The id of a second grant of De Ploeg's login, so that its sessions choose one."""
    organisation = Organisation.by_name("limburg", "De Kring") or Organisation.create_new("De Kring", "limburg")
    found = [grant for grant in Grant.of(cast.ploeg.account.id) if grant.tenant_id == organisation.id]
    return (found or [Grant.give(cast.ploeg.account.id, roles.that_opens(OF_ORGANISATION), organisation)])[0].id


# endpoint → what must happen before its form can be sent: a call with the cast and the rows of the address.
PREPARE = {
    "account.choose": lambda cast, rows: rows.update(grant_id=second_grant(cast)),
    "organisation.cancel_move": lambda cast, _rows: ask_move(cast),
    "organisations.cancel_move": lambda cast, _rows: ask_move(cast),
    "organisations.unblock": lambda cast, _rows: cast.ploeg.account.block(),
    "organisations.invite": lambda cast, _rows: cast.ploeg.account.save_values(password_hash=None, blocked=False),
    "administrators.invite": lambda _cast, rows: Account.get_by_id(rows["account_id"]).save_values(password_hash=None),
    "administrators.unblock": lambda _cast, rows: Account.get_by_id(rows["account_id"]).block(),
}
# Forms that change nothing.
READ_ONLY = set()
# Forms with the version of a row. The others make a row, or change a login and ask for a password or a link.
VERSIONED = {"organisation.edit", "organisations.edit"}
# These statements make each row newer than a form that was opened before.
NEWER = ("UPDATE organisation SET version = version + 1, address = 'Kerkstraat 7'",)
# Forms that complete signing in, so that posting them a second time gives another response.
COMPLETES_SIGN_IN = {"auth.recovery_code", "auth.set_up_factor"}
