"""Asking the desk to reopen billed days that are submitted, reopening them, and how far each facility is."""
import datetime
from typing import NamedTuple

import peewee

from models.audit import Actor, record
from models.database import now, transaction
from models.days import local_day
from models.ecalcura.communication import contacts
from models.ecalcura.deliveries import fields, letters
from models.ecalcura.deliveries.billed_days import ENTRY, REOPENED, SUBMITTED, BilledVersion, BilledYear
from models.ecalcura.deliveries.fields import BILLED
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.texts import clean_text
from models.ecalcura.trimesters.files import hold
from models.ecalcura.trimesters.reopening import LONGEST, privacy_addresses
from models.errors import Refused
from models.mail import outbox

EMPTY = "empty"


def ask_to_reopen_days(facility: Facility, year: int, reason: str, by: Actor) -> None:
    """Ask the desk to reopen a year that is submitted, and record it; asking again replaces the reason."""
    reason = clean_text(reason, LONGEST, EcalcuraCode.REOPEN_REASON)
    with transaction():
        hold(facility)
        billed = BilledYear.at(facility, year)
        _check_submitted(billed)
        if billed.asked_reason != reason:
            billed.move(asked_at=now(), asked_reason=reason)
            record(EcalcuraEvent.BILLED_REOPENING_ASKED, by=by, tenant_id=facility.id, subject=year)


def reopen_days(facility: Facility, year: int, reason: str, by: Actor | None = None) -> None:
    """Reopen a year that is submitted, record it and mail those who may submit it; its versions stay.

    Reopening once more for the same reason changes nothing.
    """
    reason = clean_text(reason, LONGEST, EcalcuraCode.REOPEN_REASON)
    with transaction():
        hold(facility)
        billed = BilledYear.at(facility, year)
        if (billed.state, billed.reopen_reason) == (REOPENED, reason):
            return
        _check_submitted(billed)
        billed.move(state=REOPENED, reopen_reason=reason, asked_at=None, asked_reason="")
        record(EcalcuraEvent.BILLED_DAYS_REOPENED, by=by, tenant_id=facility.id, subject=year)
        for email in sorted({*privacy_addresses(facility), *contacts.addresses(facility)}):
            outbox.post(email, *letters.billed_days_reopened(facility.name, facility.hco, year))


def _check_submitted(billed: BilledYear) -> None:
    if billed.state != SUBMITTED:
        raise Refused(EcalcuraCode.BILLED_NOT_SUBMITTED, year=billed.year)


def state_of(billed: BilledYear) -> str:
    """Return how far a year is: EMPTY as long as no days were saved, else its state."""
    return EMPTY if billed.state == ENTRY and billed.version == 1 else billed.state


class Progress(NamedTuple):
    """How far a facility is with a year: EMPTY, ENTRY, SUBMITTED or REOPENED, when it submitted last, what it asks."""

    facility: Facility
    state: str
    submitted_on: datetime.date | None
    asked_reason: str


def progress(year: int) -> list[Progress]:
    """Return how far each facility is with a year, those that ask to reopen it first, then by name."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    facilities = Facility.with_dossier().where(
        Facility.kind.in_(fields.kinds_of(BILLED)),
        Facility.merged_on.is_null() | (Facility.merged_on > first),
        Facility.since.is_null() | (Facility.since <= last))
    years = {one.facility_id: one for one in BilledYear.select().where(BilledYear.year == year)}
    sent = dict(BilledVersion.select(BilledVersion.billed_year_id, peewee.fn.MAX(BilledVersion.made_at)).where(
        BilledVersion.billed_year_id.in_([one.id for one in years.values()])).group_by(
        BilledVersion.billed_year_id).tuples())
    found = [_progress(facility, years.get(facility.id), sent) for facility in facilities]
    return sorted(found, key=lambda one: not one.asked_reason)


def _progress(facility: Facility, billed: BilledYear | None, sent: dict[int, datetime.datetime]) -> Progress:
    if billed is None:
        return Progress(facility, EMPTY, None, "")
    moment = sent.get(billed.id)
    return Progress(facility, state_of(billed), local_day(moment) if moment else None, billed.asked_reason)
