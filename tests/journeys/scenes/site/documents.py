"""The scenes of the documents of site: as visitors read them, and as an editor keeps them."""
from models.documents import documents
from models.documents.documents import Document
from models.documents.versions import body_of
from tests.journeys.tools.showing import Scene, at, sent, stale
from tests.models.documents import files
from tests.models.documents.made import LINK
from tests.models.documents.made import a_document_of_site as a_document

LIST = "/documenten"
FILE = f"{LIST}/<int:site_document>/<site_digest>"
EDITS = "editor"
OFFICE = "/site/documents"
RULE, ONE = f"{OFFICE}/<int:site_document>", f"{OFFICE}/{{site_document.id}}"
SITE_DOCUMENT_FILES = {f"{RULE}/<site_digest>", "/documenten/rapporten/<report_digest>"}
# A form that only asks.
SITE_DOCUMENT_QUESTIONS = {f"{RULE}/withdraw"}


def _renamed(world):
    """Let a colleague save the document first."""
    one = Document.get_by_id(world.site_document.id)
    documents.change_document(one, one.details._replace(sentence=f"Voor wie begint ({one.version})."), one.version)


SITE_DOCUMENT_SCENES = [
    Scene("public-site-documents", LIST, None, at(LIST)),
    Scene("public-site-document-gone", FILE, None, at(f"{LIST}/{{gone_document.id}}/{{gone_document_digest}}")),
    Scene("site-documents", OFFICE, EDITS, at(OFFICE)),
    Scene("site-document", RULE, EDITS, at(ONE)),
    Scene("site-document-withdrawn", RULE, EDITS, at(f"{OFFICE}/{{gone_document.id}}")),
    Scene("site-document-new", f"{OFFICE}/new", EDITS, at(f"{OFFICE}/new")),
    Scene("site-document-new-wrong", f"{OFFICE}/new", EDITS,
          sent(f"{OFFICE}/new", "Opslaan", day="31/02/2026"), wrong=True),
    Scene("site-document-edit", f"{RULE}/edit", EDITS, at(f"{ONE}/edit")),
    Scene("site-document-edit-wrong", f"{RULE}/edit", EDITS,
          sent(f"{ONE}/edit", "Opslaan", title="", day="gisteren"), wrong=True),
    Scene("site-document-edit-stale", f"{RULE}/edit", EDITS,
          stale(f"{ONE}/edit", _renamed, title="Loket voor beginners")),
    Scene("site-document-version", f"{RULE}/version", EDITS, at(f"{ONE}/version")),
    Scene("site-document-version-wrong", f"{RULE}/version", EDITS,
          sent(f"{ONE}/version", "Vervangen", link="http://voorbeeld.be"), wrong=True),
    Scene("site-document-withdraw", f"{RULE}/withdraw", EDITS, at(f"{ONE}/withdraw")),
]


def site_documents_of():
    """A manual with two versions, a template and a recording, and one that is withdrawn."""
    manual = a_document(title="Starten met Loket", sentence="Je eerste cliënt, je eerste periode, je jaarrapport.")
    a_document(title="Sjabloon begeleidingsplan", category="template", content=files.office("docx"),
               sentence="Een plan in twee bladzijden, om samen in te vullen.")
    a_document(title="Opname van de studiedag", sentence="", link=LINK)
    gone = a_document(title="Handleiding van vroeger")
    documents.withdraw_document(gone, 1)
    documents.add_version(manual, body_of(files.PDF + b"\n", ""), 1)
    return {"site_document": manual, "gone_document": gone, "gone_document_digest": gone.versions[0].digest}
