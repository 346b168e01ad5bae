"""The content of a row of a register's file: a client with its answers, and a period."""
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# (question, last day on which it held) → the stored answer
Past = dict[tuple[str, date], str]


@dataclass(slots=True, frozen=True)
class Period:
    """A period as the database keeps it: the hours in hundredths, and the earlier ones by the last day they held.

    A continuation has neither reason nor outlook; it is stored with 'unknown' for both.
    """

    start: date
    end: date | None
    hours: int
    reason: str | None
    outlook: str | None
    past: dict[date, int] = field(default_factory=dict, compare=False)

    def is_same_as(self, stored: "Period") -> bool:
        """Whether this is the period that is `stored`; of a continuation the reason and outlook are not in the file."""
        if self.end and not self.reason:
            return (self.start, self.end, self.hours) == (stored.start, stored.end, stored.hours)
        return self == stored

    def overlaps(self, other: "Period") -> bool:
        """Whether a day belongs to both; the last day counts."""
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


@dataclass(slots=True)
class Entry:
    """The content of a row: a client with its answers, and a period, if the row has one.

    `former` are the old numbers of the clients that were merged into it.
    """

    province: str
    organisation: str
    email: str
    old_number: str | None
    answers: dict[str, Any]
    period: Period | None
    cells: dict[str, str]
    number: int | None = None
    name: str = ""
    mark: str | None = None
    past: Past = field(default_factory=dict)
    former: list[str] = field(default_factory=list)
