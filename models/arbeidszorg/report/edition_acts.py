"""Merges, moves, withdrawn periods and undone imports since an edition, as far as they may have changed its figures."""
import datetime
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import peewee
from peewee import fn

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.database import database
from models.days import start_of_day
from models.organisations import Organisation

# The tables without their classes: only these columns are read.
_merge: Any = peewee.Table(
    "client_merge", ("organisation_id", "merged_number", "first_year", "last_year", "merged_at", "undone_at"))
_withdrawal: Any = peewee.Table("withdrawal", (
    "organisation_id", "client_number", "added_at", "first_year", "last_year", "withdrawn_at", "restored_at"))
_import: Any = peewee.Table("register_import", ("imported_at", "undone_at", "lost"))
_organisation: Any = peewee.Table("organisation", ("id", "province"))
_move: Any = peewee.Table(
    "client_move", ("client_number", "from_organisation_id", "to_organisation_id", "status", "ended_at"))


class Acts(NamedTuple):
    """The edition's moment (`since`), its year, and the provinces whose clients are counted."""

    since: datetime.datetime
    year: int
    provinces: Sequence[str]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return reason → province → number of clients."""
        merged, withdrawn = _merge.merged_at, _withdrawal.withdrawn_at
        known = _withdrawal.added_at <= self.since
        return {
            "merged": self._of(_merge, _merge.merged_number, merged > self.since, _merge.undone_at.is_null()),
            "unmerged": self._of(_merge, _merge.merged_number, merged <= self.since, _merge.undone_at > self.since),
            "moved": self._moved(),
            "withdrawn": self._of(_withdrawal, _withdrawal.client_number, known, withdrawn > self.since,
                                  _withdrawal.restored_at.is_null()),
            "taken-back": self._of(_withdrawal, _withdrawal.client_number, known, withdrawn <= self.since,
                                   _withdrawal.restored_at > self.since),
            "import-undone": self._imports_undone()}

    def _of(self, table: Any, number: Any, *conditions: Any) -> dict[str, int]:
        """Count the clients of rows with their years of guidance, of which one is the edition's."""
        in_year = (table.first_year <= self.year) & (table.last_year.is_null() | (table.last_year >= self.year))
        return dict(
            table.bind(database).select(_organisation.province, fn.COUNT(number.distinct()))
            .join(_organisation, on=(_organisation.id == table.organisation_id))
            .where(in_year, _organisation.province.in_(self.provinces), *conditions)
            .group_by(_organisation.province)
            .tuples())

    def _imports_undone(self) -> Counter[str]:
        """Count the clients of imports from before the edition that were taken back after it, guided in its year."""
        counts: Counter[str] = Counter()
        undone = _import.bind(database).select(_import.lost).where(
            _import.imported_at <= self.since, _import.undone_at > self.since)
        for lost, in undone.tuples():
            counts.update({province: years.get(str(self.year), 0) for province, years in json.loads(lost).items()
                           if province in self.provinces})
        return +counts

    def _moved(self) -> Counter[str]:
        """Count clients in the province that they left and in the one to which they came.

        Only a move up to the end of the year changes its figures: later, the client counts where it was then.
        """
        ended = start_of_day(datetime.date(self.year + 1, 1, 1))
        provinces = dict(Organisation.select(Organisation.id, Organisation.province).tuples())
        guided = Period.select(Period.id).where(
            Period.client == Client.number, Period.start_date <= datetime.date(self.year, 12, 31),
            Period.end_date.is_null() | (Period.end_date >= datetime.date(self.year, 1, 1)))
        rows = (
            Client.select(Client.number, _move.from_organisation_id, _move.to_organisation_id)
            .join(_move, on=(_move.client_number == Client.number))
            .where(_move.status == "done", _move.ended_at > self.since, _move.ended_at < ended,
                   Client.created_at <= self.since, fn.EXISTS(guided))
            .tuples())
        clients = {(provinces[organisation], number) for number, *both in rows for organisation in both}
        return Counter(province for province, _ in clients if province in self.provinces)
