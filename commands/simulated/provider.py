"""A simulated OpenID provider: it signs in anybody that a visitor picks from a list. Else it does what a real one does.

It has discovery, keys, codes that work once, PKCE, userinfo and signing out; the tests have a certified provider too.
"""
import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, SECRET = "loket", "demonstratie"
ID_TOKEN_SECONDS = 300
PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><body><main><h1>{title}</h1>{content}</main></body></html>"""


class Person(NamedTuple):
    """Somebody to pick: the words on the page, the subject, and the other claims."""

    label: str
    subject: str
    claims: Mapping[str, Any]


class Answer(NamedTuple):
    """An answer of the provider."""

    content: str
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    location: str = ""


class SimulatedProvider:
    """The provider at `issuer`, an address on this machine. A test overrides its methods, to answer wrongly."""

    def __init__(self, issuer: str, people: Sequence[Person]) -> None:
        self.issuer = issuer
        self.people = people
        self.key = RSAKey.generate_key(2048, auto_kid=True)
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, Person] = {}

    def metadata(self) -> dict[str, Any]:
        """Return the metadata."""
        pages = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys",
                 "userinfo_endpoint": "/userinfo", "end_session_endpoint": "/sign-out"}
        return {"issuer": self.issuer, **{name: self.issuer + path for name, path in pages.items()},
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True}

    def keys(self) -> dict[str, Any]:
        """Return the public keys."""
        return {"keys": [{**self.key.as_dict(private=False), "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: Mapping[str, str]) -> Answer:
        """Show the list of people, or go back with a code for the one that was picked."""
        back = urlsplit(asked.get("redirect_uri", ""))
        if asked.get("client_id") != CLIENT_ID or back.hostname not in ("127.0.0.1", "localhost", "::1"):
            return Answer(PAGE.format(title="Deze toepassing is niet bekend", content=""), status=400)
        if "openid" not in asked.get("scope", "") or asked.get("code_challenge_method") != "S256":
            return self._back(asked, {"error": "invalid_request"})
        if not asked.get("person", "").isdecimal() or int(asked["person"]) >= len(self.people):
            links = "".join(f'<li><a href="/authorize?{escape(urlencode({**asked, "person": number}))}">'
                            f"{escape(person.label)}</a></li>" for number, person in enumerate(self.people))
            return Answer(PAGE.format(title="Wie ben je?", content=f"<ul>{links}</ul>"))
        code = secrets.token_urlsafe(24)
        self.codes[code] = dict(asked)
        return self._back(asked, {"code": code})

    def _back(self, asked: Mapping[str, str], answer: dict[str, str]) -> Answer:
        query = urlencode({**answer, "state": asked.get("state", ""), "iss": self.issuer})
        return Answer("", status=303, location=f"{asked['redirect_uri']}?{query}")

    def token(self, form: Mapping[str, str], authorization: str) -> Answer:
        """Exchange a code, once, for an ID token and an access token."""
        asked = self.codes.pop(form.get("code", ""), {})
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        client = "Basic " + base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        if authorization != client:
            return _json({"error": "invalid_client"}, 401)
        if (not asked or asked.get("code_challenge") != proof.decode().rstrip("=")
                or form.get("redirect_uri") != asked["redirect_uri"]):
            return _json({"error": "invalid_grant"}, 400)
        person, access_token = self.people[int(asked["person"])], secrets.token_urlsafe(24)
        self.tokens[access_token] = person
        return _json(self.token_answer({
            "access_token": access_token, "token_type": "Bearer", "expires_in": ID_TOKEN_SECONDS,
            "scope": asked["scope"], "id_token": self.sign(self.id_token(person, asked.get("nonce", "")))}))

    def token_answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a code."""
        return answer

    def id_token(self, person: Person, nonce: str) -> dict[str, Any]:
        """Return the claims of an ID token."""
        now = int(time.time())
        return {"iss": self.issuer, "sub": person.subject, "aud": CLIENT_ID, "iat": now, "exp": now + ID_TOKEN_SECONDS,
                "nonce": nonce, **person.claims}

    def sign(self, claims: dict[str, Any]) -> str:
        """Return the ID token with these claims."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def userinfo(self, authorization: str) -> Answer:
        """Return the claims of the person of an access token."""
        person = self.tokens.get(authorization.removeprefix("Bearer "))
        return _json({"sub": person.subject, **person.claims}) if person else _json({}, 401)

    def answer(self, path: str, query: Mapping[str, str], form: Mapping[str, str], authorization: str) -> Answer:
        """Answer a request."""
        if path == "/.well-known/openid-configuration":
            return _json(self.metadata())
        if path == "/keys":
            return _json(self.keys())
        if path == "/authorize":
            return self.authorize(query)
        if path == "/token":
            return self.token(form, authorization)
        if path == "/userinfo":
            return self.userinfo(authorization)
        if path == "/sign-out":
            return Answer(PAGE.format(title="Je bent afgemeld", content="<p>Bij de voorbeelddienst.</p>"))
        return Answer(PAGE.format(title="Deze pagina bestaat niet", content=""), status=404)

    def send(self, path: str, content: bytes, write: Callable[[bytes], object]) -> None:
        """Send the content of the answer to a request for `path`."""
        write(content)


def _json(content: dict[str, Any], status: int = 200) -> Answer:
    return Answer(json.dumps(content), "application/json", status)


def serving(provider: SimulatedProvider, port: int) -> ThreadingHTTPServer:
    """Return a server on this machine that answers for the provider; port 0 takes a free one."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts, length = urlsplit(self.path), int(self.headers.get("Content-Length") or 0)
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            answer = provider.answer(parts.path, dict(parse_qsl(parts.query)), form,
                                     self.headers.get("Authorization", ""))
            content = answer.content.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            provider.send(parts.path, content, self.wfile.write)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
            """Log nothing: a line would have the code."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
