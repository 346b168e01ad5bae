r"""A client's old numbers as one cell of Loket's own file: its own, then those of the clients merged into it: `17, 21`.

A comma or a backslash within an old number gets a backslash before it, so a bare comma separates.
"""
import re
from collections.abc import Iterable

# The version of the file from which a comma in this cell separates two numbers.
SINCE = 3

_SPECIAL = re.compile(r"[\\,]")
_PIECE = re.compile(r"(?:\\.|[^,])*", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\,])")


def written(numbers: Iterable[str]) -> str | None:
    """Return the cell for these old numbers; None without any."""
    return ", ".join(_SPECIAL.sub(r"\\\g<0>", number) for number in numbers) or None


def read(text: str) -> list[str]:
    """Return the old numbers in a cell, each once, in order."""
    pieces = (_ESCAPED.sub(r"\1", piece).strip() for piece in _PIECE.findall(text))
    return list(dict.fromkeys(piece for piece in pieces if piece))
