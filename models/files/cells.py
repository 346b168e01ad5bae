"""The texts in the cells of a file: never a formula, and dates and numbers as Excel in Dutch reads them."""
from collections.abc import Callable
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | None

# A spreadsheet takes a cell that begins with one of these for a formula. The apostrophe itself is among them so that
# disarming can be undone without doubt: a text that begins with an apostrophe in a file has exactly one too many.
DANGEROUS = frozenset("=+-@\t\r\n'＝＋－＠")

# How many cells are kept for the rows that follow, and the length from which a cell is not worth keeping.
KEPT, LONG = 10_000, 300


class Cells(dict[Value, str]):
    """Values → their cells in a file; each is made when it is first met, and kept: most occur in many rows."""

    def __init__(self, make: Callable[[Value], str]) -> None:
        """Let `make` turn a value into its cell."""
        self._make = make

    def __missing__(self, value: Value) -> str:
        """Make the cell of a value, and keep it."""
        cell = self._make(value)
        if len(cell) < LONG:
            if len(self) >= KEPT:
                self.clear()
            self[value] = cell
        return cell


def disarm(text: str) -> str:
    """Return the text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in DANGEROUS else text


def restore(text: str) -> str:
    """Return the text that `disarm` was given; a name that people typed, such as 't Kindt, stays as it is."""
    return text[1:] if text.startswith("'") and not text[1:2].isalpha() else text


def day(value: date) -> str:
    """Return a date as dd/mm/jjjj."""
    return f"{value:%d/%m/%Y}"


def decimal(value: Decimal) -> str:
    """Return a number with a decimal comma and the decimals that it has."""
    return f"{value:f}".replace(".", ",")


def in_csv(value: Value) -> str | int:
    """Return a value as a CSV holds it: a number without needless zeros, a text disarmed, '' for None."""
    if isinstance(value, str):
        return disarm(value)
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return decimal(value.normalize()) if isinstance(value, Decimal) else value
