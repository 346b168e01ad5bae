"""A client as the rows of a file meet it: the register's data, with what earlier rows of the file add to them."""
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import names
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.arbeidszorg.transfer.staging.entries import Past, Period


@dataclass(slots=True)
class Known:
    """A client of the register or of the file, with the additions of the file, which are not in the register yet."""

    number: int
    organisation_id: int
    old_number: str | None
    mark: str | None
    answers: dict[str, Any]
    periods: list[Period]
    sealed_name: bytes | None = None
    is_new: bool = False
    is_completed: bool = False
    # The line of its first row, of a client that the file adds.
    line: int = 0
    # Whether a row of the current batch is about it.
    is_touched: bool = False
    new_name: str = ""
    new_answers: dict[str, Any] = field(default_factory=dict)
    new_periods: list[Period] = field(default_factory=list)
    past: Past = field(default_factory=dict)
    new_past: Past = field(default_factory=dict)
    # All old numbers by which it is known; None where a registration of this client had no old number.
    numbers: set[str | None] = field(default_factory=set)
    new_former: list[str] = field(default_factory=list)

    def add(self, answers: Mapping[str, Any], name: str, period: Period | None,
            past: Past | Iterable[tuple[tuple[str, date], str]] = ()) -> None:
        """Add these to the client; `Batch.write` stages them."""
        self.is_touched = True
        self.answers |= answers
        self.new_answers |= answers
        self.past |= past
        self.new_past |= past
        if name:
            self.new_name = name
        if period:
            self.periods.append(period)
            self.new_periods.append(period)

    @property
    def name(self) -> str | None:
        """The name; None without one, `names.UNREADABLE` without the key that fits."""
        if self.new_name:
            return self.new_name
        return names.open_names(self.organisation_id, [(self.number, self.sealed_name)])[0]

    def staged(self, asked: set[str], sealed_name: bytes | None) -> tuple[Any, ...]:
        """Return its row of staged_client; `asked` are the questions that a complete client has answered."""
        periods = [[period.start.isoformat(), period.end and period.end.isoformat(), period.hours,
                    *((UNKNOWN, UNKNOWN) if period.end and not period.reason else (period.reason, period.outlook))]
                   for period in self.new_periods]
        past_hours = [[period.start.isoformat(), until.isoformat(), hours]
                      for period in self.new_periods for until, hours in period.past.items()]
        past = [[question, until.isoformat(), kept] for (question, until), kept in self.new_past.items()]
        return (
            self.number, self.organisation_id, self.old_number, *old_number_sort(self.old_number),
            self.mark if self.is_new else None, self.is_new, self.is_completed, sealed_name, *self._typed(),
            not asked <= self.answers.keys(), _json(self.new_answers), _json(periods), _json(past_hours), _json(past),
            _json(self.new_former), None if self.is_new else self._ledger(), self.line)

    def _ledger(self) -> str | None:
        """Return what the file adds to a client of the register, so that it can be taken back; None without any."""
        added = {
            "answers": sorted(self.new_answers), "periods": [period.start.isoformat() for period in self.new_periods],
            "former": self.new_former, "name": bool(self.new_name)}
        return _json(added) if any(added.values()) else None

    def take_staged(self, answers: str | None, periods: str | None, past_hours: str | None, past: str | None,
                    former: str | None) -> None:
        """Add what earlier batches staged, given as the JSON texts of staged_client."""
        found = json.loads(answers or "{}")
        if found.get("birth_date", UNKNOWN) != UNKNOWN:
            found["birth_date"] = date.fromisoformat(found["birth_date"])
        self.add(found, "", None, {
            (question, date.fromisoformat(until)): kept for question, until, kept in json.loads(past or "[]")})
        hours: dict[str, dict[date, int]] = {}
        for start, until, number in json.loads(past_hours or "[]"):
            hours.setdefault(start, {})[date.fromisoformat(until)] = number
        for start, end, week, reason, outlook in json.loads(periods or "[]"):
            self.add({}, "", Period(date.fromisoformat(start), end and date.fromisoformat(end), week, reason, outlook,
                                    hours.get(start, {})))
        self.new_former = json.loads(former or "[]")
        self.is_touched = False

    def _typed(self) -> tuple[Any, bool, Any, Any]:
        born = self.answers.get("birth_date")
        unknown = born == UNKNOWN
        return (None if unknown or born is None else born.isoformat(), unknown, self.answers.get("home_postcode"),
                self.answers.get("work_postcode"))


def _json(value: Any) -> str | None:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=date.isoformat) if value else None
