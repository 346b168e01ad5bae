"""Discarding a calculation, or freezing and publishing it, which closes the trimester files in it."""
from typing import Any

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.audit import Actor, record
from models.database import is_sqlite, locked, now, refusing, transaction
from models.ecalcura.calculations import letters
from models.ecalcura.calculations.calculating import states_for
from models.ecalcura.calculations.calculations import (
    DISCARDED,
    DRAFT,
    FINAL,
    FROZEN,
    PUBLISHED,
    Calculation,
    Result,
    formers,
)
from models.ecalcura.communication import contacts
from models.ecalcura.communication.threads import open_thread
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.files import CLOSED, TrimesterFile
from models.errors import Refused
from models.mail import outbox


def outdated(calculation: Calculation) -> list[str]:
    """Return the HCO numbers of the facilities for which it is of the past, before it is published or discarded.

    Their trimester was reopened or submitted again since it was made, or another calculation of it was published.
    """
    if calculation.stage in (PUBLISHED, DISCARDED):
        return []
    rows: Any = (Result.select(Facility.hco, Facility.id, Result.submission, Result.former_id, TrimesterFile.id,
                               TrimesterFile.state)
                 .join(Facility).switch(Result).join(Submission).join(TrimesterFile)
                 .where(Result.calculation == calculation.id).order_by(Facility.hco).tuples())
    found = list(rows)
    last = dict(Submission.select(Submission.file, Submission.id).where(
        Submission.file.in_([file_id for *_, file_id, _ in found])).order_by(Submission.number).tuples())
    former = {result.facility_id: result.calculation_id for result in formers(calculation.trimester).values()}
    return [hco for hco, facility_id, submission_id, former_id, file_id, state in found
            if last[file_id] != submission_id or state not in states_for(calculation.kind)
            or former.get(facility_id) != former_id]


def discard(calculation: Calculation, by: Actor | None) -> None:
    """Delete a draft, or discard a frozen calculation that is outdated, and record it; once that is done, do nothing.

    One that was frozen stays, with its results. Raises `Refused` if it is frozen and not outdated, or published.
    """
    with transaction():
        row = _held(calculation.id)
        if row is None or row.stage == DISCARDED:
            return
        if row.state == DRAFT:
            Result.delete().where(Result.calculation == row.id).execute()
            row.delete_instance()
        elif outdated(row):
            row.discarded_at = now()
            row.save()
        else:
            raise Refused(EcalcuraCode.CALCULATION_STATE)
        record(EcalcuraEvent.CALCULATION_DISCARDED, by=by, subject=row.id)


def freeze(calculation: Calculation, by: Actor | None) -> Calculation:
    """Freeze a draft and record it; once that is done, do nothing.

    Raises `Refused` if it is gone or discarded, and if it is `outdated`.
    """
    with transaction():
        row = _current(calculation)
        if row.state == DRAFT:
            _refuse_outdated(row)
            row.state, row.frozen_at = FROZEN, now()
            row.save()
            record(EcalcuraEvent.CALCULATION_FROZEN, by=by, subject=row.id)
    return row


def publish(calculation: Calculation, by: Actor | None) -> Calculation:
    """Publish a frozen calculation, record it and mail the facilities; once that is done, do nothing.

    A definitive one, and a revision, close the trimester files in it. Raises `Refused` if it is not frozen or is
    `outdated`.
    """
    with transaction():
        row = _current(calculation)
        if row.state == PUBLISHED:
            return row
        if row.state != FROZEN:
            raise Refused(EcalcuraCode.CALCULATION_STATE)
        facilities = _hold_facilities(row)
        _refuse_outdated(row)
        if row.kind in FINAL:
            for file in TrimesterFile.select().where(
                    TrimesterFile.trimester == row.trimester_id, TrimesterFile.state != CLOSED,
                    TrimesterFile.facility_id.in_([one.id for one in facilities])):
                file.move(CLOSED)
        row.state, row.publisher_id, row.published_at = PUBLISHED, by and by.id, now()
        with refusing(calculation_twice=EcalcuraCode.CALCULATION_TWICE):
            row.save()
        for facility in facilities:
            record(EcalcuraEvent.CALCULATION_PUBLISHED, by=by, tenant_id=facility.id, subject=row.id, kind=row.kind)
            open_thread(row.id, facility.id)
            for email, path in _readers(facility).items():
                outbox.post(email, *letters.published(facility.name, path, row.trimester.label))
    return row


def _held(calculation_id: int) -> Calculation | None:
    """Return the calculation as it is now; nobody else changes it until the transaction ends."""
    return locked(Calculation.select().where(Calculation.id == calculation_id)).first()


def _current(calculation: Calculation) -> Calculation:
    row = _held(calculation.id)
    if row is None or row.stage == DISCARDED:
        raise Refused(EcalcuraCode.CALCULATION_STATE)
    return row


def _refuse_outdated(calculation: Calculation) -> None:
    if changed := outdated(calculation):
        raise Refused(EcalcuraCode.CALCULATION_OUTDATED, number=len(changed))


def _hold_facilities(calculation: Calculation) -> list[Facility]:
    """Return the facilities of a calculation, whose rows and files nobody else changes until the transaction ends."""
    query = Facility.select().where(Facility.id.in_(
        Result.select(Result.facility).where(Result.calculation == calculation.id))).order_by(Facility.id)
    # As `files.hold` does, for all of them.
    return list(query if is_sqlite() else query.for_update("FOR NO KEY UPDATE"))


def _readers(facility: Facility) -> dict[str, str]:
    """Return the path of the facility's pages for each address that is mailed, also those of its successor."""
    found: dict[str, str] = {}
    for reader, path in facility.readers():
        for email in _addresses(reader):
            found.setdefault(email, path)
    return found


def _addresses(facility: Facility) -> list[str]:
    """Return the addresses of the contact persons of a facility; without one, of those who see its calculations."""
    if found := contacts.addresses(facility):
        return found
    holders = Account.select().where(
        Account.id.in_(Grant.holders(PRIVACY, facility)) | Account.id.in_(Grant.holders(FINANCIAL, facility)),
        ~Account.blocked)
    return sorted({account.email for account in holders if account.email})
