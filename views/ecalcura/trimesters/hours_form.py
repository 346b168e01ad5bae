"""The form of the grid of prestaties: the rows that somebody typed, saved row by row, and shown again.

The field `was_<contract>` has the version and the hours of a row from when its page was made. So a row that was not
touched is never in the way of a colleague, and a cell that was not touched keeps what a colleague saved.
"""
import re
from typing import NamedTuple

from models.ecalcura.contracts import lists
from models.ecalcura.performances.hours import parse_hours, written
from models.ecalcura.performances.performances import Stored, Typed, save_rows
from models.errors import Refused, Stale
from views.shell.fields import line

_WAS = re.compile(r"[0-9]{1,9}(?:;[0-9]{0,7})*", re.ASCII)


class RowTyped(NamedTuple):
    """A row as it was posted: its texts, what they say, and what the row was. `unreadable` holds kind → refusal."""

    texts: dict
    hours: dict
    unreadable: dict
    was: Stored

    @property
    def is_touched(self):
        """Whether somebody changed a cell."""
        return any(map(self._changes, self.texts))

    def over(self, kept):
        """The hours to save over those that are stored now: only those of the cells that somebody changed."""
        return {kind: value if self._changes(kind) else kept.hours.get(kind) for kind, value in self.hours.items()}

    def texts_over(self, kept):
        """The texts to show again: those of the cells that somebody changed, beside what is stored now."""
        return {kind: text if self._changes(kind) else written(kept.hours.get(kind))
                for kind, text in self.texts.items()}

    def _changes(self, kind):
        return kind in self.unreadable or self.hours[kind] != self.was.hours.get(kind)


class Outcome(NamedTuple):
    """The outcome of a posted form: how many rows changed, and contract → (the typed row, its refusal)."""

    saved: int
    refused: dict
    is_closed: bool = False

    @property
    def status(self):
        """The status: 409 if a colleague changed a row or the trimester is closed, 422 if a row was refused."""
        if self.is_closed or any(isinstance(why, Stale) for _, why in self.refused.values()):
            return 409
        return 422 if self.refused else 200


def field(contract_id, kind):
    """The name of a cell."""
    return f"hours_{contract_id}_{kind}"


def was(stored):
    """The value of the hidden field of a row."""
    return ";".join([str(stored.version), *(str(stored.hours.get(kind, "")) for kind in lists.performance_kinds())])


def posted(form, rows):
    """Contract → what was typed, of the rows of the grid that were posted and touched."""
    found = {row.contract_id: _row(form, row.contract_id) for row in rows if f"was_{row.contract_id}" in form}
    return {contract_id: typed for contract_id, typed in found.items() if typed.is_touched}


def _row(form, contract_id):
    before = _stored(form[f"was_{contract_id}"])
    texts, hours, unreadable = {}, {}, {}
    for kind in lists.performance_kinds():
        text = form.get(field(contract_id, kind))
        # A cell that was not posted stays as it is.
        texts[kind] = written(before.hours.get(kind)) if text is None else line(text)[:20]
        try:
            hours[kind] = before.hours.get(kind) if text is None else parse_hours(text)
        except Refused as refused:
            unreadable[kind] = refused
    return RowTyped(texts, hours, unreadable, before)


def _stored(text):
    """Read the hidden field of a row; a text that this form never wrote counts as a row that was never saved."""
    if not _WAS.fullmatch(text):
        return Stored()
    version, *hours = text.split(";")
    return Stored(int(version), {
        kind: int(value) for kind, value in zip(lists.performance_kinds(), hours, strict=False) if value})


def save(facility, trimester, rows, typed, by):
    """Save the typed rows one by one; each is refused if the trimester takes no hours."""
    kept = {row.contract_id: row.stored for row in rows}
    refused = {contract_id: (row, next(iter(row.unreadable.values())))
               for contract_id, row in typed.items() if row.unreadable}
    try:
        results = save_rows(facility, trimester, [
            Typed(contract_id, row.over(kept[contract_id]), row.was.version)
            for contract_id, row in typed.items() if contract_id not in refused], by)
    except Refused as closed:
        return Outcome(0, {contract_id: (row, closed) for contract_id, row in typed.items()}, is_closed=True)
    refused |= {contract_id: (typed[contract_id], result)
                for contract_id, result in results.items() if isinstance(result, Refused)}
    changed = sum(1 for contract_id, result in results.items()
                  if contract_id not in refused and result != kept[contract_id].version)
    return Outcome(changed, refused)

