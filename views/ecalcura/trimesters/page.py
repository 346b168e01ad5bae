"""The values of the pages about trimesters."""
from typing import NamedTuple

from flask import url_for

from models.days import local_day
from models.ecalcura.checks import checks
from models.ecalcura.errors import CODES
from models.ecalcura.people.employees import open_some
from models.ecalcura.submissions import documents
from models.ecalcura.submissions.documents import PDF, XLSX
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import files, windows
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused
from views.ecalcura import check_words
from views.ecalcura.trimesters import words
from views.ecalcura.words import family_first
from views.shell.messages import message

# State → the class of the line in ecalcura.css; a trimester that is open has a full line.
LINES = {state: state for state in (files.SUBMITTED, files.REOPENED, files.CLOSED)}
# Code of a check about a delivery → the words in the place of a name.
DELIVERIES = {"V29": "Bewonersgegevens", "V30": "CRA"}
LABELS = {PDF: "Bevestiging (PDF)", XLSX: "Overzicht (XLSX)"}


class Version(NamedTuple):
    """A version of a trimester that was submitted."""

    number: int
    made_at: object
    sha256: str
    # (label, address) of each document, in the order of LABELS; the address is None as long as it is being made.
    documents: list
    # The page with the differences from the version before it, or None for the first one.
    changes: str | None
    # Its documents and its content are gone, for the term has passed.
    is_purged: bool = False

    @property
    def is_complete(self):
        """Whether every document is there."""
        return all(address for _, address in self.documents)


def track(facility, stages, blueprint="trimesters", /, **ids):
    """The values of each trimester in a track of one reference period; the rest says whose addresses they have."""
    sent = Submission.last_of_files(facility)
    return [_step(stage, sent, blueprint, ids) for stage in stages]


def _step(stage, sent, blueprint, ids):
    submission = stage.file and sent.get(stage.file.id)
    state, shape = words.state(stage)
    line = "later" if shape == "later" else LINES.get(stage.state, "open")
    return {
        "label": stage.place.label, "number": stage.place.number, "state": state, "shape": shape,
        "when": words.when(stage, submission and local_day(submission.made_at)),
        "classes": f"{line} now" if stage.is_now else line,
        "is_now": stage.is_now,
        "url": url_for(f"{blueprint}.show", **ids, period=stage.place.period, number=stage.place.number),
    }


def versions(stage, blueprint="trimesters", **ids):
    """The versions of a trimester, the newest first; `blueprint` and `ids` say whose addresses they have."""
    found = list(Submission.of_file(stage.file)) if stage.file else []
    purged = {submission.number for submission in found if submission.is_purged}
    return [_version(stage.place, submission, purged, blueprint, ids) for submission in found]


def _version(place, submission, purged, blueprint, ids):
    if submission.number in purged:
        return Version(submission.number, submission.made_at, submission.sha256, [], None, is_purged=True)
    where = {**ids, "period": place.period, "number": place.number, "version": submission.number}
    there = documents.kinds_of(submission)
    return Version(
        submission.number, submission.made_at, submission.sha256,
        [(label, url_for(f"{blueprint}.download", kind=kind, **where) if kind in there else None)
         for kind, label in LABELS.items()],
        url_for(f"{blueprint}.changes", **where) if submission.number - 1 not in {0, *purged} else None)


def found(facility, trimester, blueprint="staff", /, **ids):
    """(code, sentence, whether it blocks, whom it is about, address) of each check, those that block first."""
    there = checks.of_facility(facility, trimester)
    names = _names(facility, {check.employee_id for check in there if check.employee_id})
    rows = [(check.code, check_words.sentence(check), check.blocks_submission,
             names.get(check.employee_id, DELIVERIES.get(check.code, "")),
             _place_of(check, trimester, blueprint, ids))
            for check in there]
    return sorted(rows, key=lambda row: (not row[2], row[3].casefold(), row[0]))


def _place_of(check, trimester, blueprint, ids):
    """The address of the page where somebody looks at a check, in the facility or at the desk; None without one."""
    if check.employee_id:
        return url_for(f"{blueprint}.show", **ids, employee_id=check.employee_id)
    if check.code in DELIVERIES and "hco" not in ids:
        return url_for("desk_deliveries.show", **ids)
    if check.code == "V29":
        return url_for("residents.show", **ids, period=trimester.period, number=trimester.number)
    return url_for("deliveries.index", **ids) if check.code == "V30" else None


def _names(facility, ids):
    return {employee.id: family_first(person) for employee, person in open_some(facility, ids)}


def not_yet(facility, stage):
    """Why a trimester cannot be submitted today, with the code of the rule; None if it can."""
    try:
        trimester = Trimester.known(*stage.place)
        if trimester is None:
            windows.refuse_submitting(None, stage.place.label)
        else:
            files.refuse_submitting_of(facility, trimester, stage.file or files.TrimesterFile.at(facility, trimester))
    except Refused as refused:
        return f"{CODES.get(refused.code, '')} {message(refused)}".strip()
    return None
