"""Valid values for each form of arbeidszorg (tests/walks/hall/forms.py)."""
from pathlib import Path

from tests.factories import changed, typed
from tests.walks.arbeidszorg.rows import (
    deletion_in_trash,
    imported_by,
    merge_of,
    move_of,
    past_answer_of,
    past_hours_of,
    pending_request,
    restored_client,
    restored_periods,
    upload_of,
    withdrawal_of,
    without_move,
)

# A list of one client, as an organisation uploads it.
LIST = Path(__file__).parent / "list.csv"
CLOSED = {"end_date": "31/05/2020", "closing_reason": "health", "outlook": "same"}

FILLED = {
    "arbeidszorg:organisation": {
        "clients.find_name": {"name": "Roos"},
        "clients.create": {**typed(), "birth_date": "01/02/1990", "name": "Ward Claes"},
        "clients.edit": {**changed(income="pension"), "name": "Roos P."},
        "clients.request_deletion": {"reason": "double", "other": "2", "remark": "Zelfde als 3"},
        "clients.withdraw_deletion": {},
        "past_answers.remove": {},
        "past_hours.remove": {},
        "doubles.choose": {"other": "2"},
        "doubles.merge": {"goes_on": "1", "name": "1", "answer_income": "1"},
        "doubles.undo_merge": {},
        "client_moves.show": {"decision": "yes"},
        "periods.create": {"hours": "8", "start_date": "03/06/2019", **CLOSED},
        "periods.edit": {"hours": "9,5", "hours_mistake": "y"},
        "withdrawals.withdraw": {},
        "withdrawals.restore": {},
        "retention.forget_name": {},
        "retention.delete": {},
        "imports.index": {"file": (str(LIST),)},
        "imports.start": {},
        "imports.cancel": {},
        "imports.undo": {},
    },
    "arbeidszorg:administrator": {
        "province_moves.propose": {"to": "2", "remark": "Werkt er al"},
        "province_moves.cancel": {},
        "deletions.decide": {"number": "2", "decision": "approve"},
        "deletions.delete": {"number": "1", "reason": "not-guided"},
        "deletions.restore": {},
        "province_withdrawals.withdraw": {"period": "1"},
        "province_withdrawals.restore": {},
        "editions.new": {"remark": "Definitieve cijfers", "confirm": "y"},
        "editions.public": {"shown": ""},
    },
}
PREPARE = {
    "clients.withdraw_deletion": lambda cast, rows: pending_request(cast, rows["number"]),
    "past_answers.remove": lambda _cast, rows: rows.update(
        past_id=past_answer_of(restored_client(rows["number"]))),
    "past_hours.remove": lambda _cast, rows: rows.update(hours_id=past_hours_of(rows["period_id"])),
    "doubles.undo_merge": lambda cast, rows: rows.update(merge_id=merge_of(cast, rows["number"])),
    "province_moves.propose": lambda _cast, rows: rows.update(number=without_move(rows["number"])),
    "client_moves.show": lambda cast, rows: rows.update(move_id=move_of(cast, rows["number"])),
    "province_moves.cancel": lambda cast, rows: rows.update(move_id=move_of(cast, rows["number"])),
    "deletions.decide": lambda cast, rows: rows.update(request_id=pending_request(cast, 2)),
    "deletions.delete": lambda _cast, rows: restored_client(rows["number"]),
    "province_withdrawals.withdraw": lambda _cast, rows: restored_periods(rows["number"]),
    "province_withdrawals.restore": lambda cast, rows: rows.update(
        withdrawal_id=withdrawal_of(cast, restored_periods(rows["number"])).id),
    "imports.start": lambda cast, rows: rows.update(upload_id=upload_of(cast)),
    "imports.cancel": lambda cast, rows: rows.update(upload_id=upload_of(cast)),
    "imports.undo": lambda cast, rows: rows.update(imported_id=imported_by(cast)),
    "deletions.restore": lambda cast, rows: rows.update(deletion_id=deletion_in_trash(cast, 3)),
}
READ_ONLY = {"clients.find_name", "doubles.choose"}
VERSIONED = {"clients.edit", "periods.edit", "doubles.merge"}
NEWER = ("UPDATE client SET version = version + 1", "UPDATE period SET version = version + 1")
# A file that waits is no part of the register: the log has the import itself, which follows in a thread.
UNRECORDED = {"imports.index", "imports.start", "imports.cancel"}
# Its work goes on after the request, in a transaction of its own.
GOES_ON = {"imports.start"}
# A file cannot be kept in a page, so it has to be chosen again.
WITH_FILE = {"imports.index"}
