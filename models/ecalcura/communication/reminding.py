"""Facilities without a contact person for a theme, and reminding exactly these."""
import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.audit import Actor, record
from models.database import BaseModel, as_moment, now, today, transaction
from models.ecalcura.communication import letters
from models.ecalcura.communication.contacts import ContactPerson, hold
from models.ecalcura.communication.themes import ECALCURA, themes
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import GIVEN, WING
from models.errors import Refused
from models.mail import outbox

LATELY = datetime.timedelta(days=7)
# The facilities to remind if some were reminded lately: all that lack a contact person, or only the others.
ALL, OTHERS = "all", "others"


class ContactReminder(BaseModel):
    """A reminder that was mailed to a facility."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    theme = peewee.TextField(default=ECALCURA)
    account_id = peewee.IntegerField(null=True)
    form_key = peewee.TextField(null=True)
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "contact_reminder"


class Lacking(NamedTuple):
    """A facility without a contact person, the addresses that a reminder goes to, and when it was last reminded."""

    facility: Facility
    recipients: list[str]
    reminded_at: datetime.datetime | None

    @property
    def is_lately(self) -> bool:
        """Whether it was reminded less than seven days ago."""
        return self.reminded_at is not None and self.reminded_at > now() - LATELY


class Overview(NamedTuple):
    """How many facilities have to have a contact person, those without one, and how many each of the others has."""

    total: int
    lacking: list[Lacking]
    others: list[tuple[Facility, int]]

    @property
    def reachable(self) -> list[Lacking]:
        """Those without a contact person to whom a reminder can be mailed."""
        return [one for one in self.lacking if one.recipients]

    @property
    def due(self) -> list[Lacking]:
        """Those of them that were not reminded lately."""
        return [one for one in self.reachable if not one.is_lately]


def overview(theme: str = ECALCURA) -> Overview:
    """Return which facilities have contact persons: those with a dossier that have not merged into another one."""
    facilities = [facility for facility in Facility.with_dossier() if not facility.is_merged]
    counted: Any = ContactPerson.select(ContactPerson.facility_id, peewee.fn.COUNT(ContactPerson.id)).where(
        ContactPerson.theme == theme).group_by(ContactPerson.facility_id).tuples()
    numbers: dict[int, int] = dict(counted)
    lacking = [facility for facility in facilities if facility.id not in numbers]
    return Overview(len(facilities), _lacking(lacking, theme),
                    [(facility, numbers[facility.id]) for facility in facilities if facility.id in numbers])


def number_due(theme: str = ECALCURA) -> int:
    """Count the facilities that `overview` has as due, without reading them."""
    with_contact = ContactPerson.select(ContactPerson.facility_id).where(ContactPerson.theme == theme)
    lately = ContactReminder.select(ContactReminder.facility_id).where(
        ContactReminder.theme == theme, ContactReminder.made_at > now() - LATELY)
    number: int = Facility.select().where(
        Facility.under == "", Facility.merged_on.is_null() | (Facility.merged_on > today()),
        Facility.id.not_in(with_contact), Facility.id.not_in(lately),
        (Facility.email != "") | Facility.id.in_(_held().select(Grant.tenant_id))).count()
    return number


def _held(*conditions: Any) -> Any:
    """Select the roles of facilities that somebody holds now who can sign in, and that meet these conditions."""
    return (Grant.current(Grant.wing == WING, Grant.role.in_([role.name for role in GIVEN]), *conditions)
            .join(Account, on=Account.id == Grant.account_id)
            .where(~Account.blocked, Account.email.is_null(False)))


def _lacking(facilities: list[Facility], theme: str) -> list[Lacking]:
    ids = [facility.id for facility in facilities]
    last: Any = ContactReminder.select(ContactReminder.facility_id, peewee.fn.MAX(ContactReminder.made_at)).where(
        ContactReminder.theme == theme, ContactReminder.facility_id.in_(ids)).group_by(
        ContactReminder.facility_id).tuples()
    reminded: dict[int, Any] = dict(last)
    held = _addresses(ids)
    return [Lacking(facility, sorted({*held.get(facility.id, ()), *filter(None, [facility.email])}),
                    as_moment(reminded.get(facility.id))) for facility in facilities]


def _addresses(facility_ids: Collection[int]) -> dict[int, set[str]]:
    """Return the addresses of those who have a role in each of these facilities now and can sign in."""
    found = _held(Grant.tenant_id.in_(list(facility_ids))).select(Grant.tenant_id, Account.email).tuples()
    held: dict[int, set[str]] = {}
    for facility_id, email in found:
        held.setdefault(facility_id, set()).add(email)
    return held


def remind(by: Actor | None, form_key: str | None, whom: str | None = None, theme: str = ECALCURA) -> int:
    """Mail the facilities without a contact person, record it, and return how many were mailed.

    The mail goes to everybody with a role there and to the facility's own address; a facility without any is left out.
    A form that is sent again mails nobody. Raises `Refused` if some were reminded lately and `whom` is not given.
    """
    with transaction():
        hold([facility.id for facility in Facility.with_dossier()])
        if form_key and (sent := ContactReminder.select().where(ContactReminder.form_key == form_key).count()):
            return sent
        found = overview(theme)
        lately = len(found.reachable) - len(found.due)
        if lately and whom not in (ALL, OTHERS):
            raise Refused(EcalcuraCode.REMINDED_LATELY, number=lately)
        reminded = found.reachable if whom == ALL else found.due
        for one in reminded:
            _remind(one, by, form_key, theme)
    return len(reminded)


def _remind(lacking: Lacking, by: Actor | None, form_key: str | None, theme: str) -> None:
    facility = lacking.facility
    ContactReminder.create(facility_id=facility.id, theme=theme, account_id=by and by.id, form_key=form_key)
    record(EcalcuraEvent.CONTACTS_REMINDED, by=by, tenant_id=facility.id, subject=facility.hco)
    letter = letters.reminded(facility.name, facility.hco, themes()[theme])
    for email in lacking.recipients:
        outbox.post(email, *letter)
