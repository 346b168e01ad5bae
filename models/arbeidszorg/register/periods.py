"""Guidance periods: those of one client never overlap, and at most one has no end date."""
import datetime
from decimal import Decimal

import peewee

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.values import MOST_HOURS
from models.audit import Event, record
from models.database import END_OF_TIME, BaseModel, Refused, Stale, locked, now, refusing, transaction

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2999, 12, 31)
HOURS, START, END = "hours", "start_date", "end_date"
# The headings of these fields in every file.
HEADINGS = {HOURS: "Aantal uren", START: "Startdatum", END: "Einddatum"}
CLOSING = (END, "closing_reason", "outlook")


class HoursField(peewee.IntegerField):
    """Hours a week, an exact Decimal that is kept as hundredths."""

    def db_value(self, value):
        return None if value is None else int(value * 100)

    def python_value(self, value):
        return None if value is None else Decimal(value) / 100


class Period(BaseModel):
    client = peewee.ForeignKeyField(Client, column_name="client_number", backref="periods")
    hours = HoursField()
    start_date = peewee.DateField()
    end_date = peewee.DateField(null=True)
    closing_reason = peewee.TextField(null=True)
    outlook = peewee.TextField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, client):
        """The periods of a client, the newest first."""
        return cls.select().where(cls.client == client).order_by(cls.start_date.desc())

    @classmethod
    def one(cls, client, period_id):
        """The period with this id of a client; None where it has none of it."""
        return cls.of(client).where(cls.id == period_id).first()

    @classmethod
    def add(cls, client, hours, start, end=None, reason=None, outlook=None, form_key=None, by=None):
        """Add a period. The same form sent again gives the same period, as long as it says the same."""
        values = _checked(hours, start, end, reason, outlook)
        with _rules(), transaction():
            client = _locked(client.number)
            sent = form_key and cls.of(client).where(cls.form_key == form_key).first()
            if not sent:
                _guard(client, values)
                period = cls.create(client=client, form_key=form_key, **values)
                record(Event.PERIOD_ADDED, by=by, organisation=client.organisation, client=client, period=period.id)
                return period
        if sent._changed_by(values):
            raise Refused("already_saved", period=sent)
        return sent

    def change(self, hours, start, end, reason, outlook, version, by=None):
        """Change a period, from a form that was made from row `version`; emptying the end date reopens it."""
        with _rules(), transaction():
            client = _locked(self.client_number)
            period = Period.get_by_id(self.id)
            if period.version != version:
                raise Stale(current=period)
            if end is None and period.end_date is not None:
                reason = outlook = None
            values = _checked(hours, start, end, reason, outlook, period)
            fields = period._changed_by(values)
            if not fields:
                return period
            _guard(client, values, but=period.id)
            event = _event(period.end_date, end)
            changes = {field: values[field] for field in fields}
            Period.update(changes, version=Period.version + 1, changed_at=now()).where(Period.id == self.id).execute()
            record(event, by=by, organisation=client.organisation, client=client, period=self.id, fields=fields)
        return Period.get_by_id(self.id)

    def _changed_by(self, values):
        return sorted(field for field, value in values.items() if getattr(self, field) != value)


def relevant(periods, today):
    """Of several periods the running one, else the next planned, else the last; None where there is none."""
    ordered = sorted(periods, key=lambda period: period.start_date)
    lasting = [period for period in ordered if (period.end_date or END_OF_TIME) >= today]
    return (lasting or ordered[-1:] or [None])[0]


def _rules():
    """The database's own rules. Nobody meets them who locked the client first, except by a fault of ours."""
    return refusing(overlap="period_overlap", before_birth="period_before_birth")


def _locked(number):
    return locked(Client.select().where(Client.number == number)).get()


def _checked(hours, start, end, reason, outlook, current=None):
    """The fields of a period, checked one against the other; `current` is the period that they are to change."""
    values = {
        "hours": hours,
        "start_date": start,
        "end_date": end,
        "closing_reason": reason or None,
        "outlook": outlook or None,
    }
    if not 0 < hours <= MOST_HOURS or hours * 100 % 1:
        raise Refused("hours", value=hours)
    for field in ("start_date", "end_date"):
        if not FIRST_DAY <= (values[field] or FIRST_DAY) <= LAST_DAY:
            raise Refused("day_range", field=field, value=values[field])
    missing = [field for field in CLOSING if values[field] is None]
    if 0 < len(missing) < len(CLOSING):
        raise Refused("closing", missing=missing)
    for code in questionnaire.CLOSING:
        offered = questionnaire.current()[code].offered(getattr(current, code, None))
        if values[code] is not None and values[code] not in {option.code for option in offered}:
            raise Refused("option", question=code, value=values[code])
    if end is not None and end < start:
        raise Refused("end_before_start")
    return values


def _guard(client, values, but=None):
    """The rules that need the client, whose row is locked: birth date and other periods."""
    start, end = values["start_date"], values["end_date"] or END_OF_TIME
    if client.birth_date is not None and start < client.birth_date:
        raise Refused("before_birth", birth_date=client.birth_date)
    for other in Period.of(client).order_by(Period.start_date):
        if other.id != but and other.start_date <= end and (other.end_date or END_OF_TIME) >= start:
            raise Refused("overlap", period=other)


def _event(old_end, new_end):
    if old_end is None and new_end is not None:
        return Event.PERIOD_CLOSED
    if old_end is not None and new_end is None:
        return Event.PERIOD_REOPENED
    return Event.PERIOD_CHANGED
