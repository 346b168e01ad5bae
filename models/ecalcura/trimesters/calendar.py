"""Reference periods (July to June) and their four trimesters, which are calendar quarters."""
import datetime
from typing import Any, NamedTuple

import peewee

from models.database import BaseModel, is_sqlite

A_DAY = datetime.timedelta(days=1)
# The months of each trimester as the label writes them.
MONTHS = {1: "jul–sep", 2: "okt–dec", 3: "jan–mrt", 4: "apr–jun"}


class Place(NamedTuple):
    """A trimester of a reference period: (2026, 2) is October to December 2026."""

    period: int
    number: int

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.period + (self.number > 2), (self.number * 3 + 3) % 12 + 1, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        after = Place(self.period + 1, 1) if self.number == 4 else Place(self.period, self.number + 1)
        return after.first - A_DAY

    @property
    def label(self) -> str:
        """The trimester in words: 'trimester 2 (okt–dec 2026)'."""
        return f"trimester {self.number} ({MONTHS[self.number]} {self.first.year})"


def place_of(day: datetime.date) -> Place:
    """Return the trimester in which a day lies."""
    quarter = (day.month - 1) // 3
    return Place(day.year, quarter - 1) if quarter > 1 else Place(day.year - 1, quarter + 3)


def capital(label: str) -> str:
    """Return the label of a trimester as it begins a sentence."""
    return label[0].upper() + label[1:]


class Trimester(BaseModel):
    """A trimester that somebody needed so far: its row never changes."""

    id = peewee.AutoField()
    period = peewee.IntegerField()
    number = peewee.IntegerField()
    first = peewee.DateField()
    last = peewee.DateField()

    @classmethod
    def get_or_make(cls, period: int, number: int) -> "Trimester":
        """Return a trimester of a reference period, 1 to 4, by the year in which the period begins."""
        place = Place(period, number)
        found = cls.known(period, number)
        if found is None:
            # Two at once: the second takes the row of the first.
            cls.insert(period=period, number=number, first=place.first, last=place.last).on_conflict(
                action="NOTHING", conflict_target=[cls.period, cls.number]).execute()
            found = cls.get(cls.period == period, cls.number == number)
        return found

    @classmethod
    def known(cls, period: int, number: int) -> "Trimester | None":
        """Return a trimester that has a row, or None."""
        return cls.get_or_none(cls.period == period, cls.number == number)

    @classmethod
    def newest(cls) -> "peewee.ModelSelect[Trimester]":
        """Select the trimesters that somebody needed so far, the newest first."""
        return cls.select().order_by(cls.first.desc())

    @classmethod
    def held(cls, period: int, number: int) -> "Trimester":
        """Return a trimester, of which nobody else sets the days or reminds until the transaction ends."""
        found = cls.get_or_make(period, number)
        if not is_sqlite():
            # Not FOR UPDATE, for which each insert of a row that refers to the trimester would wait.
            list(cls.select(cls.id).where(cls.id == found.id).for_update("FOR NO KEY UPDATE"))
        return found

    @property
    def place(self) -> Place:
        """Its reference period and number."""
        return Place(self.period, self.number)

    @property
    def label(self) -> str:
        """The trimester in words: 'trimester 2 (okt–dec 2026)'."""
        return self.place.label

    @property
    def subject(self) -> str:
        """Its name in the log: '2026/2'."""
        return f"{self.period}/{self.number}"

    @property
    def days(self) -> int:
        """The number of its days."""
        return (self.last - self.first).days + 1

    def touches(self, first: datetime.date, last: datetime.date | None) -> bool:
        """Say whether a span of days, open without a last day, has a day in this trimester."""
        return first <= self.last and (last is None or last >= self.first)


def touching(first: datetime.date, last: datetime.date | None) -> Any:
    """Return the condition that a trimester has a day in this span; without `last` it has no end."""
    begun = Trimester.last >= first
    return begun if last is None else begun & (Trimester.first <= last)
