"""'Documenten' at the desk: adding them, changing them, adding a version, and withdrawing them."""
from flask import Blueprint, url_for

from models.documents.documents import DocumentAudience
from models.ecalcura.communication import documents
from models.ecalcura.roles import WING
from views.ecalcura.documents.forms import EditForm, NewForm, whom, written
from views.hall.documents import shown
from views.hall.documents.keeping import MOST_BYTES, Keeping
from views.shell import pages
from views.shell.access import open_to
from views.shell.lanes import accepts

blueprint = Blueprint("desk_documents", __name__, url_prefix="/ecalcura/desk/documents")

ONE = "/<int:document_id>"


def _file_url(version):
    return url_for("desk_documents.download", document_id=version.document_id, digest=version.digest)


KEEPING = Keeping(WING, "desk_documents", "document_id", "ecalcura/documents", NewForm, EditForm, written, _file_url)


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the documents, and below them those that are withdrawn."""
    found = list(documents.every())
    return pages.render(
        "ecalcura/documents/index.html", withdrawn=[one for one in found if one.withdrawn_at], whom=_whom(found),
        listed=shown.by_category([one for one in found if not one.withdrawn_at], documents.categories(), _file_url))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@accepts(MOST_BYTES)
def create():
    """Add a document; posted twice, it is there once."""
    return KEEPING.add()


@blueprint.get(ONE)
@open_to("ecalcura:dossier")
def show(document_id):
    """Show a document and its versions."""
    return KEEPING.show(document_id)


@blueprint.get(f"{ONE}/<digest>")
@open_to("ecalcura:dossier")
def download(document_id, digest):
    """Send the file of a version, also of a former one."""
    return KEEPING.download(document_id, digest)


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def edit(document_id):
    """Change the details of a document; if a colleague did so meanwhile, show both: 409."""
    return KEEPING.edit(document_id)


@blueprint.route(f"{ONE}/version", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@accepts(MOST_BYTES)
def add_version(document_id):
    """Add a version of a document; the former ones stay."""
    return KEEPING.add_version(document_id)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def withdraw(document_id):
    """Ask whether to withdraw a document, and do it."""
    return KEEPING.withdraw(document_id)


def _whom(found):
    """Id of each document → for whom it is, in words."""
    audiences = DocumentAudience.of(one.id for one in found)
    return {one.id: whom(audiences[one.id]) + (", openbaar" if one.public else "") for one in found}
