"""The rows of RaaS in the database, with their results and reasons."""
import json
from collections.abc import Collection
from typing import Any, NamedTuple

import peewee

from models import names
from models.database import BaseModel, now
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.columns import CONTRACTS
from models.ecalcura.transfer.raas.reasons import Noted, Reason, Result
from models.ecalcura.transfer.raas.statements import among, insert, reserve, run_each

SEALED = "raas_row"
RESULTS = {result.code: result for result in Result}
ROWS = """
    SELECT key, id, line, import_id, result, reasons FROM raas_row WHERE file = '{file}' AND key IN AMONG"""
COLUMNS = (
    "id, file, key, line, import_id, decided_id, facility_id, contract_number, role, result, reasons, sealed")
SEE = "UPDATE raas_row SET line = ?, import_id = ? WHERE id = ?"
DECIDE = """
    UPDATE raas_row SET line = ?, import_id = ?, decided_id = ?, facility_id = ?, result = ?, reasons = ?, sealed = ?
    WHERE id = ?"""
REASONS = {reason.code: reason for reason in Reason}


class RaasImport(BaseModel):
    """A run of the import."""

    id = peewee.AutoField()
    started_at = peewee.DateTimeField(default=now)
    ended_at = peewee.DateTimeField(null=True)
    paused = peewee.BooleanField(default=False)

    class Meta:
        table_name = "raas_import"


class RaasRow(BaseModel):
    """A row of a file, and its result."""

    id = peewee.AutoField()
    file = peewee.TextField()
    key = peewee.TextField()
    line = peewee.IntegerField()
    import_id = peewee.IntegerField()
    decided_id = peewee.IntegerField()
    facility_id = peewee.IntegerField(null=True)
    contract_number = peewee.TextField(default="")
    role = peewee.TextField(default="")
    result = peewee.TextField()
    reasons = peewee.TextField(default="[]")
    sealed = peewee.BlobField(null=True)

    class Meta:
        table_name = "raas_row"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[RaasRow]":
        """Select the rows of a facility, as the files have them."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.file, cls.line)

    @classmethod
    def contracts_of(cls, facility: Facility) -> "peewee.ModelSelect[RaasRow]":
        """Select the contracts of a facility, in the order of the file."""
        return cls.of(facility).where(cls.file == CONTRACTS)

    @classmethod
    def counts(cls, facility: Facility) -> dict[tuple[str, Result], int]:
        """Return (file, result) → number of rows of a facility."""
        found = cls.select(cls.file, cls.result, peewee.fn.COUNT(cls.id)).where(
            cls.facility_id == facility.id).group_by(cls.file, cls.result).tuples()
        return {(file, RESULTS[code]): count for file, code, count in found}

    @property
    def outcome(self) -> Result:
        """The result of the row."""
        return RESULTS[self.result]

    @property
    def noted(self) -> list[Noted]:
        """The reasons."""
        return read_reasons(self.reasons)


def written_reasons(reasons: "list[Noted]") -> str:
    """Return reasons as they are stored."""
    return json.dumps([[noted.reason.code, noted.column, dict(noted.values)] for noted in reasons],
                      ensure_ascii=False, separators=(",", ":")) if reasons else "[]"


def read_reasons(text: str) -> list[Noted]:
    """Read stored reasons; a code that this version does not know is left out."""
    return [Noted(REASONS[code], column, tuple(values.items()))
            for code, column, values in json.loads(text) if code in REASONS]


def as_result(row: tuple[Any, ...]) -> dict[str, Any]:
    """Return a row (id, line, contract number, result, reasons) as the file of results has it."""
    _, line, contract, result, reasons = row
    return {"contract": contract, "line": line, "result": RESULTS[result].value, "reasons": [
        {"code": noted.reason.code, "check": noted.reason.value.check, "column": noted.column, "text": noted.text}
        for noted in read_reasons(reasons)]}


class Seen(NamedTuple):
    """A row of the contracts that an earlier run, or an earlier pass of this one, has stored."""

    id: int
    line: int
    import_id: int
    result: Result
    reasons: str


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


def seen(file: str, keys: Collection[str]) -> dict[str, Seen]:
    """Return key → the row of a file, by its code, that is stored already."""
    return {key: Seen(row_id, line, import_id, RESULTS[result], reasons)
            for key, row_id, line, import_id, result, reasons in among(ROWS.format(file=file), keys)}


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
