"""The shared part of the pages for a filled-in template: its form, reading it, and the words of its rows."""
import io

import peewee
from flask import make_response
from flask_wtf.file import FileField, FileRequired

from models.ecalcura.errors import CODES
from models.errors import Refused, Stale
from models.patience import is_busy
from views.ecalcura.file_messages import FILE_MESSAGES
from views.shell import pages
from views.shell.downloads import XLSX
from views.shell.fields import BaseForm
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.messages import message

MEGABYTES = 1
STALE = "Een collega wijzigde dit na het downloaden van het sjabloon. Download het opnieuw."
NOTHING = "In dit bestand staat geen enkele rij. Vertrek van het sjabloon."


class FileForm(BaseForm):
    """The form with the file."""

    file = FileField("Bestand", [FileRequired("Kies een bestand.")])


def template_answer(content, name):
    """The response with a template, as a file called `name`."""
    response = make_response(content)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def read_file(read, done, **values):
    """Call `read` with the file that is posted, and answer with `done()`; else the page with the form and its faults.

    `values` are those of the page.
    """
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form, **values)
    try:
        found = read(io.BytesIO(form.file.data.read()))
    except peewee.OperationalError as error:
        if not is_busy(error):
            raise
        # The usual answer carries a form's values along, and a file cannot be carried along.
        form.file.errors = [BUSY]
        return _page(form, status=503, **values)
    except Stale as stale:
        form.refuse("file", stale, STALE)
        return _page(form, **values)
    except Refused as refused:
        form.refuse("file", refused, FILE_MESSAGES.get(refused.code))
        return _page(form, **values)
    if not found.lines:
        form.file.errors = [NOTHING]
    return _page(form, found, **values) if found.refused or not found.lines else done()


def _page(form, found=None, status=422, **values):
    lines = [(line.number, line.label or "–", _words(line.refused), line.refused is not None)
             for line in (found.lines if found else ())]
    refused = f"{_rows(found.refused)} van de {len(lines)}" if found and found.refused else ""
    answer = pages.render("ecalcura/deliveries/file.html", status=status if form.errors or lines else 200, form=form,
                          megabytes=MEGABYTES, lines=lines, refused=refused, **values)
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _words(refused):
    if refused is None:
        return "in orde"
    if isinstance(refused, Stale):
        return STALE
    return f"{CODES.get(refused.code, '')} {message(refused, FILE_MESSAGES.get(refused.code))}".strip()


def _rows(number):
    return "1 rij" if number == 1 else f"{number} rijen"
