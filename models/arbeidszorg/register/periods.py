"""Guidance periods: the periods of one client never overlap, and at most one has no end date."""
import datetime
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.values import MOST_HOURS
from models.audit import Actor, record
from models.database import END_OF_TIME, BaseModel, locked, now, refusing, transaction
from models.errors import Refused, Stale

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2999, 12, 31)
HOURS, START, END = "hours", "start_date", "end_date"
# The headings of these fields in every file.
HEADINGS = {HOURS: "Aantal uren", START: "Startdatum", END: "Einddatum"}
CLOSING = (END, "closing_reason", "outlook")


class HoursField(peewee.IntegerField):
    """Hours a week: an exact Decimal, stored as a whole number of hundredths."""

    def db_value(self, value: Decimal | None) -> int | None:
        """Return the hundredths to store."""
        return None if value is None else int(value * 100)

    def python_value(self, value: int | None) -> Decimal | None:
        """Return the hours."""
        return None if value is None else Decimal(value) / 100


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
            by: Actor | None = None) -> "Period":
        """Add a period with these hours a week and record it; end, reason and outlook are given together or not at all.

        A form that is sent again, recognised by its `form_key`, returns the period it made the first time, or raises
        Refused if its values differ. Raises Refused for a value that is not allowed, for a start before the client's
        birth, and for an overlap with another period.
        """
        values = _checked(hours, start, end, reason, outlook)
        with _database_rules(), transaction():
            client = _locked_client(client.number)
            sent = form_key and cls.of(client).where(cls.form_key == form_key).first()
            if not sent:
                _check_against_client(client, values)
                period = cls.create(client=client, form_key=form_key, **values)
                record(ArbeidszorgEvent.PERIOD_ADDED, by=by, organisation=client.organisation, subject=client.number,
                       period=period.id)
                return period
        if sent._changed_by(values):
            raise Refused(ArbeidszorgCode.ALREADY_SAVED, period=sent)
        return sent

    def change(self, hours: Decimal, start: datetime.date, end: datetime.date | None, reason: str | None,
               outlook: str | None, version: int, by: Actor | None = None) -> "Period":
        """Change a period, record it, and return the period as it is now.

        `version` is the version of the row from which the form was made: raises Stale, with the period as it is now,
        if a colleague saved a change meanwhile. Without an end date, a closed period is reopened and loses its reason
        and outlook. Raises Refused as `add` does.
        """
        with _database_rules(), transaction():
            client = _locked_client(self.client_number)
            period = Period.get_by_id(self.id)
            if period.version != version:
                raise Stale(current=period)
            if end is None and period.end_date is not None:
                reason = outlook = None
            values = _checked(hours, start, end, reason, outlook, period)
            fields = period._changed_by(values)
            if not fields:
                return period
            _check_against_client(client, values, but=period.id)
            event = _event(period.end_date, end)
            changes = {field: values[field] for field in fields}
            Period.update(changes, version=Period.version + 1, changed_at=now()).where(Period.id == self.id).execute()
            record(event, by=by, organisation=client.organisation, subject=client.number, period=self.id, fields=fields)
        return Period.get_by_id(self.id)

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


def _checked(hours: Decimal, start: datetime.date, end: datetime.date | None, reason: str | None,
             outlook: str | None, current: Period | None = None) -> dict[str, Any]:
    """Return the fields of a period by name, after checking them.

    `current` is the period that they will change: its reason and outlook stay allowed when they are retired.
    """
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
