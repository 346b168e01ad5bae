"""Shows progress on a page while work that may take longer than a second is done (docs/decisions/0073)."""
import contextlib
import threading
from concurrent.futures import Future

from flask import render_template, request, stream_with_context

from models.database import database
from views.shell import lanes, packing, security
from views.shell.packing import Compressible

# Seconds between two updates of the progress.
PATIENCE = 1
# Marks two places in a rendered page: where the progress goes, and where the result goes.
CUT = "<!-- cut -->"


class Stopped(Exception):
    """Raised in the work when nobody waits for it any more."""


class Work:
    """Runs `do(on_progress)` in a thread when its turn comes; `do` calls `on_progress` with the part that is done.

    `doing` is what the page says that Loket is busy with: 'Bezig met tellen'.
    """

    def __init__(self, do, doing="tellen"):
        self.doing = doing
        # From 0 to 1.
        self.progress = 0
        self._ticket = lanes.TURNS.take()
        self._stopped = threading.Event()
        self._future = Future()
        try:
            in_a_thread(self._run, do)
        except RuntimeError:
            # The system has no thread to give.
            self._ticket.leave()
            raise

    @property
    def place(self):
        """The place in the queue of long work: 1 for the first, 0 when its turn has come."""
        return self._ticket.place

    def is_done(self, within):
        """Wait at most `within` seconds; return whether the work is done or has failed."""
        with contextlib.suppress(TimeoutError):
            self._future.exception(within)
        return self._future.done()

    def result(self):
        """Return the result of `do`, or raise its exception."""
        return self._future.result()

    def stop(self):
        """Make the work end at its next call of `on_progress`."""
        self._stopped.set()

    def _run(self, do):
        try:
            while not self._ticket.wait(seconds=1):
                self._on_progress(0)
            try:
                result = do(self._on_progress)
            finally:
                # Each thread has its own database connection, and this thread ends.
                database.close()
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            self._ticket.leave()
            self._future.set_exception(error)
        else:
            self._ticket.leave()
            self._future.set_result(result)

    def _on_progress(self, progress):
        if self._stopped.is_set():
            raise Stopped
        self.progress = progress


def in_a_thread(function, *arguments):
    """Call this function in a thread of its own."""
    # A daemon, so that a server that stops does not wait for it.
    threading.Thread(target=function, args=arguments, name="work", daemon=True).start()


def go_on(work, beat, every):
    """Let work go on when its request has ended: call `beat` every few seconds while it runs, in a thread.

    Nobody waits for the result, so a failure is logged here.
    """
    environ = {name: request.environ.get(name, "-") for name in ("loket.reference", "loket.route")}
    in_a_thread(_watch, work, beat, every, environ)


def _watch(work, beat, every, environ):
    try:
        while not work.is_done(within=every):
            beat(work)
        work.result()
    except Exception as error:  # noqa: BLE001 - nothing else would log it
        security.log_fault(error, environ)
    finally:
        database.close()


def page_of(template, work, draw, **values):
    """A page with `draw(result)` in it, sent at once if the work is done within PATIENCE, else piece by piece.

    The template calls the macro of shell/components/counting.html with `drawn` and `cut`, where the result goes.
    """
    if work.is_done(within=PATIENCE):
        return whole(template, draw(work.result()), **values)
    return streamed(template, work, draw, **values)


def whole(template, drawn, **values):
    """A page with the HTML `drawn`, sent at once."""
    head, rest = render_template(template, drawn=CUT, **values).split(CUT)
    return packing.page([head, Compressible(drawn), rest], whole=True)


def streamed(template, work, draw, **values):
    """A page that is sent piece by piece, for work that is not done yet."""
    page = render_template(template, cut=CUT, **values)
    answer = packing.page(stream_with_context(piece_by_piece(page, work, draw)))
    # Also when the browser left before the first piece, or asked for the headers only.
    answer.call_on_close(work.stop)
    return answer


def piece_by_piece(page, work, draw):
    """Yield `page`: the progress at its first CUT while the work runs, then `draw(result)` at its second.

    The status is sent before the work is done, so a failure is shown on the page itself.
    """
    head, between, rest = page.split(CUT)
    try:
        yield head
        yield from _updates(work)
        drawn = draw(work.result())
    except Exception as error:  # noqa: BLE001 - Flask, which logs exceptions, has finished with this request
        security.log_fault(error, request.environ)
        drawn = render_template(
            "shell/errors/_broken_off.html", reference=request.environ["loket.reference"], doing=work.doing)
    finally:
        # Also when the browser closed the connection.
        work.stop()
    yield between
    yield Compressible(drawn)
    yield rest


def _updates(work):
    """Yield the progress when it changed, else an invisible newline: a write fails if the browser left."""
    shown = None
    while not work.is_done(within=PATIENCE):
        place, percent = reached = work.place, int(100 * work.progress)
        drawn = render_template("shell/components/progress.html", place=place, percent=percent, doing=work.doing)
        yield drawn if reached != shown else "\n"
        shown = reached
