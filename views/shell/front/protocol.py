"""HTTP as uvicorn speaks it, with a deadline: a request that does not come whole closes its connection."""
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

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
        """Give the body its time."""
        super().on_headers_complete()
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
