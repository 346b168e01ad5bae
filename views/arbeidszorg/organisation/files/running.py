"""Lets an import go on in the server, whether or not a browser waits for it (docs/decisions/0116)."""
import functools

import peewee
from flask import session, url_for

from models.arbeidszorg.transfer.uploads.uploads import ImportUpload
from models.patience import is_busy
from views.arbeidszorg.organisation.files import import_words
from views.shell import progress
from views.shell.access import signed_in
from views.shell.progress import Work

# Seconds between two marks in the database that the import is still there.
BEAT = 2
# The cookie's key for the import that this browser started and of which it did not see the end.
STARTED = "import"


def go_on(upload, **confirmed):
    """Carry out an import that was started, in a thread, when its turn comes."""
    by = signed_in()
    work = Work(lambda on_progress: upload.carry_out(on_progress, by, **confirmed))
    progress.go_on(work, functools.partial(_beat, upload), BEAT)
    session[STARTED] = upload.id


def forget(upload_id):
    """Note that this browser saw the end of an import."""
    if session.get(STARTED) == upload_id:
        del session[STARTED]


def notice():
    """The import that this browser started and of which it did not see the end, as (sentence, address); else None.

    Asks the database only where the cookie says that there is an import.
    """
    if STARTED not in session:
        return None
    upload = ImportUpload.one(signed_in().organisation_id, session[STARTED])
    if upload is None:
        del session[STARTED]
        return None
    return import_words.notice(upload), url_for("imports.show", upload_id=upload.id)


def _beat(upload, work):
    try:
        upload.beat(work.place, int(100 * work.progress))
    except peewee.OperationalError as error:
        # Another holds the lock, perhaps the import itself.
        if not is_busy(error):
            raise
