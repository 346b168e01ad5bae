"""Answers that are there as a whole, as a browser meets them: they leave at once, and say where they end."""
import asyncio
import contextlib
import threading
from types import SimpleNamespace

import pytest

from views.shell.front import protocol

PAGE = b"GET  0"
ASKED = b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n"


def received(connection, times):
    """The bytes that came over the connection until the page had come this number of times."""
    came = b""
    while came.count(PAGE) < times:
        piece = connection.recv(1000)
        assert piece, "the server closed the connection"
        came += piece
    return came


def test_headers_and_body_leave_together(served, monkeypatch):
    written = []

    class Transport:
        def __init__(self, transport):
            self.transport = transport

        def __getattr__(self, name):
            return getattr(self.transport, name)

        def write(self, data):
            written.append(bytes(data))
            self.transport.write(data)

    made = protocol.DeadlineProtocol.connection_made
    monkeypatch.setattr(protocol.DeadlineProtocol, "connection_made", lambda self, real: made(self, Transport(real)))
    assert served.ask("GET", "/page") == (200, PAGE)
    whole, = written
    head, body = whole.split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\ndate: ")
    assert body == PAGE


def test_answers_follow_one_another_over_a_connection(served):
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(ASKED * 3)
        came = received(connection, 3)
        assert came.count(b"HTTP/1.1 200 OK\r\n") == came.count(b"Content-Length: 6\r\n") == 3
        assert b"connection" not in came
        connection.sendall(ASKED)
        assert received(connection, 1).endswith(b"\r\n\r\n" + PAGE)


@pytest.mark.parametrize("asked", [
    b"GET /page HTTP/1.0\r\n\r\n", b"GET /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
def test_a_connection_that_is_not_kept_closes_and_says_it(served, asked):
    # So that nothing else closes it.
    served.server.config.timeout_keep_alive = 3600
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(asked)
        assert received(connection, 1).count(b"connection: close\r\n") == 1
        assert connection.recv(1000) == b""


def test_an_answer_to_head_has_no_body_and_is_followed_by_the_next(served):
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"HEAD /page HTTP/1.1\r\nHost: x\r\n\r\n" + ASKED)
        first, second, page = received(connection, 1).split(b"\r\n\r\n")
        assert first.startswith(b"HTTP/1.1 200 OK\r\n")
        assert second.startswith(b"HTTP/1.1 200 OK\r\n")
        assert page == PAGE


@pytest.mark.parametrize("query", [
    "length=3&value=x", "length=5&value=x", "length=4&value=a%00b", "length=4&value=a%1Bb"])
def test_an_answer_with_a_wrong_length_or_header_is_never_sent(served, caplog, query):
    status, body = served.ask("GET", f"/wrong?{query}")
    assert (status, body) == (500, b"Internal Server Error")
    assert "builtins.ValueError at views/shell/front/protocol.py" in caplog.text
    assert served.ask("GET", "/wrong?length=4&value=caf%C3%A9") == (200, b"naam")


def test_a_browser_that_left_meanwhile_disturbs_nobody(served, caplog):
    for _ in range(5):
        connection = served.connect()
        connection.sendall(ASKED)
        connection.close()
    assert served.ask("GET", "/page") == (200, PAGE)
    assert caplog.text == ""


def test_an_answer_waits_while_the_browser_still_takes_the_one_before():
    done = []

    class Flow:
        write_paused = True

        async def drain(self):
            done.append("drained")

    cycle = SimpleNamespace(
        flow=Flow(), disconnected=False, keep_alive=True, scope={"method": "GET"}, default_headers=[],
        message_event=threading.Event(), transport=SimpleNamespace(write=done.append), on_response=lambda: None)
    asyncio.run(protocol._send_whole(cycle, 200, [("Content-Length", "4")], b"naam"))
    assert done == ["drained", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnaam"]
