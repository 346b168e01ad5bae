"""The list of purged clients and periods, outside the database and its backups: a restored backup repeats each purge.

The file only grows: a line for each purge, with register, number, organisation, registered, first and last year,
reason, deleted and purged. The line of a withdrawn period has the word 'period' after the register, then its id,
client, organisation, added, first and last year, withdrawn and purged. Nothing in it identifies a person.
"""
import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from models.upkeep.purged_lines import PurgedLines

NUMBER, YEAR, MOMENT = r"(\d{1,9})", r"(\d{4})?", r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
LINE = re.compile(";".join(
    ("([0-9a-f]{32})", NUMBER, NUMBER, MOMENT, YEAR, YEAR, "([a-z-]+)", MOMENT, MOMENT)), re.ASCII)
PERIOD_LINE = re.compile(";".join(
    ("([0-9a-f]{32})", "period", NUMBER, NUMBER, NUMBER, MOMENT, r"(\d{4})", YEAR, MOMENT, MOMENT)), re.ASCII)


class Purged(NamedTuple):
    register: str
    number: int
    organisation_id: int
    registered_at: datetime.datetime
    first_year: int | None
    last_year: int | None
    reason: str
    deleted_at: datetime.datetime
    purged_at: datetime.datetime

    @property
    def key(self) -> tuple[str, int, datetime.datetime]:
        """The key of a client. A number alone is not enough: a restored backup may have given it to somebody else."""
        return self.register, self.number, self.registered_at

    def line(self) -> str:
        """Return the line of the file for this purge."""
        return ";".join("" if value is None else str(value) for value in self)


class PurgedPeriod(NamedTuple):
    register: str
    period_id: int
    number: int
    organisation_id: int
    added_at: datetime.datetime
    first_year: int
    last_year: int | None
    withdrawn_at: datetime.datetime
    purged_at: datetime.datetime

    @property
    def key(self) -> tuple[str, int, datetime.datetime]:
        """The key of a period: its id, and the moment it was added, as for a client."""
        return self.register, self.period_id, self.added_at

    def line(self) -> str:
        """Return the line of the file for this purge."""
        register, *rest = ("" if value is None else str(value) for value in self)
        return ";".join((register, "period", *rest))


class PurgedFile(PurgedLines):
    """The file, whose lines are clients and periods."""

    def read(self) -> list[Purged]:
        """Return the purged clients in the file. A damaged line is skipped, and its number added to `unreadable`."""
        self.unreadable = [number for number, line in self.lines()
                           if not LINE.fullmatch(line) and not PERIOD_LINE.fullmatch(line)]
        return [_purged(match) for _, line in self.lines() if (match := LINE.fullmatch(line))]

    def periods(self) -> list[PurgedPeriod]:
        """Return the purged periods in the file."""
        return [_purged_period(match) for _, line in self.lines() if (match := PERIOD_LINE.fullmatch(line))]

    def append(self, purges: Sequence[Purged | PurgedPeriod]) -> None:
        """Append a line for each purge; they are on the disk when this returns."""
        self.append_lines([purge.line() for purge in purges])


def _purged(match: re.Match[str]) -> Purged:
    register, number, organisation, registered, first, last, reason, deleted, purged = match.groups()
    return Purged(register, int(number), int(organisation), datetime.datetime.fromisoformat(registered),
                  int(first) if first else None, int(last) if last else None, reason,
                  datetime.datetime.fromisoformat(deleted), datetime.datetime.fromisoformat(purged))


def _purged_period(match: re.Match[str]) -> PurgedPeriod:
    register, period, number, organisation, added, first, last, withdrawn, purged = match.groups()
    return PurgedPeriod(register, int(period), int(number), int(organisation),
                        datetime.datetime.fromisoformat(added), int(first), int(last) if last else None,
                        datetime.datetime.fromisoformat(withdrawn), datetime.datetime.fromisoformat(purged))
