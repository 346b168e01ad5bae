"""OpenID providers for tests: one that is right, and one whose answers a test makes wrong."""
import contextlib
import threading
import time

from commands.simulated.provider import CLIENT_ID, SECRET, Person, SimulatedProvider, serving
from models.accounts.outside.fetching import LARGEST

# BASE_URL of the tests.
LOKET = "http://127.0.0.1:8000"
CLAIMS = """
[ecalcura]
name = ["given_name", "family_name"]
roles = "loket_rol_3d"
numbers = "hco"

[ecalcura.role]
Personeel = "privacy"
Financien = "financial"
Toegang = "access"
"""
PIET = Person("Piet Roels", "9f1c-piet", {
    "given_name": "Piet", "family_name": "Roels", "loket_rol_3d": "Personeel:990001", "acr": "eid"})
FIEN = Person("Fien Boon", "77aa-fien", {
    "given_name": "Fien", "family_name": "Boon", "loket_rol_3d": ["Financien:990001,990002", "Toegang:990001"],
    "acr": "eid"})


def _slow(right):
    time.sleep(1)
    return right


FAULTS = {
    "slow": _slow,
    "dripping": lambda right: right,
    "large": lambda right: right._replace(content=right.content + " " * LARGEST),
    "redirect": lambda right: right._replace(status=302, location="http://127.0.0.1:9/"),
    "error": lambda right: right._replace(status=500),
    "no JSON": lambda right: right._replace(content="<html>"),
    "deep": lambda right: right._replace(content="[" * 100_000),
}


class Lying(SimulatedProvider):
    """A provider whose answers a test changes: each attribute is a function from the right answer to the wrong one."""

    def __init__(self, issuer, people):
        super().__init__(issuer, people)
        # Path → the fault of its answer.
        self.faults = {}
        self.tell_the_truth()

    def tell_the_truth(self):
        """Change nothing."""
        self.of_metadata = self.of_keys = self.of_claims = self.of_token = self.of_userinfo = lambda right: right
        self.signed = super().sign

    def answer(self, path, query, form, authorization):
        right = super().answer(path, query, form, authorization)
        return FAULTS[self.faults[path]](right) if path in self.faults else right

    def send(self, path, content, write):
        if self.faults.get(path) != "dripping":
            return write(content)
        # Each piece comes in time; the last one does not.
        size = len(content) // 20 + 1
        for place in range(0, len(content), size):
            with contextlib.suppress(OSError):
                write(content[place:place + size])
            time.sleep(0.05)
        return None

    def metadata(self):
        return self.of_metadata(super().metadata())

    def keys(self):
        return self.of_keys(super().keys())

    def id_token(self, person, nonce):
        return self.of_claims(super().id_token(person, nonce))

    def sign(self, claims):
        return self.signed(claims)

    def token_answer(self, answer):
        return self.of_token(answer)

    def userinfo(self, authorization):
        return self.of_userinfo(super().userinfo(authorization))


@contextlib.contextmanager
def running(kind=Lying, people=(PIET, FIEN)):
    """A provider of this kind, which answers until the block ends."""
    provider = kind("", people)
    server = serving(provider, 0)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def settings_for(issuer, folder, claims=CLAIMS):
    """The settings of Loket for a provider at this address."""
    path = folder / "claims.toml"
    path.write_text(claims, encoding="utf-8")
    return {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": SECRET, "OIDC_CLAIMS": path,
            "OIDC_NAME": "de voorbeelddienst"}
