"""The service that signs people in from outside: an OpenID provider, as its settings and its metadata describe it."""
import base64
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode, urlsplit

from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwk
from joserfc.errors import JoseError

from models.accounts.outside.fetching import Answer, NotFetched, Transport, fetch
from models.errors import CannotStart

# By their names in config.py.
Settings = Mapping[str, Any]

# Seconds that metadata and keys are kept; and at least this long before keys are fetched again for an unknown one.
KEPT, AGAIN = 600, 30
# Seconds after which metadata is asked for again that did not come; meanwhile nobody waits for it.
PAUSE = 5
MOST_KEYS = 50
SIGNING_KEYS = ("RSA", "EC", "OKP")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Metadata(NamedTuple):
    """The metadata of the provider that Loket uses: addresses, and whether its answer names it (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    by_post: bool
    names_itself: bool


class Provider:
    """The provider of OIDC_ISSUER. `mapping` is the content of OIDC_CLAIMS: a table for each wing that it serves."""

    def __init__(self, settings: Settings) -> None:
        self.issuer: str = settings["OIDC_ISSUER"]
        self.client_id: str = settings["OIDC_CLIENT_ID"]
        self.name: str = settings["OIDC_NAME"]
        self.strengths: frozenset[str] = frozenset(settings["OIDC_ACR"] or ())
        self.algorithms: list[str] = settings["OIDC_ALGORITHMS"]
        self.scopes: list[str] = settings["OIDC_SCOPES"]
        self.mapping = _mapping(settings["OIDC_CLAIMS"])
        self.asks_userinfo = bool(self.mapping.get("userinfo"))
        self.redirect_uri = f"{settings['BASE_URL']}/login/outside/answer"
        self.signed_out_uri = f"{settings['BASE_URL']}/login"
        self._secret: str | None = settings["OIDC_CLIENT_SECRET"]
        self._client_auth: str | None = settings["OIDC_CLIENT_AUTH"]
        self._key = _private_key(settings["OIDC_PRIVATE_KEY"])
        self._failed: float = -PAUSE
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, jwk.KeySet] | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Provider | None":
        """Return the provider of these settings; None without OIDC_ISSUER. Raises `CannotStart` for a wrong file."""
        return cls(settings) if settings["OIDC_ISSUER"] else None

    def metadata(self) -> Metadata:
        """Return the provider's metadata, fetched at most every ten minutes. Raises `NotFetched`."""
        if self._metadata is None or time.monotonic() - self._metadata[0] > KEPT:
            # Visitors of a provider that is silent must not hold a thread each.
            if time.monotonic() - self._failed < PAUSE:
                raise NotFetched("no metadata just now")
            self._failed = time.monotonic()
            found = _object(fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
            if found.get("issuer") != self.issuer:
                raise NotFetched("the metadata is of another issuer")
            self._metadata = time.monotonic(), self._read(found)
            self._failed = -PAUSE
        return self._metadata[1]

    def problems(self) -> Iterator[str]:
        """Yield why nobody can sign in there just now, for the operator."""
        try:
            self.metadata()
        except (NotFetched, KeyError, TypeError) as error:
            yield f"OIDC_ISSUER: the provider's metadata cannot be used: {error}"

    def _read(self, found: Mapping[str, Any]) -> Metadata:
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        userinfo, end_session = found.get("userinfo_endpoint"), found.get("end_session_endpoint")
        return Metadata(
            authorization=self._address(found["authorization_endpoint"]), token=self._address(found["token_endpoint"]),
            keys=self._address(found["jwks_uri"]), userinfo=self._address(userinfo) if userinfo else None,
            end_session=self._address(end_session) if end_session else None,
            by_post="client_secret_basic" not in methods and "client_secret_post" in methods,
            names_itself=bool(found.get("authorization_response_iss_parameter_supported")))

    def _address(self, url: object) -> str:
        """Return an address of the metadata: over HTTPS, or on this machine if the issuer is there too."""
        parts = urlsplit(url if isinstance(url, str) else "")
        here = parts.hostname in LOOPBACK and urlsplit(self.issuer).hostname in LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
            raise NotFetched("the metadata has an address that is not secure")
        return str(url)

    def keys(self, unknown: bool = False) -> jwk.KeySet:
        """Return the provider's keys, fetched every ten minutes, and for an `unknown` one unless that was just now.

        Keys of a kind that signs nothing are left out, so that no public key counts as a shared secret.
        """
        age = time.monotonic() - self._keys[0] if self._keys else KEPT
        if self._keys is None or age >= KEPT or (unknown and age > AGAIN):
            found = _object(fetch(self.metadata().keys)).get("keys")
            if not isinstance(found, list):
                raise NotFetched("the keys are no list")
            keys = [key for one in found[:MOST_KEYS] if isinstance(one, dict) and (key := _public_key(one))]
            self._keys = time.monotonic(), jwk.KeySet(keys)
        return self._keys[1]

    def client(self) -> OAuth2Client:
        """Return a client for one sign-in: it sends PKCE with S256, and proves itself by its key or its secret."""
        discovered = "client_secret_post" if self.metadata().by_post else "client_secret_basic"
        method = "private_key_jwt" if self._key else self._client_auth or discovered
        client = OAuth2Client(
            Transport(), self.client_id, self._key or self._secret, scope=" ".join(self.scopes),
            redirect_uri=self.redirect_uri, code_challenge_method="S256", token_endpoint_auth_method=method)
        client.register_client_auth_method(("client_secret_basic", _by_secret))
        if self._key:
            client.register_client_auth_method(PrivateKeyJWT(self.metadata().token, alg=_algorithm(self._key)))
        return client

    def sign_out_address(self) -> str | None:
        """Return the address of the page to sign out there too, which holds no token; None if there is no such page."""
        try:
            address = self.metadata().end_session
        except NotFetched:
            return None
        query = urlencode({"client_id": self.client_id, "post_logout_redirect_uri": self.signed_out_uri})
        return f"{address}{'&' if '?' in address else '?'}{query}" if address else None


def _by_secret(proof: Any, method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, Any, str]:
    """Prove Loket by its secret, percent-encoded (RFC 6749, section 2.3.1), which Authlib leaves out."""
    pair = f"{quote_plus(proof.client_id)}:{quote_plus(proof.client_secret)}"
    return uri, headers | {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}, body


def _object(answer: Answer) -> dict[str, Any]:
    answer.raise_for_status()
    try:
        found = answer.json()
    except ValueError as error:
        raise NotFetched("no JSON") from error
    if not isinstance(found, dict):
        raise NotFetched("no JSON object")
    return found


def _public_key(found: dict[str, Any]) -> jwk.Key | None:
    if found.get("kty") not in SIGNING_KEYS or found.get("use", "sig") != "sig":
        return None
    try:
        return jwk.import_key(found)
    except (JoseError, ValueError, KeyError, TypeError):
        # A kind of key that is not known here must not make the others useless.
        return None


def _private_key(path: Path | None) -> Any:
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotStart(f"OIDC_PRIVATE_KEY cannot be read: {type(error).__name__}") from error
    for kind in SIGNING_KEYS:
        try:
            return jwk.JWKRegistry.import_key(content, kind)
        except (JoseError, ValueError, TypeError):
            continue
    raise CannotStart("OIDC_PRIVATE_KEY is no private key in PEM: RSA or an elliptic curve is expected")


def _algorithm(key: Any) -> str:
    """Return the algorithm by which this key signs."""
    return {"RSA": "RS256", "OKP": "EdDSA"}.get(key.key_type) or {"P-384": "ES384", "P-521": "ES512"}.get(
        key.curve_name, "ES256")


def _mapping(path: Path | None) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError) as error:
        raise CannotStart(f"OIDC_CLAIMS cannot be read: {error}") from error
