"""Asking the desk to reopen a submitted trimester, and reopening it."""
import datetime
from typing import Any, NamedTuple

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.audit import Actor, record
from models.database import now, today, transaction
from models.days import local_day
from models.ecalcura.communication import contacts
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from models.ecalcura.texts import clean_text
from models.ecalcura.trimesters import letters
from models.ecalcura.trimesters.calendar import Place, Trimester, capital
from models.ecalcura.trimesters.files import CLOSED, REOPENED, SUBMITTED, TrimesterFile, hold
from models.errors import Refused, Stale
from models.mail import outbox

LONGEST = 500


def reopen(facility: Facility, place: Place, reason: str, until: datetime.date | None = None,
           by: Actor | None = None, for_revision: bool = False, version: int | None = None) -> TrimesterFile:
    """Reopen a submitted trimester until a day, or change that day, record it and mail whom it concerns.

    The last submission stays. One that a definitive calculation closed is reopened for a revision alone. Raises
    `Refused` without a reason, for a day in the past, and for a trimester that is not submitted, or is closed and not
    reopened for a revision; `Stale` if the file changed after the page with this `version` of it was made.
    """
    reason = clean_text(reason, LONGEST, EcalcuraCode.REOPEN_REASON)
    if until and until < today():
        raise Refused(EcalcuraCode.REOPEN_PAST)
    with transaction():
        hold(facility)
        file = TrimesterFile.at(facility, Trimester.get_or_make(*place))
        if version is not None and version != file.version:
            raise Stale(file)
        if file.state == CLOSED and not for_revision:
            raise Refused(EcalcuraCode.TRIMESTER_FINAL, trimester=capital(file.trimester.label))
        if file.state not in (SUBMITTED, REOPENED, CLOSED):
            raise Refused(EcalcuraCode.NOT_SUBMITTED, trimester=capital(file.trimester.label))
        file.move(REOPENED, reopened_until=until, reopen_reason=reason, asked_at=None, asked_reason="",
                  refused_at=None, refused_reason="")
        record(EcalcuraEvent.TRIMESTER_REOPENED, by=by, tenant_id=facility.id, subject=file.trimester.subject,
               until=until and until.isoformat())
        for email in sorted({*privacy_addresses(facility), *contacts.addresses(facility)}):
            outbox.post(email, *letters.reopened(facility.name, facility.hco, file.trimester.label, until))
    return file


def ask_to_reopen(facility: Facility, trimester: Trimester, reason: str, by: Actor) -> TrimesterFile:
    """Ask the desk to reopen a submitted trimester, and record it; asking again replaces the reason."""
    reason = clean_text(reason, LONGEST, EcalcuraCode.REOPEN_REASON)
    with transaction():
        hold(facility)
        file = TrimesterFile.at(facility, trimester)
        if file.state == CLOSED:
            raise Refused(EcalcuraCode.TRIMESTER_FINAL, trimester=capital(trimester.label))
        if file.state != SUBMITTED and not file.entry_ended:
            raise Refused(EcalcuraCode.NOT_SUBMITTED, trimester=capital(trimester.label))
        if file.asked_reason != reason:
            file.move(file.state, asked_at=now(), asked_reason=reason, refused_at=None, refused_reason="")
            record(EcalcuraEvent.REOPENING_ASKED, by=by, tenant_id=facility.id, subject=trimester.subject)
    return file


def refuse_to_reopen(facility: Facility, place: Place, answer: str, by: Actor, version: int) -> TrimesterFile:
    """Refuse what a facility asked, with an answer that it reads on the page of its trimester; record it and mail.

    Raises `Refused` without an answer, and `Stale` if the file changed after the page with this `version` of it was
    made, or nothing is asked any more.
    """
    answer = clean_text(answer, LONGEST, EcalcuraCode.REOPEN_REASON)
    with transaction():
        hold(facility)
        file = TrimesterFile.at(facility, Trimester.get_or_make(*place))
        if version != file.version or file.asked_at is None:
            raise Stale(file)
        file.move(file.state, asked_at=None, asked_reason="", refused_at=now(), refused_reason=answer)
        record(EcalcuraEvent.REOPENING_REFUSED, by=by, tenant_id=facility.id, subject=file.trimester.subject)
        for email in sorted({*privacy_addresses(facility), *contacts.addresses(facility)}):
            outbox.post(email, *letters.reopening_refused(facility.name, facility.hco, file.trimester.label))
    return file


class Request(NamedTuple):
    """A question to reopen that waits for an answer."""

    hco: str
    name: str
    place: Place
    day: datetime.date
    reason: str


def requests() -> list[Request]:
    """Return the questions to reopen that wait, the oldest first."""
    rows: Any = (
        TrimesterFile.select(TrimesterFile.asked_at, TrimesterFile.asked_reason, Trimester.period, Trimester.number,
                             Facility.hco, Facility.name)
        .join(Trimester)
        .join(Facility, on=Facility.id == TrimesterFile.facility_id)
        .where(TrimesterFile.asked_at.is_null(False))
        .order_by(TrimesterFile.asked_at, TrimesterFile.id)
        .objects())
    return [Request(row.hco, row.name, Place(row.period, row.number), local_day(row.asked_at), row.asked_reason)
            for row in rows]


def privacy_addresses(facility: Facility) -> list[str]:
    """Return the mail addresses of those who enter and submit the data of a facility and can sign in."""
    holders = Account.select().where(Account.id.in_(Grant.holders(PRIVACY, facility)), ~Account.blocked)
    return sorted(account.email for account in holders if account.email)
