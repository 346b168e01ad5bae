"""The snapshot of a submission: canonical JSON with a salt in it, its hash, and how it is sealed.

A snapshot is read long after the lists, the register and the rows have changed, so it holds labels beside codes.
Hours are in hundredths, days and moments in ISO 8601.
"""
import hashlib
import json
import secrets
from typing import Any, NamedTuple

from models import names
from models.ecalcura.submissions.submissions import Submission

FORMAT = 1
SALT_BYTES = 32
KIND = "submission"
# The parts of a snapshot: strings, numbers, truth values, None, and lists and objects of these.
Content = dict[str, Any]


class Taken(NamedTuple):
    """A snapshot: its bytes, and the hash that is printed."""

    canonical: bytes
    sha256: str


def take(content: Content) -> Taken:
    """Return the snapshot of this content. The salt keeps anybody from trying numbers against the printed hash."""
    canonical = canonical_bytes({**content, "format": FORMAT, "salt": secrets.token_hex(SALT_BYTES)})
    return Taken(canonical, hashlib.sha256(canonical).hexdigest())


def canonical_bytes(content: Content) -> bytes:
    """Return this content as JSON with sorted keys, no spaces, in UTF-8; only whole numbers are allowed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False,
                      default=_refuse).encode()


def _refuse(value: object) -> None:
    raise TypeError(f"{type(value).__name__} has no canonical form")


def seal(facility_id: int, file_id: int, number: int, taken: Taken) -> bytes:
    """Seal a snapshot for a version of a file, under the facility's key."""
    return names.seal_bytes(facility_id, file_id, f"{KIND} {number}", taken.canonical)


def open_snapshot(submission: Submission) -> bytes:
    """Return the bytes of the snapshot of a submission; raises `Refused` if it does not open."""
    return names.open_bytes(submission.facility_id, submission.file_id, f"{KIND} {submission.number}",
                            bytes(submission.sealed))


def content_of(submission: Submission) -> Content:
    """Return the content of the snapshot of a submission; raises `Refused` if it does not open."""
    content: Content = json.loads(open_snapshot(submission))
    return content


def is_intact(submission: Submission) -> bool:
    """Say whether the snapshot still has the hash that was printed; raises `Refused` if it does not open."""
    return hashlib.sha256(open_snapshot(submission)).hexdigest() == submission.sha256
