"""Reasons why today's register gives other counts than an edition, as far as it knows them (docs/decisions/0074).

Counts of 1 to 4 in other provinces than the administrator's own are hidden.
"""
import datetime
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import peewee
from peewee import fn

from disclosure import is_unsafe
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import CLOSING, HOURS, Period
from models.arbeidszorg.report.edition_acts import Acts
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.report.shape import Cell
from models.audit import AuditEntry, Event
from models.organisations import PROVINCES, Organisation

OF_ANSWERS = (ArbeidszorgEvent.CLIENT_CHANGED, ArbeidszorgEvent.PAST_ANSWER_REMOVED)
OF_PERIODS = (ArbeidszorgEvent.PERIOD_CHANGED, ArbeidszorgEvent.PERIOD_CLOSED, ArbeidszorgEvent.PERIOD_REOPENED,
              ArbeidszorgEvent.PAST_HOURS_REMOVED)
# This reason counts organisations, which are no secret; all others count clients.
OPEN = ("sectors",)


class Reasons:
    """The changes since an edition was counted that may have changed its figures.

    `counts` is {reason: {province: Cell}}; `deletions` are those of `own`, the administrator's province.
    """

    def __init__(self, edition: Edition, own: str) -> None:
        self.own = own
        self.since = edition.counted_at
        self.provinces = list(PROVINCES) if edition.scope == FLANDERS else [edition.scope]
        self.year, self.reference_day = edition.year, edition.reference_day
        self.first, self.last = (datetime.date(self.year, *day) for day in ((1, 1), (12, 31)))
        self.deletions = [one for one in self._deleted() if one.organisation.province == own]
        found = {
            "late-clients": self._late_clients(), "late-periods": self._late_periods(),
            "changed-periods": self._changed_periods(), "changed-answers": self._changed_answers(),
            "deleted": Counter(one.organisation.province for one in self._deleted()),
            "restored": Counter(one.organisation.province for one in self._restored()),
            **Acts(self.since, self.year, self.provinces).counts(),
            "sectors": self._sectors()}
        self.counts = {
            reason: {province: self._cell(reason, province, counts.get(province, 0)) for province in self.provinces}
            for reason, counts in found.items()}

    def _cell(self, reason: str, province: str, count: int) -> Cell:
        unsafe = province != self.own and reason not in OPEN and is_unsafe(count)
        return Cell(None, hidden=True) if unsafe else Cell(count)

    def _late_clients(self) -> dict[str, int]:
        return dict(self._clients()
                    .where(Client.created_at > self.since, fn.EXISTS(self._periods_of(Client.number)))
                    .tuples())

    def _late_periods(self) -> dict[str, int]:
        return dict(self._clients()
                    .join(Period, on=(Period.client == Client.number))
                    .where(Client.created_at <= self.since, Period.created_at > self.since,
                           self._overlaps() | self._continues())
                    .tuples())

    def _changed_periods(self) -> Counter[str]:
        """Count clients by the log, which knows what changed.

        Closing a period after the year changes no figure, nor do other hours if those of the reference day were kept.
        """
        ends = dict(Period.select(Period.id, Period.end_date)
                    .where(Period.changed_at > self.since, Period.created_at <= self.since, self._overlaps())
                    .tuples())
        kept = Counter(
            PastHours.select(PastHours.period_id)
            .where(PastHours.made_at > self.since, PastHours.until >= self.reference_day).scalars())
        clients, hours = set(), Counter[tuple[int, str, int]]()
        for number, province, event, text in self._logged(OF_PERIODS):
            detail = json.loads(text)
            period, fields = detail.get("period"), set(detail.get("fields", [HOURS]))
            if event == ArbeidszorgEvent.PERIOD_CLOSED and (ends.get(period) or self.last) > self.last:
                fields.difference_update(CLOSING)
            if period in ends and fields == {HOURS}:
                hours[period, province, number] += 1
            elif period in ends and fields:
                clients.add((province, number))
        clients |= {(province, number) for (period, province, number), times in hours.items() if times > kept[period]}
        return Counter(province for province, _ in clients)

    def _changed_answers(self) -> Counter[str]:
        """Count clients with a changed answer, unless the answer of the reference day was kept as a past answer.

        In that case the edition and today's report count the same answer.
        """
        kept = Counter(
            PastAnswer.select(PastAnswer.client_number, PastAnswer.question)
            .where(PastAnswer.made_at > self.since, PastAnswer.until >= self.reference_day)
            .tuples())
        changed = Counter(
            (number, question, province)
            for number, province, _, detail in self._logged(OF_ANSWERS)
            for question in json.loads(detail).get("fields", ()))
        clients = {(province, number) for (number, question, province), times in changed.items()
                   if times > kept[number, question]}
        return Counter(province for province, _ in clients)

    def _logged(self, events: Iterable[ArbeidszorgEvent]) -> peewee.ModelSelect:
        """Return the log's later entries about clients that were registered already and are guided in the year."""
        return (AuditEntry.select(Client.number, AuditEntry.province, AuditEntry.event, AuditEntry.detail)
                .join(Client, on=(Client.number == AuditEntry.subject.cast("INTEGER")))
                .where(AuditEntry.made_at > self.since, AuditEntry.event.in_(events),
                       AuditEntry.province.in_(self.provinces), Client.created_at <= self.since,
                       fn.EXISTS(self._periods_of(Client.number)))
                .tuples())

    def _deleted(self) -> peewee.ModelSelect:
        return self._deletions().where(Deletion.deleted_at > self.since, Deletion.restored_at.is_null())

    def _restored(self) -> peewee.ModelSelect:
        return self._deletions().where(Deletion.deleted_at <= self.since, Deletion.restored_at > self.since)

    def _deletions(self) -> peewee.ModelSelect:
        """Return the deletions of clients registered before the edition and guided in its year, without kept rows."""
        return (Deletion.select(Deletion.client_number, Deletion.reason, Deletion.first_year, Deletion.last_year,
                                Deletion.deleted_at, Organisation.name, Organisation.province)
                .join(Organisation)
                .where(Organisation.province.in_(self.provinces), Deletion.registered_at <= self.since,
                       Deletion.first_year <= self.year,
                       Deletion.last_year.is_null() | (Deletion.last_year >= self.year))
                .order_by(Deletion.id.desc()))

    def _sectors(self) -> Counter[str]:
        changed = {
            (province, organisation) for organisation, province, detail in
            AuditEntry.select(AuditEntry.tenant_id, AuditEntry.province, AuditEntry.detail)
            .where(AuditEntry.made_at > self.since, AuditEntry.event == Event.ORGANISATION_CHANGED,
                   AuditEntry.province.in_(self.provinces))
            .tuples() if "sector" in json.loads(detail).get("fields", ())}
        return Counter(province for province, _ in changed)

    def _clients(self) -> peewee.ModelSelect:
        """Return (province, number of clients); a join that repeats a client still counts it once."""
        return (Client.select(Organisation.province, fn.COUNT(Client.number.distinct()))
                .join(Organisation)
                .switch(Client)
                .where(Organisation.province.in_(self.provinces))
                .group_by(Organisation.province))

    def _periods_of(self, number: Any) -> peewee.ModelSelect:
        return Period.select(Period.id).where(Period.client == number, self._overlaps())

    def _continues(self) -> Any:
        """Whether a period outside the year makes one of the year a continuation, or is continued by it."""
        own, day = Period.alias(), datetime.timedelta(days=1)
        after = (Period.start_date == self.last + day) & (own.end_date == self.last)
        before = (Period.end_date == self.first - day) & (own.start_date == self.first)
        return fn.EXISTS(own.select(own.id).where(own.client == Period.client, after | before))

    def _overlaps(self) -> Any:
        return (Period.start_date <= self.last) & (Period.end_date.is_null() | (Period.end_date >= self.first))
