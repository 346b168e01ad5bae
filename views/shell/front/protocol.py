"""HTTP as uvicorn speaks it, with two differences.

A request that does not come whole closes its connection. An answer that is there as a whole leaves as a whole: uvicorn
would search each letter of its headers, and send them apart from the body (docs/decisions/0118).
"""
import functools

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

# The extension of ASGI for it: await it with the status, the headers as text, and the body.
WHOLE_ANSWER = "loket.whole_answer"
# The header of the last answer of a connection.
CLOSE = ("connection", "close")
# Characters that no header may hold.
CONTROL = bytes({*range(32), 127} - {ord("\t")})

# Seconds in which the headers must have come, and in which the whole request must have: bridge.py is stricter with most
# bodies, and this also ends a body that is still coming after its answer was sent.
HEADERS = 30
WHOLE = 330


class DeadlineProtocol(HttpToolsProtocol):
    """One connection. Most requests come in one piece, and no timer is ever set for them."""

    _deadline = None
    _is_whole = True

    def connection_made(self, transport):
        """Wait for the first request."""
        super().connection_made(transport)
        self._within(HEADERS)

    def connection_lost(self, exc):
        """Forget the connection."""
        self._no_deadline()
        super().connection_lost(exc)

    def data_received(self, data):
        """Read what came, and see whether a request is still coming."""
        super().data_received(data)
        if self._is_whole:
            self._no_deadline()
        elif self._deadline is None:
            self._within(HEADERS)

    def on_message_begin(self):
        """Note that a request begins."""
        self._is_whole = False
        super().on_message_begin()

    def on_headers_complete(self):
        """Give the body its time, and the application another way to answer."""
        super().on_headers_complete()
        self.scope["extensions"] = {WHOLE_ANSWER: functools.partial(_send_whole, self.cycle)}
        self._no_deadline()
        if not self._is_whole and self._has_body():
            self._within(WHOLE)

    def on_message_complete(self):
        """Note that the request is whole."""
        self._is_whole = True
        super().on_message_complete()

    def _has_body(self):
        return any(name in (b"content-length", b"transfer-encoding") for name, _ in self.headers)

    def _within(self, seconds):
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _no_deadline(self):
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


async def _send_whole(cycle, status, headers, body):
    """Send an answer over the connection of a `cycle`, which is how uvicorn calls a request and its answer."""
    if cycle.flow.write_paused and not cycle.disconnected:
        await cycle.flow.drain()
    if cycle.disconnected:
        return
    if CLOSE in headers:
        cycle.keep_alive = False
    elif not cycle.keep_alive:
        headers = [*headers, CLOSE]
    lines = [f"{name}: {value}\r\n" for name, value in headers]
    head = "".join(lines).encode("latin-1")
    if len(head) - len(head.translate(None, CONTROL)) != 2 * len(lines):
        raise ValueError("a control character in a header")
    if cycle.scope["method"] == "HEAD":
        body = b""
    elif b"content-length: %d\r\n" % len(body) not in head.lower():
        raise ValueError("a body of another length than its header says")
    default = [b"%s: %s\r\n" % header for header in cycle.default_headers]
    cycle.response_started = cycle.response_complete = True
    cycle.message_event.set()
    cycle.transport.write(b"".join((STATUS_LINE[status], *default, head, b"\r\n", body)))
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
