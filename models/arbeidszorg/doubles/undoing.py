"""Undoing a merge: the merged client comes back under its number, and later changes stay (docs/decisions/0092).

All that is as it was right after the merge goes back to how it was before; an answer that changed since stays with the
number that went on, and a period that came from the merged client returns to it as it is now.
"""
import datetime
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from models.arbeidszorg.doubles import records
from models.arbeidszorg.doubles.comparison import first_overlap
from models.arbeidszorg.doubles.merging import KEPT, Merge, check_nothing_pending, digest
from models.arbeidszorg.doubles.records import Row, Rows
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client, recount_incomplete
from models.arbeidszorg.register.former_numbers import NEW, OLD, FormerNumber
from models.arbeidszorg.register.periods import Period
from models.audit import Actor, record
from models.database import locked, now, transaction
from models.errors import Refused


def undo(merge: Merge, by: Actor | None = None) -> None:
    """Undo a merge and record it.

    Raises `Refused` after 30 days, if it was undone, if the client moved or was deleted, while there is a later merge
    into the same client, or if a period is in the way: `period` in the context has its days.
    """
    with transaction():
        client = locked(Client.select().where(Client.number == merge.kept_number)).first()
        merge = locked(Merge.select().where(Merge.id == merge.id)).get()
        if client is None or client.organisation_id != merge.organisation_id:
            raise Refused(ArbeidszorgCode.CLIENT_GONE)
        if merge.kept_rows is None or merge.merged_at <= now() - KEPT:
            raise Refused(ArbeidszorgCode.MERGE_LATE)
        newest = Merge.of_client(client)[0]
        if newest.id != merge.id:
            raise Refused(ArbeidszorgCode.MERGE_NOT_NEWEST, number=newest.merged_number)
        check_nothing_pending(client)
        _Undone(merge).apply()
        record(ArbeidszorgEvent.MERGE_UNDONE, by=by, organisation=client.organisation, subject=merge.kept_number,
               merged=merge.merged_number)


class Days(NamedTuple):
    """The days of a period, from its row."""

    start_date: datetime.date
    end_date: datetime.date | None

    @classmethod
    def of(cls, row: Row) -> "Days":
        """Read the days from a row."""
        end = row["end_date"]
        return cls(datetime.date.fromisoformat(row["start_date"]), end and datetime.date.fromisoformat(end))


class _Undone:
    """A merge, the rows that it kept, and those of the client that went on as they are now."""

    def __init__(self, merge: Merge) -> None:
        kept = json.loads(merge.kept_rows)
        self.merge = merge
        self.number, self.merged_number = merge.kept_number, merge.merged_number
        self.kept: Rows = kept["kept"]
        self.merged: Rows = kept["merged"]
        self.after: Rows = kept["after"]
        self.joined: list[int] = kept["joined"]
        # Its periods of then, and those that it had withdrawn and that may have been restored since.
        self.own: list[int] = [*kept["withdrawn"], *(row["id"] for row in self.merged["period"])]
        self.sealed: str | None = kept["sealed"]
        self.current: Rows = records.rows_of(self.number)
        self.now_by_id = {row["id"]: row for row in self.current["period"]}
        self.codes = {code for code in records.questions_in(self.kept, self.after)
                      if records.part(self.current, code) == records.part(self.after, code)
                      != records.part(self.kept, code)}

    def apply(self) -> None:
        """Put everything back; the order obeys the rules of the database."""
        self._check_joined()
        self._check_periods()
        (Merge.update(kept_rows=None, undone_at=now()).where(Merge.id == self.merge.id)).execute()
        self._put_client_back()
        self._take_joined_apart()
        returning = [period_id for period_id in self.own if period_id in self.now_by_id]
        Period.update(client=self.merged_number).where(Period.id.in_(returning)).execute()
        records.give_withdrawn(self.own, self.merged_number)
        for code in self.codes:
            records.write_part(self.number, code, records.part(self.kept, code))
        self._put_set_aside_back()
        self._put_name_back()
        for number in (self.number, self.merged_number):
            recount_incomplete(number)
        Client.update(version=Client.version + 1, changed_at=now()).where(Client.number == self.number).execute()

    def _check_joined(self) -> None:
        """Raise `Refused` if a joined period is not as the merge made it."""
        after = {row["id"]: row for row in self.after["period"]}
        for period_id in self.joined:
            past_now, past_after = (
                [row for row in rows["past_hours"] if row["period_id"] == period_id]
                for rows in (self.current, self.after))
            if self.now_by_id.get(period_id) != after[period_id] or past_now != past_after:
                self._refuse(Days.of(self.now_by_id.get(period_id, after[period_id])))

    def _check_periods(self) -> None:
        """Raise `Refused` if the periods that each client would have overlap, or begin before its birth."""
        merged, kept = self._periods_after()
        born = self.kept if "birth_date" in self.codes else self.current
        for periods, [client] in ((merged, self.merged["client"]), (kept, born["client"])):
            if clash := first_overlap(periods):
                # The one that is there now was changed or added since.
                there = [Days.of(row) for row in self.current["period"]]
                self._refuse(next((one for one in clash if one in there), clash[0]))
            birth_date = client["birth_date"]
            for period in periods:
                if birth_date and period.start_date < datetime.date.fromisoformat(birth_date):
                    self._refuse(period)

    def _periods_after(self) -> tuple[list[Days], list[Days]]:
        """Return the days of the periods that the merged client, and the one that goes on, would have."""
        now_there = [row for row in self.current["period"] if row["id"] not in self.joined]
        back = [*self._set_aside(), *self._before_joining()]
        rows = [*now_there, *back]
        return ([Days.of(row) for row in rows if row["id"] in self.own],
                [Days.of(row) for row in rows if row["id"] not in self.own])

    def _refuse(self, period: Days) -> None:
        raise Refused(ArbeidszorgCode.MERGE_PERIOD, period=period)

    def _set_aside(self) -> list[Row]:
        """Return the periods that the merge set aside."""
        stayed = {row["id"] for row in self.after["period"]}
        return [row for rows in (self.kept, self.merged) for row in rows["period"] if row["id"] not in stayed]

    def _before_joining(self) -> list[Row]:
        return [row for rows in (self.kept, self.merged) for row in rows["period"] if row["id"] in self.joined]

    def _put_client_back(self) -> None:
        """Insert the merged client, with its name, answers and numbers."""
        organisation_id = self.merge.organisation_id
        [client] = self.merged["client"]
        FormerNumber.remove(organisation_id, NEW, str(self.merged_number))
        if client["old_number"]:
            FormerNumber.remove(organisation_id, OLD, client["old_number"])
        # The triggers of the database set it from the periods.
        records.insert("client", [{**client, "active_until": None}])
        records.set_sealed_name(self.merged_number, records.kept_name(self.merge.id, self.merged_number))
        for name in ("answer", "past_answer", "past_organisation"):
            records.insert(name, self.merged[name])
        for row in self.merged["former_number"]:
            FormerNumber.update(client_number=self.merged_number).where(
                FormerNumber.organisation_id == organisation_id, FormerNumber.kind == row["kind"],
                FormerNumber.number == row["number"]).execute()

    def _take_joined_apart(self) -> None:
        """Give each joined period its own days and owner again."""
        records.delete("past_hours", "period_id", self.joined)
        table = records.table("period")
        for row in self._before_joining():
            changed = {"client_number": row["client_number"], "start_date": row["start_date"],
                       "version": self.now_by_id[row["id"]]["version"] + 1,
                       "changed_at": now()}
            table.update({getattr(table, name): value for name, value in changed.items()}).where(
                table.id == row["id"]).execute()
        self._insert_past_hours(self.joined)

    def _put_set_aside_back(self) -> None:
        aside = self._set_aside()
        records.insert("period", aside)
        self._insert_past_hours([row["id"] for row in aside])

    def _insert_past_hours(self, period_ids: Iterable[int]) -> None:
        wanted = set(period_ids)
        for rows in (self.kept, self.merged):
            records.insert("past_hours", [row for row in rows["past_hours"] if row["period_id"] in wanted])

    def _put_name_back(self) -> None:
        """Give the client that went on its name of before, unless somebody changed the name since."""
        if digest(records.sealed_name(self.number)) == self.sealed:
            records.set_sealed_name(self.number, records.kept_name(self.merge.id, self.number))
        records.forget_names(self.merge.id)


def one_of(client: Client, merge_id: int) -> Merge | None:
    """Return the merge into this client with this id, if it can still be undone."""
    found: Any = [merge for merge in Merge.of_client(client) if merge.id == merge_id]
    return found[0] if found else None
