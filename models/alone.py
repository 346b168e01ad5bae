"""Work that one process of a machine does for all: the first one that asks for it, until it ends."""
import fcntl
from pathlib import Path
from typing import BinaryIO


class Alone:
    """The right to do some work. The process that has it holds a lock on the file `<name>.lock` in DATA_DIR."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._path: Path | None = None
        self._held: BinaryIO | None = None

    def start(self, folder: Path) -> None:
        """Use this folder, when the application starts, and give up the right that this process had."""
        if self._held:
            self._held.close()
        self._path, self._held = folder / f"{self.name}.lock", None

    def is_ours(self) -> bool:
        """Say whether this process does the work; before `start` it does."""
        if self._path is None or self._held:
            return True
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._held = file
        return True
