"""A real server on loopback, with an application of its own."""
import contextlib
import http.client
import os
import socket
import threading
import time

import pytest
import uvicorn
from flask import Flask, Response, request

from views.shell import lanes
from views.shell.front import server
from views.shell.front.bridge import Front

TIMEOUT = 20
LARGE = 2_000_000
CANARY = b"Amina Peeters-Kanarie "


class Served:
    """A server with one thread for pages, at a port of 127.0.0.1; `seen` has what its views saw."""

    def __init__(self, folder):
        self.folder = folder
        self.seen = {}
        self.listener = server.listen("127.0.0.1", 0)
        self.port = self.listener.getsockname()[1]
        front = Front(self._app(), folder, threads=1, tidy=lambda: None)
        self.server = uvicorn.Server(server.options(app=lambda: front))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]})

    def _app(self):
        app = Flask(__name__, static_folder=None)
        app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
        app.request_class = lanes.Incoming
        app.before_request(self._refuse)
        app.before_request(lanes.hand_over)
        app.register_error_handler(408, lambda _: ("te traag", 408))

        @app.route("/page", methods=["GET", "POST"])
        def page():
            self.seen["thread"], self.seen["headers"] = threading.current_thread().name, dict(request.headers)
            return f"{request.method} {request.args.get('q', '')} {len(request.get_data())}"

        @app.post("/file")
        @lanes.accepts(LARGE)
        def file():
            self.seen["body"] = request.get_data()
            self.seen["files"] = sorted(os.listdir(self.folder))
            return str(len(self.seen["body"]))

        @app.get("/pieces")
        @lanes.runs_in(lanes.LONG)
        def pieces():
            return self._pieces(int(request.args["count"])), {"Content-Type": request.args.get("type", "text/plain")}

        @app.route("/hashes", methods=["GET", "POST"])
        @lanes.hashes
        def hashes():
            return threading.current_thread().name

        @app.post("/asks")
        @lanes.asks
        def asks():
            return threading.current_thread().name

        self._add_faulty(app)
        return app

    def _add_faulty(self, app):
        @app.get("/wrong")
        def wrong():
            answer = Response("naam")
            answer.headers["Content-Length"], answer.headers["X-Wrong"] = request.args["length"], request.args["value"]
            return answer

        @app.get("/breaks")
        def breaks():
            return self._broken(), {"Content-Type": "text/plain"}

    def _refuse(self):
        if refused := request.environ.get("loket.refused"):
            return "geweigerd", refused
        return None

    def _pieces(self, count):
        self.seen["thread"] = threading.current_thread().name
        try:
            for number in range(count):
                self.seen["made"] = number
                yield CANARY * 1000 + b"%d\n" % number
        except GeneratorExit:
            self.seen["stopped"] = True
            raise

    def _broken(self):
        yield b"een begin"
        self.seen["begun"].wait(TIMEOUT)
        raise ValueError(CANARY.decode())

    def connect(self, receive=None):
        """An open connection, which receives at most some bytes before they are read."""
        connection = socket.socket()
        if receive:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        connection.settimeout(TIMEOUT)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def ask(self, method, path, body=None, headers=(), **options):
        """(status, body) of a request."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)) as connection:
            connection.request(method, path, body, dict(headers), **options)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def connections(self):
        """How many connections the server has."""
        return len(self.server.server_state.connections)


@pytest.fixture
def served(tmp_path):
    """A running server."""
    served = Served(tmp_path)
    served.thread.start()
    until = time.monotonic() + TIMEOUT
    while not served.server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield served
    served.server.should_exit = True
    served.thread.join(TIMEOUT)
    served.listener.close()
