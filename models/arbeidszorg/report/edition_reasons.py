"""Why the register of today counts otherwise than an edition did, as far as the register knows (docs/decisions/0074).

Of other provinces than the reader's own a number of 1 to 4 is hidden.
"""
import datetime
import json
from collections import Counter

from peewee import fn

from disclosure.suppression import SMALLEST_SHOWN
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.report.shape import Cell
from models.audit import AuditEntry, Event
from models.organisations import PROVINCES, Organisation

OF_PERIODS = (Event.PERIOD_CHANGED, Event.PERIOD_CLOSED, Event.PERIOD_REOPENED)
# Counted are organisations, which everybody knows; of all others clients.
OPEN = ("sectors",)


class Reasons:
    """What happened since an edition was counted that may have changed its figures.

    `counts` is {reason: {province: Cell}}; `deletions` are those of the reader's own province.
    """

    def __init__(self, edition, own):
        self.own = own
        self.since = edition.counted_at
        self.places = list(PROVINCES) if edition.scope == FLANDERS else [edition.scope]
        self.year, self.reference_day = edition.year, edition.reference_day
        self.first, self.last = (datetime.date(self.year, *day) for day in ((1, 1), (12, 31)))
        self.deletions = [one for one in self._deleted() if one.organisation.province == own]
        found = {
            "late-clients": self._late_clients(), "late-periods": self._late_periods(),
            "changed-periods": self._changed_periods(), "changed-answers": self._changed_answers(),
            "deleted": Counter(one.organisation.province for one in self._deleted()),
            "restored": Counter(one.organisation.province for one in self._restored()),
            "sectors": self._sectors()}
        self.counts = {
            reason: {place: self._cell(reason, place, counts.get(place, 0)) for place in self.places}
            for reason, counts in found.items()}

    def _cell(self, reason, place, count):
        covered = place != self.own and reason not in OPEN and 0 < count < SMALLEST_SHOWN
        return Cell(None, hidden=True) if covered else Cell(count)

    def _late_clients(self):
        return dict(self._clients()
                    .where(Client.created_at > self.since, fn.EXISTS(self._periods_of(Client.number)))
                    .tuples())

    def _late_periods(self):
        return dict(self._clients()
                    .join(Period, on=(Period.client == Client.number))
                    .where(Client.created_at <= self.since, Period.created_at > self.since, self._overlaps())
                    .tuples())

    def _changed_periods(self):
        """By the audit, which knows what was changed: a period that was closed after the year is of no account."""
        ends = dict(Period.select(Period.id, Period.end_date)
                    .where(Period.changed_at > self.since, Period.created_at <= self.since, self._overlaps())
                    .tuples())
        clients = set()
        for number, province, event, detail in self._told(OF_PERIODS):
            period = json.loads(detail).get("period")
            if period in ends and not (event == Event.PERIOD_CLOSED and ends[period] and ends[period] > self.last):
                clients.add((province, number))
        return Counter(province for province, _ in clients)

    def _changed_answers(self):
        """Where what held on the reference day is kept as a past answer, the edition counted it as it counts now."""
        kept = Counter(
            PastAnswer.select(PastAnswer.client_number, PastAnswer.question)
            .where(PastAnswer.made_at > self.since, PastAnswer.until >= self.reference_day)
            .tuples())
        changed = Counter(
            (number, question, province)
            for number, province, _, detail in self._told([Event.CLIENT_CHANGED])
            for question in json.loads(detail).get("fields", ()))
        clients = {(province, number) for (number, question, province), times in changed.items()
                   if times > kept[number, question]}
        return Counter(province for province, _ in clients)

    def _told(self, events):
        """What the audit tells since of clients who were there already, and are guided in the year."""
        return (AuditEntry.select(AuditEntry.client_number, AuditEntry.province, AuditEntry.event, AuditEntry.detail)
                .join(Client, on=(Client.number == AuditEntry.client_number))
                .where(AuditEntry.made_at > self.since, AuditEntry.event.in_(events),
                       AuditEntry.province.in_(self.places), Client.created_at <= self.since,
                       fn.EXISTS(self._periods_of(Client.number)))
                .tuples())

    def _deleted(self):
        return self._deletions().where(Deletion.deleted_at > self.since, Deletion.restored_at.is_null())

    def _restored(self):
        return self._deletions().where(Deletion.deleted_at <= self.since, Deletion.restored_at > self.since)

    def _deletions(self):
        """Of clients who were registered before and guided in the year, without the rows kept of them."""
        return (Deletion.select(Deletion.client_number, Deletion.reason, Deletion.first_year, Deletion.last_year,
                                Deletion.deleted_at, Organisation.name, Organisation.province)
                .join(Organisation)
                .where(Organisation.province.in_(self.places), Deletion.registered_at <= self.since,
                       Deletion.first_year <= self.year,
                       Deletion.last_year.is_null() | (Deletion.last_year >= self.year))
                .order_by(Deletion.id.desc()))

    def _sectors(self):
        changed = {
            (province, organisation) for organisation, province, detail in
            AuditEntry.select(AuditEntry.organisation_id, AuditEntry.province, AuditEntry.detail)
            .where(AuditEntry.made_at > self.since, AuditEntry.event == Event.ORGANISATION_CHANGED,
                   AuditEntry.province.in_(self.places))
            .tuples() if "sector" in json.loads(detail).get("fields", ())}
        return Counter(province for province, _ in changed)

    def _clients(self):
        """Province and how many clients: what is joined to it counts a client once."""
        return (Client.select(Organisation.province, fn.COUNT(Client.number.distinct()))
                .join(Organisation)
                .switch(Client)
                .where(Organisation.province.in_(self.places))
                .group_by(Organisation.province))

    def _periods_of(self, number):
        return Period.select(Period.id).where(Period.client == number, self._overlaps())

    def _overlaps(self):
        return (Period.start_date <= self.last) & (Period.end_date.is_null() | (Period.end_date >= self.first))
