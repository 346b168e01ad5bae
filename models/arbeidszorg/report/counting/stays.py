"""Where clients were: a client that moved counts in each year at the organisation of that year's reference day.

Few clients move. A row of the report's query that belongs to one of them is split in a row for each of its
organisations, which counts in the years of that organisation only (docs/decisions/0094).
"""
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.query import NUMBER, OWNER, PERIODS, PROVINCE, SECTOR_OF, Row
from models.organisations import Organisation


class Part(NamedTuple):
    """The periods of a client that moved, as they count at one of its organisations: in these years only."""

    periods: str
    years: tuple[int, ...]


class Stays:
    """The organisations at which the clients that moved were, for a report of these years."""

    def __init__(self, years: Sequence[int], today: datetime.date) -> None:
        self.years = years
        self.days = {year: variables.reference_day(year, today) for year in years}
        # number → (last day, organisation), the earliest first
        self.of: dict[int, list[tuple[datetime.date, int]]] = defaultdict(list)
        first = min(self.days.values())
        past: Any = PastOrganisation.select().where(PastOrganisation.until >= first).order_by(PastOrganisation.until)
        for number, organisation, until in past.tuples():
            self.of[number].append((until, organisation))
        self.organisations = {} if not self.of else {
            organisation: (province, sector) for organisation, province, sector in
            Organisation.select(Organisation.id, Organisation.province, Organisation.sector).tuples()}

    def split(self, rows: list[Row]) -> list[Row]:
        """Return the rows, those of clients that moved split in one for each of their organisations."""
        if not self.of:
            return rows
        return [part for row in rows for part in (self._parts(row) if row[NUMBER] in self.of else (row,))]

    def _parts(self, row: Row) -> Iterator[Row]:
        years: dict[int, list[int]] = defaultdict(list)
        for year in self.years:
            years[self._organisation(row, year)].append(year)
        for organisation, own in years.items():
            part = list(row)
            part[PROVINCE], part[SECTOR_OF] = self.organisations[organisation]
            part[OWNER], part[PERIODS] = organisation, Part(row[PERIODS], tuple(own))
            yield tuple(part)

    def _organisation(self, row: Row, year: int) -> int:
        stays: Iterable[tuple[datetime.date, int]] = self.of[row[NUMBER]]
        return next((organisation for until, organisation in stays if until >= self.days[year]), row[OWNER])

