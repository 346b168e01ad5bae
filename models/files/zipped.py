"""A ZIP that is sent while it is made: of it no more than one piece is in memory."""
import io
import zipfile
from collections.abc import Iterable, Iterator

Part = tuple[str, Iterable[bytes]]


class _Outgoing(io.RawIOBase):
    """A file that is only written to; `take` hands out what was written since."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        """Whether it can be written to: always. It cannot be searched, so the ZIP has each size after its content."""
        return True

    def write(self, content: object, /) -> int:
        """Take these bytes."""
        piece = bytes(content)  # type: ignore[call-overload]
        self._written += piece
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def zipped(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield the pieces of a ZIP of these parts, each the name of a file and the pieces of its content.

    After an exception the ZIP lacks its list of files, so that nobody takes it for whole.
    """
    out = _Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts:
            with archive.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    if taken := out.take():
                        yield taken
            yield out.take()
    yield out.take()
