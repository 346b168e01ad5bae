"""Fetching an answer of another service over HTTP: of bounded size, within a bounded time, without redirects."""
import contextlib
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

# Seconds in all for one answer, and bytes.
SECONDS = 5.0
LARGEST = 256 * 1024


class NotFetched(Exception):
    """There is no usable answer; the message says why, without a word of the answer itself."""


class Answer(NamedTuple):
    """An answer, with the methods that Authlib calls."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        """Return the content as JSON; raises ValueError for any other content."""
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("nested too deep") from error

    def raise_for_status(self) -> None:
        """Raise `NotFetched` for an answer that is an error."""
        if self.status_code != 200:
            raise NotFetched(f"status {self.status_code}")


def fetch(url: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Send a GET request, or a POST with this body, and return the answer. Raises `NotFetched`."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    # A time-out of the socket is for one piece, and the pieces may be many.
    sockets: list[socket.socket] = []
    timer = threading.Timer(SECONDS, _cut, [connection, sockets])
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        # The connection forgets it when the answer begins, if that is the last one.
        sockets.append(connection.sock)
        connection.request("GET" if body is None else "POST", f"{parts.path or '/'}{'?' if parts.query else ''}"
                           f"{parts.query}", body, {"Accept": "application/json", **(headers or {})})
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
        if answer.length:
            raise NotFetched("too large" if len(content) > LARGEST else "broken off")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched(type(error).__name__) from error
    finally:
        timer.cancel()
        connection.close()
    if len(content) > LARGEST:
        raise NotFetched("too large")
    return Answer(answer.status, content)


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=SECONDS)


def _cut(connection: http.client.HTTPConnection, sockets: list[socket.socket]) -> None:
    """End a connection on which another thread waits, also while it is still being made."""
    for one in sockets or [connection.sock]:
        if one:
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket, which would go on in clear.
                socket.socket.shutdown(one, socket.SHUT_RDWR)


class Authentication(Protocol):
    """Authlib's object that adds to a request what proves the client."""

    def prepare(self, method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, dict[str, str], str]:
        """Return address, headers and body."""


class Transport:
    """The session over which Authlib's client asks for tokens."""

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Authentication) -> Answer:
        """Send a form, proving to be the client."""
        url, ready, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        answer = fetch(url, body, ready)
        # Authlib looks at the status only if it finds no object in the answer.
        answer.raise_for_status()
        return answer
