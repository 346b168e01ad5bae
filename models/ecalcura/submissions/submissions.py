"""Frozen submissions of trimester files. The database refuses to change or delete one.

One that is purged, long after, loses its snapshot and documents; its hash stays (docs/decisions/0146).
"""
import peewee

from models.database import BaseModel, now
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.files import TrimesterFile


class Submission(BaseModel):
    """A version of a trimester file that was submitted: `sealed` is its snapshot, `sha256` the snapshot's hash."""

    id = peewee.AutoField()
    file = peewee.ForeignKeyField(TrimesterFile)
    file_id: int
    facility_id = peewee.IntegerField()
    number = peewee.IntegerField()
    account_id = peewee.IntegerField(null=True)
    sealed = peewee.BlobField()
    sha256 = peewee.TextField()
    made_at = peewee.DateTimeField(default=now)

    @classmethod
    def is_kept(cls) -> peewee.Expression:
        """Return the condition that a submission is not purged."""
        return peewee.fn.LENGTH(cls.sealed) > 0

    @property
    def is_purged(self) -> bool:
        """Whether its snapshot is gone."""
        return not self.sealed

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[Submission]":
        """Select the submissions of a facility, the newest first."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.made_at.desc(), cls.id.desc())

    @classmethod
    def last_of_files(cls, facility: Facility) -> "dict[int, Submission]":
        """Return the newest version of each trimester file of a facility, by the id of the file."""
        return {submission.file_id: submission for submission in cls.of(facility).order_by(cls.number)}

    @classmethod
    def of_file(cls, file: TrimesterFile) -> "peewee.ModelSelect[Submission]":
        """Select the versions of a trimester file, the newest first."""
        return cls.select().where(cls.file == file.id).order_by(cls.number.desc())

    @classmethod
    def last_of(cls, file: TrimesterFile) -> "Submission | None":
        """Return the newest version of a trimester file, or None."""
        return cls.of_file(file).first()

    @classmethod
    def one(cls, file: TrimesterFile, number: int) -> "Submission | None":
        """Return a version of a trimester file, or None."""
        return cls.of_file(file).where(cls.number == number).first()
