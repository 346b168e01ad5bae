"""The scenes of documents: at the desk, of a facility, and for everybody."""
from models.documents import documents
from models.documents.documents import Document
from models.documents.versions import body_of
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent, stale
from tests.models.documents import files
from tests.models.documents.made import LINK, a_document

PRIVATE = "private"
AT_DESK, PUBLIC, OWN = f"{DESK}/documents", "/ecalcura/documents", "/ecalcura/<hco>/documents"
RULE, ONE = f"{AT_DESK}/<int:document_id>", f"{AT_DESK}/{{document_id}}"


def _renamed(world):
    """Let a colleague save the document first."""
    one = Document.get_by_id(world.document_id)
    documents.change_document(one, one.details._replace(reference=f"TFO/2026/{one.version}"), one.version)


DOCUMENT_SCENES = [
    Scene("desk-documents", AT_DESK, DESK_DOSSIER, at(AT_DESK)),
    Scene("desk-document", RULE, DESK_DOSSIER, at(ONE)),
    Scene("desk-document-withdrawn", RULE, DESK_DOSSIER, at(f"{AT_DESK}/{{withdrawn_id}}")),
    Scene("desk-document-new", f"{AT_DESK}/new", DESK_DOSSIER, at(f"{AT_DESK}/new")),
    Scene("desk-document-new-wrong", f"{AT_DESK}/new", DESK_DOSSIER,
          sent(f"{AT_DESK}/new", "Opslaan", day="31/02/2026"), wrong=True),
    Scene("desk-document-edit", f"{RULE}/edit", DESK_DOSSIER, at(f"{ONE}/edit")),
    Scene("desk-document-edit-wrong", f"{RULE}/edit", DESK_DOSSIER,
          sent(f"{ONE}/edit", "Opslaan", title="", day="gisteren"), wrong=True),
    Scene("desk-document-edit-stale", f"{RULE}/edit", DESK_DOSSIER,
          stale(f"{ONE}/edit", _renamed, title="Handleiding eCalcura voor beginners")),
    Scene("desk-document-version", f"{RULE}/version", DESK_DOSSIER, at(f"{ONE}/version")),
    Scene("desk-document-version-wrong", f"{RULE}/version", DESK_DOSSIER,
          sent(f"{ONE}/version", "Toevoegen", link="http://voorbeeld.be"), wrong=True),
    Scene("desk-document-withdraw", f"{RULE}/withdraw", DESK_DOSSIER, at(f"{ONE}/withdraw")),
    Scene("documents", OWN, PRIVATE, at("/ecalcura/{hco}/documents")),
    Scene("public-documents", PUBLIC, None, at(PUBLIC)),
]
DOCUMENT_FILES = {f"{rule}/<int:document_id>/<digest>" for rule in (AT_DESK, OWN, PUBLIC)}
# A form that only asks.
DOCUMENT_QUESTIONS = {f"{RULE}/withdraw"}


def documents_of():
    """A public manual with two versions, a form for some facilities, a recording, and a withdrawn letter."""
    manual = a_document(title="Handleiding eCalcura", public=True)
    documents.add_version(manual, body_of(files.office("docx"), ""), 1)
    a_document(title="Sjabloon gefactureerde dagen", category="form", reference="", sentence="", content=files.CSV,
               audience=("ibw", "pvt", "woonzorgcentrum"))
    a_document(title="Infosessie van december", category="recording", reference="", link=LINK, public=True)
    letter = a_document(title="Brief 1: de nieuwe rollen", category="letter")
    documents.withdraw_document(letter, 1)
    return {"document_id": manual.id, "withdrawn_id": letter.id}
