"""A file as somebody gives it: a path, or a stream that can be read more than once, such as an upload in memory."""
import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from models.errors import Refused
from models.files.cells import restore
from models.files.reading.errors import FileCode

Source = Path | BinaryIO
KnowsHeading = Callable[[list[str]], bool]
# The heading is looked for in this many lines: a title and the like may be above it.
HEADING_WITHIN = 20


class Record(NamedTuple):
    """A row as the file has it, with the position that reading has reached."""

    line: int
    cells: list[str]
    fault: FileCode | None
    position: int
    # The place, from 0, of the cell that is at fault.
    place: int | None = None


@contextlib.contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Give the file from its beginning; one that was given as a path is closed afterwards."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        source.seek(0)
        yield source


def size_of(file: BinaryIO) -> int:
    """Return the number of bytes of a file."""
    return file.seek(0, os.SEEK_END)


def as_heading(cells: list[str]) -> list[str]:
    """Return a row as a heading: each cell on one line, and no empty ones behind."""
    return without_tail([restore(" ".join(cell.split())) for cell in cells])


def without_tail(cells: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)
    return cells[:last]


def check_exists(source: Source) -> None:
    """Raise `Refused` for a path that is not that of a file."""
    if isinstance(source, Path) and not source.is_file():
        raise Refused(FileCode.FILE_NONE)
