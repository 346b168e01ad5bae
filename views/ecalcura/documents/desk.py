"""'Documenten' at the desk: adding them, changing them, adding a version, and withdrawing them."""
import secrets

import peewee
from flask import Blueprint, abort, url_for

from models.documents import documents as store
from models.documents.documents import Details, DocumentAudience
from models.ecalcura.communication import documents
from models.ecalcura.roles import WING
from models.errors import Code, Refused, Stale
from models.patience import is_busy
from views.ecalcura.documents import shown
from views.ecalcura.documents.forms import EditForm, NewForm, VersionForm, WithdrawForm, whom, written
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import merged, snapshot
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.lanes import accepts
from views.shell.messages import message

blueprint = Blueprint("desk_documents", __name__, url_prefix="/ecalcura/desk/documents")

ONE = "/<int:document_id>"
# A file of 20 MB and the rest of its form; a larger file is refused at its field up to this bound.
MOST_BYTES = 25 * 2**20
CHANGED = "Een collega wijzigde dit document intussen. Kijk het na en bevestig opnieuw."


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the documents, and below them those that are withdrawn."""
    found = list(documents.every())
    return pages.render(
        "ecalcura/documents/index.html", withdrawn=[one for one in found if one.withdrawn_at], whom=_whom(found),
        listed=shown.by_category([one for one in found if not one.withdrawn_at], "desk_documents.download"))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@accepts(MOST_BYTES)
def create():
    """Add a document; posted twice, it is there once."""
    form = NewForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit() and (body := form.body()):
        try:
            added = store.add_document(WING, form.details, body, signed_in(), form.form_key.data)
        except peewee.OperationalError as error:
            _ask_file_again(form, error)
            return _later(_form_page(form, "Document toevoegen", url_for("desk_documents.index"), 503))
        return pages.back_to("desk_documents.show", "Het document is toegevoegd.", document_id=added.id)
    form.ask_again()
    return _form_page(form, "Document toevoegen", url_for("desk_documents.index"))


@blueprint.get(ONE)
@open_to("ecalcura:dossier")
def show(document_id):
    """Show a document and its versions."""
    document = _one(document_id)
    return pages.render(
        "ecalcura/documents/document.html", document=document, facts=written(document.details),
        versions=[(version, shown.address(version, "desk_documents.download"), shown.about(version))
                  for version in document.versions])


@blueprint.get(f"{ONE}/<digest>")
@open_to("ecalcura:dossier")
def download(document_id, digest):
    """Send the file of a version, also of a former one."""
    return shown.file_answer(next(
        (version for version in _one(document_id).versions if version.format and version.digest == digest), None)
        or abort(404))


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def edit(document_id):
    """Change the details of a document; if a colleague did so meanwhile, show both: 409."""
    document = _one(document_id)
    form = _edit_form(document)
    if form.validate_on_submit():
        try:
            store.change_document(document, form.details, form.version.data, signed_in())
        except Stale as stale:
            return _conflict(form, stale.current)
        except Refused as refused:
            return pages.back_to("desk_documents.show", message(refused), document_id=document_id)
        return pages.back_to("desk_documents.show", "Het document is opgeslagen.", document_id=document_id)
    return _form_page(form, "Document wijzigen", _back(document))


@blueprint.route(f"{ONE}/version", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@accepts(MOST_BYTES)
def add_version(document_id):
    """Add a version of a document; the former ones stay."""
    document, status = _one(document_id), None
    form = VersionForm(data={"version": document.version})
    if form.validate_on_submit() and (body := form.body()):
        try:
            store.add_version(document, body, form.version.data, signed_in())
        except peewee.OperationalError as error:
            _ask_file_again(form, error)
            return _later(_question(form, document, "ecalcura/documents/version.html", 503))
        except Stale as stale:
            form.form_errors.append(CHANGED)
            document, status = stale.current, 409
        except Refused as refused:
            if refused.code == Code.DOCUMENT_WITHDRAWN:
                return pages.back_to("desk_documents.show", message(refused), document_id=document_id)
            form.refuse("file" if body.content else "link", refused)
        else:
            return pages.back_to("desk_documents.show", "De nieuwe versie is toegevoegd.", document_id=document_id)
    form.ask_again()
    return _question(form, document, "ecalcura/documents/version.html", status)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def withdraw(document_id):
    """Ask whether to withdraw a document, and do it."""
    document, form, status = _one(document_id), WithdrawForm(), None
    if form.validate_on_submit():
        try:
            store.withdraw_document(document, form.version.data, signed_in())
        except Stale as stale:
            form.form_errors.append(CHANGED)
            document, status = stale.current, 409
        else:
            return pages.back_to("desk_documents.show", "Het document is ingetrokken.", document_id=document_id)
    return _question(form, document, "ecalcura/documents/withdraw.html", status)


def _ask_file_again(form, error):
    """Say that the file has to be chosen again; raises `error` if Loket is not busy, and for a link.

    The usual answer carries a form's values along, and a file cannot be carried along.
    """
    if not is_busy(error) or not form.file.data:
        raise error
    form.file.errors = [BUSY]


def _later(answer):
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _whom(found):
    """Id of each document → for whom it is, in words."""
    audiences = DocumentAudience.of(one.id for one in found)
    return {one.id: whom(audiences[one.id]) + (", openbaar" if one.public else "") for one in found}


def _one(document_id):
    return documents.one_of(documents.every(), document_id) or abort(404)


def _back(document):
    return url_for("desk_documents.show", document_id=document.id)


def _edit_form(document, details=None, **options):
    kept = document.details._asdict()
    return EditForm(data={**(details or kept), "version": document.version, "opened": snapshot(kept)}, **options)


def _conflict(form, current):
    """The stored values beside the typed ones, in a form made from the row as it is now."""
    kept, typed = current.details._asdict(), form.details._asdict()
    wanted = merged(typed, form.opened.data, kept)
    if wanted == kept:
        return pages.back_to("desk_documents.show", "Het document was al zo opgeslagen.", document_id=current.id)
    now, then = written(Details(**kept)), written(Details(**typed))
    again = _edit_form(current, wanted, formdata=None)
    return _form_page(again, "Document wijzigen", _back(current), 409, [
        (again[name].label.text, now[name], then[name]) for name in kept if kept[name] != typed[name]])


def _form_page(form, title, back, status=None, differences=()):
    return pages.render("ecalcura/documents/form.html", status=status or (422 if form.errors else 200), form=form,
                        title=title, back=back, differences=differences)


def _question(form, document, template, status):
    form.version.data, form.version.raw_data = document.version, None
    return pages.render(template, status=status or (422 if form.errors else 200), form=form, document=document,
                        facts=written(document.details), back=_back(document))
