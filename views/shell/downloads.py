"""Files that are sent piece by piece while they are made."""
import contextlib

import peewee
from flask import Response, request

from models.database import database
from views.shell import security

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BROKEN_OFF = "\r\nDIT BESTAND IS ONVOLLEDIG. Er ging iets mis: download het opnieuw. Nummer: {}\r\n"


def streamed(pieces, content_type, name):
    """The answer that sends these pieces as a file of this name."""
    answer = Response(_sent(pieces, request.environ), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sent(pieces, environ):
    """The pieces. Flask, which looks after faults, is gone by now: what goes wrong is logged here, without its words.

    Granian ends the answer as if it were whole whatever happens, so the file itself says that it is not.
    """
    with contextlib.closing(pieces):
        try:
            yield from pieces
        except Exception as error:  # noqa: BLE001 - nobody after it would
            security.log_fault(error, environ)
            # The connection is kept for the next request of this thread, so that one gets a fresh one.
            with contextlib.suppress(peewee.DatabaseError):
                database.close()
            yield BROKEN_OFF.format(environ["loket.reference"]).encode()
