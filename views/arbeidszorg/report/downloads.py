"""The yearly report as files: a spreadsheet, or one long table as CSV."""
from flask import Blueprint, Response, abort, request

from models.arbeidszorg.report import files
from models.arbeidszorg.report.report import Report
from models.database import today
from views.arbeidszorg.report import text
from views.arbeidszorg.report.page import file_name
from views.arbeidszorg.report.report_request import report_request
from views.shell.access import open_to, signed_in
from views.shell.downloads import CSV, XLSX, in_turn

blueprint = Blueprint("report_downloads", __name__, url_prefix="/province")


@blueprint.get("/report.csv")
@open_to("arbeidszorg:administrator")
@in_turn
def in_csv():
    """Download the requested report as CSV."""
    return csv_of(_report())


@blueprint.get("/report.xlsx")
@open_to("arbeidszorg:administrator")
@in_turn
def in_xlsx():
    """Download the requested report as a spreadsheet."""
    return xlsx_of(_report())


def csv_of(report):
    """A response with a report, of today or of an edition, as CSV."""
    return _file(report, "csv", CSV, files.as_csv(report))


def xlsx_of(report):
    """A response with a report, of today or of an edition, as a spreadsheet."""
    return _file(report, "xlsx", XLSX, files.as_xlsx(report, text.how_counted(report)))


def _report():
    requested = report_request(request.args, signed_in())
    return Report.make(requested.year or abort(404), requested.scope, today())


def _file(report, ending, content_type, content):
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(report, "tabellen")}.{ending}"'
    return answer
