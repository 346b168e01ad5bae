"""The ledger: the additions of each import, and the statements that take them back."""
import json
from collections.abc import Collection, Iterable

from models.arbeidszorg.transfer.staging.statements import run, run_each

# These remove the clients with the numbers from one to another, table by table.
OF_CLIENTS = (
    "DELETE FROM past_hours WHERE period_id IN (SELECT id FROM period WHERE client_number BETWEEN ? AND ?)",
    "DELETE FROM period WHERE client_number BETWEEN ? AND ?",
    "DELETE FROM past_answer WHERE client_number BETWEEN ? AND ?",
    "DELETE FROM answer WHERE client_number BETWEEN ? AND ?",
    "DELETE FROM former_number WHERE client_number BETWEEN ? AND ?",
    "DELETE FROM client WHERE number BETWEEN ? AND ?",
)
# A kind of addition to a client → the statements that remove it, for (the client's number; question, day or number).
OF_ADDITIONS = {
    "periods": (
        """DELETE FROM past_hours
        WHERE period_id IN (SELECT id FROM period WHERE client_number = ? AND start_date = THE_DAY)""",
        "DELETE FROM period WHERE client_number = ? AND start_date = THE_DAY"),
    "answers": ("DELETE FROM answer WHERE client_number = ? AND question = ?",),
    "former": ("DELETE FROM former_number WHERE client_number = ? AND kind = 'old' AND number = ?",),
}
# An answer was missing before, so the client is incomplete again.
OF_TYPED = {
    "birth_date": "UPDATE client SET birth_date = NULL, birth_date_unknown = FALSE WHERE number = ?",
    "home_postcode": "UPDATE client SET home_postcode = NULL WHERE number = ?",
    "work_postcode": "UPDATE client SET work_postcode = NULL WHERE number = ?",
}
INCOMPLETE = "UPDATE client SET incomplete = TRUE WHERE number = ?"
NAMELESS = "UPDATE client SET sealed_name = NULL WHERE number = ?"
# The version goes up: a form that was opened before is one of an older client.
AS_BEFORE = "UPDATE client SET version = version + 1, changed_at = ? WHERE number = ?"
THERE = "SELECT number FROM client JOIN import_addition ON client_number = number WHERE import_id = ?"

# Later imports that added to a client that this one made or added to, or made a client in an organisation that it made.
LATER = """
    SELECT max(i.id) FROM register_import i
    WHERE i.id > ? AND i.undone_at IS NULL AND (
      EXISTS (
        SELECT 1 FROM import_addition a
        WHERE a.import_id = i.id AND (
          a.client_number BETWEEN ? AND ?
          OR a.client_number IN (SELECT client_number FROM import_addition WHERE import_id = ?)))
      OR EXISTS (
        SELECT 1 FROM client c JOIN import_organisation o ON o.organisation_id = c.organisation_id
        WHERE o.import_id = ? AND c.number BETWEEN i.first_number AND i.last_number))"""


def later_import(import_id: int, first: int | None, last: int | None) -> int | None:
    """Return the number of the last import that added to what this one made, and that was not taken back."""
    found: int | None = run(LATER, import_id, first, last, import_id, import_id).fetchone()[0]
    return found


def clients_added_to(import_id: int) -> set[int]:
    """Return the numbers of the clients that were there, and to which the import added something."""
    return {number for number, in run(
        "SELECT client_number FROM import_addition WHERE import_id = ?", import_id).fetchall()}


def organisations_of(import_id: int) -> set[int]:
    """Return the ids of the organisations that the import made."""
    return {number for number, in run(
        "SELECT organisation_id FROM import_organisation WHERE import_id = ?", import_id).fetchall()}


def take_organisations(import_id: int) -> Collection[int]:
    """Return the same, and remove them from the ledger."""
    found = organisations_of(import_id)
    run("DELETE FROM import_organisation WHERE import_id = ?", import_id)
    return found


def remove_clients(first: int | None, last: int | None) -> int:
    """Remove the clients with these numbers from all tables, and return how many there were."""
    removed = 0
    if first is not None:
        for statement in OF_CLIENTS:
            removed = run(statement, first, last).rowcount
    return removed


def remove_additions(import_id: int) -> list[int]:
    """Remove what an import added to clients that were there, and give those the moment of their last change before.

    Return the numbers of clients that are gone; then nothing is removed.
    """
    additions = run("SELECT client_number, changed_at, added FROM import_addition WHERE import_id = ?",
                    import_id).fetchall()
    there = {number for number, in run(THERE, import_id).fetchall()}
    rows = [(number, changed_at, json.loads(added)) for number, changed_at, added in additions]
    if gone := [number for number, _, _ in rows if number not in there]:
        return gone
    for kind, statements in OF_ADDITIONS.items():
        for statement in statements:
            run_each(statement, ((number, one) for number, _, added in rows for one in added[kind]))
    for code, statement in OF_TYPED.items():
        _for_clients(statement, (number for number, _, added in rows if code in added["answers"]))
    _for_clients(INCOMPLETE, (number for number, _, added in rows if added["answers"]))
    _for_clients(NAMELESS, (number for number, _, added in rows if added["name"]))
    run_each(AS_BEFORE, ((changed_at, number) for number, changed_at, _ in rows))
    run("DELETE FROM import_addition WHERE import_id = ?", import_id)
    return []


def _for_clients(statement: str, numbers: Iterable[int]) -> None:
    run_each(statement, ((number,) for number in numbers))
