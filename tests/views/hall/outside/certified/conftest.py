"""Loket with a certified provider, where .ci/certified provides it."""
import pytest
from joserfc.jwk import ECKey, RSAKey

from tests.page import text_of
from tests.tools.certified_provider import Browser, running
from tests.tools.provider import CLAIMS

# Each character of a secret arrives as it is.
SECRET = "een+geheim/met=%2B ~&:"
PIET = {"given_name": "Piet", "family_name": "Roels", "loket_rol_3d": "Personeel:990001", "acr": "eid"}
FIEN = {"given_name": "Fien", "family_name": "Boon", "loket_rol_3d": ["Financien:990001", "Toegang:990001"],
        "acr": "password"}
KEYS = {"RS256": RSAKey.generate_key(2048, auto_kid=True), "ES256": ECKey.generate_key("P-256", auto_kid=True)}
ALGORITHMS = ("RS256", "PS256", "ES256", "ES512", "EdDSA")


def clients():
    """A client for each way to prove itself and for each algorithm."""
    yield {"client_id": "loket", "client_secret": SECRET}
    yield {"client_id": "loket-post", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_post"}
    for algorithm in ALGORITHMS:
        yield {"client_id": f"loket-{algorithm}", "client_secret": SECRET, "id_token_signed_response_alg": algorithm}
    for algorithm, key in KEYS.items():
        yield {"client_id": f"key-{algorithm}", "token_endpoint_auth_method": "private_key_jwt",
               "token_endpoint_auth_signing_alg": algorithm, "jwks": {"keys": [key.as_dict(private=False)]}}


@pytest.fixture(scope="session")
def process(tmp_path_factory):
    """The process of the provider."""
    with running(list(clients()), tmp_path_factory.mktemp("certified"), {}) as provider:
        yield provider


@pytest.fixture
def provider(process):
    process.know({"piet": PIET, "fien": FIEN})
    return process


@pytest.fixture
def client():
    """The settings of Loket at the provider that differ from test to test."""
    return {}


@pytest.fixture
def settings(settings, client):
    # At this provider, roles are claims of a scope of their own, and come at userinfo.
    path = settings["OIDC_CLAIMS"]
    path.write_text(f"userinfo = true\n{CLAIMS}", encoding="utf-8")
    return {**settings, "OIDC_CLIENT_SECRET": SECRET, "OIDC_SCOPES": ["openid", "profile", "loket"], **client}


class Visitor:
    """A visitor who signs in at the provider."""

    def __init__(self, page):
        self.page = page
        self.browser = Browser()

    def go(self):
        """The address at the provider to which the link on the sign-in page leads."""
        self.page.get(self.page.get("/login").select_one("a.button")["href"], 303)
        return self.page.response.location

    def sign_in(self, person="piet"):
        """The whole way, up to the answer of Loket."""
        path = self.browser.pick(self.go(), person)
        self.page.get(path, 303)
        return path

    def is_refused(self):
        """Check that the page says so."""
        assert "Aanmelden lukte niet, probeer het opnieuw." in text_of(self.page.follow())
        self.page.get("/ecalcura/990001", 303)


@pytest.fixture
def visitor(page, provider, homes):
    return Visitor(page)
