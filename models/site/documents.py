"""The documents of the public site: their categories, and those that everybody reads."""
from pathlib import Path

import peewee

from models.documents import documents
from models.documents.categories import categories_in
from models.documents.documents import Document
from models.site.roles import WING

# The category that also has the reports of the wings.
REPORTS = "report"
FILE = Path(__file__).parent / "document_categories.toml"


def categories() -> dict[str, str]:
    """Return the label of each category by its code, in the order in which pages list them."""
    return categories_in(FILE)


def published() -> "peewee.ModelSelect[Document]":
    """Select the documents that everybody reads, the newest first."""
    return documents.offered(WING, public=True)


def withdrawn() -> "peewee.ModelSelect[Document]":
    """Select the documents that nobody reads any more, for an editor."""
    return Document.of(WING).where(Document.withdrawn_at.is_null(False))


def one(number: int) -> Document | None:
    """Return the document with this id, or None; also one that is withdrawn."""
    return Document.one(WING, number)
