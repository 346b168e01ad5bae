"""Guidance periods: the periods of one client never overlap, and at most one has no end date."""
import datetime
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import hours as hours_over_time
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import DAY, Hours, HoursChange, HoursField, PastHours
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.register.values import MOST_HOURS
from models.audit import Actor, record
from models.database import END_OF_TIME, BaseModel, locked, now, refusing, today, transaction
from models.days import local_day
from models.errors import Refused, Stale

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2999, 12, 31)
HOURS, START, END = "hours", "start_date", "end_date"
# The headings of these fields in every file.
HEADINGS = {HOURS: "Aantal uren", START: "Startdatum", END: "Einddatum"}
CLOSING = (END, "closing_reason", "outlook")


class Period(BaseModel):
    id = peewee.AutoField()
    client = peewee.ForeignKeyField(Client, column_name="client_number", backref="periods")
    client_number: int
    hours = HoursField()
    # As `Answer.given_on`.
    hours_on = peewee.DateField(null=True)
    start_date = peewee.DateField()
    end_date = peewee.DateField(null=True)
    closing_reason = peewee.TextField(null=True)
    outlook = peewee.TextField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, client: Client) -> "peewee.ModelSelect[Period]":
        """Select the periods of a client, the newest first."""
        return cls.select().where(cls.client == client).order_by(cls.start_date.desc())

    @classmethod
    def one(cls, client: Client, period_id: int) -> "Period | None":
        """Return the client's period with this id, or None."""
        return cls.of(client).where(cls.id == period_id).first()

    @classmethod
    def add(cls, client: Client, hours: Decimal, start: datetime.date, end: datetime.date | None = None,
            reason: str | None = None, outlook: str | None = None, form_key: str | None = None,
            by: Actor | None = None, continues: bool = False) -> "Period":
        """Add a period with these hours a week and record it; end, reason and outlook are given together or not at all.

        With `continues`, the running period ends on the day before. A form that is sent again, recognised by its
        `form_key`, returns the period it made the first time, or raises Refused if its values differ. Raises Refused
        for a value that is not allowed, for a start before the client's birth, and for an overlap with another period.
        """
        with _database_rules(), transaction():
            client = _locked_client(client.number)
            values = _checked(client, hours, start, end, reason, outlook)
            sent = form_key and cls.of(client).where(cls.form_key == form_key).first()
            if not sent:
                if continues:
                    _end_running(client, start, by)
                _check_against_client(client, values)
                period = cls.create(client=client, form_key=form_key, hours_on=today(), **values)
                record(ArbeidszorgEvent.PERIOD_ADDED, by=by, organisation=client.organisation, subject=client.number,
                       period=period.id)
                return period
        if sent._changed_by(values):
            raise Refused(ArbeidszorgCode.ALREADY_SAVED, period=sent)
        return sent

    def change(self, hours: Decimal, start: datetime.date, end: datetime.date | None, reason: str | None,
               outlook: str | None, version: int, by: Actor | None = None, hours_since: datetime.date | None = None,
               hours_mistake: bool = False) -> "Period":
        """Change a period, record it, and return the period as it is now.

        `version` is the version of the row from which the form was made: raises Stale, with the period as it is now,
        if a colleague saved a change meanwhile. Without an end date, a closed period is reopened and loses its reason
        and outlook. Other hours hold from the day `hours_since`, or the old ones were never true (`hours_mistake`).
        Raises Refused as `add` and `hours.after_change` do.
        """
        with _database_rules(), transaction():
            client = _locked_client(self.client_number)
            period = Period.get_by_id(self.id)
            if period.version != version:
                raise Stale(current=period)
            if end is None and period.end_date is not None:
                reason = outlook = None
            values = _checked(client, hours, start, end, reason, outlook, period)
            change = HoursChange(hours_since, hours_mistake)
            period._save(client, values, period._after_change(values, change), by)
        return Period.get_by_id(self.id)

    def hours_over_time(self) -> Hours:
        """Return the period's hours of today, with the day on which they were given, and its earlier hours."""
        past = {earlier.until: earlier.hours for earlier in PastHours.of(self.id)}
        began = max(past) + DAY if past else local_day(self.created_at) if self.form_key else None
        return Hours(self.hours, self.hours_on or began, past)

    def _after_change(self, values: Mapping[str, Any], change: HoursChange) -> Hours:
        return hours_over_time.after_change(
            self.hours_over_time(), values[HOURS], values[START], values[END], change, today())

    def _save(self, client: Client, values: Mapping[str, Any], hours: Hours, by: Actor | None) -> None:
        """Store these values and hours, and record it, unless nothing changes."""
        old = self.hours_over_time()
        values = {**values, HOURS: hours.now}
        fields = self._changed_by(values)
        if hours.past != old.past:
            fields = sorted({*fields, HOURS})
        if not fields:
            return
        _check_against_client(client, values, but=self.id)
        changes = {field: values[field] for field in fields}
        if hours.given_on != old.given_on:
            changes["hours_on"] = hours.given_on
        hours_over_time.remove_others(self.id, hours.past)
        Period.update(changes, version=Period.version + 1, changed_at=now()).where(Period.id == self.id).execute()
        hours_over_time.add_missing(self.id, hours.past)
        record(_event(self.end_date, values[END]), by=by, organisation=client.organisation, subject=client.number,
               period=self.id, fields=fields)

    def _changed_by(self, values: Mapping[str, Any]) -> list[str]:
        return sorted(field for field, value in values.items() if getattr(self, field) != value)


class Dated(Protocol):
    """A period as far as its dates go."""

    @property
    def start_date(self) -> datetime.date: ...

    @property
    def end_date(self) -> datetime.date | None: ...


AnyPeriod = TypeVar("AnyPeriod", bound=Dated)


def period_to_show(periods: Iterable[AnyPeriod], today: datetime.date) -> AnyPeriod | None:
    """Return the running period, else the next planned one, else the last one, or None without periods."""
    ordered = sorted(periods, key=lambda period: period.start_date)
    lasting = [period for period in ordered if (period.end_date or END_OF_TIME) >= today]
    return next(iter(lasting or ordered[-1:]), None)


def _database_rules() -> AbstractContextManager[None]:
    """Turn an error from the database's own rules into Refused.

    As the client's row is locked and checked first, only a fault in this code breaks one of them.
    """
    return refusing(period_overlap=ArbeidszorgCode.OVERLAP, period_before_birth=ArbeidszorgCode.BEFORE_BIRTH)


def _locked_client(number: int) -> Client:
    return locked(Client.select().where(Client.number == number)).get()


def _end_running(client: Client, start: datetime.date, by: Actor | None) -> None:
    """End the period without end date on the day before `start`, if the client has one that began earlier.

    Not if the client moved on that day: then it is no continuation, and somebody has to say why it ended.
    """
    running = Period.of(client).where(Period.end_date.is_null(), Period.start_date < start).first()
    if running and not PastOrganisation.left_after(client.number, start - DAY):
        values = {HOURS: running.hours, START: running.start_date, END: start - DAY,
                  **dict.fromkeys(questionnaire.CLOSING, UNKNOWN)}
        running._save(client, values, running._after_change(values, HoursChange()), by)


def eves(client: Client, but: int | None = None) -> set[datetime.date]:
    """Return the last days with which another period than that with the id `but` continues one of a client.

    A client that went to another organisation on the day after is not continued there (docs/decisions/0089).
    """
    days = {period.start_date - DAY for period in Period.of(client) if period.id != but}
    return days - {past.until for past in PastOrganisation.of(client.number)}


def _checked(client: Client, hours: Decimal, start: datetime.date, end: datetime.date | None, reason: str | None,
             outlook: str | None, current: Period | None = None) -> dict[str, Any]:
    """Return the fields of a period by name, after checking them.

    `current` is the period that they will change: its reason and outlook stay allowed when they are retired. Without
    any, a period that another one continues keeps those of `current`, or gets 'unknown' (docs/decisions/0089).
    """
    if end and not reason and not outlook and end in eves(client, current and current.id):
        reason, outlook = (current and getattr(current, code) or UNKNOWN for code in questionnaire.CLOSING)
    values: dict[str, Any] = {
        "hours": hours,
        "start_date": start,
        "end_date": end,
        "closing_reason": reason or None,
        "outlook": outlook or None,
    }
    if not 0 < hours <= MOST_HOURS or hours * 100 % 1:
        raise Refused(ArbeidszorgCode.HOURS, value=hours)
    for field in ("start_date", "end_date"):
        if not FIRST_DAY <= (values[field] or FIRST_DAY) <= LAST_DAY:
            raise Refused(ArbeidszorgCode.DAY_RANGE, field=field, value=values[field])
    missing = [field for field in CLOSING if values[field] is None]
    if 0 < len(missing) < len(CLOSING):
        raise Refused(ArbeidszorgCode.CLOSING, missing=missing)
    for code in questionnaire.CLOSING:
        offered = questionnaire.current()[code].offered(getattr(current, code, None))
        if values[code] is not None and values[code] not in {option.code for option in offered}:
            raise Refused(ArbeidszorgCode.OPTION, question=code, value=values[code])
    if end is not None and end < start:
        raise Refused(ArbeidszorgCode.END_BEFORE_START)
    return values


def _check_against_client(client: Client, values: Mapping[str, Any], but: int | None = None) -> None:
    """Check a period against the birth date and the other periods of its client, whose row is locked.

    `but` is the id of the period itself.
    """
    start = values["start_date"]
    end = values["end_date"] or END_OF_TIME
    if client.birth_date is not None and start < client.birth_date:
        raise Refused(ArbeidszorgCode.BEFORE_BIRTH, birth_date=client.birth_date)
    for other in Period.of(client).order_by(Period.start_date):
        if other.id != but and other.start_date <= end and (other.end_date or END_OF_TIME) >= start:
            raise Refused(ArbeidszorgCode.OVERLAP, period=other)


def _event(old_end: datetime.date | None, new_end: datetime.date | None) -> ArbeidszorgEvent:
    if old_end is None and new_end is not None:
        return ArbeidszorgEvent.PERIOD_CLOSED
    if old_end is not None and new_end is None:
        return ArbeidszorgEvent.PERIOD_REOPENED
    return ArbeidszorgEvent.PERIOD_CHANGED


def with_wrong_end() -> "peewee.ModelSelect[Client]":
    """Select the clients whose `active_until` is not the end of their last period; triggers of the database set it."""
    last = (Period.select(peewee.fn.MAX(peewee.fn.COALESCE(Period.end_date, END_OF_TIME)))
            .where(Period.client == Client.number))
    never = datetime.date(1, 1, 1)
    return Client.select(Client.number).where(
        peewee.fn.COALESCE(Client.active_until, never) != peewee.fn.COALESCE(last, never))
