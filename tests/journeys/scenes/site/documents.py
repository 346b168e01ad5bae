"""The scenes of the documents of site: as visitors read them."""
from models.documents import documents
from tests.journeys.tools.showing import Scene, at
from tests.models.documents import files
from tests.models.documents.made import LINK
from tests.models.documents.made import a_document_of_site as a_document

LIST = "/documenten"
FILE = f"{LIST}/<int:site_document>/<site_digest>"
SITE_DOCUMENT_SCENES = [
    Scene("public-site-documents", LIST, None, at(LIST)),
    Scene("public-site-document-gone", FILE, None, at(f"{LIST}/{{gone_document.id}}/{{gone_document_digest}}")),
]


def site_documents_of():
    """A manual, a template and a recording, and one that is withdrawn."""
    a_document(title="Aan de slag met Loket", sentence="Je eerste cliënt, je eerste periode, je eerste jaarrapport.")
    a_document(title="Sjabloon begeleidingsplan", category="template", content=files.office("docx"),
               sentence="Een plan in twee bladzijden, om samen in te vullen.")
    a_document(title="Opname van de studiedag", sentence="", link=LINK)
    gone = a_document(title="Handleiding van vroeger")
    documents.withdraw_document(gone, 1)
    return {"gone_document": gone, "gone_document_digest": gone.versions[0].digest}
