"""Documents of a wing: for some of its people or for all of them, and readable for everybody when public."""
import datetime
from collections.abc import Iterable
from typing import NamedTuple

import peewee

from models.audit import Actor, Event, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.documents.versions import Body, DocumentVersion
from models.errors import Code, Refused, Stale

# Also in migrations/0010_tables.sql.
LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_SENTENCE = 150, 50, 300
# The rule of the database that refuses a change -> the code.
RULES = {"document_is_withdrawn": Code.DOCUMENT_WITHDRAWN}


class Details(NamedTuple):
    """All that is known of a document. `audience` holds codes of its wing; without one it is for everybody there."""

    title: str
    category: str
    day: datetime.date
    reference: str = ""
    sentence: str = ""
    public: bool = False
    audience: tuple[str, ...] = ()


class Document(BaseModel):
    id = peewee.AutoField()
    wing = peewee.TextField()
    category = peewee.TextField()
    title = peewee.TextField()
    reference = peewee.TextField(default="")
    sentence = peewee.TextField(default="")
    day = peewee.DateField()
    public = peewee.BooleanField(default=False)
    form_key = peewee.TextField(null=True)
    withdrawn_at = peewee.DateTimeField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, wing: str) -> "peewee.ModelSelect[Document]":
        """Select the documents of a wing, the newest first; also those that are withdrawn."""
        return cls.select().where(cls.wing == wing).order_by(cls.day.desc(), cls.id.desc())

    @classmethod
    def one(cls, wing: str, document_id: int) -> "Document | None":
        """Return the document of the wing with this id, or None; also one that is withdrawn."""
        return cls.of(wing).where(cls.id == document_id).first()

    @property
    def audience(self) -> tuple[str, ...]:
        """The codes for which it is."""
        return DocumentAudience.of([self.id])[self.id]

    @property
    def details(self) -> Details:
        """All that is known of it."""
        return Details(self.title, self.category, self.day, self.reference, self.sentence, self.public, self.audience)

    @property
    def versions(self) -> list[DocumentVersion]:
        """Its versions without their content, the newest first."""
        return list(DocumentVersion.of([self.id]))[::-1]


class DocumentAudience(BaseModel):
    document_id = peewee.IntegerField()
    audience = peewee.TextField()

    class Meta:
        table_name = "document_audience"
        primary_key = peewee.CompositeKey("document_id", "audience")

    @classmethod
    def of(cls, document_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the codes for which each of these documents is, by the document's id."""
        found: dict[int, tuple[str, ...]] = dict.fromkeys(document_ids, ())
        for row in cls.select().where(cls.document_id.in_(list(found))).order_by(cls.audience):
            found[row.document_id] += (row.audience,)
        return found


def offered(wing: str, audience: str | None = None, public: bool = False) -> "peewee.ModelSelect[Document]":
    """Select the documents that are not withdrawn: those for this audience, or the public ones; by default all."""
    query = Document.of(wing).where(Document.withdrawn_at.is_null())
    if public:
        query = query.where(Document.public)
    if audience is not None:
        every = DocumentAudience.select(DocumentAudience.document_id)
        named = every.where(DocumentAudience.audience == audience)
        query = query.where(Document.id.not_in(every) | Document.id.in_(named))
    return query


def add_document(wing: str, details: Details, body: Body, by: Actor | None = None,
                 form_key: str | None = None) -> Document:
    """Add a document with its first version; a form that is sent again returns the one that it added."""
    try:
        with transaction():
            if sent := _of_form(wing, form_key):
                return sent
            added = Document.create(wing=wing, form_key=form_key, **_columns(details))
            _store_audience(added, details.audience)
            _store_version(added, 1, body, by)
            record(Event.DOCUMENT_ADDED, by=by, subject=added.id)
        return added
    except peewee.IntegrityError:
        # The same form, sent at the same moment, was first.
        if sent := _of_form(wing, form_key):
            return sent
        raise


def change_document(document: Document, details: Details, version: int, by: Actor | None = None) -> Document:
    """Save other details and record which; raises `Stale` for an older version, `Refused` once it is withdrawn."""
    with transaction(), refusing(**RULES):
        current = _current(document, version)
        before = current.details
        changed = [name for name in Details._fields if getattr(before, name) != getattr(details, name)]
        if changed:
            _save(current, **_columns(details))
            if "audience" in changed:
                _store_audience(current, details.audience)
            record(Event.DOCUMENT_CHANGED, by=by, subject=current.id, fields=changed)
    return current


def add_version(document: Document, body: Body, version: int, by: Actor | None = None) -> None:
    """Add a version; the former ones stay. The same form sent again changes nothing.

    Raises `Stale` for an older version of the document, and `Refused` once it is withdrawn or if nothing differs.
    """
    with transaction(), refusing(**RULES):
        try:
            current = _current(document, version)
        except Stale:
            if _newest(document).sha256 == body.sha256:
                return
            raise
        newest = _newest(current)
        if newest.sha256 == body.sha256:
            raise Refused(Code.DOCUMENT_SAME)
        _save(current)
        _store_version(current, newest.number + 1, body, by)
        record(Event.DOCUMENT_VERSION_ADDED, by=by, subject=current.id, number=newest.number + 1)


def withdraw_document(document: Document, version: int, by: Actor | None = None) -> None:
    """Show a document to nobody any more; its versions stay. A second time changes nothing. Raises `Stale`."""
    with transaction():
        if locked(Document.select().where(Document.id == document.id)).get().withdrawn_at:
            return
        _save(_current(document, version), withdrawn_at=now())
        record(Event.DOCUMENT_WITHDRAWN, by=by, subject=document.id)


def _of_form(wing: str, form_key: str | None) -> Document | None:
    return Document.of(wing).where(Document.form_key == form_key).first() if form_key else None


def _columns(details: Details) -> dict[str, object]:
    return {name: value for name, value in details._asdict().items() if name != "audience"}


def _current(document: Document, version: int) -> Document:
    current = locked(Document.select().where(Document.id == document.id)).get()
    if current.withdrawn_at:
        raise Refused(Code.DOCUMENT_WITHDRAWN)
    if current.version != version:
        raise Stale(current=current)
    return current


def _newest(document: Document) -> DocumentVersion:
    return DocumentVersion.newest([document.id])[document.id]


def _save(current: Document, **values: object) -> None:
    for name, value in values.items():
        setattr(current, name, value)
    current.version, current.changed_at = current.version + 1, now()
    current.save()


def _store_audience(document: Document, audience: tuple[str, ...]) -> None:
    DocumentAudience.delete().where(DocumentAudience.document_id == document.id).execute()
    for code in audience:
        DocumentAudience.create(document_id=document.id, audience=code)


def _store_version(document: Document, number: int, body: Body, by: Actor | None) -> None:
    DocumentVersion.create(
        document_id=document.id, number=number, link=body.link, content=body.content, format=body.format,
        size=None if body.content is None else len(body.content), sha256=body.sha256, account_id=by and by.id)
