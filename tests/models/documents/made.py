"""A document of ecalcura or of the public site, for tests and walks that need one."""
import datetime

from models.documents import documents
from models.documents.documents import Details
from models.documents.versions import body_of
from tests.models.documents import files

DAY = datetime.date(2026, 6, 3)
MANUAL = Details("Handleiding", "manual", DAY, "TFO/2023/16", "Hoe je begint.")
LINK, OTHER_LINK = "https://video.voorbeeld.be/opname", "https://video.voorbeeld.be/andere"


def a_document(wing="ecalcura", content=files.PDF, link="", **values):
    """Add a document, by default with a PDF."""
    return documents.add_document(wing, MANUAL._replace(**values), body_of(None if link else content, link))


def a_document_of_site(**values):
    """Add a document of the public site, by default a PDF."""
    return a_document("site", **{"title": "Handleiding Loket", "reference": "", "public": True, **values})
