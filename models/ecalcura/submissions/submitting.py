"""Submitting a trimester definitively: once, of one moment, and never changed afterwards."""
from typing import NamedTuple

from models.audit import Actor, record
from models.database import now, transaction
from models.ecalcura.checks import checks, dossiers
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.colleagues import Colleague
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions import contents, snapshot
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile, hold, refuse_submitting_of
from models.errors import Refused, Stale

DECLARATION = "Ik verklaar op eer dat deze gegevens juist en volledig zijn."


class Submitted(NamedTuple):
    """A submission, and whether this call made it: a colleague, or the same form, may have been first."""

    submission: Submission
    made: bool


def submit(facility: Facility, trimester: Trimester, by: Actor, declared: bool, nothing: bool = False,
           version: int | None = None) -> Submitted:
    """Freeze a trimester as the rows are now, and record it; the documents follow.

    Returns the submission that is there if the trimester is submitted already. `nothing`: the facility declares that
    there is nothing to enter. Raises `Refused` while it is not open (V24), without the declaration (V25), while a check
    blocks it, and if `nothing` and the rows contradict each other; `Stale` if it was reopened or entered after the
    page with this `version` of the file was made.
    """
    with transaction():
        hold(facility)
        file = TrimesterFile.get_or_make(facility, trimester)
        last = Submission.last_of(file)
        if last and file.state in (SUBMITTED, CLOSED):
            return Submitted(last, False)
        window = refuse_submitting_of(facility, trimester, file)
        if version is not None and version != file.version:
            raise Stale(file)
        content = _content(facility, trimester, declared, nothing) | {
            "version": last.number + 1 if last else 1,
            "previous": last.sha256 if last else None,
            "nothing_to_enter": nothing,
            "submitted": {"at": now().isoformat(), "account": by.id, "by": _name(facility, by),
                          "declaration": DECLARATION, "late": window is not None and window.is_late},
        }
        return Submitted(_freeze(facility, file, content, by), True)


def _content(facility: Facility, trimester: Trimester, declared: bool, nothing: bool) -> snapshot.Content:
    """The rows as they are now; raises `Refused` if they cannot be submitted so."""
    if not declared:
        raise Refused(EcalcuraCode.NOT_DECLARED)
    loaded = dossiers.load(facility, trimester)
    rows = contents.touching(loaded, trimester)
    has_rows = contents.has_rows(facility, trimester)
    if nothing and has_rows:
        raise Refused(EcalcuraCode.NOTHING_BUT_ROWS)
    if not nothing and not has_rows:
        raise Refused(EcalcuraCode.NO_ROWS)
    found = checks.of_facility(facility, trimester, loaded)
    if left := [check for check in found if check.blocks_submission]:
        raise Refused(EcalcuraCode.CHECKS_LEFT, number=len(left))
    return contents.of(facility, trimester, rows, found)


def _freeze(facility: Facility, file: TrimesterFile, content: snapshot.Content, by: Actor) -> Submission:
    taken = snapshot.take(content)
    number: int = content["version"]
    submission = Submission.create(
        file=file, facility_id=facility.id, number=number, account_id=by.id, sha256=taken.sha256, made_at=now(),
        sealed=snapshot.seal(facility.id, file.id, number, taken))
    file.move(SUBMITTED, nothing_to_enter=content["nothing_to_enter"], reopened_until=None, asked_at=None,
              asked_reason="")
    record(EcalcuraEvent.TRIMESTER_SUBMITTED, by=by, tenant_id=facility.id, subject=file.trimester.subject,
           number=number)
    return submission


def _name(facility: Facility, by: Actor) -> str:
    """The name by which colleagues know whoever submits."""
    found = Colleague.get_or_none(Colleague.facility_id == facility.id, Colleague.account_id == by.id)
    return found.name if found else ""
