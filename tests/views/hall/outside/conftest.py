"""Loket with a provider, and a visitor who goes there and comes back."""
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from models.accounts.accounts import Account
from models.accounts.identities import Identity
from models.accounts.outside.fetching import fetch
from models.accounts.sessions import Session
from tests.models.ecalcura.cast import facility
from tests.page import text_of
from tests.tools.provider import CLAIMS, LOKET, running, settings_for

FAILED = "Aanmelden lukte niet, probeer het opnieuw."


@pytest.fixture
def provider():
    """A provider that tells the truth until a test says otherwise."""
    with running() as provider:
        yield provider


@pytest.fixture
def mapping():
    """The content of OIDC_CLAIMS."""
    return CLAIMS


@pytest.fixture
def settings(settings, provider, mapping, tmp_path):
    return {**settings, **settings_for(provider.issuer, tmp_path, mapping)}


@pytest.fixture
def homes(app, cast):
    """Two facilities."""
    return facility("990001"), facility("990002", name="Dagverzorging De Beuk")


class Visitor:
    """A visitor who signs in at the provider: `go` leads there, `pick` leads back."""

    def __init__(self, page, provider):
        self.page = page
        self.provider = provider

    def go(self, next_page=None):
        """The address at the provider to which the link on the sign-in page leads."""
        link = self.page.get("/login" + (f"?next={next_page}" if next_page else "")).select_one("a.button")
        assert link.text == "Aanmelden met de voorbeelddienst"
        self.page.get(link["href"], 303)
        return self.page.response.location

    def pick(self, address, name="Piet Roels"):
        """The path at Loket to which the provider sends back somebody with this name, at this address of it."""
        link = unescape(re.search(rf'href="([^"]+)">{name}<', fetch(address).content.decode())[1])
        return self.provider.authorize(query_of(link)).location.removeprefix(LOKET)

    def sign_in(self, name="Piet Roels"):
        """The whole way, up to the answer of Loket."""
        return self.page.get(self.pick(self.go(), name), 303)


def query_of(address):
    """The query of an address."""
    return dict(parse_qsl(urlsplit(address).query))


@pytest.fixture
def visitor(page, provider, homes):
    return Visitor(page, provider)


def is_refused(page):
    """Check that nobody was signed in, and that the page says so."""
    assert page.response.location == "/login"
    assert FAILED in text_of(page.follow())
    assert not Identity.select().exists()
    assert not Session.select().exists()
    page.get("/ecalcura/990001", 303)


def person(name="9f1c-piet"):
    """The account of the person with this subject, as it is now."""
    return Account.get_by_id(Identity.get(Identity.subject == name).account_id)
