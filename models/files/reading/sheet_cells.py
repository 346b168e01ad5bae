"""The cells of a spreadsheet as texts: dates in ISO form, numbers with a decimal comma."""
import functools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from models.files.invisible import clean

DATE, MOMENT = "date", "moment"
# Excel takes 1900 for a leap year. No date is on its 29 February.
NO_DAY, NO_DATE = 60, "1900-02-29"
KEPT = 20_000
WHOLE = 15  # digits, as many as Excel keeps
_LITERAL = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.|[_*].')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def kind_of(number_format: str) -> str:
    """Return whether a format of numbers shows a DATE or, with hours or seconds, a MOMENT; '' for another number."""
    shown = _LITERAL.sub("", number_format.lower().partition(";")[0])
    return MOMENT if re.search("[hs]", shown) else DATE if re.search("[dmy]", shown) else ""


def plain(text: str) -> str:
    """Return a text of a spreadsheet without the names of signs that XML cannot hold, and without invisible ones."""
    return clean(_ESCAPED.sub(_sign, text) if "_x" in text else text)


def _sign(escaped: re.Match[str]) -> str:
    sign = chr(int(escaped[1], 16))
    # Half of a sign of two is not a text.
    return escaped[0] if "\ud800" <= sign <= "\udfff" else sign


class CellTexts:
    """Makes the texts of cells, from their type, their style and their value in XML."""

    def __init__(self, strings: Sequence[str], kinds: Mapping[str, str], epoch: datetime) -> None:
        """`strings` are shared by cells; `kinds` has the styles for dates; days are counted from `epoch`."""
        self._strings, self._kinds, self._epoch = strings, kinds, epoch
        self._makers: Mapping[str, Callable[[str, str], str]] = {
            "n": functools.lru_cache(KEPT)(self._number), "b": _boolean, "d": self._iso}
        # Most texts in a sheet occur in many rows.
        self.inline = functools.lru_cache(KEPT)(plain)

    def text(self, kind: str, style: str, value: str) -> str:
        """Return the text of a cell; raises LookupError or ValueError for a text that is nowhere."""
        if kind == "s":
            return self._strings[int(value)]
        make = self._makers.get(kind)
        return make(style, value) if make else self.inline(value)

    def _number(self, style: str, value: str) -> str:
        kind = self._kinds.get(style)
        try:
            number = float(value)
        except ValueError:
            return plain(value)
        if not math.isfinite(number):
            return plain(value)
        return kind and self._date(kind, number) or f"{number:.{WHOLE}g}".replace(".", ",")

    def _date(self, kind: str, number: float) -> str:
        """Return a number as a date or moment; '' for one before or after all dates."""
        if self._epoch == WINDOWS_EPOCH and int(number) == NO_DAY:
            return NO_DATE
        try:
            moment = from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return ""
        return f"{moment:%H:%M:%S}" if isinstance(moment, time) else _written(kind, moment)

    def _iso(self, style: str, value: str) -> str:
        try:
            return _written(self._kinds.get(style, DATE), datetime.fromisoformat(value))
        except ValueError:
            return plain(value)


def _written(kind: str, moment: datetime) -> str:
    """Return a date, or a moment with its time, also at midnight if its format shows the time."""
    if kind == DATE and moment.time() == time():
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}"


def _boolean(_style: str, value: str) -> str:
    return "WAAR" if value == "1" else "ONWAAR"
