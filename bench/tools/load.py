"""Asking a server the same thing again and again, over connections that are kept. Sockets only: a client in Python that
parses headers as http.client does would be busier than the server."""
import selectors
import socket
import time

END = b"\r\n\r\n"


def request(path, cookie, **headers):
    """A GET as bytes; `HX_Request="true"` becomes the header HX-Request."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


class Connection:
    """A kept connection, on which one question at a time is out."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.length = None

    def send(self, question):
        """Ask."""
        self.buffer, self.length = b"", None
        self.socket.sendall(question)

    def receive(self):
        """Read what has come; True when the answer is whole."""
        piece = self.socket.recv(1 << 16)
        assert piece, "the server closed the connection"
        self.buffer += piece
        if self.length is None and END in self.buffer:
            head = self.buffer[:self.buffer.index(END)].lower()
            assert head.startswith(b"http/1.1 200"), head.split(b"\r\n")[0].decode("latin-1")
            self.length = len(head) + len(END) + int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        return self.length is not None and len(self.buffer) >= self.length

    def ask(self, question):
        """Ask, and wait for the whole answer: its bytes, headers and all."""
        self.send(question)
        while not self.receive():
            pass
        return self.buffer

    def close(self):
        """Hang up."""
        self.socket.close()


def requests_a_second(port, question, seconds, connections=4):
    """How many answers come in a second to a few connections that ask all the time."""
    selector = selectors.DefaultSelector()
    opened = [Connection(port) for _ in range(connections)]
    started = time.perf_counter()
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(question)
    answered = 0
    while time.perf_counter() - started < seconds:
        for key, _ in selector.select(30):
            if key.data.receive():
                answered += 1
                key.data.send(question)
    passed = time.perf_counter() - started
    selector.close()
    for connection in opened:
        connection.close()
    return answered / passed


def seconds_each(connection, question, times):
    """How long each of a number of questions took, one after the other."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        connection.ask(question)
        taken.append(time.perf_counter() - started)
    return taken
