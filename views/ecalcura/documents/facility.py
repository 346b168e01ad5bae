"""'Documenten en handleidingen' of a facility: the documents for its kind."""
from flask import Blueprint, abort, url_for

from models.ecalcura.communication import documents
from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.addresses import tabs
from views.hall.documents import shown
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("own_documents", __name__, url_prefix="/ecalcura/<hco>/documents")

ROLES = ("ecalcura:privacy", "ecalcura:financial", "ecalcura:access")


@blueprint.get("")
@open_to(*ROLES)
def index(hco):
    """List the documents for this kind of facilities."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/documents/own.html", facility=facility, tabs_of=tabs(signed_in(), facility, "own_documents"),
        listed=shown.by_category(documents.for_facility(facility), documents.categories(), lambda version: url_for(
            "own_documents.download", hco=hco, document_id=version.document_id, digest=version.digest)))


@blueprint.get("/<int:document_id>/<digest>")
@open_to(*ROLES)
def download(hco, document_id, digest):
    """Send the file of a document."""
    found = documents.one_of(documents.for_facility(Facility.by_hco(hco)), document_id) or abort(404)
    return shown.file_of(found, digest, url_for("own_documents.index", hco=hco))
