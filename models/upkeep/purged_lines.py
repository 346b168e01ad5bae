"""A list of purges outside the database and its backups, a line for each: after a restore each purge is repeated.

The file only grows. A line that was cut off stays alone on its line.
"""
import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import peewee

from models.database import BaseModel


class Register(BaseModel):
    """The identity of the register: a restored backup is the same register, a new installation another."""

    id = peewee.TextField(primary_key=True)


class PurgedLines:
    """The file, which one purge at a time opens; a second one waits. `unreadable`: the numbers of damaged lines."""

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

    def lines(self) -> Iterator[tuple[int, str]]:
        """Return (number, text) of each line that is not empty."""
        self.file.seek(0)
        lines = self.file.read().decode("utf-8", "replace").split("\n")
        return ((number, line) for number, line in enumerate(lines, 1) if line)

    def append_lines(self, lines: Sequence[str]) -> None:
        """Append these lines; they are on the disk when this returns. Raises `OSError` if the disk is full."""
        if not lines:
            return
        size = self.file.seek(0, os.SEEK_END)
        torn = size and os.pread(self.file.fileno(), 1, size - 1) != b"\n"
        content = ("\n" if torn else "") + "".join(f"{line}\n" for line in lines)
        if self.file.write(content.encode()) < len(content):
            raise OSError("the disk is full")
        os.fsync(self.file.fileno())
        if not size:
            # A new file is safe on the disk once its folder is too.
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
