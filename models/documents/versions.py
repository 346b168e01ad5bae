"""The versions of a document: each a file or a link, which nobody changes."""
import hashlib
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

import peewee

from models.database import BaseModel, now
from models.documents.formats import format_of
from models.errors import Code, Refused

LONGEST_LINK = 500
# Characters of the hash of the content that the address of a version has.
DIGEST = 16


class Body(NamedTuple):
    """The content of a version: a file, with its format, or a link."""

    link: str | None
    content: bytes | None
    format: str | None

    @property
    def sha256(self) -> str:
        """The hash of the file, or of the link."""
        return hashlib.sha256(self.content or (self.link or "").encode()).hexdigest()


def body_of(content: bytes | None, link: str) -> Body:
    """Return a file or a link as the content of a version; raises `Refused` unless it is one of both, and in order."""
    link = link.strip()
    if (content is None) == (not link):
        raise Refused(Code.DOCUMENT_ONE)
    if content is not None:
        return Body(None, content, format_of(content))
    if not _is_link(link):
        raise Refused(Code.DOCUMENT_LINK)
    return Body(link, None, None)


class DocumentVersion(BaseModel):
    id = peewee.AutoField()
    document_id = peewee.IntegerField()
    number = peewee.IntegerField()
    link = peewee.TextField(null=True)
    content = peewee.BlobField(null=True)
    format = peewee.TextField(null=True)
    size = peewee.IntegerField(null=True)
    sha256 = peewee.TextField()
    account_id = peewee.IntegerField(null=True)
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "document_version"

    @property
    def digest(self) -> str:
        """The piece of the hash that its address has."""
        return self.sha256[:DIGEST]

    @classmethod
    def of(cls, document_ids: Iterable[int]) -> "peewee.ModelSelect[DocumentVersion]":
        """Select the versions of documents without their content, the oldest first."""
        without_content = [field for field in cls._meta.sorted_fields if field is not cls.content]
        return cls.select(*without_content).where(cls.document_id.in_(list(document_ids))).order_by(
            cls.document_id, cls.number)

    @classmethod
    def newest(cls, document_ids: Iterable[int]) -> "dict[int, DocumentVersion]":
        """Return the newest version of each of these documents, by the document's id."""
        return {version.document_id: version for version in cls.of(document_ids)}

    def file(self) -> bytes:
        """Read its file."""
        return bytes(DocumentVersion.select(DocumentVersion.content).where(
            DocumentVersion.id == self.id).get().content)


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return (len(link) <= LONGEST_LINK and link.isprintable() and " " not in link and "\\" not in link
                and parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc)
    except ValueError:
        return False
