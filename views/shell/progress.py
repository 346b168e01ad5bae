"""Work that may take longer than a second, while the one who waits is told how far it is (docs/decisions/0073)."""
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from flask import render_template, request, stream_with_context

from models.database import database
from views.shell import packing, security
from views.shell.packing import Long

# Seconds between two words on how far it is.
PATIENCE = 1
# Where a page is cut, twice: for how far it is, and for what was made.
CUT = "<!-- cut -->"


class Stopped(Exception):
    """Nobody waits any more."""


class Work:
    """Does `do(told)` in a thread; `told` is for it to call with how far it is, a number up to 1."""

    def __init__(self, do):
        self.far = 0
        self._stopped = threading.Event()
        thread = ThreadPoolExecutor(1, thread_name_prefix="work")
        self._future = thread.submit(self._run, do)
        thread.shutdown(wait=False)

    def is_done(self, within):
        """Whether it is done, or went wrong, after so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            self._future.exception(within)
        return self._future.done()

    def result(self):
        """What `do` gave; raises what it raised."""
        return self._future.result()

    def stop(self):
        """Have it end at the next thing that it tells."""
        self._stopped.set()

    def _run(self, do):
        try:
            return do(self._told)
        finally:
            # Each thread has a connection of its own, and this one ends.
            database.close()

    def _told(self, far):
        if self._stopped.is_set():
            raise Stopped
        self.far = far


def page_of(template, work, draw, **values):
    """The page with `draw(result)` in it: at once where the work is done within PATIENCE, else piece by piece.

    The template calls shell/components/counting.html with `drawn` and `cut`, where that is to come.
    """
    if work.is_done(within=PATIENCE):
        return whole(template, draw(work.result()), **values)
    return streamed(template, work, draw, **values)


def whole(template, drawn, **values):
    """The page with what was drawn already."""
    head, rest = render_template(template, drawn=CUT, **values).split(CUT)
    return packing.answer([head, Long(drawn), rest], whole=True)


def streamed(template, work, draw, **values):
    """The page piece by piece, for work that is not done yet."""
    page = render_template(template, cut=CUT, **values)
    return packing.answer(stream_with_context(piece_by_piece(page, work, draw)))


def piece_by_piece(page, work, draw):
    """The page, sent while the work is done, and `draw(result)` at its second CUT; for `stream_with_context`.

    Its status is sent by then, so what goes wrong is said on the page.
    """
    head, between, rest = page.split(CUT)
    try:
        yield head
        yield from _words(work)
        drawn = draw(work.result())
    except Exception as error:  # noqa: BLE001 - Flask, which looks after faults, is gone by now
        security.log_fault(error, request.environ)
        drawn = render_template("shell/errors/_broken_off.html", reference=request.environ["loket.reference"])
    finally:
        # Also where the browser went away.
        work.stop()
    yield between
    yield Long(drawn)
    yield rest


def _words(work):
    """A word each time that it came further, else nothing that is seen: writing tells whether the browser is there."""
    told = None
    while not work.is_done(within=PATIENCE):
        percent = int(100 * work.far)
        yield render_template("shell/components/progress.html", percent=percent) if percent != told else "\n"
        told = percent
