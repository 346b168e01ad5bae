"""Valid values for each form of the application, for the tests that walk over all forms."""
import re

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.moves import LoginMove
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.factories import typed
from tests.page import form_in
from tests.walks.filled_factor import FILLED_FACTOR, FILLED_SECOND_STEP, prepare, typed_by
from tests.walks.rows import copied_rows, deletion_in_trash, pending_request, restored_client

NEW = "een groene lantaarn op zolder"
CHOSEN = {"password": NEW, "repeat_password": NEW}
CLOSED = {"end_date": "31/05/2020", "closing_reason": "health", "outlook": "same"}

# endpoint → the typed values; the form's own hidden fields (token, key, version) are sent along.
FILLED = {
    "auth.login": {"email": "ploeg@voorbeeld.be", "password": PASSWORD},
    "auth.logout": {},
    "auth.new_password": {"email": "ploeg@voorbeeld.be"},
    "auth.choose_password": CHOSEN,
    "auth.confirm_email": {},
    "clients.find_name": {"name": "Roos"},
    "clients.create": {**typed(), "birth_date": "01/02/1990", "name": "Ward Claes"},
    "clients.edit": {"income": "pension", "name": "Roos P."},
    "clients.request_deletion": {"reason": "double", "remark": "Zelfde als 3"},
    "clients.withdraw_deletion": {},
    "periods.create": {"hours": "8", "start_date": "03/06/2019", **CLOSED},
    "periods.edit": {"hours": "9,5"},
    "organisation.edit": {"address": "Dorp 1"},
    "account.password": {"current_password": PASSWORD, **CHOSEN},
    "account.email": {"email": "nieuw@voorbeeld.be", "password": PASSWORD},
    "account.choose": {},
    "account.end_sessions": {},
    "account.end_session": {},
    "organisation.cancel_move": {},
}
# The same for the forms of an administrator.
FILLED_BY_ADMINISTRATOR = FILLED_FACTOR | {
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
    "deletions.decide": {"number": "2", "decision": "approve"},
    "deletions.delete": {"number": "1", "reason": "not-guided"},
    "deletions.restore": {},
    "editions.new": {"remark": "Definitieve cijfers", "confirm": "y"},
}
FILLED |= FILLED_BY_ADMINISTRATOR | FILLED_SECOND_STEP


def ask_move(cast):
    """Request a move of De Ploeg's login, whatever another form did to the login before."""
    login = Account.get_by_id(cast.ploeg.account.id)
    login.save_values(blocked=False, password_hash=cast.administrator.password_hash)
    LoginMove.ask(login, "verhuisd@voorbeeld.be")


def second_grant(cast):
    """Give De Ploeg's login a second grant, so that its sessions choose one."""
    organisation = Organisation.by_name("limburg", "De Kring") or Organisation.create_new("De Kring", "limburg")
    found = [grant for grant in Grant.of(cast.ploeg.account.id) if grant.tenant_id == organisation.id]
    return (found or [Grant.give(cast.ploeg.account.id, ORGANISATION, organisation)])[0].id


# endpoint → what must happen before its form can be sent: a call with the cast and the rows of the address.
PREPARE = {
    "account.choose": lambda cast, rows: rows.update(grant_id=second_grant(cast)),
    "clients.withdraw_deletion": lambda cast, rows: pending_request(cast, rows["number"]),
    "deletions.decide": lambda cast, rows: rows.update(request_id=pending_request(cast, 2)),
    "deletions.delete": lambda _cast, rows: restored_client(rows["number"]),
    "deletions.restore": lambda cast, rows: rows.update(deletion_id=deletion_in_trash(cast, 3)),
    "organisation.cancel_move": lambda cast, _rows: ask_move(cast),
    "organisations.cancel_move": lambda cast, _rows: ask_move(cast),
    "organisations.unblock": lambda cast, _rows: cast.ploeg.account.block(),
    "organisations.invite": lambda cast, _rows: cast.ploeg.account.save_values(password_hash=None, blocked=False),
    "administrators.invite": lambda _cast, rows: Account.get_by_id(rows["account_id"]).save_values(password_hash=None),
    "administrators.unblock": lambda _cast, rows: Account.get_by_id(rows["account_id"]).block(),
}
# Forms for visitors who are not signed in.
SIGNED_OUT = {"auth.login", "auth.new_password", "auth.choose_password", "auth.confirm_email"}
# Forms that complete signing in, so that posting them a second time gives another response.
COMPLETES_SIGN_IN = {"auth.recovery_code", "auth.set_up_factor"}
# Forms that change nothing.
READ_ONLY = {"clients.find_name"}
# Forms without the version of a row: they make a row, or change a login and ask for a password or a link.
WITHOUT_VERSION = {endpoint for endpoint in FILLED if endpoint.startswith("auth.")} | READ_ONLY | {
    "clients.create", "clients.request_deletion", "clients.withdraw_deletion", "deletions.decide", "deletions.delete",
    "deletions.restore", "editions.new", "periods.create", "organisation.cancel_move",
    *(endpoint for endpoint in FILLED if endpoint.startswith("account.")),
    *(endpoint for endpoint in FILLED if endpoint.startswith("administrators.")),
    *(endpoint for endpoint in FILLED if endpoint.startswith("organisations.") and endpoint != "organisations.edit")}


def posting(app):
    """The routes that accept POST."""
    return [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]


class Form:
    """The filled form of an endpoint: `fields` are the values that a browser would send, `send` posts them."""

    def __init__(self, page, endpoint, rule, rows, cast):
        self.page = page
        with page.app.test_request_context():
            self.path = rule.build({**rule.defaults, **rows} if rule.defaults else rows)[1]
        elsewhere = ("/account/roles" if endpoint == "account.choose" else
                     "/login/code" if endpoint in FILLED_SECOND_STEP else "/login" if endpoint in SIGNED_OUT
                     else "/province" if endpoint in FILLED_BY_ADMINISTRATOR else "/export")
        token = {} if "GET" in rule.methods else {"csrf_token": page.form_of(elsewhere)["csrf_token"]}
        text = page.browser.get(self.path).text
        self.hidden = token or form_in(text)
        # From the HTML, because an unticked box is a field too.
        self.names = set(re.findall(r' name="(\w+)"', text)) | set(FILLED[endpoint])
        self.fields = {**self.hidden, **typed_by(FILLED[endpoint], cast, self.hidden)}
        self.token = {"csrf_token": self.hidden["csrf_token"]}

    def send(self, **more):
        """Post the form with `more` values; returns the response."""
        return self.page.browser.post(self.path, data={**self.fields, **more})


@pytest.fixture
def fill(page, cast):
    """`fill(endpoint)` opens the filled `Form` of an endpoint, as De Ploeg or as the administrator of its province.

    Exceptions give an error page, as in production.
    """
    page.app.testing = page.app.config["PROPAGATE_EXCEPTIONS"] = False
    page.app.wsgi_app.testing = False
    rows = copied_rows(cast)

    def fill(endpoint):
        rule = next(rule for rule in posting(page.app) if rule.endpoint == endpoint)
        if endpoint in PREPARE:
            PREPARE[endpoint](cast, rows)
        if endpoint in FILLED_FACTOR | FILLED_SECOND_STEP:
            prepare(cast, endpoint)
        if endpoint in SIGNED_OUT:
            page.forget()
        elif endpoint in FILLED_SECOND_STEP:
            page.wait(cast.administrator)
        else:
            account = cast.administrator if endpoint in FILLED_BY_ADMINISTRATOR else cast.ploeg.account
            token = page.sign_in(account)
            if endpoint != "account.choose":
                Session.choose(token, Grant.of(account.id).first().id)
        kind = "email" if endpoint == "auth.confirm_email" else (rule.defaults or {}).get("kind")
        email = "nieuw@voorbeeld.be" if kind == "email" else None
        token = OneTimeLink.make(cast.ploeg.account, kind, email) if kind else ""
        return Form(page, endpoint, rule, {**rows, "token": token}, cast)

    return fill


def broken(*_args, **_options):
    """Stands in for a function that fails."""
    raise SimulatedFault


class SimulatedFault(Exception):
    pass


