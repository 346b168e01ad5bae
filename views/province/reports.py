"""'Jaarrapport': the yearly report of the own province or of Flanders, as a page and as pictures."""
from functools import partial

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for

from models.arbeidszorg.report import Report
from models.database import today
from views import pages
from views.access import open_to, signed_in
from views.progress import CUT, PATIENCE, Work, piece_by_piece
from views.province import charts, report_page
from views.province.report_asked import asked

blueprint = Blueprint("reports", __name__, url_prefix="/province/report")

SVG = "image/svg+xml; charset=utf-8"


@blueprint.get("")
@open_to("administrator")
def show():
    found = asked(request.args, signed_in())
    if found.year is None:
        return pages.render("province/report.html", asked=found, report=None)
    work = Work(partial(Report.make, found.year, found.scope, today()))
    if work.is_done(within=PATIENCE):
        return pages.render("province/report.html", asked=found, **_values(found, work.result()))
    page = render_template("province/report.html", asked=found, report=None, cut=CUT)
    answer = Response(stream_with_context(piece_by_piece(page, work, partial(_drawn, found))))
    answer.headers["Vary"] = pages.VARY
    return answer


@blueprint.get("/<string:table>.svg")
@open_to("administrator")
def picture(table):
    found = asked(request.args, signed_in())
    report = found.year and Report.make(found.year, found.scope, today())
    counted = report and report.table(table) or abort(404)
    drawing = charts.picture(counted) or abort(404)
    answer = Response(drawing.file(charts.heading(counted), report_page.source(report)), content_type=SVG)
    answer.headers["Content-Disposition"] = f'attachment; filename="{report_page.file_name(report, table)}.svg"'
    return answer


def _values(found, report):
    def picture_url(table):
        return url_for("reports.picture", table=table.code, year=found.year, scope=found.scope)

    return report_page.values(report, picture_url)


def _drawn(found, report):
    return render_template("province/_report.html", **_values(found, report))
