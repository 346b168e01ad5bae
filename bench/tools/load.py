"""Sends the same request repeatedly over open connections. It uses plain sockets: a client that parses headers, such as
http.client, would use more processor time than the server."""
import selectors
import socket
import time

END = b"\r\n\r\n"


def request(path, cookie, **headers):
    """A GET request as bytes; `HX_Request="true"` becomes the header HX-Request."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


class Connection:
    """An open connection with at most one pending request."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.length = None

    def send(self, question):
        """Send a request."""
        self.buffer, self.length = b"", None
        self.socket.sendall(question)

    def receive(self):
        """Read the bytes that have arrived; return whether the response is complete."""
        piece = self.socket.recv(1 << 16)
        assert piece, "the server closed the connection"
        self.buffer += piece
        if self.length is None and END in self.buffer:
            head = self.buffer[:self.buffer.index(END)].lower()
            assert head.startswith(b"http/1.1 200"), head.split(b"\r\n")[0].decode("latin-1")
            self.length = len(head) + len(END) + int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        return self.length is not None and len(self.buffer) >= self.length

    def ask(self, question):
        """Send a request and wait; returns the bytes of the response, headers included."""
        self.send(question)
        while not self.receive():
            pass
        return self.buffer

    def close(self):
        """Close the connection."""
        self.socket.close()


def requests_a_second(port, question, seconds, connections=4):
    """The number of responses in a second, when `connections` send the next request as soon as they have a response."""
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
    """The seconds that each of a number of requests took, one after the other."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        connection.ask(question)
        taken.append(time.perf_counter() - started)
    return taken
