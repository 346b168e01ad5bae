"""Taking over the certificates of facilities; prestaties are read and refused, row by row."""
import datetime

from models.database import transaction
from models.ecalcura.deliveries.certificates import Certificate
from models.ecalcura.transfer.raas.columns import (
    CERTIFICATE,
    CERTIFICATES,
    CHANGED,
    KIND,
    LAST,
    PERFORMANCES,
    SINCE,
)
from models.ecalcura.transfer.raas.contract_rows import CLOSED_ON, read_day, riziv
from models.ecalcura.transfer.raas.places import Places
from models.ecalcura.transfer.raas.reasons import Reason, note, result_of
from models.ecalcura.transfer.raas.rows import Decided, seen, store
from models.files.reading.table import Row


def take_certificates(rows: list[Row], import_id: int, places: Places) -> None:
    """Take a batch of certificates over."""
    with transaction():
        _store(CERTIFICATES, import_id, [(_key(row, 3), _certificate(row, places)) for row in rows])


def take_performances(rows: list[Row], import_id: int, places: Places) -> None:
    """Refuse a batch of prestaties: none is taken over."""
    with transaction():
        _store(PERFORMANCES, import_id, [(_key(row, 3), _performance(row, places)) for row in rows])


def _key(row: Row, cells: int) -> str:
    return "/".join([riziv(row.cells[0].strip()), *row.cells[1:cells]])[:100] if row.cells else f"#{row.line}"


def _store(file: str, import_id: int, decided: list[tuple[str, Decided]]) -> None:
    """Store these rows by their keys; a row whose key is on an earlier row of this run too has its line in its key."""
    known = seen(file, {other for key, row in decided for other in (key, f"{key}#{row.line}")})
    lines = {key: before.line for key, before in known.items() if before.import_id == import_id}
    rows = []
    for key, row in decided:
        if lines.setdefault(key, row.line) != row.line:
            key = f"{key}#{row.line}"
        rows.append(row._replace(key=key))
    store(file, import_id, rows, known)


def _performance(row: Row, places: Places) -> Decided:
    facility = places.of(riziv(row.cells[0].strip())).facility if row.cells else None
    reasons = [note(Reason.PERFORMANCES)]
    return Decided("", row.line, facility.id if facility else None, (row.cells or ["", ""])[1].strip()[:40], "",
                   result_of(reasons), reasons, [])


def _certificate(row: Row, places: Places) -> Decided:
    if row.cells is None:
        reasons = [note(Reason.ROW, row.column)]
        return Decided("", row.line, None, "", "", result_of(reasons), reasons, [])
    number, kind, certificate, *days = map(str.strip, row.cells)
    place = places.of(riziv(number))
    reasons = [*place.reasons]
    reasons += [note(Reason.TEXT if text else Reason.EMPTY, column)
                for text, column, longest in ((kind, KIND, 100), (certificate, CERTIFICATE, 40))
                if not 1 <= len(text) <= longest]
    since, until, changed = (
        read_day(text, column, reasons) for text, column in zip(days, (SINCE, LAST, CHANGED), strict=True))
    if since and until and until < since:
        reasons.append(note(Reason.END_BEFORE_START, LAST))
    if changed and changed > CLOSED_ON:
        reasons.append(note(Reason.CHANGED_LATE, CHANGED))
    result = result_of(reasons)
    if place.facility and result.is_taken:
        _add(place.facility.id, kind, certificate, since, until)
    return Decided("", row.line, place.facility.id if place.facility else None, "", "", result, reasons, [])


def _add(facility_id: int, kind: str, number: str, since: datetime.date | None, until: datetime.date | None) -> None:
    (Certificate.insert(facility_id=facility_id, kind=kind, number=number, since=since, until=until)
     .on_conflict(action="NOTHING", conflict_target=[Certificate.facility_id, Certificate.kind, Certificate.number])
     .execute())
