"""The documents of a submission: made after it, within a minute, and kept sealed so that their bytes never change."""
import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import peewee
import typst

from models import names
from models.alone import Alone
from models.database import BaseModel, locked, now, transaction
from models.ecalcura.submissions import confirmation, snapshot, workbook
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.submissions.submissions import Submission
from models.errors import Refused

log = logging.getLogger("loket.ecalcura")

PDF, XLSX = "pdf", "xlsx"
MAKERS: dict[str, Callable[[Content, str], bytes]] = {PDF: confirmation.make, XLSX: workbook.make}
# The most submissions in one round of the chores, which also deliver the mails.
A_ROUND = 10
# Seconds after which a document that could not be made is tried again.
PAUSE = 600


class SubmissionDocument(BaseModel):
    """A document of a submission. The database refuses to change or delete one."""

    submission = peewee.ForeignKeyField(Submission)
    submission_id: int
    kind = peewee.TextField()
    sealed = peewee.BlobField()
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "submission_document"
        primary_key = peewee.CompositeKey("submission", "kind")


# Typst keeps some 160 MB for later documents.
ALONE = Alone("documents")


class _State:
    # (submission, kind) of a document that could not be made → when it is tried again.
    failed: ClassVar[dict[tuple[int, str], float]] = {}


def start(settings: Mapping[str, Any]) -> None:
    """Let one process make the documents of the register in DATA_DIR, when the application starts."""
    ALONE.start(settings["DATA_DIR"])


def _is_kept(submission: Submission) -> bool:
    """Say whether nobody purged a submission; on PostgreSQL nobody does so until the transaction ends."""
    return bool(locked(Submission.select(Submission.id).where(Submission.id == submission.id, Submission.is_kept())))


def kinds_of(submission: Submission) -> set[str]:
    """Return the kinds of documents that are there."""
    return {row.kind for row in _of(submission).select(SubmissionDocument.kind)}


def document(submission: Submission, kind: str) -> bytes | None:
    """Return the bytes of a document, or None while it has yet to be made; raises `Refused` if it does not open."""
    found = _of(submission).where(SubmissionDocument.kind == kind).first()
    return found and names.open_bytes(submission.facility_id, submission.id, _sealed_as(kind), bytes(found.sealed))


def _of(submission: Submission) -> "peewee.ModelSelect[SubmissionDocument]":
    return SubmissionDocument.select().where(SubmissionDocument.submission == submission.id)


def _sealed_as(kind: str) -> str:
    return f"submission_document {kind}"


def make_missing() -> int:
    """Make documents of submissions that lack them, as a chore does, and return how many were made."""
    made = 0
    for submission in _lacking() if ALONE.is_ours() else ():
        for kind in sorted(MAKERS.keys() - kinds_of(submission)):
            if _State.failed.get((submission.id, kind), 0) <= time.monotonic():
                made += _make(submission, kind)
    return made


def _lacking() -> list[Submission]:
    """Some submissions that lack a document. Which ones is left to chance: several machines may do this at once."""
    there = (SubmissionDocument.select(SubmissionDocument.submission)
             .group_by(SubmissionDocument.submission)
             .having(peewee.fn.COUNT(SubmissionDocument.kind) == len(MAKERS)))
    found = list(Submission.select(Submission.id).where(
        Submission.id.not_in(there), Submission.is_kept()).tuples())
    chosen = [submission_id for submission_id, in random.sample(found, min(A_ROUND, len(found)))]
    return list(Submission.select().where(Submission.id.in_(chosen)))


def _make(submission: Submission, kind: str) -> bool:
    """Make and store a document; return False if it was there, or could not be made.

    A message of Typst may hold a name, so the log has its type only.
    """
    try:
        content = MAKERS[kind](snapshot.content_of(submission), submission.sha256)
    except (Refused, typst.TypstError) as error:
        log.error("submission %d: no %s was made: %s", submission.id, kind, type(error).__name__)
        _State.failed[submission.id, kind] = time.monotonic() + PAUSE
        return False
    with transaction():
        # On SQLite the transaction has the lock; on PostgreSQL two may still insert it.
        if kind in kinds_of(submission) or not _is_kept(submission):
            return False
        sealed = names.seal_bytes(submission.facility_id, submission.id, _sealed_as(kind), content)
        return bool(SubmissionDocument.insert(
            submission=submission.id, kind=kind, sealed=sealed, made_at=now()).on_conflict(
            action="NOTHING", conflict_target=[SubmissionDocument.submission, SubmissionDocument.kind]).execute())
