"""The list of purged clients and periods, outside the database and its backups: a restored backup repeats each purge.

The file only grows: a line for each purge, with register, number, organisation, registered, first and last year,
reason, deleted and purged. The line of a withdrawn period has the word 'period' after the register, then its id,
client, organisation, added, first and last year, withdrawn and purged. Nothing in it identifies a person.
"""
import contextlib
import datetime
import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

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
        return ";".join("" if value is None else str(value) for value in self) + "\n"


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
        return ";".join((register, "period", *rest)) + "\n"


class PurgedFile:
    """The file, which one purge at a time opens; a second one waits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unreadable: list[int] = []

    @contextlib.contextmanager
    def open(self) -> Iterator[Self]:
        """Lock the file and create it if it is missing; raises `OSError` if it cannot be written."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as self.file:
            fcntl.flock(self.file, fcntl.LOCK_EX)
            yield self

    def read(self) -> list[Purged]:
        """Return the purged clients in the file. A damaged line is skipped, and its number added to `unreadable`."""
        self.unreadable = [number for number, line in self._lines()
                           if not LINE.fullmatch(line) and not PERIOD_LINE.fullmatch(line)]
        return [_purged(match) for _, line in self._lines() if (match := LINE.fullmatch(line))]

    def periods(self) -> list[PurgedPeriod]:
        """Return the purged periods in the file."""
        return [_purged_period(match) for _, line in self._lines() if (match := PERIOD_LINE.fullmatch(line))]

    def _lines(self) -> Iterator[tuple[int, str]]:
        self.file.seek(0)
        lines = self.file.read().decode("utf-8", "replace").split("\n")
        return ((number, line) for number, line in enumerate(lines, 1) if line)

    def append(self, purges: Sequence[Purged | PurgedPeriod]) -> None:
        """Append a line for each purge; they are on the disk when this returns."""
        if not purges:
            return
        size = self.file.seek(0, os.SEEK_END)
        # A line that was cut off stays alone on its line.
        torn = size and os.pread(self.file.fileno(), 1, size - 1) != b"\n"
        content = ("\n" if torn else "") + "".join(purge.line() for purge in purges)
        if self.file.write(content.encode()) < len(content):
            raise OSError("the disk is full")
        os.fsync(self.file.fileno())
        if not size:
            # A new file is safe on the disk once its folder is too.
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


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
