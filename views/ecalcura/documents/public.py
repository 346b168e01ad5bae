"""The public documents of eCalcura, for everybody: no cookie is set."""
from flask import Blueprint, abort, request, url_for

from models.ecalcura.communication import documents
from views.hall.documents import shown
from views.shell import pages, security
from views.shell.access import open_to
from views.shell.audiences import MenuItem

blueprint = Blueprint("public_documents", __name__, url_prefix="/ecalcura/documents")


LINK = MenuItem("public_documents", "public_documents.index", "Documenten en handleidingen over eCalcura")


def for_visitors():
    """The link on the sign-in page, if there is a public document."""
    return LINK if documents.for_everybody().exists() else None


@blueprint.get("")
@open_to("anyone")
def index():
    """List the public documents."""
    return pages.render(
        "ecalcura/documents/public.html",
        listed=shown.by_category(documents.for_everybody(), documents.categories(), lambda version: url_for(
            "public_documents.download", document_id=version.document_id, digest=version.digest)))


@blueprint.get("/<int:document_id>/<digest>")
@open_to("anyone")
def download(document_id, digest):
    """Send the file of a public document."""
    found = documents.one_of(documents.for_everybody(), document_id) or abort(404)
    # A browser may keep it, but asks each time whether it is still public.
    request.environ[security.CACHING] = "no-cache"
    return shown.file_of(found, digest, url_for("public_documents.index"))
