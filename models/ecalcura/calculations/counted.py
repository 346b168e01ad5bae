"""The quantities of submissions, counted once from each snapshot; a calculation reads these and opens no snapshot.

So a calculator never comes near a name: a chore of the server counts, and nothing that it counted ever changes.
"""
import hashlib
import json
import logging
import random
import time
from typing import ClassVar

import peewee

from models.database import BaseModel, now, transaction
from models.ecalcura.calculations import quantities
from models.ecalcura.calculations.quantities import FORMULA_VERSION
from models.ecalcura.submissions import snapshot
from models.ecalcura.submissions.snapshot import Content, canonical_bytes
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused

log = logging.getLogger("loket.ecalcura")

# The most submissions in one round of the chores, which also deliver the mails.
A_ROUND = 20
# Seconds after which a submission that does not open is tried again.
PAUSE = 600


class _State:
    # The id of a submission that did not open → when it is tried again.
    failed: ClassVar[dict[int, float]] = {}


class CountedSubmission(BaseModel):
    """The quantities of a submission by a version of the formula, as canonical JSON. `sums` is a part of `content`."""

    submission_id = peewee.IntegerField()
    formula_version = peewee.IntegerField()
    sha256 = peewee.TextField()
    sums = peewee.TextField()
    made_at = peewee.DateTimeField(default=now)
    content = peewee.TextField()

    class Meta:
        table_name = "counted_submission"
        primary_key = peewee.CompositeKey("submission_id", "formula_version")

    @classmethod
    def one(cls, submission_id: int, formula_version: int = FORMULA_VERSION) -> "CountedSubmission | None":
        """Return the quantities of a submission, or None."""
        return cls.get_or_none(cls.submission_id == submission_id, cls.formula_version == formula_version)

    @classmethod
    def sums_of(cls, trimester: Trimester) -> dict[int, tuple[str, Content]]:
        """Return (hash, sums) of the counted submissions of a trimester, by the id of the submission."""
        files = TrimesterFile.select(TrimesterFile.id).where(TrimesterFile.trimester == trimester.id)
        rows = cls.select(cls.submission_id, cls.sha256, cls.sums).where(
            cls.submission_id.in_(Submission.select(Submission.id).where(Submission.file.in_(files))),
            cls.formula_version == FORMULA_VERSION).tuples()
        return {submission_id: (sha256, json.loads(sums)) for submission_id, sha256, sums in rows}

    @property
    def quantities(self) -> Content:
        """The quantities: see `quantities.count`."""
        content: Content = json.loads(self.content)
        return content


def count(submission: Submission) -> bool:
    """Count a submission and keep its quantities; return False if that was done already.

    Raises `Refused` if its snapshot does not open.
    """
    counted = quantities.count(snapshot.content_of(submission))
    counted["submission"] = {"number": submission.number, "sha256": submission.sha256}
    canonical = canonical_bytes(counted)
    with transaction():
        # Two processes may count the same one: on SQLite this one has the lock here, on PostgreSQL the insert waits.
        if CountedSubmission.one(submission.id):
            return False
        return bool(CountedSubmission.insert(
            submission_id=submission.id, formula_version=FORMULA_VERSION, content=canonical.decode(),
            sums=canonical_bytes(counted["sums"]).decode(), sha256=hashlib.sha256(canonical).hexdigest(),
            made_at=now()).on_conflict(action="NOTHING", conflict_target=[
                CountedSubmission.submission_id, CountedSubmission.formula_version]).execute())


def count_missing(most: int = A_ROUND) -> int:
    """Count submissions that nobody counted yet, as a chore does, and return how many were counted."""
    there = CountedSubmission.select(CountedSubmission.submission_id).where(
        CountedSubmission.formula_version == FORMULA_VERSION)
    missing = [submission_id for submission_id, in Submission.select(Submission.id).where(
        Submission.id.not_in(there), Submission.is_kept()).tuples()]
    due = [one for one in missing if _State.failed.get(one, 0) <= time.monotonic()]
    made = 0
    # Left to chance: several processes may do this at once.
    for submission_id in random.sample(due, min(most, len(due))):
        try:
            made += count(Submission.get_by_id(submission_id))
        except Refused as error:
            log.error("submission %d was not counted: %s", submission_id, error.code)
            _State.failed[submission_id] = time.monotonic() + PAUSE
    return made
