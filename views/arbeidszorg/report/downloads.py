"""The yearly report as files: a spreadsheet, and one long table as CSV."""
from flask import Blueprint, Response, abort, request

from models.arbeidszorg.report import files
from models.arbeidszorg.report.report import Report
from models.database import today
from views.arbeidszorg.report import text
from views.arbeidszorg.report.asked import asked
from views.arbeidszorg.report.page import file_name
from views.shell.access import open_to, signed_in
from views.shell.downloads import CSV, XLSX

blueprint = Blueprint("report_downloads", __name__, url_prefix="/province")


@blueprint.get("/report.csv")
@open_to("administrator")
def in_csv():
    return csv_of(_report())


@blueprint.get("/report.xlsx")
@open_to("administrator")
def in_xlsx():
    return xlsx_of(_report())


def csv_of(report):
    """The answer that is a report as CSV; a kept edition's too."""
    return _file(report, "csv", CSV, files.as_csv(report))


def xlsx_of(report):
    """The answer that is a report as a spreadsheet; a kept edition's too."""
    return _file(report, "xlsx", XLSX, files.as_xlsx(report, text.how_counted(report)))


def _report():
    found = asked(request.args, signed_in())
    return Report.make(found.year or abort(404), found.scope, today())


def _file(report, ending, content_type, content):
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(report, "tabellen")}.{ending}"'
    return answer
