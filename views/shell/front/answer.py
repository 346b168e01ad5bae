"""One answer on its way out: made by a thread, sent by the event loop, so that a slow reader holds no thread."""
import asyncio
import threading
from collections import deque

from views.shell.front.spool import Spool

# The most bytes of an answer that wait in memory: the bytes after them are spooled.
BOUND = 256 * 1024


class Gone(Exception):
    """Raised in the thread that makes an answer when nobody is there to read it."""


class Answer:
    """The thread calls `start`, `send` and `fail`; the event loop awaits `begun` and then `pieces`."""

    def __init__(self, loop, folder):
        self.status, self.headers = 500, []
        # The body when it is whole, None when it comes in pieces.
        self.begun = loop.create_future()
        self.gone = False
        # An answer that was begun and could not be completed.
        self.failed = False
        self._loop = loop
        self._folder = folder
        self._lock = threading.Lock()
        self._waiting = deque()
        self._size = 0
        self._spool = None
        self._ended = False
        self._news = asyncio.Event()

    def start(self, status, headers, exc_info=None):
        """Take the status line and headers: WSGI's start_response."""
        self.status, self.headers = int(status[:3]), headers

    def send(self, pieces):
        """Take the body: whole if it is small and its length is known, else in pieces, each sent at once."""
        length = next((int(value) for name, value in self.headers if name.lower() == "content-length"), None)
        if length is not None and length <= BOUND:
            self._tell(_begin, self.begun, b"".join(pieces))
            return
        self._tell(_begin, self.begun, None)
        for piece in pieces:
            self._add(piece)
        with self._lock:
            self._ended = True
        self._tell(self._news.set)

    def fail(self):
        """End an answer that cannot be completed: the browser must not take it for whole."""
        with self._lock:
            self.failed = self._ended = True
        self._tell(_begin, self.begun, None)
        self._tell(self._news.set)

    async def pieces(self):
        """Yield the pieces of the body as they come."""
        try:
            while True:
                self._news.clear()
                piece, ended = self._take()
                if piece:
                    yield piece
                elif ended:
                    return
                else:
                    await self._news.wait()
        finally:
            self.leave()

    def leave(self):
        """Let the thread that makes the answer stop at its next piece: the reader is gone, or has everything."""
        with self._lock:
            self.gone = self._ended = True
            self._waiting.clear()
            if self._spool:
                self._spool.close()
                self._spool = None
        self._news.set()

    def _add(self, piece):
        with self._lock:
            if self.gone:
                raise Gone
            if self._spool is None and self._size + len(piece) > BOUND:
                self._spool = Spool(self._folder)
            if self._spool:
                self._spool.write(piece)
            else:
                self._waiting.append(piece)
                self._size += len(piece)
        self._tell(self._news.set)

    def _take(self):
        """(the next bytes, whether nothing comes after them); b'' when nothing is there yet."""
        with self._lock:
            if self._waiting:
                piece = b"".join(self._waiting)
                self._waiting.clear()
                self._size = 0
                return piece, False
            return self._spool.read() if self._spool else b"", self._ended

    def _tell(self, function, *arguments):
        self._loop.call_soon_threadsafe(function, *arguments)


def _begin(future, body):
    if not future.done():
        future.set_result(body)
