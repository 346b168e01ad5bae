"""Downloads that are sent while they are being made."""
import contextlib

import peewee
from flask import Response, request

from models.database import database
from views.shell import security

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INCOMPLETE = "\r\nDIT BESTAND IS ONVOLLEDIG. Er ging iets mis: download het opnieuw. Nummer: {}\r\n"


def streamed(pieces, content_type, name):
    """A response that sends `pieces`, an iterator of bytes, as a file called `name`."""
    response = Response(_with_faults_logged(pieces, request.environ), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _with_faults_logged(pieces, environ):
    """Yield `pieces`; on an exception log its type and place (never its message) and end the file with a warning.

    Flask has finished with the request by now, and Granian ends the response normally even after an exception: without
    the warning the file would look complete.
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
