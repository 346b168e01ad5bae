"""The rows that were purged: in the database, and in a list outside it that a restored backup does not take back.

A line of the list has register, kind, id, facility, the row's own moment and that of the purge: nothing of a person.
"""
import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

import peewee

from models.database import BaseModel, now
from models.ecalcura.retention.due import Due
from models.upkeep.purged_lines import PurgedLines

MOMENT = r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
LINE = re.compile(rf"([0-9a-f]{{32}});([a-z]+);(\d{{1,9}});(\d{{1,9}});{MOMENT};{MOMENT}", re.ASCII)


class PurgedRow(BaseModel):
    """A row that was purged. Without `purge_id` it came back with a backup, and was purged again."""

    kind = peewee.TextField()
    row_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    made_at = peewee.DateTimeField()
    purged_at = peewee.DateTimeField(default=now)
    purge_id = peewee.IntegerField(null=True)

    class Meta:
        table_name = "purged_row"
        primary_key = peewee.CompositeKey("kind", "row_id", "made_at")

    @property
    def row(self) -> Due:
        """The row."""
        return Due(self.kind, self.row_id, self.facility_id, self.made_at)


class Listed(NamedTuple):
    """A line of the list."""

    register: str
    row: Due
    purged_at: datetime.datetime

    def line(self) -> str:
        """Return the text of the line."""
        kind, row_id, facility_id, made_at = self.row
        return ";".join(map(str, (self.register, kind, row_id, facility_id, made_at, self.purged_at)))


class PurgedRows(PurgedLines):
    """The list."""

    def read(self, register: str) -> list[Listed]:
        """Return the lines of a register. A damaged line is skipped, and its number kept in `unreadable`."""
        matches = [(number, LINE.fullmatch(line)) for number, line in self.lines()]
        self.unreadable = [number for number, match in matches if match is None]
        return [_listed(match) for _, match in matches if match and match[1] == register]

    def append(self, listed: Iterable[Listed]) -> None:
        """Append a line each; they are on the disk when this returns."""
        self.append_lines([one.line() for one in listed])


def _listed(match: re.Match[str]) -> Listed:
    register, kind, row_id, facility_id, made_at, purged_at = match.groups()
    return Listed(register, Due(kind, int(row_id), int(facility_id), datetime.datetime.fromisoformat(made_at)),
                  datetime.datetime.fromisoformat(purged_at))
