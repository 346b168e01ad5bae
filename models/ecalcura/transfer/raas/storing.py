"""Storing what became of each row, and the cells of those that were not taken over, sealed."""
import json
from typing import NamedTuple

from models import names
from models.ecalcura.transfer.raas.known import Seen
from models.ecalcura.transfer.raas.reasons import Noted, Result
from models.ecalcura.transfer.raas.rows import SEALED, written_reasons
from models.ecalcura.transfer.raas.statements import insert, reserve, run_each

COLUMNS = (
    "id, file, key, line, import_id, decided_id, facility_id, contract_number, role, result, reasons, sealed")
SEE = "UPDATE raas_row SET line = ?, import_id = ? WHERE id = ?"
DECIDE = """
    UPDATE raas_row SET line = ?, import_id = ?, decided_id = ?, facility_id = ?, result = ?, reasons = ?, sealed = ?
    WHERE id = ?"""


class Decided(NamedTuple):
    """A row and its result. `cells` are kept, sealed, of a row that a facility has to look at."""

    key: str
    line: int
    facility_id: int | None
    contract_number: str
    role: str
    result: Result
    reasons: list[Noted]
    cells: list[str]


def store(file: str, import_id: int, decided: list[Decided], known: dict[str, Seen]) -> None:
    """Store the rows of a batch. A row that has the same result as before is only seen again."""
    new = [row for row in decided if row.key not in known]
    rows = [(row_id, file, row.key, row.line, import_id, import_id, row.facility_id, row.contract_number, row.role,
             row.result.code, written_reasons(row.reasons), _sealed(row_id, row))
            for row_id, row in zip(reserve("raas_row", len(new)), new, strict=True)]
    insert("raas_row", COLUMNS, rows)
    again, other = [], []
    for row in decided:
        if before := known.get(row.key):
            reasons = written_reasons(row.reasons)
            if (before.result, before.reasons) == (row.result, reasons):
                again.append((row.line, import_id, before.id))
            else:
                other.append((row.line, import_id, import_id, row.facility_id, row.result.code, reasons,
                              _sealed(before.id, row), before.id))
    run_each(SEE, again)
    run_each(DECIDE, other)


def see(import_id: int, rows: list[tuple[int, Seen]]) -> None:
    """Say that this run saw [(line, stored row)] again, whose result stays."""
    run_each(SEE, [(line, import_id, before.id) for line, before in rows])


def _sealed(row_id: int, row: Decided) -> bytes | None:
    if row.facility_id is None or not row.cells or row.result not in (Result.REFUSED, Result.UNDECIDED):
        return None
    return names.seal_bytes(row.facility_id, row_id, SEALED, json.dumps(row.cells, ensure_ascii=False).encode())
