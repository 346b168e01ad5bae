"""The front: takes a request whole before a thread sees it, and sends an answer without one (docs/decisions/0107).

It is an ASGI application around the WSGI application: the event loop does what waits for a browser, the threads of the
lanes do the work.
"""
import asyncio
import functools
import io
import time
from urllib.parse import unquote_to_bytes

from models.upkeep.lanes import Lane
from views.shell import lanes, security
from views.shell.front.answer import Answer, Gone
from views.shell.front.protocol import CLOSE, WHOLE_ANSWER
from views.shell.front.spool import Spool, Spooled

# Seconds in which the body of a request must have come: of any request, and of one that a route allows to be larger.
SECONDS = 30
SECONDS_OF_LARGE = 300


class Refused(Exception):
    """A body that is too large or too slow; its argument is the status of the answer."""


class Front:
    """The ASGI application that the server calls for each request.

    `tidy` closes what a thread keeps open: when it ends, and in the lanes with few requests after each of them.
    """

    def __init__(self, app, folder, threads, tidy):
        self.app = app
        # The spools are here: the folder of the data, and not that of the system's temporary files.
        self.folder = folder
        self.lanes = {
            lanes.PAGES: Lane(lanes.PAGES, threads, tidy),
            lanes.HASHING: Lane(lanes.HASHING, lanes.HASHING_THREADS, tidy, often=True, nice=10),
            lanes.ASKING: Lane(lanes.ASKING, lanes.ASKING_THREADS, tidy, often=True),
            lanes.LONG: Lane(lanes.LONG, lanes.LONG_THREADS, tidy, often=True),
        }

    async def __call__(self, scope, receive, send):
        """Answer one request. The server would write the message of an exception in its log, so none is raised."""
        try:
            await self._answer(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - see above; the server answers with 500
            security.log_fault(error, {"loket.reference": "-"})

    async def _answer(self, scope, receive, send):
        headers = _headers(scope["headers"])
        try:
            body, refused = await self._body(scope, headers, receive), None
        except Gone:
            return
        except Refused as reason:
            body, refused = b"", reason.args[0]
        answer = Answer(asyncio.get_running_loop(), self.folder)
        watch = Watch(answer, receive)
        try:
            self._submit(lanes.PAGES, answer, _environ(scope, headers), body, refused, watch)
            await _send(answer, scope, send, refused, watch)
        finally:
            watch.end()
            # Also when it could not be sent: the thread that makes it stops, and its spool is closed.
            answer.leave()
            if isinstance(body, Spool):
                body.close()

    async def _body(self, scope, headers, receive):
        """The whole body, as bytes or in a spool. Raises Refused, or Gone."""
        length = headers.get("CONTENT_LENGTH")
        if length is None and "HTTP_TRANSFER_ENCODING" not in headers:
            return b""
        if length == "0":
            return b""
        usual = self.app.config["MAX_CONTENT_LENGTH"]
        most = usual
        if length is None or int(length) > usual:
            most = lanes.most_bytes(self.app, scope["method"], scope["path"])
        if length is not None and int(length) > most:
            raise Refused(413)
        try:
            async with asyncio.timeout(SECONDS if most == usual else SECONDS_OF_LARGE):
                return await self._read(receive, usual, most)
        except TimeoutError:
            raise Refused(408) from None

    async def _read(self, receive, usual, most):
        body, spool, size = bytearray(), None, 0
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                piece = message["body"]
                size += len(piece)
                if size > most:
                    raise Refused(413)
                if spool is None and size > usual:
                    spool = Spool(self.folder)
                    spool.write(bytes(body))
                if spool:
                    spool.write(piece)
                else:
                    body += piece
                if not message.get("more_body"):
                    return spool or bytes(body)
        except BaseException:
            if spool:
                spool.close()
            raise

    def _submit(self, lane, answer, environ, body, refused, watch):
        def job():
            self._run(lane, answer, environ, body, refused, watch)

        self.lanes[lane].submit(job)

    def _run(self, lane, answer, environ, body, refused, watch):
        """Let the application answer, in a thread of this lane."""
        if answer.gone:
            return
        given = {**environ, "loket.lane": lane, "loket.refused": refused, "wsgi.input": (
            io.BufferedReader(Spooled(body)) if isinstance(body, Spool) else io.BytesIO(body))}
        try:
            pieces = self.app.wsgi_app(given, answer.start)
            try:
                if other := given.get("loket.hand_over"):
                    watch.begin()
                    self._submit(other, answer, environ, body, refused, watch)
                    return
                answer.send(pieces)
            finally:
                if close := getattr(pieces, "close", None):
                    close()
        except Gone:
            pass
        except Exception as error:  # noqa: BLE001 - a thread of a lane must not end, nor write the message anywhere
            security.log_fault(error, given)
            answer.fail()


class Watch:
    """Notices that the browser left, from the moment that an answer takes long."""

    def __init__(self, answer, receive):
        self._answer = answer
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._task = None

    def begin(self):
        """Start to watch; a thread may call this."""
        self._loop.call_soon_threadsafe(self.begin_now)

    def begin_now(self):
        """Start to watch, called by the event loop."""
        if self._task is None:
            self._task = self._loop.create_task(self._wait())

    def end(self):
        """Stop to watch."""
        if self._task:
            self._task.cancel()

    async def _wait(self):
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._answer.leave()
        if not self._answer.begun.done():
            self._answer.begun.cancel()


async def _send(answer, scope, send, refused, watch):
    try:
        whole = await answer.begun
    except asyncio.CancelledError:
        if answer.gone:
            return
        raise
    if answer.failed:
        return
    # After 408 the rest of the body may still come, and must not be taken for another request.
    headers = [*answer.headers, CLOSE] if refused == 408 else answer.headers
    if whole is not None:
        await scope["extensions"][WHOLE_ANSWER](answer.status, headers, whole)
        return
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    watch.begin_now()
    async for piece in answer.pieces():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    if not answer.failed:
        await send({"type": "http.response.body", "body": b""})


def _headers(pairs):
    """The headers by their names in a WSGI environ; of a header that is given twice the values are joined.

    A name with an underscore is left out: in the environ it would pass for the name with a hyphen.
    """
    headers = {}
    for name, value in pairs:
        key = _key(name)
        text = value.decode("latin-1")
        if key in headers:
            text = headers[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        headers[key] = text
    headers.pop("", None)
    return headers


@functools.lru_cache(maxsize=512)
def _key(name):
    """The name of a header in an environ, '' for one with an underscore."""
    if b"_" in name:
        return ""
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


def _environ(scope, headers):
    name, port = scope["server"] or ("", 0)
    return {
        "loket.reference": "-", "loket.arrived": time.perf_counter(),
        "REQUEST_METHOD": scope["method"], "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}", "SERVER_NAME": name, "SERVER_PORT": str(port),
        "wsgi.version": (1, 0), "wsgi.url_scheme": scope["scheme"], "wsgi.input_terminated": True,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        **headers,
    }
