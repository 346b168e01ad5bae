"""'Personeel inlezen': many contracts from one spreadsheet; first what would come of it, then the reading itself."""
import io
import secrets

import peewee
from flask import Blueprint, abort, make_response, request
from flask_wtf.file import FileField, FileRequired

from models.ecalcura.contracts import staff_file
from models.ecalcura.contracts.staff_file import Report
from models.ecalcura.transfer import staff_uploads
from models.ecalcura.transfer.staff_uploads import StaffUpload
from models.errors import Refused
from models.patience import is_busy
from views.ecalcura.file_messages import FILE_MESSAGES
from views.ecalcura.staff.page import coded, facility_of, list_values
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import XLSX, in_turn
from views.shell.fields import BaseForm, FormKey
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.lanes import asks

blueprint = Blueprint("staff_file", __name__, url_prefix="/ecalcura/<hco>/staff/file")

KILOBYTES = 250
NOTHING = Report([])
GONE = "Dit bestand is al ingelezen, of het is gewist: Loket bewaart het een uur. Kijk je lijst na."


class FileForm(BaseForm):
    """The form with the file."""

    file = FileField("Bestand", [FileRequired("Kies een bestand.")])
    form_key = FormKey()


@blueprint.get("/template.xlsx")
@open_to("ecalcura:privacy")
@in_turn
def template(hco):
    """Download an empty spreadsheet to fill in."""
    facility_of(hco)
    response = make_response(staff_file.template())
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = 'attachment; filename="personeel-inlezen.xlsx"'
    return response


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def read(hco):
    """Offer the template; check a filled-in one without keeping anything, or add its contracts, with a report."""
    facility, dry_run = facility_of(hco), "read" not in request.form
    form = FileForm(data={"form_key": secrets.token_urlsafe(16)})
    if not form.validate_on_submit():
        return _page(facility, form)
    content, key = form.file.data.read(), form.form_key.data or secrets.token_urlsafe(16)
    try:
        report = staff_file.read(facility, io.BytesIO(content), signed_in(), dry_run, key)
        # The file waits for 'Inlezen', so that nobody has to choose it twice.
        upload = staff_uploads.store(facility, content, signed_in(), key) if dry_run and report.added else None
    except peewee.OperationalError as error:
        if not is_busy(error):
            raise
        # The usual answer carries a form's values along, and a file cannot be carried along.
        form.file.errors = [BUSY]
        answer = _page(facility, form, status=503)
        answer.headers["Retry-After"] = RETRY_AFTER
        return answer
    except Refused as refused:
        form.file.errors = [_words(refused)]
        return _page(facility, form)
    if dry_run:
        return _page(facility, form, report, True, 422 if report.refused else 200, upload)
    return _came_of(facility, report)


@blueprint.post("/<int:list_id>")
@open_to("ecalcura:privacy")
@asks
def read_checked(hco, list_id):
    """Add the contracts of a list that was checked, with a report; one that waits no more leads to the staff."""
    facility = facility_of(hco)
    upload = StaffUpload.one(facility, list_id) or abort(404)
    if not upload.waits or not BaseForm().validate_on_submit():
        return pages.back_to("staff.index", GONE, hco=hco)
    try:
        return _came_of(facility, upload.read(signed_in()))
    except Refused as refused:
        form = FileForm(formdata=None)
        form.file.errors = [_words(refused)]
        return _page(facility, form)


def _came_of(facility, report):
    """Show the report of a list that was read, or the staff if nothing was refused."""
    if report.refused:
        return _page(facility, FileForm(formdata=None), report, False, 422)
    return pages.back_to("staff.index", f"{_title(report, False)}.", hco=facility.hco)


def _page(facility, form, report=NOTHING, dry_run=True, status=None, upload=None):
    if report.lines or not form.form_key.data:
        # The file that comes next is another form: its rows may have other lines.
        form.form_key.data = secrets.token_urlsafe(16)
    return pages.render(
        "ecalcura/staff/file.html", status=status or (422 if form.errors else 200), form=form, dry_run=dry_run,
        kilobytes=KILOBYTES, title=_title(report, dry_run), lines=[_line(line) for line in report.lines],
        added=report.added, refused=report.refused, upload_id=upload and upload.id, **list_values(facility))


def _title(report, dry_run):
    if dry_run:
        return f"Nagekeken, nog niets opgeslagen: {_rows(report.added)} in orde, {report.refused} niet"
    return f"Ingelezen: {_rows(report.added)} toegevoegd" + (f", {report.refused} niet" if report.refused else "")


def _rows(number):
    return "1 rij" if number == 1 else f"{number} rijen"


def _line(line):
    """(row, column, words, the id of the employee if there is a page, whether the row is refused) of the report."""
    if line.refused is None:
        return line.number, "", "in orde", line.employee_id, False
    return line.number, line.column, _words(line.refused), None, True


def _words(refused):
    return coded(refused, FILE_MESSAGES.get(refused.code), name="deze medewerker")
