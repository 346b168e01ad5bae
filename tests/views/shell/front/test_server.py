"""The server as browsers meet it: slow and large requests, readers that stand still, lanes."""
import contextlib
import http.client
import socket
import threading
import time

import pytest

from tests.views.shell.front.conftest import CANARY, LARGE, TIMEOUT
from views.shell.front import bridge, protocol, server
from views.shell.front.answer import BOUND


def eventually(happens):
    """Wait until a function returns something true."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if happens():
            return True
        time.sleep(0.01)
    return False


def test_a_request_reaches_the_application_as_it_was_sent(served):
    headers = {"X-Forwarded-Proto": "https", "X-Twice": "one", "X_Twice": "two", "Content_Length": "9"}
    assert served.ask("POST", "/page?q=%C3%A9", b"naam=x", headers) == (200, b"POST \xc3\xa9 6")
    assert served.seen["headers"]["X-Twice"] == "one"
    assert served.seen["headers"]["Content-Length"] == "6"
    assert served.ask("HEAD", "/page") == (200, b"")
    assert served.ask("GET", "/nergens")[0] == 404


def test_a_body_without_a_length_is_taken_whole(served):
    assert served.ask("POST", "/page", iter([b"abc", b"def"]), encode_chunked=True) == (200, b"POST  6")


def test_a_body_that_is_still_coming_holds_no_thread(served):
    slow = [served.connect() for _ in range(8)]
    for connection in slow:
        connection.sendall(b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
    assert served.ask("GET", "/page")[0] == 200
    for connection in slow:
        connection.sendall(b"bc")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.close()


def test_a_body_that_does_not_come_in_time_is_refused(served, monkeypatch):
    monkeypatch.setattr(bridge, "SECONDS", 0.1)
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
        answer = connection.recv(1000)
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"connection: close" in answer
        assert connection.recv(1000) == b""


def test_headers_that_do_not_come_in_time_close_the_connection(served, monkeypatch):
    monkeypatch.setattr(protocol, "HEADERS", 0.1)
    for begin in (b"", b"GET /page HTTP/1.1\r\nHost: x\r\n"):
        with contextlib.closing(served.connect()) as connection:
            connection.sendall(begin)
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1000) == b""


def test_a_kept_connection_that_sends_a_second_request_slowly_is_closed(served, monkeypatch):
    monkeypatch.setattr(protocol, "HEADERS", 0.2)
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /page HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(1000) == b""


@pytest.mark.parametrize("headers", [{"Content-Length": str(256 * 1024 + 1)}, {"Transfer-Encoding": "chunked"}])
def test_a_large_body_is_refused_where_the_route_does_not_say_so(served, headers):
    body = bytes(256 * 1024 + 1)
    sent = iter([body]) if "Transfer-Encoding" in headers else body
    assert served.ask("POST", "/page", sent, headers, encode_chunked="Transfer-Encoding" in headers)[0] == 413
    assert served.ask("GET", "/page")[0] == 200


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(served):
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")


def test_a_large_body_is_taken_where_the_route_says_so_and_is_never_in_clear_on_the_disk(served):
    body = CANARY * 50_000
    assert served.ask("POST", "/file", body) == (200, str(len(body)).encode())
    assert served.seen["body"] == body
    assert served.seen["files"] == []
    assert served.ask("POST", "/file", bytes(LARGE + 1))[0] == 413


def test_a_reader_that_stands_still_holds_no_thread_and_is_dropped(served):
    # The system counts from the first byte that it cannot send.
    served.listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000)
    with contextlib.closing(served.connect(receive=4096)) as still:
        still.sendall(b"GET /pieces?count=1000 HTTP/1.1\r\nHost: x\r\n\r\n")
        # The thread makes the whole file, though nobody reads it.
        assert eventually(lambda: served.seen.get("made") == 999)
        assert served.ask("GET", "/pieces?count=1")[0] == 200
        assert served.connections() >= 1
        assert eventually(lambda: served.connections() == 0)


def test_the_listening_socket_gives_each_connection_its_limit():
    with contextlib.closing(server.listen("127.0.0.1", 0)) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000


def test_a_slow_reader_gets_a_large_answer_whole_and_in_order(served):
    whole = b"".join(CANARY * 1000 + b"%d\n" % number for number in range(100))
    assert len(whole) > 4 * BOUND
    with contextlib.closing(served.connect(receive=4096)) as slow:
        slow.sendall(b"GET /pieces?count=100 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert eventually(lambda: served.seen.get("made") == 99)
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        assert answer.read() == whole
    assert list(served.folder.iterdir()) == []


def test_an_answer_is_stopped_when_its_browser_left(served):
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"GET /pieces?count=1000000000 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    assert eventually(lambda: served.seen.get("stopped"))


def test_an_answer_that_cannot_be_sent_is_an_error_and_is_stopped(served):
    assert served.ask("GET", "/pieces?count=300000&type=%E2%82%AC")[0] == 500
    assert eventually(lambda: served.seen.get("stopped"))


def test_an_answer_that_breaks_off_is_never_taken_for_whole(served, caplog):
    served.seen["begun"] = threading.Event()
    with contextlib.closing(served.connect()) as connection:
        connection.sendall(b"GET /breaks HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        served.seen["begun"].set()
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
    assert "builtins.ValueError" in caplog.text
    assert CANARY.decode() not in caplog.text
    assert served.ask("GET", "/page")[0] == 200


def test_an_answer_that_breaks_off_before_it_was_sent_is_an_error(served):
    served.seen["begun"] = threading.Event()
    served.seen["begun"].set()
    with contextlib.suppress(http.client.IncompleteRead):
        assert served.ask("GET", "/breaks")[0] == 500


def test_each_kind_of_work_runs_in_its_own_lane(served):
    assert served.ask("POST", "/page")[0] == 200
    assert served.seen["thread"] == "pages"
    served.ask("GET", "/pieces?count=1")
    assert served.seen["thread"] == "long"
    assert served.ask("GET", "/hashes") == (200, b"pages")
    assert served.ask("POST", "/hashes", b"x=1") == (200, b"hashing")
    assert served.ask("POST", "/asks", b"x=1") == (200, b"asking")


def test_a_fault_of_the_front_itself_is_logged_without_its_message(served, caplog, monkeypatch):
    def broken(*_):
        raise ValueError(CANARY.decode())

    monkeypatch.setattr(bridge, "_environ", broken)
    assert served.ask("GET", "/page")[0] == 500
    assert "builtins.ValueError at tests/views/shell/front/test_server.py" in caplog.text
    assert CANARY.decode() not in caplog.text
