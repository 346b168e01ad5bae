"""The documents of this wing: their categories, and the kinds of facilities for which they may be."""
from pathlib import Path

import peewee

from models.documents import documents
from models.documents.categories import categories_in
from models.documents.documents import Document
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import WING

FILE = Path(__file__).parent / "document_categories.toml"


def categories() -> dict[str, str]:
    """Return the label of each category by its code, in the order in which pages list them."""
    return categories_in(FILE)


def audiences() -> dict[str, str]:
    """Return the label of each kind of facilities that has a dossier of its own, by its code."""
    return {code: kind.label for code, kind in kinds().items() if not kind.under}


def every() -> "peewee.ModelSelect[Document]":
    """Select the documents of the wing, the newest first; also those that are withdrawn."""
    return Document.of(WING)


def for_facility(facility: Facility) -> "peewee.ModelSelect[Document]":
    """Select the documents for facilities of this kind, the newest first."""
    return documents.offered(WING, audience=facility.kind)


def for_everybody() -> "peewee.ModelSelect[Document]":
    """Select the public documents, the newest first."""
    return documents.offered(WING, public=True)


def one_of(query: "peewee.ModelSelect[Document]", document_id: int) -> Document | None:
    """Return the document with this id if the query selects it, or None."""
    return query.where(Document.id == document_id).first()
