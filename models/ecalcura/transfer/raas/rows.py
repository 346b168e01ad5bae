"""The rows of RaaS in the database, with their results and reasons."""
import json
from typing import Any

import peewee

from models.database import BaseModel, now
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.columns import CONTRACTS
from models.ecalcura.transfer.raas.reasons import Noted, Reason, Result

SEALED = "raas_row"
RESULTS = {result.code: result for result in Result}
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
