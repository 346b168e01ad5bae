"""Downloads that are sent while they are being made, one after the other when many are asked for."""
import contextlib
import functools
import weakref

import peewee
from flask import Response, make_response, request

from models.database import database
from views.shell import lanes, pages, security
from views.shell.access import signed_in

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Seconds that a download waits for its turn before a page tells its place in the queue; and until that page asks again.
PATIENCE = 1
ASK_AGAIN = 2
INCOMPLETE = "\r\nDIT BESTAND IS ONVOLLEDIG. Er ging iets mis: download het opnieuw. Nummer: {}\r\n"


def in_turn(view):
    """Let a view that makes a file run in the lane for long work, when its turn comes; place it below `open_to`.

    Until then a page tells the place in the queue, and asks again by itself.
    """
    @lanes.runs_in(lanes.LONG)
    @functools.wraps(view)
    def in_its_turn(**values):
        if "loket.lane" not in request.environ:
            # Not behind the front, which closes every answer: nothing would end the turn.
            return view(**values)
        key = (signed_in().session_id, request.full_path)
        ticket = lanes.TURNS.take(key)
        if not ticket.wait(PATIENCE):
            lanes.TURNS.keep(ticket, key)
            return _wait_page(ticket.place)
        try:
            answer = make_response(view(**values))
        except BaseException:
            ticket.leave()
            raise
        if answer.is_streamed:
            answer.response = _until_it_is_made(answer.response, ticket)
            # Also when the browser left before the first piece; and when nobody closed the answer.
            answer.call_on_close(ticket.leave)
            weakref.finalize(answer, ticket.leave)
        else:
            ticket.leave()
        return answer

    return in_its_turn


def _until_it_is_made(pieces, ticket):
    try:
        yield from pieces
    finally:
        ticket.leave()


def _wait_page(place):
    answer = pages.render("shell/errors/in_queue.html", status=503, place=place)
    # Works without JavaScript, and the browser does not leave this page when it gets a file.
    answer.headers["Refresh"] = answer.headers["Retry-After"] = str(ASK_AGAIN)
    return answer


def streamed(pieces, content_type, name):
    """A response that sends `pieces`, an iterator of bytes, as a file called `name`."""
    response = Response(_with_faults_logged(pieces, request.environ), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _with_faults_logged(pieces, environ):
    """Yield `pieces`; on an exception log its type and place (never its message) and end the file with a warning.

    Flask has finished with the request by now, so there is no error page: without the warning the file could pass for
    complete.
    """
    with contextlib.closing(pieces):
        try:
            yield from pieces
        except Exception as error:  # noqa: BLE001 - nothing after this would log it
            security.log_fault(error, environ)
            # This thread keeps its connection: close it, so that the next request opens a fresh one.
            with contextlib.suppress(peewee.DatabaseError):
                database.close()
            yield INCOMPLETE.format(environ["loket.reference"]).encode()
