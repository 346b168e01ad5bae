"""Fetching over TLS: the certificate is checked, and the time counts from the first moment to the last."""
import contextlib
import socket
import ssl
import threading
import time

import pytest

from models.accounts.outside import fetching
from models.accounts.outside.fetching import Answer, NotFetched, fetch
from tests.journeys.tools.site import make_certificate

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CONTENT = b'{"ok": true}'
WHOLE = [HEAD + b"Content-Length: 12\r\n\r\n" + CONTENT]


@contextlib.contextmanager
def serving(pieces, certificate=None, key=None):
    """The address of a server that sends these pieces, a twentieth of a second apart, to one visitor."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        def serve():
            visitor, _ = server.accept()
            if certificate:
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(certificate, key)
                visitor = context.wrap_socket(visitor, server_side=True, do_handshake_on_connect=False)
            with contextlib.suppress(OSError), visitor:
                visitor.recv(65536)
                for piece in pieces:
                    visitor.sendall(piece)
                    time.sleep(0.05)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http{'s' if certificate else ''}://localhost:{server.getsockname()[1]}/"
        thread.join(10)


@pytest.fixture
def pair(tmp_path):
    """The paths of a certificate and its key."""
    return make_certificate(tmp_path)


def test_a_certificate_of_an_unknown_authority_is_refused_and_a_known_one_accepted(pair, monkeypatch):
    with serving(WHOLE, *pair) as url, pytest.raises(NotFetched, match="SSLCertVerificationError"):
        fetch(url)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))
    with serving(WHOLE, *pair) as url:
        assert fetch(url) == Answer(200, CONTENT)


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("pieces", [
    [HEAD, *(b"X-Piece: 1\r\n" for _ in range(40)), b"\r\n", CONTENT],
    [HEAD + b"Connection: close\r\n\r\n", *(b" " for _ in range(40)), CONTENT],
    [HEAD + b"Content-Length: 52\r\n\r\n", *(b" " for _ in range(40)), CONTENT],
    [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *(b"1\r\n \r\n" for _ in range(40)), b"c\r\n" + CONTENT,
     b"\r\n0\r\n\r\n"]], ids=["in the head", "until the end", "of a known length", "in chunks"])
def test_an_answer_that_drips_is_cut_off(pair, monkeypatch, secure, pieces):
    monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))
    with serving(pieces, *(pair if secure else ())) as url:
        assert fetch(url).json() == {"ok": True}
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    with serving(pieces, *(pair if secure else ())) as url:
        try:
            found = fetch(url).content
        except NotFetched:
            return
    # Without a length the end of the connection is the end of the answer: it is there, but not whole.
    assert CONTENT not in found


def test_a_service_that_says_nothing_while_the_connection_is_made_is_left(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(NotFetched):
        fetch(f"https://127.0.0.1:{server.getsockname()[1]}/")
