"""'Jaarrapport': the yearly report of the own province or of Flanders, as a page and as pictures."""
from functools import partial

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from models.arbeidszorg.report.report import Report
from models.database import today
from views.arbeidszorg.report import charts, page
from views.arbeidszorg.report.report_request import report_request
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import in_turn
from views.shell.lanes import LONG, runs_in
from views.shell.progress import Work, page_of

blueprint = Blueprint("reports", __name__, url_prefix="/province/report")

SVG = "image/svg+xml; charset=utf-8"


@blueprint.get("")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def show():
    """Show the requested report."""
    requested = report_request(request.args, signed_in())
    if requested.year is None:
        return pages.render("arbeidszorg/report/report.html", requested=requested)
    here = partial(url_for, "reports.show", year=requested.year, scope=requested.scope)
    if figure := page.chosen(request.args, here):
        return redirect(figure, 303)
    work = Work(partial(Report.make, requested.year, requested.scope, today()))
    unfold = page.unfold(request.args, here)
    return page_of("arbeidszorg/report/report.html", work, partial(_draw, requested, unfold), requested=requested)


@blueprint.get("/<string:table>.svg")
@open_to("arbeidszorg:administrator")
@in_turn
def picture(table):
    """Download the picture of a table, by the table's code, as SVG."""
    requested = report_request(request.args, signed_in())
    report = requested.year and Report.make(requested.year, requested.scope, today())
    counted = report and report.table(table) or abort(404)
    drawing = charts.picture(counted, charts.scale_of(report)) or abort(404)
    answer = Response(drawing.file(charts.heading(counted), page.source(report)), content_type=SVG)
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.file_name(report, table)}.svg"'
    return answer


def _draw(requested, unfold, report):
    def picture_url(table):
        return url_for("reports.picture", table=table.code, year=requested.year, scope=requested.scope)

    return render_template("arbeidszorg/report/_report.html", **page.values(report, picture_url, unfold))
