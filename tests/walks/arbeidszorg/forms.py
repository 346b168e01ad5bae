"""Valid values for each form of arbeidszorg (tests/walks/hall/forms.py)."""
from tests.factories import changed, typed
from tests.walks.arbeidszorg.rows import deletion_in_trash, past_answer_of, pending_request, restored_client

CLOSED = {"end_date": "31/05/2020", "closing_reason": "health", "outlook": "same"}

FILLED = {
    "arbeidszorg:organisation": {
        "clients.find_name": {"name": "Roos"},
        "clients.create": {**typed(), "birth_date": "01/02/1990", "name": "Ward Claes"},
        "clients.edit": {**changed(income="pension"), "name": "Roos P."},
        "clients.request_deletion": {"reason": "double", "remark": "Zelfde als 3"},
        "clients.withdraw_deletion": {},
        "past_answers.remove": {},
        "periods.create": {"hours": "8", "start_date": "03/06/2019", **CLOSED},
        "periods.edit": {"hours": "9,5"},
    },
    "arbeidszorg:administrator": {
        "deletions.decide": {"number": "2", "decision": "approve"},
        "deletions.delete": {"number": "1", "reason": "not-guided"},
        "deletions.restore": {},
        "editions.new": {"remark": "Definitieve cijfers", "confirm": "y"},
    },
}
PREPARE = {
    "clients.withdraw_deletion": lambda cast, rows: pending_request(cast, rows["number"]),
    "past_answers.remove": lambda _cast, rows: rows.update(
        past_id=past_answer_of(restored_client(rows["number"]))),
    "deletions.decide": lambda cast, rows: rows.update(request_id=pending_request(cast, 2)),
    "deletions.delete": lambda _cast, rows: restored_client(rows["number"]),
    "deletions.restore": lambda cast, rows: rows.update(deletion_id=deletion_in_trash(cast, 3)),
}
READ_ONLY = {"clients.find_name"}
VERSIONED = {"clients.edit", "periods.edit"}
NEWER = ("UPDATE client SET version = version + 1", "UPDATE period SET version = version + 1")
