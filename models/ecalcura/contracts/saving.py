"""Saving rows of staff: the facility's lock, forms that are sent twice, older versions, and days that are submitted."""
import contextlib
import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from models.audit import AuditEntry
from models.database import now, transaction
from models.ecalcura.contracts.days import differing
from models.ecalcura.contracts.rows import StaffRow
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.trimesters import files
from models.errors import Refused, Stale

AnyRow = TypeVar("AnyRow", bound=StaffRow)
# (first day, last day or None, the content that counts on those days).
Content = tuple[datetime.date, datetime.date | None, object]
FIELDS_OF_A_ROW = ("id", "form_key", "version", "created_at", "changed_at")


@contextlib.contextmanager
def changing(facility_id: int, employee_ids: Collection[int | None]) -> Iterator[Facility]:
    """Open a transaction that changes rows of these employees; nobody else changes rows of the facility meanwhile.

    An employee who is made in it is added to `employee_ids` there.
    Raises `Refused` if the facility may not enter anything yet (V24).
    """
    with transaction():
        facility = Facility.get_by_id(facility_id)
        files.hold(facility)
        files.refuse_before_entry(facility)
        yield facility
        changes.tell([employee_id for employee_id in employee_ids if employee_id is not None])


def check_content(facility: Facility, old: Iterable[Content], new: Iterable[Content]) -> None:
    """Raise `Refused` if the content of a submitted trimester differs (V33), or that of days after a merger.

    Otherwise the trimesters of the days that differ are in entry from now on.
    """
    spans = differing(old, new)
    files.refuse_if_submitted(facility, spans)
    for first, last in spans:
        if facility.is_merged and (last is None or last >= facility.merged_on):
            raise Refused(EcalcuraCode.MERGED_AWAY, day=facility.merged_on)
        files.touch(facility, first, last)


def sent_before(model: type[AnyRow], facility_id: int, form_key: str | None,
                values: Mapping[str, Any]) -> AnyRow | None:
    """Return the row that this form made when it was sent before, or None.

    Raises `Refused`, with the row in its context, if the form now has other values.
    """
    sent = model.get_or_none(model.facility_id == facility_id, model.form_key == form_key) if form_key else None
    if sent and any(getattr(sent, name) != value for name, value in values.items()):
        raise Refused(EcalcuraCode.ROW_SAVED, row=sent)
    return sent


def current(row: AnyRow, version: int) -> AnyRow:
    """Return the row as it is now, within `changing`; raises `Stale` if a form was made from another version."""
    found = type(row).get_or_none(type(row).id == row.id)
    if found is None or found.version != version:
        raise Stale(current=found)
    return found


def deleted_of(facility: Facility, event: EcalcuraEvent, **ids: int) -> int | None:
    """Return the id of the employee whose row with these ids was deleted, as the log has it, or None."""
    for entry in AuditEntry.of_tenant(facility.id).where(AuditEntry.event == event):
        if entry.details.items() >= ids.items():
            return int(entry.subject)
    return None


def changed(row: StaffRow, values: Mapping[str, Any]) -> list[str]:
    """Return the names of the values that differ from the row's, in order."""
    return sorted(name for name, value in values.items() if getattr(row, name) != value)


def store(row: AnyRow, values: Mapping[str, Any]) -> AnyRow:
    """Save these values as the row's next version; return it as it is now."""
    model = type(row)
    model.update({**values}, version=model.version + 1, changed_at=now()).where(model.id == row.id).execute()
    return model.get_by_id(row.id)


def refuse_if_ever_submitted(facility: Facility, row: StaffRow, first: datetime.date,
                             last: datetime.date | None) -> None:
    """Raise `Refused` if a submitted version has this row of these days: it can be ended, and not be deleted."""
    for file in files.TrimesterFile.of(facility):
        newer = file.state == files.REOPENED and row.created_at > file.changed_at
        if file.was_submitted and not newer and file.trimester.touches(first, last):
            raise Refused(EcalcuraCode.ROW_SUBMITTED, number=file.trimester.number)
