"""'Invullen in Excel': the prestaties of a trimester as a spreadsheet, to download, fill in and read."""
import io

import peewee
from flask import Blueprint, make_response
from flask_wtf.file import FileField, FileRequired

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances import file
from models.ecalcura.performances.hours import written
from models.errors import Refused, Stale
from models.patience import is_busy
from views.ecalcura.addresses import tabs
from views.ecalcura.file_messages import FILE_MESSAGES
from views.ecalcura.trimesters.hours import GRID, trimester_at
from views.ecalcura.words import family_first
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import XLSX, in_turn
from views.shell.fields import BaseForm
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.lanes import accepts
from views.shell.messages import message

blueprint = Blueprint("hours_file", __name__, url_prefix="/ecalcura/<hco>")
MEGABYTES = 2
STALE = "Een collega wijzigde dit contract na het downloaden van het sjabloon. Download het opnieuw."


class FileForm(BaseForm):
    """The form with the file."""

    file = FileField("Bestand", [FileRequired("Kies een bestand.")])


@blueprint.get(f"{GRID}/template.xlsx")
@open_to("ecalcura:privacy")
@in_turn
def template(hco, period, number):
    """Download the grid as a spreadsheet to fill in."""
    response = make_response(file.template(Facility.by_hco(hco), trimester_at(period, number)))
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="prestaties-{period}-{number}.xlsx"'
    return response


@blueprint.route(f"{GRID}/file", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@accepts(MEGABYTES * 2**20)
def read(hco, period, number):
    """Offer the template, and read a filled-in one: every row of it is saved, or none, with the reason for each."""
    facility, trimester, form = Facility.by_hco(hco), trimester_at(period, number), FileForm()
    if not form.validate_on_submit():
        return _page(facility, trimester, form)
    try:
        report = file.read(facility, trimester, io.BytesIO(form.file.data.read()), signed_in())
    except peewee.OperationalError as error:
        if not is_busy(error):
            raise
        # The usual answer carries a form's values along, and a file cannot be carried along.
        form.file.errors = [BUSY]
        return _page(facility, trimester, form, status=503)
    except Refused as refused:
        form.refuse("file", refused, FILE_MESSAGES.get(refused.code))
        return _page(facility, trimester, form)
    if report.refused:
        return _page(facility, trimester, form, report)
    done = f"Het bestand is gelezen: {_rows(report.changed)} gewijzigd, {report.same} ongewijzigd."
    return pages.back_to("hours.show", done, hco=hco, period=period, number=number)


def _page(facility, trimester, form, report=None, status=422):
    answer = pages.render(
        "ecalcura/trimesters/hours_file.html", status=status if form.errors or report else 200, facility=facility,
        trimester=trimester, form=form, megabytes=MEGABYTES, tabs_of=tabs(signed_in(), facility, "hours"),
        refused=f"{_rows(report.refused)} van de {len(report.lines)}" if report else "",
        lines=[_line(line) for line in report.lines] if report else [])
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _rows(number):
    return "1 rij" if number == 1 else f"{number} rijen"


def _line(line):
    """(number, contract, name, words, whether the row is refused) of a row of the report."""
    contract, name = (line.row.contract_id, family_first(line.row.person)) if line.row else ("–", "–")
    if isinstance(line.result, Stale):
        return line.number, contract, name, STALE, True
    if isinstance(line.result, Refused):
        most = written(line.row.need.most) if line.row else ""
        words = message(line.result, FILE_MESSAGES.get(line.result.code), maximum=most)
        return line.number, contract, name, words, True
    return line.number, contract, name, "in orde" if line.result else "ongewijzigd", False
