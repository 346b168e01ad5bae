"""'Importeren': the organisation imports its own list, after a dry run that shows what would come of it."""
import secrets

import peewee
from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired

from models.arbeidszorg.transfer import undoing
from models.arbeidszorg.transfer.uploads.outcomes import DATES, NUMBERS
from models.arbeidszorg.transfer.uploads.template import template
from models.arbeidszorg.transfer.uploads.uploads import DONE, EXPIRED, RUNNING, WAITING, ImportUpload
from models.errors import Refused
from models.patience import is_busy
from views.arbeidszorg.organisation.files import import_words, running
from views.shell import pages, progress
from views.shell.access import open_to, signed_in
from views.shell.downloads import XLSX, in_turn
from views.shell.fields import BaseForm, FormKey
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.lanes import LONG, accepts, runs_in
from views.shell.messages import message
from views.shell.progress import Work

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

MEGABYTES = 5
# Seconds after which the page of an import that runs asks again.
ASK_AGAIN = 3
GONE = "Dit bestand is gewist: Loket bewaart het een uur. Kies het opnieuw."
# The choice on the page that takes a doubt away → the option of the import.
CHOICES = {DATES: "dates_are_dmy", NUMBERS: "numbers_are_right"}


class UploadForm(BaseForm):
    """The form with the file."""

    file = FileField("Bestand", [FileRequired("Kies een bestand.")])
    form_key = FormKey()


@blueprint.route("", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
@accepts(MEGABYTES * 2**20)
def index():
    """Offer to import a list, and show the imports; a posted list is only kept, sealed, until its dry run is read."""
    form = UploadForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit():
        try:
            upload = ImportUpload.store(form.file.data.read(), signed_in(), form.form_key.data)
        except peewee.OperationalError as error:
            if not is_busy(error):
                raise
            # The usual answer carries a form's values along, and a file cannot be carried along.
            form.file.errors = [BUSY]
            answer = _index(form, 503)
            answer.headers["Retry-After"] = RETRY_AFTER
            return answer
        except Refused as refused:
            form.refuse("file", refused, "Importeren kan nu niet: namen kunnen niet versleuteld worden. "
                                         "Verwittig {operator}.")
        else:
            return redirect(url_for("imports.show", upload_id=upload.id), 303)
    return _index(form, 422 if request.method == "POST" else 200)


def _index(form, status):
    imports = list(ImportUpload.started(signed_in().organisation_id))
    undone = ImportUpload.undone(signed_in().organisation_id)
    return pages.render(
        "arbeidszorg/organisation/imports/index.html", status=status, form=form,
        megabytes=MEGABYTES, imports=[_line(upload, undone) for upload in imports])


def _line(upload, undone):
    """(id, moment, number, what came of it, whether it can be taken back) of an import, for the list."""
    is_undone = upload.import_id in undone
    came_of = "teruggedraaid" if is_undone else import_words.came_of(upload)
    return upload.id, upload.started_at, upload.import_id, came_of, upload.undo_until is not None and not is_undone


@blueprint.get("/template.xlsx")
@open_to("arbeidszorg:organisation")
@in_turn
def as_template():
    """Download the template."""
    response = make_response(template())
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = 'attachment; filename="loket-sjabloon.xlsx"'
    return response


@blueprint.get("/<int:upload_id>")
@open_to("arbeidszorg:organisation")
@runs_in(LONG)
def show(upload_id):
    """Show what would come of a list that waits, how far its import is, or what came of it."""
    upload = _own(upload_id)
    if upload.shown_state == WAITING:
        return _dry_run(upload)
    if upload.shown_state == RUNNING:
        answer = pages.render("arbeidszorg/organisation/imports/running.html", place=upload.place,
                              percent=upload.percent)
        # Works without JavaScript.
        answer.headers["Refresh"] = str(ASK_AGAIN)
        return answer
    if upload.shown_state == EXPIRED:
        flash(GONE)
        return redirect(url_for("imports.index"), 303)
    running.forget(upload.id)
    outcome, is_undone = upload.result(), _is_undone(upload)
    return pages.render(
        "arbeidszorg/organisation/imports/result.html", upload=upload, is_done=upload.shown_state == DONE,
        outcome=outcome, facts=import_words.facts(outcome.counts if outcome else upload.numbers),
        is_undone=is_undone, until=None if is_undone else upload.undo_until)


def _dry_run(upload):
    chosen = _chosen(request.args)

    def draw(outcome):
        return render_template(
            "arbeidszorg/organisation/imports/_checked.html", upload_id=upload.id, chosen=chosen, outcome=outcome,
            facts=import_words.facts(outcome.counts), is_doubted=bool(outcome.doubt) and outcome.doubt not in chosen,
            changes_anything=import_words.changes_anything(outcome.counts))

    work = Work(lambda on_progress: upload.try_out(on_progress, **_options(chosen)), doing="nakijken")
    return progress.page_of("arbeidszorg/organisation/imports/checked.html", work, draw)


def _own(upload_id):
    """The own organisation's upload with this id; a 404 for any other."""
    return ImportUpload.one(signed_in().organisation_id, upload_id) or abort(404)


def _is_undone(upload):
    return upload.import_id in ImportUpload.undone(signed_in().organisation_id)


def _chosen(values):
    """The doubts that are taken away, of a form or an address."""
    return [doubt for doubt in CHOICES if values.get(doubt)]


def _options(chosen):
    return {CHOICES[doubt]: True for doubt in chosen}


@blueprint.post("/<int:upload_id>/start")
@open_to("arbeidszorg:organisation")
def start(upload_id):
    """Import a list, in the server, whether or not the browser waits; a second click starts nothing."""
    upload = _own(upload_id)
    chosen = _chosen(request.form)
    try:
        if BaseForm().validate_on_submit() and upload.start():
            running.go_on(upload, **_options(chosen))
    except Refused as refused:
        flash(message(refused), "error")
        return redirect(url_for("imports.index"), 303)
    return redirect(url_for("imports.show", upload_id=upload_id), 303)


@blueprint.post("/<int:upload_id>/cancel")
@open_to("arbeidszorg:organisation")
def cancel(upload_id):
    """Forget a list that waits."""
    if BaseForm().validate_on_submit() and _own(upload_id).cancel():
        return pages.back_to("imports.index", "Het bestand is gewist. Er is niets geïmporteerd.")
    return redirect(url_for("imports.show", upload_id=upload_id), 303)


@blueprint.route("/<int:imported_id>/undo", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def undo(imported_id):
    """Ask whether an import has to be taken back, and do it; `imported_id` is that of its upload."""
    upload = _own(imported_id)
    if upload.undo_until is None or _is_undone(upload):
        return redirect(url_for("imports.index"), 303)
    form = BaseForm()
    if form.validate_on_submit():
        try:
            undoing.undo(upload.import_id, by=signed_in(), organisation_id=signed_in().organisation_id)
        except Refused as refused:
            form.refuse(None, refused)
        else:
            return pages.back_to("imports.index", f"Import {upload.import_id} is teruggedraaid.")
    return pages.render(
        "arbeidszorg/organisation/imports/undo.html", status=422 if form.errors else 200, form=form, upload=upload,
        came_of=import_words.came_of(upload))
