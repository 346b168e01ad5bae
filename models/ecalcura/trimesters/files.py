"""The trimester files of a facility: whether each is empty, in entry, submitted, reopened or closed.

Whoever changes rows of a facility calls `hold` first in the transaction: submitting does so too, and the snapshot is
then of one moment.
"""
import datetime
from collections.abc import Iterable

import peewee

from models.database import BaseModel, is_sqlite, now, today
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester, touching
from models.ecalcura.trimesters.windows import TrimesterWindow, refuse_entry, refuse_submitting
from models.errors import Refused

EMPTY, ENTRY, SUBMITTED, REOPENED, CLOSED = "empty", "entry", "submitted", "reopened", "closed"
STATES = (EMPTY, ENTRY, SUBMITTED, REOPENED, CLOSED)
# The first and the last day of what changes; without a last day it has no end.
Span = tuple[datetime.date, datetime.date | None]


class TrimesterFile(BaseModel):
    """A trimester of a facility. It has a row once somebody entered or submitted something."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    trimester = peewee.ForeignKeyField(Trimester)
    trimester_id: int
    state = peewee.TextField(default=EMPTY)
    nothing_to_enter = peewee.BooleanField(default=False)
    reopened_until = peewee.DateField(null=True)
    reopen_reason = peewee.TextField(default="")
    asked_at = peewee.DateTimeField(null=True)
    asked_reason = peewee.TextField(default="")
    # Of the first submission: a later one, after the desk reopened it, is not late.
    submitted_on = peewee.DateField(null=True)
    refused_at = peewee.DateTimeField(null=True)
    refused_reason = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "trimester_file"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[TrimesterFile]":
        """Select the files of a facility with their trimesters, the oldest first."""
        return cls.select(cls, Trimester).join(Trimester).where(
            cls.facility_id == facility.id).order_by(Trimester.first)

    @classmethod
    def at(cls, facility: Facility, trimester: Trimester) -> "TrimesterFile":
        """Return the file of a trimester; one that is not saved, and empty, if it has no row."""
        return (cls.of(facility).where(Trimester.id == trimester.id).first()
                or cls(facility_id=facility.id, trimester=trimester))

    @classmethod
    def get_or_make(cls, facility: Facility, trimester: Trimester, state: str = EMPTY) -> "TrimesterFile":
        """Return the file of a trimester, which gets a row in this state if it lacks one."""
        moment = now()
        cls.insert(facility_id=facility.id, trimester=trimester, state=state, created_at=moment,
                   changed_at=moment).on_conflict(
            action="NOTHING", conflict_target=[cls.facility_id, cls.trimester]).execute()
        return cls.at(facility, trimester)

    @property
    def is_frozen(self) -> bool:
        """Whether nothing of it may change: it is submitted, or the day until which it was reopened has passed."""
        return self.state in (SUBMITTED, CLOSED) or self.entry_ended

    @property
    def was_submitted(self) -> bool:
        """Whether there is a submission of it, also if it was reopened since."""
        return self.state not in (EMPTY, ENTRY)

    @property
    def entry_ended(self) -> bool:
        """Whether it was reopened until a day that has passed."""
        return self.state == REOPENED and self.reopened_until is not None and self.reopened_until < today()

    @property
    def is_open_again(self) -> bool:
        """Whether the desk reopened it, so that data may be entered today whatever holds for others of its kind."""
        return self.state == REOPENED and not self.entry_ended

    def move(self, state: str, **values: object) -> None:
        """Give it a state, with the values that go with it. Another state ends the answer to an older question."""
        answer = {} if state == self.state else {"refused_at": None, "refused_reason": ""}
        changes = {**answer, "state": state, **values}
        if state == SUBMITTED and self.submitted_on is None:
            changes["submitted_on"] = today()
        TrimesterFile.update(changes, version=TrimesterFile.version + 1, changed_at=now()).where(
            TrimesterFile.id == self.id).execute()
        for name, value in changes.items():
            setattr(self, name, value)


def hold(facility: Facility) -> None:
    """Let nobody else change rows of this facility, or submit, until the transaction ends."""
    if not is_sqlite():
        # Not FOR UPDATE, for which each insert of a row that refers to the facility would wait.
        list(Facility.select(Facility.id).where(Facility.id == facility.id).for_update("FOR NO KEY UPDATE"))


def refuse_if_submitted(facility: Facility, spans: Iterable[Span]) -> None:
    """Raise `Refused` (V33) if one of these spans has a day in a trimester that is submitted.

    Call it in the transaction of the change, after `hold`.
    """
    frozen = [file for file in TrimesterFile.of(facility) if file.is_frozen]
    for first, last in spans:
        for file in frozen:
            if file.trimester.touches(first, last):
                code = EcalcuraCode.REOPENED_ENDED if file.entry_ended else EcalcuraCode.TRIMESTER_SUBMITTED
                raise Refused(code, trimester=file.trimester.label, number=file.trimester.number,
                              day=file.reopened_until)


def refuse_before_entry(facility: Facility) -> None:
    """Raise `Refused` if there is no trimester yet whose data the facility may enter."""
    windows = list(TrimesterWindow.of_kind(facility.kind))
    if any(window.is_open for window in windows) or any(file.is_open_again for file in TrimesterFile.of(facility)):
        return
    coming = [window for window in windows if not window.closed] or windows
    if not coming:
        raise Refused(EcalcuraCode.NO_TRIMESTER_OPEN)
    refuse_entry(coming[0], coming[0].trimester.label)


def refuse_entry_of(facility: Facility, trimester: Trimester) -> None:
    """Raise `Refused` if data of this trimester itself, such as prestaties, cannot be entered today."""
    refuse_if_submitted(facility, [(trimester.first, trimester.last)])
    if not TrimesterFile.at(facility, trimester).is_open_again:
        _refuse_after_merger(facility, trimester)
        refuse_entry(TrimesterWindow.at(facility, trimester), trimester.label)


def refuse_submitting_of(facility: Facility, trimester: Trimester, file: TrimesterFile) -> TrimesterWindow | None:
    """Raise `Refused` if the facility cannot submit this trimester today; return its window.

    A file that the desk reopened is submitted again, whatever the window of the others says.
    """
    window = TrimesterWindow.at(facility, trimester)
    if file.state != REOPENED:
        _refuse_after_merger(facility, trimester)
        refuse_submitting(window, trimester.label)
    return window


def _refuse_after_merger(facility: Facility, trimester: Trimester) -> None:
    if facility.merged_on and facility.merged_on <= trimester.first:
        raise Refused(EcalcuraCode.MERGED_AWAY, day=facility.merged_on)


def touch(facility: Facility, first: datetime.date, last: datetime.date | None) -> None:
    """Move the empty files to 'entry' of the trimesters open for entry that have a day in this span."""
    touched = TrimesterWindow.of(facility).where(touching(first, last))
    states = {file.trimester_id: file for file in TrimesterFile.of(facility).where(touching(first, last))}
    for window in touched:
        if not window.is_open:
            continue
        file = states.get(window.trimester_id)
        if file is None:
            file = TrimesterFile.get_or_make(facility, window.trimester, ENTRY)
        if file.state == EMPTY:
            file.move(ENTRY)
