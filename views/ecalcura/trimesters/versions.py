"""The versions of a trimester that were submitted: the document of one, and what it changed. Read only."""
from flask import abort, flash, make_response, url_for

from models.ecalcura.submissions import changes as differences
from models.ecalcura.submissions import documents, snapshot
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import track
from models.ecalcura.trimesters.calendar import Place
from models.errors import Refused
from views.ecalcura.trimesters import words
from views.shell import pages
from views.shell.downloads import XLSX
from views.shell.messages import message

TYPES = {documents.PDF: "application/pdf", documents.XLSX: XLSX}


def place_of(period, number):
    """The trimester that an address names; 404 for one that cannot be."""
    if period not in range(2000, 2201) or number not in range(1, 5):
        abort(404)
    return Place(period, number)


def changes(template, submitter, place, version, endpoint, ids, **values):
    """The page, by this template and values, with what a version of `submitter` changed against the one before it.

    It leads back to the page `endpoint` with `ids` in its address.
    """
    new, old = _submission(submitter, place, version), _submission(submitter, place, version - 1)
    try:
        before, after = snapshot.content_of(old), snapshot.content_of(new)
    except Refused as refused:
        return _unreadable(refused, endpoint, ids)
    kinds = before["performance_kinds"] | after["performance_kinds"]
    return pages.render(
        template, submitter=submitter, place=place, new=new, old=old, **values, back_url=url_for(endpoint, **ids),
        rows=[words.of_change(change, kinds) for change in differences.between(before, after)])


def download(submitter, place, version, kind, endpoint, ids):
    """The bytes of a document that was made after a version was submitted; else as `changes`."""
    if kind not in TYPES:
        abort(404)
    try:
        content = documents.document(_submission(submitter, place, version), kind) or abort(404)
    except Refused as refused:
        return _unreadable(refused, endpoint, ids)
    answer = make_response(content)
    answer.headers["Content-Type"] = TYPES[kind]
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="ecalcura-{submitter.hco}-{place.period}-trimester-{place.number}'
        f'-versie-{version}.{kind}"')
    return answer


def _submission(submitter, place, version):
    """A version of a trimester; 404 without one, and once it is purged."""
    stage = track.stage(submitter, place)
    found = stage.file and Submission.one(stage.file, version)
    return found if found and not found.is_purged else abort(404)


def _unreadable(refused, endpoint, ids):
    """Go back to the page with the versions, which says why one cannot be read now."""
    flash(message(refused), "error")
    return pages.back_to(endpoint, **ids)
