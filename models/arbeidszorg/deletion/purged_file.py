"""The list of purged clients that lies outside database and backup, so that a restored backup can repeat each purge.

It only grows: a line for each purge, of register, number, organisation, registered, first and last year, reason,
deleted and purged. It says nothing of who anybody was.
"""
import contextlib
import datetime
import fcntl
import os
import re
from typing import NamedTuple

NUMBER, YEAR, MOMENT = r"(\d{1,9})", r"(\d{4})?", r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
LINE = re.compile(";".join(
    ("([0-9a-f]{32})", NUMBER, NUMBER, MOMENT, YEAR, YEAR, "([a-z-]+)", MOMENT, MOMENT)), re.ASCII)


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
    def who(self):
        """By what a client is recognised: a number alone may have become somebody else's in a restored backup."""
        return self.register, self.number, self.registered_at

    def line(self):
        """As it stands in the file."""
        return ";".join("" if value is None else str(value) for value in self) + "\n"


class PurgedFile:
    """Open for one purge at a time; others wait."""

    def __init__(self, path):
        self.path = path
        self.unreadable = []

    @contextlib.contextmanager
    def open(self):
        """Hold the file, and make it if it is not there; `OSError` where it cannot be written."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as self.file:
            fcntl.flock(self.file, fcntl.LOCK_EX)
            yield self

    def read(self):
        """The purges in it. A line that was cut off is passed over, and counted in `unreadable`."""
        self.file.seek(0)
        lines = self.file.read().decode("utf-8", "replace").split("\n")
        found = [(number, LINE.fullmatch(line)) for number, line in enumerate(lines, 1) if line]
        self.unreadable = [number for number, match in found if match is None]
        return [_purged(match) for _, match in found if match]

    def append(self, purges):
        """Write these down, on the disk before this returns."""
        if not purges:
            return
        size = self.file.seek(0, os.SEEK_END)
        # What was cut off stays alone on its line.
        torn = size and os.pread(self.file.fileno(), 1, size - 1) != b"\n"
        content = ("\n" if torn else "") + "".join(purge.line() for purge in purges)
        if self.file.write(content.encode()) < len(content):
            raise OSError("the disk is full")
        os.fsync(self.file.fileno())
        if not size:
            # That there is a file is written in its folder.
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


def _purged(match):
    register, number, organisation, registered, first, last, reason, deleted, purged = match.groups()
    return Purged(register, int(number), int(organisation), datetime.datetime.fromisoformat(registered),
                  first and int(first), last and int(last), reason, datetime.datetime.fromisoformat(deleted),
                  datetime.datetime.fromisoformat(purged))
