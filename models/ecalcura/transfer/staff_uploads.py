"""Lists of 'Personeel inlezen' that were checked, sealed until they are read (docs/decisions/0148)."""
import datetime
import hashlib
import hmac
import io
from typing import Any

import peewee

from models import names
from models.accounts.accounts import Account
from models.audit import Actor
from models.database import BaseModel, now, transaction
from models.ecalcura.contracts import staff_file
from models.ecalcura.contracts.staff_file import Report
from models.ecalcura.facilities.facilities import Facility

# How long a list waits, and how many of a facility may wait; how long it is known that there was one.
KEPT = datetime.timedelta(hours=1)
FORGOTTEN = datetime.timedelta(days=1)
MOST_WAITING = 5
# The kind of the sealed bytes of a row.
FILE = "staff_upload file"


class StaffUpload(BaseModel):
    """A list that was checked and waits to be read."""

    id = peewee.AutoField()
    facility = peewee.ForeignKeyField(Facility)
    account = peewee.ForeignKeyField(Account)
    form_key = peewee.TextField()
    content = peewee.BlobField(null=True)
    uploaded_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "staff_upload"

    @classmethod
    def one(cls, facility: Facility, upload_id: int) -> "StaffUpload | None":
        """Return the facility's list with this id, or None."""
        return cls.get_or_none(cls.id == upload_id, cls.facility == facility.id)

    @property
    def waits(self) -> bool:
        """Whether the list can still be read."""
        return self.content is not None and self.uploaded_at >= now() - KEPT

    def read(self, by: Actor) -> Report:
        """Add the contracts of a list that waits as `staff_file.read` does, and forget it.

        Never call it in a transaction. A list that is read twice at once adds each row once.
        """
        content = names.open_bytes(self.facility_id, self.id, FILE, bytes(self.content))
        report = staff_file.read(Facility.get_by_id(self.facility_id), io.BytesIO(content), by, form_key=self.form_key)
        _forget(StaffUpload.id == self.id)
        return report


def store(facility: Facility, content: bytes, by: Actor, form_key: str) -> StaffUpload:
    """Keep a list, sealed; the oldest that waits gives way to a sixth.

    A form with this key that stored the same file before stored this one. Raises `Refused` without the names' key.
    """
    # A browser that goes back shows the same form again, and then another file may be chosen in it.
    key = hmac.new(form_key.encode(), content, hashlib.sha256).hexdigest()
    names.make_ready(facility.id)
    row = StaffUpload
    with transaction():
        added = row.insert(facility=facility.id, account=by.id, form_key=key).on_conflict(
            action="NOTHING", conflict_target=[row.facility, row.form_key]).as_rowcount().execute()
        stored = row.get(row.facility == facility.id, row.form_key == key)
        if added:
            stored.content = names.seal_bytes(facility.id, stored.id, FILE, content)
            stored.save()
        waiting = row.select(row.id).where(row.facility == facility.id, row.content.is_null(False))
        _forget(row.id.in_([one.id for one in waiting.order_by(row.id.desc())][MOST_WAITING:]))
    return stored


def tidy() -> None:
    """Forget the lists that waited too long, and a day later that they were there.

    A chore: it takes the write lock only if there are some.
    """
    row, moment = StaffUpload, now()
    expired = row.content.is_null(False) & (row.uploaded_at < moment - KEPT)
    if row.select(row.id).where(expired).exists():
        _forget(expired)
    gone = row.uploaded_at < moment - FORGOTTEN
    if row.select(row.id).where(gone).exists():
        row.delete().where(gone).execute()


def _forget(which: Any) -> None:
    StaffUpload.update(content=None).where(which).execute()
