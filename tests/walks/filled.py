"""Each form of the application filled in with valid values, for the tests that walk over all forms."""
import re

import pytest

from models.accounts import roles
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE
from models.accounts.sessions import Session
from tests.page import form_in
from tests.walks import registry
from tests.walks.hall.factor import FILLED_FACTOR, FILLED_SECOND_STEP, prepare, typed_by

BY = {endpoint: by for forms in registry.FORMS for by, filled in forms.FILLED.items() for endpoint in filled}
FILLED = {endpoint: fields for forms in registry.FORMS for filled in forms.FILLED.values()
          for endpoint, fields in filled.items()}
PREPARE = {endpoint: prepared for forms in registry.FORMS for endpoint, prepared in forms.PREPARE.items()}
READ_ONLY = {endpoint for forms in registry.FORMS for endpoint in forms.READ_ONLY}
VERSIONED = {endpoint for forms in registry.FORMS for endpoint in forms.VERSIONED}
UNRECORDED = {endpoint for forms in registry.FORMS for endpoint in getattr(forms, "UNRECORDED", ())}
ONLY_RECORDED = {endpoint for forms in registry.FORMS for endpoint in getattr(forms, "ONLY_RECORDED", ())}
GOES_ON = {endpoint for forms in registry.FORMS for endpoint in getattr(forms, "GOES_ON", ())}
WITH_FILE = {endpoint for forms in registry.FORMS for endpoint in getattr(forms, "WITH_FILE", ())}
NEWER = [statement for forms in registry.FORMS for statement in forms.NEWER]


def posting(app):
    """The routes that accept POST."""
    return [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]


class Form:
    """The filled form of an endpoint: `fields` are the values that a browser would send, `send` posts them."""

    def __init__(self, page, endpoint, rule, rows, cast):
        self.page = page
        with page.app.test_request_context():
            self.path = rule.build({**rule.defaults, **rows} if rule.defaults else rows)[1]
        elsewhere = {"second step": "/login/code", "anyone": "/login"}.get(BY[endpoint], "/account/roles")
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
def fill(page, cast, people, rows):
    """`fill(endpoint)` opens the filled `Form` of an endpoint, as the account whose rows are in the addresses.

    Exceptions give an error page, as in production.
    """
    page.app.testing = page.app.config["PROPAGATE_EXCEPTIONS"] = False
    page.app.wsgi_app.testing = False

    def fill(endpoint):
        rule = next(rule for rule in posting(page.app) if rule.endpoint == endpoint)
        if endpoint in PREPARE:
            PREPARE[endpoint](cast, rows)
        if endpoint in FILLED_FACTOR | FILLED_SECOND_STEP:
            prepare(cast, endpoint)
        if BY[endpoint] == "anyone":
            page.forget()
        elif BY[endpoint] == "second step":
            page.wait(cast.administrator)
        else:
            account = _account(people, BY[endpoint])
            token = page.sign_in(account)
            if endpoint != "account.choose":
                Session.choose(token, Grant.of(account.id).first().id)
        kind = "email" if endpoint == "auth.confirm_email" else (rule.defaults or {}).get("kind")
        email = "nieuw@voorbeeld.be" if kind == "email" else None
        token = OneTimeLink.make(cast.ploeg.account, kind, email) if kind else ""
        return Form(page, endpoint, rule, {**rows, "token": token}, cast)

    return fill


def _account(people, audience):
    role = roles.that_opens(audience).code if audience in (OF_ORGANISATION, OF_PROVINCE) else audience
    return people[role, "own"]


def broken(*_args, **_options):
    """Stands in for a function that fails."""
    raise SimulatedFault


class SimulatedFault(Exception):
    pass
