"""Reminding facilities of a trimester that they have not submitted: those who may submit it, and contact persons."""
import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.audit import Actor, record
from models.database import BaseModel, as_moment, now, transaction
from models.ecalcura.communication import contacts
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.progress import letters
from models.ecalcura.progress.listing import ALL, Chosen, ListedFacility, every_row
from models.ecalcura.progress.parts import UNSENT
from models.ecalcura.roles import PRIVACY, WING
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.mail import outbox

# After a reminder, a second one within these days is asked about first.
ASKS_WITHIN = datetime.timedelta(days=7)


class Reminder(BaseModel):
    """A reminder that was mailed: of which trimester, to which facility, by whom, when."""

    id = peewee.AutoField()
    trimester_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    account_id = peewee.IntegerField()
    form_key = peewee.TextField(null=True)
    sent_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, trimester_id: int) -> "peewee.ModelSelect[Reminder]":
        """Select the reminders of a trimester, the newest first."""
        return cls.select().where(cls.trimester_id == trimester_id).order_by(cls.id.desc())


class Outcome(NamedTuple):
    """The outcome of a request to remind.

    mailed: the facilities that got the mail. nobody: those where nobody can be mailed. sent_in: those that submitted
    meanwhile. again: with the moment, those that got a reminder lately; as long as this is asked, nothing is mailed.
    last: the id of the newest reminder that `again` shows.
    """

    mailed: list[ListedFacility]
    nobody: list[ListedFacility]
    sent_in: list[ListedFacility]
    again: list[tuple[ListedFacility, datetime.datetime]]
    last: int = 0


def remind(place: Place, facility_ids: Collection[int], by: Actor, form_key: str | None = None,
           seen: int = 0) -> Outcome:
    """Mail these facilities that a trimester is not submitted, and record it.

    A form that is sent again, which has the same `form_key`, mails nobody. `seen` is `Outcome.last` of the question
    that was answered: reminders up to that one are not asked about again, so that of two who send at the same moment
    the second is asked.
    """
    with transaction():
        # Of two who remind at once, the second waits here.
        trimester = Trimester.held(*place)
        rows = [row for row in every_row(place, Chosen(ALL)) if row.facility_id in set(facility_ids)]
        waiting = [row for row in rows if row.part in UNSENT]
        recipients = _recipients(waiting)
        if not _is_sent(trimester, form_key):
            lately = _lately(trimester, waiting)
            if any(reminder.id > seen for reminder in lately.values()):
                return Outcome([], [], [], [(row, lately[row.facility_id].sent_at) for row in waiting
                                            if row.facility_id in lately], max(one.id for one in lately.values()))
            for row in waiting:
                if recipients[row.facility_id]:
                    _mail(trimester, row, recipients[row.facility_id], by, form_key)
    return Outcome([row for row in waiting if recipients[row.facility_id]],
                   [row for row in waiting if not recipients[row.facility_id]],
                   [row for row in rows if row.part not in UNSENT], [])


def _is_sent(trimester: Trimester, form_key: str | None) -> bool:
    return form_key is not None and Reminder.of(trimester.id).where(Reminder.form_key == form_key).exists()


def _lately(trimester: Trimester, rows: list[ListedFacility]) -> dict[int, Reminder]:
    """Return facility → its newest reminder, of those that got one within the days of `ASKS_WITHIN`."""
    ids = [row.facility_id for row in rows]
    found = Reminder.of(trimester.id).where(
        Reminder.facility_id.in_(ids), Reminder.sent_at > now() - ASKS_WITHIN)
    return {reminder.facility_id: reminder for reminder in reversed(found)}


def _recipients(rows: list[ListedFacility]) -> dict[int, list[str]]:
    """Return facility → the addresses of those who may submit and of its contact persons."""
    facilities = {facility.id: facility for facility in Facility.named([row.facility_id for row in rows])}
    held: Any = (
        Grant.current(Grant.wing == WING, Grant.role == PRIVACY.name, Grant.tenant_id.in_(list(facilities)))
        .join(Account, on=(Account.id == Grant.account_id) & ~Account.blocked & Account.email.is_null(False))
        .select(Grant.tenant_id, Account.email).tuples())
    found = {facility_id: set(contacts.addresses(facility)) for facility_id, facility in facilities.items()}
    for facility_id, email in held:
        found[facility_id].add(email)
    return {facility_id: sorted(addresses) for facility_id, addresses in found.items()}


def _mail(trimester: Trimester, row: ListedFacility, addresses: list[str], by: Actor, form_key: str | None) -> None:
    letter = letters.reminder(row.name, row.hco, trimester.label, trimester.period, trimester.number, row.deadline)
    for email in addresses:
        outbox.post(email, *letter)
    Reminder.create(trimester_id=trimester.id, facility_id=row.facility_id, account_id=by.id, form_key=form_key)
    record(EcalcuraEvent.REMINDED, by=by, tenant_id=row.facility_id, subject=trimester.subject)


def last_sent(place: Place, facility_ids: Collection[int]) -> dict[int, datetime.datetime]:
    """Return facility → the moment of its last reminder of a trimester."""
    rows: Any = (
        Reminder.select(Reminder.facility_id, peewee.fn.MAX(Reminder.sent_at))
        .join(Trimester, on=Trimester.id == Reminder.trimester_id)
        .where(Trimester.period == place.period, Trimester.number == place.number,
               Reminder.facility_id.in_(list(facility_ids)))
        .group_by(Reminder.facility_id).tuples())
    return {facility_id: as_moment(moment) for facility_id, moment in rows}
